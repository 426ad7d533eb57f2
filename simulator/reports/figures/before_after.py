"""Before, after, and after in the world without: what an evaluation would see beside what is true."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.analysis.intervals import Estimate
from simulator.reports.figures.look import (
    INK,
    STYLES,
    axis,
    bare_figure,
    figure_text,
    label_lines,
    row_axis,
    row_height,
)

ROW = 56
EDGES = 120
WORLDS = (
    ("Year before enrolment", INK, "circle-open"),
    ("Year after, with the scheme", STYLES[0].colour, "circle"),
    ("Year after, same people without it", STYLES[1].colour, "square"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Three:
    """One row: uses a person and year before, after, and after without the scheme."""

    title: str
    before: Estimate
    after: Estimate
    after_without: Estimate


def before_after_height(titles: Sequence[str]) -> int:
    """Give the height that rows of these titles need."""
    return EDGES + len(titles) * row_height(titles, least=ROW)


def before_after_figure(rows: Sequence[Three]) -> str:
    """Draw three marks a row, told apart by shape as well as colour, each with its interval."""
    from plotly.graph_objects import Scatter

    figure = bare_figure(height=before_after_height([one.title for one in rows]))
    for place, (title, colour, symbol) in enumerate(WORLDS):
        found = [(row, (one.before, one.after, one.after_without)[place]) for row, one in enumerate(rows)]
        shown = [(row, one) for row, one in found if one.mean is not None]
        figure.add_trace(
            Scatter(
                x=[one.mean for _, one in shown],
                y=[row + (place - 1) * 0.22 for row, _ in shown],
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [_reach(one, one.high) for _, one in shown],
                    "arrayminus": [_reach(one, one.low) for _, one in shown],
                    "color": colour,
                    "thickness": 2,
                    "width": 4,
                },
                mode="markers",
                marker={"symbol": symbol, "size": 12, "color": colour, "line": {"width": 2, "color": colour}},
                name=title,
                hovertemplate="%{x:.3~g}<extra></extra>",
            )
        )
    figure.update_layout(
        xaxis=axis("times a person and year", rangemode="tozero"),
        yaxis=row_axis([label_lines(one.title) for one in rows]),
    )
    return figure_text(figure)


def _reach(one: Estimate, end: float | None) -> float:
    """Give how far an end of the interval lies from the mean."""
    return 0.0 if end is None or one.mean is None else abs(end - one.mean)
