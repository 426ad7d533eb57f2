"""Dots with intervals: paired differences, one row a measure, one mark a scenario."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.analysis.intervals import Estimate
from simulator.reports.figures.look import (
    Style,
    axis,
    bare_figure,
    drawn,
    figure_text,
    label_lines,
    row_axis,
    row_height,
)

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

ROW = 34
EDGES = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots:
    """One scenario's marks: an estimate for each row, or none; values are multiplied by ``factors``."""

    title: str
    style: Style
    estimates: Sequence[Estimate | None]
    factors: Sequence[float]


def dots_height(labels: Sequence[str], series: int) -> int:
    """Give the height that rows of these labels and so many marks need."""
    return EDGES + len(labels) * row_height(labels, least=ROW + 12 * max(0, series - 1))


def dots_figure(labels: Sequence[str], series: Sequence[Dots], *, x_title: str) -> str:
    """Draw differences around a line at nought; rows from the top in the order given."""
    figure = bare_figure(height=dots_height(labels, len(series)))
    spread = 0.5 / max(1, len(series))
    for place, one in enumerate(series):
        offset = (place - (len(series) - 1) / 2) * spread
        _add(figure, one, places=[row + offset for row in range(len(labels))])
    figure.update_layout(
        xaxis=axis(x_title, zero=True),
        yaxis=row_axis([label_lines(one) for one in labels]),
        showlegend=True,
    )
    return figure_text(figure)


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a mark stands, and how far its interval reaches to either side."""

    x: float
    y: float
    below: float
    above: float


def _marks(one: Dots, places: Sequence[float]) -> list[_Mark]:
    found = []
    for estimate, factor, place in zip(one.estimates, one.factors, places, strict=True):
        if estimate is None or estimate.mean is None:
            continue
        low = estimate.mean if estimate.low is None else estimate.low
        high = estimate.mean if estimate.high is None else estimate.high
        below, above = (estimate.mean - low) * factor, (high - estimate.mean) * factor
        found.append(_Mark(estimate.mean * factor, place, below, above))
    return found


def _add(figure: "Figure", one: Dots, *, places: Sequence[float]) -> None:
    from plotly.graph_objects import Scatter

    marks = _marks(one, places)
    figure.add_trace(
        Scatter(
            x=[mark.x for mark in marks],
            y=[mark.y for mark in marks],
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [mark.above for mark in marks],
                "arrayminus": [mark.below for mark in marks],
                "color": one.style.colour,
                "thickness": 2,
                "width": 5,
            },
            mode="markers",
            marker={"symbol": one.style.symbol, "size": 11, "color": one.style.colour},
            name=drawn(one.title),
            hovertemplate="%{x:.3~g}<extra></extra>",
        )
    )
