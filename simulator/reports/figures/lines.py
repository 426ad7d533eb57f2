"""Lines over time, one a world, each told by its name, colour and dashes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from simulator.reports.figures.look import Style, axis, bare_figure, drawn, figure_text, finite

HEIGHT, A_NAME = 380, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: what it is called, how it is drawn, and where it goes."""

    title: str
    style: Style
    days: Sequence[date]
    values: Sequence[float | None]


def lines_height(lines: int) -> int:
    """Give the height that a chart of so many lines needs, their names above it."""
    return HEIGHT + A_NAME * lines


def lines_figure(lines: Sequence[Line], *, title: str) -> str:
    """Draw lines on one axis from nought up; ``title`` says what is measured."""
    from plotly.graph_objects import Scatter

    figure = bare_figure(height=lines_height(len(lines)))
    for one in lines:
        figure.add_trace(
            Scatter(
                x=[day.isoformat() for day in one.days],
                y=finite(one.values),
                mode="lines+markers",
                line={"color": one.style.colour, "dash": one.style.dash, "width": 2},
                marker={"symbol": one.style.symbol, "size": 7},
                name=drawn(one.title),
                hovertemplate="%{x}: %{y:.2f}<extra></extra>",
            )
        )
    figure.update_layout(
        xaxis=axis(type="date", hoverformat="%-d %b %Y"),
        yaxis=axis(title, rangemode="tozero"),
        showlegend=True,
    )
    return figure_text(figure)
