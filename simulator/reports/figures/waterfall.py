"""A waterfall: from no change, step by step downwards, to the change of a whole."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.reports.figures.look import INK, axis, bare_figure, figure_text, label_lines, row_height
from simulator.reports.numbers import plain, step_for

EDGES = 110
# Room for each letter of the number beside a bar, as a share of the reach of all bars.
BESIDE = 0.065
FEWER = "#005eb8"
MORE = "#a8400b"
WHOLE = "#4c6272"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One bar: what it is, and how far it goes; the last bar of a waterfall is the sum of all before."""

    title: str
    value: float


def waterfall_height(steps: Sequence[Step], total: str) -> int:
    """Give the height that the steps and their sum need, so that no label lies over the next."""
    titles = [*(one.title for one in steps), total]
    return EDGES + len(titles) * row_height(titles)


def waterfall_figure(steps: Sequence[Step], *, total: str, x_title: str) -> str:
    """Draw the steps from the top and their sum; every bar says its value, hatching tells fewer from more.

    The bars lie, so that there is room for what they are called however many they are.
    """
    from plotly.graph_objects import Bar

    figure = bare_figure(height=waterfall_height(steps, total))
    whole = math.fsum(one.value for one in steps)
    begins = [math.fsum(one.value for one in steps[:place]) for place in range(len(steps))]
    values = [*(one.value for one in steps), whole]
    step = step_for(None, value=max(values, key=abs)) if values else 1.0
    colours = [*(FEWER if one.value < 0 else MORE for one in steps), WHOLE]
    rows = list(range(len(values)))
    numbers = [plain(value, step=step, signed=True) for value in values]
    figure.add_trace(
        Bar(
            orientation="h",
            y=rows,
            base=[*begins, 0.0],
            x=values,
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
            text=numbers,
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
            width=0.6,
        )
    )
    figure.update_layout(
        xaxis=axis(x_title, zero=True, range=_reach([*begins, whole], max(map(len, numbers))), nticks=6),
        yaxis=axis(
            tickmode="array",
            tickvals=rows,
            ticktext=[label_lines(one) for one in (*(bar.title for bar in steps), total)],
            range=[len(rows) - 0.4, -0.6],
            showgrid=False,
        ),
        showlegend=False,
    )
    return figure_text(figure)


def _reach(ends: Sequence[float], letters: int) -> list[float]:
    """Give the span of the axis: all bars, nought, and room for numbers of so many letters on both sides."""
    low, high = min(0.0, *ends), max(0.0, *ends)
    beside = BESIDE * letters * ((high - low) or 1.0)
    return [low - beside, high + beside]
