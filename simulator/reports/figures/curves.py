"""Curves over a number that was varied: one line a scenario, with its 95% band; marks where runs were."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.reports.figures.look import Style, axis, bare_figure, drawn, figure_text, finite

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

HEIGHT = 380


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One line: what it is, how it looks, and its mean with the ends of its interval at each number.

    ``numbers`` are its own, where lines of one panel do not have the same.
    """

    title: str
    style: Style
    mean: Sequence[float | None]
    low: Sequence[float | None]
    high: Sequence[float | None]
    numbers: Sequence[float] | None = None


def curves_figure(numbers: Sequence[float], curves: Sequence[Curve], *, titles: tuple[str, str]) -> str:
    """Draw curves over ``numbers``, in rising order; ``titles`` say what lies along and what goes up."""
    figure = bare_figure(height=HEIGHT)
    for one in curves:
        add_curve(figure, one, numbers=numbers)
    figure.update_layout(
        xaxis=axis(drawn(titles[0])), yaxis=axis(drawn(titles[1]), zero=True), showlegend=True
    )
    return figure_text(figure)


def add_curve(
    figure: "Figure", one: Curve, *, numbers: Sequence[float], panel: str = "", has_marks: bool = True
) -> None:
    """Draw one curve with its band into a figure, or into a panel of it, whose first one has the legend."""
    from plotly.graph_objects import Scatter

    axes = {"xaxis": f"x{panel}", "yaxis": f"y{panel}"}
    for values, fill in ((one.low, None), (one.high, "tonexty")):
        figure.add_trace(
            Scatter(
                x=list(numbers),
                y=finite(values),
                mode="lines",
                line={"width": 0.5, "color": one.style.colour},
                fill=fill,
                fillcolor=one.style.band if fill else None,
                showlegend=False,
                hoverinfo="skip",
                **axes,
            )
        )
    figure.add_trace(
        Scatter(
            x=list(numbers),
            y=finite(one.mean),
            mode="lines+markers" if has_marks else "lines",
            line={"color": one.style.colour, "dash": one.style.dash, "width": 2},
            marker={"symbol": one.style.symbol, "size": 9, "color": one.style.colour},
            name=drawn(one.title),
            showlegend=not panel,
            hovertemplate="%{x:.4~g}: %{y:.4~g}<extra></extra>",
            **axes,
        )
    )
