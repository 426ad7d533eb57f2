"""A tornado of several folders: for each value a bar a folder, each around the mean of its own folder."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.reports.figures.look import (
    Style,
    axis,
    bare_figure,
    drawn,
    figure_text,
    finite,
    hatched,
    label_lines,
    row_axis,
    row_height,
    widths_over,
)

EDGES = 150
BAR = 20
ROOM, FULL = 0.76, 0.92


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderSwings:
    """The bars of one folder: the output at the low and at the high end of each value, or none; its mean."""

    title: str
    style: Style
    at_low: Sequence[float | None]
    at_high: Sequence[float | None]
    middle: float


def swings_beside_height(labels: Sequence[str], folders: int) -> int:
    """Give the height that rows of these labels and so many bars in each need."""
    return EDGES + len(labels) * row_height(labels, least=14 + BAR * folders)


def swings_beside_figure(labels: Sequence[str], folders: Sequence[FolderSwings], *, x_title: str) -> str:
    """Draw a row a value, from the top in the order given; hatching tells the high end of a value."""
    from plotly.graph_objects import Bar

    figure = bare_figure(height=swings_beside_height(labels, len(folders)))
    width = ROOM / len(folders)
    for place, one in enumerate(folders):
        offset = (place - (len(folders) - 1) / 2) * width
        low, high = (
            [None if end is None else end - one.middle for end in finite(values)]
            for values in (one.at_low, one.at_high)
        )
        wide = width * FULL
        sides = (
            ("10th", "", low, one.at_low, [wide] * len(low)),
            ("90th", "/", high, one.at_high, widths_over(low, high, whole=wide)),
        )
        for words, pattern, lengths, ends, widths in sides:
            figure.add_trace(
                Bar(
                    x=lengths,
                    base=[one.middle] * len(lengths),
                    y=[row + offset for row in range(len(labels))],
                    width=widths,
                    orientation="h",
                    name=f"{drawn(one.title)}: value at its {words} centile",
                    marker=hatched(one.style.colour, pattern),
                    customdata=finite(ends),
                    hovertemplate="%{customdata:.4~g}<extra></extra>",
                )
            )
        figure.add_vline(x=one.middle, line={"width": 1.5, "color": one.style.colour, "dash": one.style.dash})
    figure.update_layout(
        barmode="overlay",
        xaxis=axis(x_title),
        yaxis=row_axis([label_lines(one) for one in labels]),
        showlegend=True,
    )
    return figure_text(figure)
