"""A diagram drawn pixel by pixel as a figure: boxes, ties with arrowheads, texts, and what hovering shows."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from simulator.reports.diagrams.layout import Point
from simulator.reports.figures.look import INK, PAPER, bare_figure, drawn, figure_text

LONGEST_LINE = 17
MOST_LINES = 4
LINE = 17
SIZE = 13
ARROW, ARROW_HALF = 9.0, 4.5
HOVER_LINE = 60
# Widths of letters of 13 pixels in a broad typeface, so that a text fits its box in any.
NARROW, BROAD = "ijltfrI.,:;'|!()[] ", "mwMWQOGDNH@%&—"
NARROW_LETTER, LETTER, BROAD_LETTER = 5.2, 8.1, 11.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """How a tie is drawn: its colour, its line, how wide."""

    colour: str = INK
    dash: str = "solid"
    width: float = 1.5
    has_arrow: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """A figure, its size in pixels, and what was left out of it."""

    figure: str
    width: float
    height: float
    left_out: str = ""


@dataclass(slots=True)
class Drawing:
    """What has been drawn so far."""

    shapes: list[dict[str, object]] = field(default_factory=list)
    texts: list[dict[str, object]] = field(default_factory=list)
    notes: list[dict[str, object]] = field(default_factory=list)

    def box(
        self, middle: Point, size: tuple[float, float, float], *, stroke: Stroke, fill: str = PAPER
    ) -> None:
        """Draw a rectangle; ``size`` is its width, and how far it reaches above and below the middle."""
        (x, y), (width, above, below) = middle, size
        corners = [(x - width / 2, y - above), (x + width / 2, y - above)]
        corners += [(x + width / 2, y + below), (x - width / 2, y + below)]
        self.area(corners, stroke=stroke, fill=fill)

    def area(self, corners: Sequence[Point], *, stroke: Stroke, fill: str = PAPER) -> None:
        """Draw a shape with straight sides."""
        self._path(f"M {' L '.join(_at(one) for one in corners)} Z", stroke=stroke, fill=fill)

    def ellipse(self, middle: Point, size: tuple[float, float], *, stroke: Stroke, fill: str = PAPER) -> None:
        """Draw an ellipse of a width and height."""
        (x, y), (width, height) = middle, size
        line = {"color": stroke.colour, "width": stroke.width, "dash": stroke.dash}
        corners = {"x0": x - width / 2, "x1": x + width / 2, "y0": y - height / 2, "y1": y + height / 2}
        self.shapes.append({"type": "circle", **corners, "line": line, "fillcolor": fill, "layer": "below"})

    def tie(self, way: Sequence[Point], *, stroke: Stroke) -> None:
        """Draw a curve through points, level at each, with an arrowhead at its end."""
        if len(way) < 2:
            return
        points = list(way)
        direction = 1.0 if points[-1][0] >= points[-2][0] else -1.0
        x, y = points[-1]
        if stroke.has_arrow:
            points[-1] = (x - direction * ARROW * 0.8, y)
        self._path(_curve(points), stroke=stroke)
        if stroke.has_arrow:
            tail = x - direction * ARROW
            head = [(x, y), (tail, y - ARROW_HALF), (tail, y + ARROW_HALF)]
            self.area(head, stroke=Stroke(colour=stroke.colour, width=0), fill=stroke.colour)

    def ring(self, top: Point, *, stroke: Stroke) -> None:
        """Draw a tie from a box to itself above the middle of its upper side."""
        x, y = top
        self._path(
            f"M {_at((x - 9, y))} C {_at((x - 14, y - 20))} {_at((x + 14, y - 20))} {_at((x + 9, y))}",
            stroke=stroke,
        )

    def text(
        self,
        middle: Point,
        lines: Sequence[str],
        *,
        colour: str = INK,
        is_strong: bool = False,
        hover: str = "",
    ) -> None:
        """Write lines around a middle; hovering shows more."""
        written = "<br>".join(drawn(line) for line in lines)
        shown = "<br>".join(
            drawn(line) for line in textwrap.wrap(hover, HOVER_LINE, max_lines=12, placeholder=" …")
        )
        self.texts.append(
            {
                "x": middle[0],
                "y": middle[1],
                "text": f"<b>{written}</b>" if is_strong else written,
                "hover": shown,
                "colour": colour,
            }
        )

    def label(self, middle: Point, text: str) -> None:
        """Write a short word over a tie, on paper of its own."""
        note = {"x": middle[0], "y": middle[1], "text": f"<b>{drawn(text)}</b>", "bgcolor": PAPER}
        self.notes.append({**note, "showarrow": False, "borderpad": 1, "font": {"size": SIZE - 1}})

    def figure(self, *, width: float, height: float) -> str:
        """Give the figure as JSON."""
        from plotly.graph_objects import Scatter

        figure = bare_figure(height=round(height))
        hidden = {"visible": False, "fixedrange": True, "showgrid": False, "zeroline": False}
        figure.update_layout(
            width=round(width),
            margin={"l": 0, "r": 0, "t": 0, "b": 0},
            xaxis={**hidden, "range": [0, width]},
            yaxis={**hidden, "range": [height, 0]},
            shapes=self.shapes,
            annotations=self.notes,
            showlegend=False,
            hovermode="closest",
        )
        figure.add_trace(
            Scatter(
                x=[one["x"] for one in self.texts],
                y=[one["y"] for one in self.texts],
                text=[one["text"] for one in self.texts],
                hovertext=[one["hover"] for one in self.texts],
                hoverinfo="text",
                mode="text",
                textfont={"size": SIZE, "color": [one["colour"] for one in self.texts]},
                cliponaxis=False,
            )
        )
        return figure_text(figure)

    def _path(self, path: str, *, stroke: Stroke, fill: str = "rgba(0,0,0,0)") -> None:
        line = {"color": stroke.colour, "width": stroke.width, "dash": stroke.dash}
        self.shapes.append({"type": "path", "path": path, "line": line, "fillcolor": fill, "layer": "below"})


def lines_of(text: str) -> list[str]:
    """Break a name into lines for a box; what is cut off stands in the table."""
    lines = textwrap.wrap(text, LONGEST_LINE, break_on_hyphens=False, max_lines=MOST_LINES, placeholder=" …")
    return lines or [""]


def width_of(lines: Sequence[str]) -> float:
    """Give the pixels that the longest line may need."""
    return max((sum(_letter(letter) for letter in line) for line in lines), default=0.0)


def _letter(letter: str) -> float:
    if letter in NARROW:
        return NARROW_LETTER
    return BROAD_LETTER if letter in BROAD or ord(letter) > 0x2E80 else LETTER


def _curve(points: Sequence[Point]) -> str:
    parts = [f"M {_at(points[0])}"]
    for (x, y), (u, v) in pairwise(points):
        middle = (x + u) / 2
        parts.append(
            f"L {_at((u, v))}" if y == v else f"C {_at((middle, y))} {_at((middle, v))} {_at((u, v))}"
        )
    return " ".join(parts)


def _at(point: Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
