"""Heat maps beside each other: a panel a world, with the same rows and columns; every field says its value.

Columns are of different units, so a colour says how large a value is beside the largest of its own column in
any panel.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.reports.figures.heat import FEWER, MORE, NONE
from simulator.reports.figures.look import INK, axis, bare_figure, drawn, figure_text, label_lines, name_over
from simulator.reports.numbers import plain

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

ACROSS = 2
FIELD = 42
# Room over the fields of a panel for its title and the names of columns.
HEAD = 110
FOOT = 60
# A name stands over those of the columns.
ABOVE = 44
Fields = Sequence[Sequence[float | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatColumn:
    """A column of every panel: its name, its unit, and the step to which its numbers are rounded."""

    title: str
    unit: str
    step: float


def heat_panels_height(panels: int, rows: int) -> int:
    """Give the height that so many panels of so many rows need."""
    return FOOT + -(-panels // ACROSS) * (HEAD + FIELD * rows)


def heat_panels_figure(
    panels: Sequence[tuple[str, Fields]], *, rows: Sequence[str], columns: Sequence[HeatColumn]
) -> str:
    """Draw panels of fields (rows, columns), each with its title; a field without value is a gap."""
    figure = bare_figure(height=heat_panels_height(len(panels), len(rows)), left=150)
    lines = -(-len(panels) // ACROSS)
    share = FIELD * len(rows) / (HEAD + FIELD * len(rows)) / lines
    most = [
        max((abs(row[place] or 0.0) for _, fields in panels for row in fields), default=0.0) or 1.0
        for place in range(len(columns))
    ]
    for place, (title, fields) in enumerate(panels):
        line, column = divmod(place, ACROSS)
        across = [0.0, 0.48] if column == 0 else [0.52, 1.0]
        bottom = 1 - (line + 1) / lines
        number = "" if place == 0 else str(place + 1)
        figure.update_layout(
            {
                f"xaxis{number}": _along(columns, across=across, anchor=f"y{number}"),
                f"yaxis{number}": axis(
                    domain=[bottom, bottom + share],
                    anchor=f"x{number}",
                    tickmode="array",
                    tickvals=list(range(len(rows))),
                    ticktext=[label_lines(row) for row in rows] if column == 0 else [""] * len(rows),
                    range=[len(rows) - 0.5, -0.5],
                    showgrid=False,
                ),
            }
        )
        name_over(figure, f"<b>{label_lines(title)}</b>", at=(across[0], bottom + share), yshift=ABOVE)
        _fields(figure, fields, columns=columns, most=most, panel=number)
    return figure_text(figure)


def _along(columns: Sequence[HeatColumn], *, across: Sequence[float], anchor: str) -> dict[str, object]:
    """Describe the names of columns, over the fields."""
    return axis(
        domain=across,
        anchor=anchor,
        side="top",
        tickmode="array",
        tickvals=list(range(len(columns))),
        ticktext=[f"{drawn(one.title)}<br>{drawn(one.unit)}" for one in columns],
        tickangle=0,
        showgrid=False,
    )


def _fields(
    figure: "Figure", fields: Fields, *, columns: Sequence[HeatColumn], most: Sequence[float], panel: str
) -> None:
    """Draw the fields of a panel, coloured by their share of the most of their column."""
    from plotly.graph_objects import Heatmap

    figure.add_trace(
        Heatmap(
            z=[
                [None if one is None else one / top for one, top in zip(row, most, strict=True)]
                for row in fields
            ],
            text=[
                [
                    "" if one is None else plain(one, step=column.step)
                    for one, column in zip(row, columns, strict=True)
                ]
                for row in fields
            ],
            texttemplate="%{text}",
            textfont={"color": INK},
            colorscale=[[0, FEWER], [0.5, NONE], [1, MORE]],
            zmin=-1,
            zmax=1,
            xgap=2,
            ygap=2,
            showscale=False,
            xaxis=f"x{panel}",
            yaxis=f"y{panel}",
            hovertemplate="%{text}<extra></extra>",
        )
    )
