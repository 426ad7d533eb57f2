"""Curves over a number that was varied: one line a scenario, with its 95% band; marks where runs were."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.reports.figures.look import Style, axis, bare_figure, drawn, figure_text, finite

HEIGHT = 380


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One line: what it is, how it looks, and its mean with the ends of its interval at each number."""

    title: str
    style: Style
    mean: Sequence[float | None]
    low: Sequence[float | None]
    high: Sequence[float | None]


def curves_figure(numbers: Sequence[float], curves: Sequence[Curve], *, titles: tuple[str, str]) -> str:
    """Draw curves over ``numbers``, in rising order; ``titles`` say what lies along and what goes up."""
    from plotly.graph_objects import Scatter

    figure = bare_figure(height=HEIGHT)
    for one in curves:
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
                )
            )
        figure.add_trace(
            Scatter(
                x=list(numbers),
                y=finite(one.mean),
                mode="lines+markers",
                line={"color": one.style.colour, "dash": one.style.dash, "width": 2},
                marker={"symbol": one.style.symbol, "size": 9, "color": one.style.colour},
                name=drawn(one.title),
                hovertemplate="%{x:.4~g}: %{y:.4~g}<extra></extra>",
            )
        )
    figure.update_layout(
        xaxis=axis(drawn(titles[0])), yaxis=axis(drawn(titles[1]), zero=True), showlegend=True
    )
    return figure_text(figure)
