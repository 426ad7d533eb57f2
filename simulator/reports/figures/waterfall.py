"""A waterfall: from no change, step by step downwards, to the change of a whole."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.reports.figures.look import (
    INK,
    LINE,
    axis,
    bare_figure,
    drawn,
    figure_text,
    label_lines,
    row_axis,
    row_height,
)
from simulator.reports.numbers import plain, step_for

EDGES = 110
FEWER = "#005eb8"
MORE = "#a8400b"
WHOLE = "#4c6272"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One bar: what it is, how far it goes, and between what ends (95%) that is known, if it is.

    The last bar of a waterfall is the sum of all before.
    """

    title: str
    value: float
    low: float | None = None
    high: float | None = None


def waterfall_height(steps: Sequence[Step], total: Step) -> int:
    """Give the height that the steps and their sum need, so that no label lies over the next."""
    titles = [one.title for one in (*steps, total)]
    return EDGES + len(titles) * (row_height(titles) + LINE)


def waterfall_figure(steps: Sequence[Step], *, total: Step, x_title: str) -> str:
    """Draw the steps from the top and their sum; every bar says its value, hatching tells fewer from more.

    A line across the end of a bar is its interval, which stands in its label too.

    The bars lie, so that there is room for what they are called however many they are.
    """
    from plotly.graph_objects import Bar

    figure = bare_figure(height=waterfall_height(steps, total))
    bars = [*steps, total]
    begins = [math.fsum(one.value for one in steps[:place]) for place in range(len(steps))]
    values = [one.value for one in bars]
    step = step_for(None, value=max(values, key=abs))
    colours = [*(FEWER if one.value < 0 else MORE for one in steps), WHOLE]
    rows = list(range(len(values)))
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
                    "bgcolor": colours,
                    "size": 8,
                    "solidity": 0.25,
                },
            },
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [_beyond(one, one.high) for one in bars],
                "arrayminus": [_beyond(one, one.low) for one in bars],
                "color": INK,
                "thickness": 2,
                "width": 5,
            },
            hoverinfo="skip",
            width=0.6,
        )
    )
    figure.update_layout(
        xaxis=axis(x_title, zero=True, nticks=6),
        yaxis=row_axis([f"{label_lines(one.title)}<br>{drawn(_number(one, step))}" for one in bars]),
        showlegend=False,
    )
    return figure_text(figure)


def _number(one: Step, step: float) -> str:
    """Write what a bar comes to, with its interval."""
    mean = plain(one.value, step=step, signed=True)
    if one.low is None or one.high is None or one.high <= one.low:
        return mean
    return f"{mean} ({plain(one.low, step=step, signed=True)} to {plain(one.high, step=step, signed=True)})"


def _beyond(one: Step, end: float | None) -> float:
    """Give how far an end of the interval lies from the end of the bar."""
    return 0.0 if end is None else abs(end - one.value)
