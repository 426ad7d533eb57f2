"""Small multiples: a small panel a measure, in each the same rows with a mark and its 95% interval."""

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
    name_over,
    row_axis,
)

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

ROW = 30
HEAD = 70
FOOT = 60
ACROSS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One measure: its title with the unit, and an estimate a row, or none; values are times ``factor``."""

    title: str
    estimates: Sequence[Estimate | None]
    factor: float


def panels_height(panels: int, rows: int) -> int:
    """Give the height that so many panels of so many rows need."""
    lines = -(-panels // ACROSS)
    return FOOT + lines * (HEAD + ROW * rows)


def panels_figure(panels: Sequence[Panel], *, rows: Sequence[tuple[str, Style]]) -> str:
    """Draw the panels two abreast; the rows' names stand at the left ones."""
    figure = bare_figure(height=panels_height(len(panels), len(rows)), left=120)
    lines = -(-len(panels) // ACROSS)
    for place, panel in enumerate(panels):
        line, column = divmod(place, ACROSS)
        top = 1 - line / lines
        height = ROW * len(rows) / (HEAD + ROW * len(rows)) / lines
        across = [0.0, 0.47] if column == 0 else [0.53, 1.0]
        domain = [top - height - 0.25 * (1 / lines - height), top - 0.25 * (1 / lines - height)]
        number = "" if place == 0 else str(place + 1)
        figure.update_layout(
            {
                f"xaxis{number}": axis(zero=True, domain=across, anchor=f"y{number}", nticks=6),
                f"yaxis{number}": row_axis(
                    [label_lines(name) if column == 0 else "" for name, _ in rows],
                    domain=domain,
                    anchor=f"x{number}",
                ),
            }
        )
        name_over(figure, label_lines(panel.title), at=(across[0], domain[1]))
        _add(figure, panel, rows=rows, number=number)
    figure.update_layout(showlegend=False)
    return figure_text(figure)


def _add(figure: "Figure", panel: Panel, *, rows: Sequence[tuple[str, Style]], number: str) -> None:
    from plotly.graph_objects import Scatter

    for row, ((name, style), one) in enumerate(zip(rows, panel.estimates, strict=True)):
        if one is None or one.mean is None:
            continue
        low = one.mean if one.low is None else one.low
        high = one.mean if one.high is None else one.high
        figure.add_trace(
            Scatter(
                x=[one.mean * panel.factor],
                y=[row],
                xaxis=f"x{number}",
                yaxis=f"y{number}",
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [(high - one.mean) * panel.factor],
                    "arrayminus": [(one.mean - low) * panel.factor],
                    "color": style.colour,
                    "thickness": 2,
                    "width": 5,
                },
                mode="markers",
                marker={"symbol": style.symbol, "size": 10, "color": style.colour},
                name=drawn(name),
                hovertemplate="%{x:.3~g}<extra></extra>",
            )
        )
