"""Courses: how numbers of one unit go over a model's own time, a line each; one run, so no band."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.reports.figures.look import Style, axis, bare_figure, drawn, figure_text, finite

HEIGHT = 320
A_NAME = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One line: what it is called, how it is drawn, and its value at each time."""

    title: str
    style: Style
    values: Sequence[float | None]


def courses_height(lines: int) -> int:
    """Give the height that a chart of so many lines needs, their names above it."""
    return HEIGHT + A_NAME * lines


def courses_figure(times: Sequence[float], courses: Sequence[Course], *, titles: tuple[str, str]) -> str:
    """Draw lines over ``times``; ``titles`` say what lies along and what goes up."""
    from plotly.graph_objects import Scatter

    figure = bare_figure(height=courses_height(len(courses)))
    for one in courses:
        figure.add_trace(
            Scatter(
                x=list(times),
                y=finite(one.values),
                mode="lines",
                line={"color": one.style.colour, "dash": one.style.dash, "width": 2},
                name=drawn(one.title),
                hovertemplate="%{x:.4~g}: %{y:.4~g}<extra></extra>",
            )
        )
    figure.update_layout(
        xaxis=axis(drawn(titles[0])), yaxis=axis(drawn(titles[1]), rangemode="tozero"), showlegend=True
    )
    return figure_text(figure)
