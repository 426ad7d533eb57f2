"""Small multiples of curves: a panel a value that was varied, all with one scale upwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.reports.figures.curves import Curve, add_curve
from simulator.reports.figures.look import (
    axis,
    bare_figure,
    drawn,
    figure_text,
    finite,
    label_lines,
    name_over,
)

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

ACROSS = 2
PANEL = 210
# Room under a panel for its numbers, and for two lines of title over the next.
BETWEEN = 90
EDGES = 110
BEYOND = 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePanel:
    """One value: its title with the unit, where it is a number, and curves over its numbers or words."""

    title: str
    numbers: Sequence[float | str]
    curves: Sequence[Curve]


def curve_panels_height(panels: int) -> int:
    """Give the height that so many panels need."""
    return EDGES + -(-panels // ACROSS) * (PANEL + BETWEEN)


def curve_panels_figure(panels: Sequence[CurvePanel], *, upward: str, has_marks: bool) -> str:
    """Draw the panels two abreast; ``upward`` says what all of them show; marks where runs were."""
    figure = bare_figure(height=curve_panels_height(len(panels)), left=70)
    lines = -(-len(panels) // ACROSS)
    share = PANEL / (PANEL + BETWEEN) / lines
    for place, panel in enumerate(panels):
        line, column = divmod(place, ACROSS)
        across = [0.0, 0.46] if column == 0 else [0.54, 1.0]
        bottom = 1 - line / lines - 1 / lines + (1 / lines - share) * 0.45
        number = "" if place == 0 else str(place + 1)
        is_words = isinstance(panel.numbers[0], str)
        along = {"type": "category"} if is_words else {"nticks": 6}
        figure.update_layout(
            {
                f"xaxis{number}": axis(domain=across, anchor=f"y{number}", **along),
                f"yaxis{number}": axis(
                    drawn(upward) if column == 0 else "",
                    zero=True,
                    domain=[bottom, bottom + share],
                    anchor=f"x{number}",
                    range=_range(panels),
                ),
            }
        )
        name_over(figure, label_lines(panel.title), at=(across[0], bottom + share))
        for one in panel.curves:
            if is_words:
                _add_marks(figure, one, words=[drawn(str(word)) for word in panel.numbers], panel=number)
            else:
                numbers = [float(value) for value in panel.numbers] if one.numbers is None else one.numbers
                add_curve(figure, one, numbers=numbers, panel=number, has_marks=has_marks)
    figure.update_layout(showlegend=True, legend={"y": 1.0, "yanchor": "bottom", "traceorder": "normal"})
    return figure_text(figure)


def _add_marks(figure: "Figure", one: Curve, *, words: Sequence[str], panel: str) -> None:
    """Draw a mark with its interval at each word; nothing lies between two words."""
    from plotly.graph_objects import Scatter

    rows = list(zip(finite(one.mean), finite(one.low), finite(one.high), strict=True))
    figure.add_trace(
        Scatter(
            x=list(words),
            y=finite(one.mean),
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [_between(mean, high) for mean, _, high in rows],
                "arrayminus": [_between(low, mean) for mean, low, _ in rows],
                "color": one.style.colour,
            },
            mode="markers",
            marker={"symbol": one.style.symbol, "size": 9, "color": one.style.colour},
            name=drawn(one.title),
            showlegend=not panel,
            xaxis=f"x{panel}",
            yaxis=f"y{panel}",
            hovertemplate="%{y:.4~g}<extra></extra>",
        )
    )


def _between(below: float | None, above: float | None) -> float:
    """Give how far two ends are apart; nought where one is not known."""
    return 0.0 if below is None or above is None else above - below


def _range(panels: Sequence[CurvePanel]) -> list[float]:
    """Give the range upwards in which all curves and nought lie."""
    known = [0.0]
    for panel in panels:
        for one in panel.curves:
            known += [
                end for values in (one.mean, one.low, one.high) for end in finite(values) if end is not None
            ]
    room = BEYOND * (max(known) - min(known) or 1.0)
    return [min(known) - room, max(known) + room]
