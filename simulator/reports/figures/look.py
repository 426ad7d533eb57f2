"""The look of every chart, and the one door by which a text from a file enters one.

Plotly reads tags, entities and, where MathJax is at hand, formulas in every text it draws; `drawn` takes
the meaning out of them. No text from a file may go into a template (``hovertemplate`` and its like).
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.reports.titles import clean

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

INK = "#212b32"
PALE = "#d8dde0"
PAPER = "#ffffff"
FONT = "Frutiger, 'Frutiger Linotype', Univers, Calibri, Arial, sans-serif"
LONGEST_LABEL = 28
MOST_LINES = 4
LINE = 19
NARROWER = 0.5
BETWEEN = 12
SPECIAL = {"&": "&#38;", "<": "&#60;", ">": "&#62;", "$": "&#36;", "%": "&#37;", "{": "&#123;", "\\": "&#92;"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How one world is drawn: colour, line and marker all differ, so that none of them is the only sign."""

    colour: str
    band: str
    dash: str
    symbol: str


BASELINE_STYLE = Style(colour=INK, band="rgba(33,43,50,0.15)", dash="solid", symbol="circle-open")
STYLES = (
    Style(colour="#005eb8", band="rgba(0,94,184,0.20)", dash="dash", symbol="circle"),
    Style(colour="#a8400b", band="rgba(168,64,11,0.20)", dash="dot", symbol="square"),
    Style(colour="#00664f", band="rgba(0,102,79,0.20)", dash="dashdot", symbol="diamond"),
    Style(colour="#7c2855", band="rgba(124,40,85,0.20)", dash="longdash", symbol="triangle-up"),
    Style(colour="#5c5c00", band="rgba(92,92,0,0.20)", dash="longdashdot", symbol="cross"),
    Style(colour="#4b2aad", band="rgba(75,42,173,0.20)", dash="5px,2px", symbol="star"),
)


def style_of(place: int) -> Style:
    """Give the style of a scenario by its place after the baseline."""
    return STYLES[place % len(STYLES)]


def drawn(text: str) -> str:
    """Make a text safe to hand to Plotly: nothing in it is a tag, an entity, a formula or a template."""
    return "".join(SPECIAL.get(letter, letter) for letter in clean(text))


def label_lines(text: str) -> str:
    """Break a long label into lines for an axis, safe to hand to Plotly; the table has what is cut off."""
    return "<br>".join(drawn(line) for line in _lines(text))


def row_height(labels: Sequence[str], *, least: int = 0) -> int:
    """Give the height in pixels of rows in which no label lies over the next."""
    return max(least, BETWEEN + LINE * max((len(_lines(label)) for label in labels), default=1))


def _lines(text: str) -> list[str]:
    lines = textwrap.wrap(text, LONGEST_LABEL, break_on_hyphens=False, max_lines=MOST_LINES, placeholder=" …")
    return lines or [""]


def bare_figure(*, height: int, left: int = 60) -> "Figure":
    """Make an empty chart with our type, paper and grid, and nothing else."""
    from plotly.graph_objects import Figure

    figure = Figure()
    figure.update_layout(
        template="none",
        height=height,
        margin={"l": left, "r": 20, "t": 40, "b": 50},
        font={"family": FONT, "size": 14, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        legend={"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "xanchor": "left"},
        hoverlabel={"bgcolor": PAPER, "font": {"color": INK, "family": FONT}},
        dragmode=False,
    )
    return figure


def axis(title: str = "", *, zero: bool = False, **more: object) -> dict[str, object]:
    """Describe an axis: thin grid, strong line at nought where asked for; its title must be ours or drawn."""
    return {
        "title": {"text": title},
        "gridcolor": PALE,
        "zeroline": zero,
        "zerolinecolor": INK,
        "zerolinewidth": 2,
        "linecolor": INK,
        "automargin": True,
        "fixedrange": True,
        **more,
    }


def row_axis(labels: Sequence[str], **more: object) -> dict[str, object]:
    """Describe the axis of rows, from the top in the order of their labels, which must be ours or drawn."""
    described = axis(
        tickmode="array",
        tickvals=list(range(len(labels))),
        ticktext=list(labels),
        range=[len(labels) - 0.4, -0.6],
        showgrid=False,
    )
    return described | more


def hatched(colour: str, shape: str) -> dict[str, object]:
    """Describe bars of a colour, hatched where there is a ``shape``: white lines on the colour itself."""
    pattern = {"shape": shape, "fgcolor": PAPER, "bgcolor": colour, "size": 7}
    return {"color": colour, "pattern": pattern}


def widths_over(low: Sequence[float | None], high: Sequence[float | None], *, whole: float) -> list[float]:
    """Give the widths of bars to high ends over those to low ends, both from nought, which are ``whole``.

    Where both lie on one side the upper bar is narrower, or it could hide the other.
    """
    pairs = zip(low, high, strict=True)
    meet = [one is not None and other is not None and one * other > 0 for one, other in pairs]
    return [whole * NARROWER if one else whole for one in meet]


def name_over(figure: "Figure", text: str, *, at: tuple[float, float], **more: object) -> None:
    """Write the name of a panel over it, from its upper left corner on."""
    figure.add_annotation(
        text=text,
        x=at[0],
        y=at[1],
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        align="left",
        showarrow=False,
        **more,
    )


def figure_text(figure: "Figure") -> str:
    """Write a figure as JSON that may stand inside a script element of a page."""
    text = str(figure.to_json(engine="json"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def finite(values: Sequence[float | None]) -> list[float | None]:
    """Turn numbers that do not exist into gaps."""
    return [None if value is None or value != value else float(value) for value in values]
