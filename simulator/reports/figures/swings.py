"""A tornado: for each value how far an output swings between the value's low and high end, widest on top."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.reports.figures.look import (
    axis,
    bare_figure,
    figure_text,
    hatched,
    label_lines,
    row_axis,
    row_height,
    widths_over,
)

EDGES = 120
LEAST_ROW = 34
WIDTH = 0.65
AT_LOW, AT_HIGH = "#005eb8", "#a8400b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """One row: what is varied, and the output at its low and at its high end."""

    title: str
    at_low: float
    at_high: float


def swings_height(swings: Sequence[Swing]) -> int:
    """Give the height that the rows need."""
    titles = [one.title for one in swings]
    return EDGES + len(titles) * row_height(titles, least=LEAST_ROW)


def swings_figure(swings: Sequence[Swing], *, middle: float, x_title: str) -> str:
    """Draw a row a value, from the top in the order given, around the mean; hatching tells high from low."""
    from plotly.graph_objects import Bar

    figure = bare_figure(height=swings_height(swings))
    rows = list(range(len(swings)))
    lows, highs = [one.at_low for one in swings], [one.at_high for one in swings]
    narrowed = widths_over([one - middle for one in lows], [one - middle for one in highs], whole=WIDTH)
    sides = (
        ("Value at its 10th centile", AT_LOW, "", lows, WIDTH),
        ("Value at its 90th centile", AT_HIGH, "/", highs, narrowed),
    )
    for title, colour, pattern, values, width in sides:
        figure.add_trace(
            Bar(
                x=[value - middle for value in values],
                base=[middle] * len(values),
                y=rows,
                width=width,
                orientation="h",
                name=title,
                marker=hatched(colour, pattern),
                customdata=values,
                hovertemplate="%{customdata:.4~g}<extra></extra>",
            )
        )
    figure.update_layout(
        barmode="overlay",
        xaxis=axis(x_title),
        yaxis=row_axis([label_lines(one.title) for one in swings]),
        showlegend=True,
    )
    figure.add_vline(x=middle, line={"width": 1.5, "color": "#212b32"})
    return figure_text(figure)
