"""Lines over time: all worlds above, the paired difference of each scenario with its band below."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.analysis.comparison import Series
from simulator.reports.figures.look import (
    BASELINE_STYLE,
    PAPER,
    Style,
    axis,
    bare_figure,
    drawn,
    figure_text,
    finite,
)

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

UPPER = 270
LOWER = 150
GAP = 40
EDGES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One scenario over time: its level, and its paired difference from the baseline."""

    title: str
    style: Style
    level: Series
    difference: Series


def bands_height(worlds: int) -> int:
    """Give the height that the panels need."""
    return UPPER + LOWER * worlds + EDGES


def bands_figure(baseline: Series, worlds: Sequence[World], *, factor: float, titles: tuple[str, str]) -> str:
    """Draw levels above and differences below on one axis of time; ``titles`` say the units of the two."""
    figure = bare_figure(height=bands_height(len(worlds)))
    _add_line(figure, baseline, factor=factor, title="Baseline", style=BASELINE_STYLE)
    for one in worlds:
        _add_line(figure, one.level, factor=factor, title=one.title, style=one.style)
    whole = UPPER + LOWER * len(worlds)
    lowest = f"y{len(worlds) + 1}" if worlds else "y"
    figure.update_layout(
        xaxis=axis(anchor=lowest, type="date", hoverformat="%-d %b %Y"),
        yaxis=axis(titles[0], domain=[1 - (UPPER - GAP) / whole, 1]),
        legend={"traceorder": "normal"},
    )
    for place, one in enumerate(worlds):
        _add_band(figure, one, factor=factor, axis_name=f"y{place + 2}")
        top = (LOWER * (len(worlds) - place) - GAP) / whole
        alike = {"matches": "y2"} if place else {}
        below = axis(
            zero=True, domain=[top - (LOWER - GAP) / whole, top], nticks=5, rangemode="tozero", **alike
        )
        figure.update_layout({f"yaxis{place + 2}": below})
        _add_heading(figure, f"{one.title}: difference from the baseline, {titles[1]}", y=top)
    return figure_text(figure)


def _add_heading(figure: "Figure", text: str, *, y: float) -> None:
    """Write a heading over a panel."""
    figure.add_annotation(
        text=drawn(text),
        x=0,
        y=y,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
    )


def _add_line(figure: "Figure", series: Series, *, factor: float, title: str, style: Style) -> None:
    from plotly.graph_objects import Scatter

    figure.add_trace(
        Scatter(
            x=[day.isoformat() for day in series.starts],
            y=finite((series.mean * factor).tolist()),
            mode="lines",
            line={"color": style.colour, "dash": style.dash, "width": 2},
            name=drawn(title),
            hovertemplate="%{x}: %{y:.4~g}<extra></extra>",
        )
    )


def _add_band(figure: "Figure", one: World, *, factor: float, axis_name: str) -> None:
    from plotly.graph_objects import Scatter

    days = [day.isoformat() for day in one.difference.starts]
    edges = ((one.difference.low, None), (one.difference.high, "tonexty"))
    for values, fill in edges:
        figure.add_trace(
            Scatter(
                x=days,
                y=finite((values * factor).tolist()),
                yaxis=axis_name,
                mode="lines",
                line={"width": 0.5, "color": one.style.colour},
                fill=fill,
                fillcolor=one.style.band if fill else PAPER,
                showlegend=False,
                hoverinfo="skip",
            )
        )
    figure.add_trace(
        Scatter(
            x=days,
            y=finite((one.difference.mean * factor).tolist()),
            yaxis=axis_name,
            mode="lines",
            line={"color": one.style.colour, "dash": one.style.dash, "width": 2},
            name=drawn(f"{one.title}: difference"),
            showlegend=False,
            hovertemplate="%{x}: %{y:.3~g}<extra></extra>",
        )
    )
