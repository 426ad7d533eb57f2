"""A waterfall: from no change, step by step, to the change of a whole."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.reports.figures.look import INK, axis, bare_figure, figure_text, label_lines
from simulator.reports.numbers import plain, step_for

HEIGHT = 380
FEWER = "#005eb8"
MORE = "#a8400b"
WHOLE = "#4c6272"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One bar: what it is, and how far it goes; the last bar of a waterfall is the sum of all before."""

    title: str
    value: float


def waterfall_figure(steps: Sequence[Step], *, total: str, y_title: str) -> str:
    """Draw the steps and their sum; every bar says its value, and hatching tells fewer from more."""
    from plotly.graph_objects import Bar

    figure = bare_figure(height=HEIGHT)
    whole = math.fsum(one.value for one in steps)
    begins, height = [], 0.0
    for one in steps:
        begins.append(height)
        height += one.value
    values = [*(one.value for one in steps), whole]
    step = step_for(None, value=max(values, key=abs)) if values else 1.0
    colours = [*(FEWER if one.value < 0 else MORE for one in steps), WHOLE]
    figure.add_trace(
        Bar(
            x=[label_lines(one) for one in (*(bar.title for bar in steps), total)],
            base=[*begins, 0.0],
            y=values,
            marker={
                "color": colours,
                "line": {"color": INK, "width": 1},
                "pattern": {
                    "shape": [*("" if one.value < 0 else "/" for one in steps), "x"],
                    "fgcolor": "#ffffff",
                    "size": 8,
                    "solidity": 0.25,
                },
            },
            text=[plain(value, step=step, signed=True) for value in values],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
            width=0.6,
        )
    )
    figure.update_layout(
        xaxis=axis(showgrid=False, tickangle=0), yaxis=axis(y_title, zero=True), showlegend=False, bargap=0.3
    )
    return figure_text(figure)
