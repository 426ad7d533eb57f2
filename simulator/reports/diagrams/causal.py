"""The causal-loop diagram: the variables of the loops that are listed, and the polarity of every link.

A loop's name stands on the link that closes it, the first of its links to lead to the left.
"""

from collections.abc import Mapping, Sequence

from simulator.analysis.feedback import Link, Loop, Polarity
from simulator.reports.diagrams.drawing import LINE, Diagram, Drawing, Stroke, lines_of, middle_of, width_of
from simulator.reports.diagrams.layers import Tie
from simulator.reports.diagrams.layout import Box, Layout, Point, laid_out

MOST_VARIABLES = 45
MOST_NAMES = 3
STROKES = {
    Polarity.PLUS: Stroke(colour="#005eb8"),
    Polarity.MINUS: Stroke(colour="#a8400b", dash="7px,4px"),
    Polarity.DEPENDS: Stroke(colour="#4b2aad", dash="2px,4px"),
    Polarity.UNKNOWN: Stroke(colour="#4c6272", dash="2px,4px"),
}
DELAY = "‖"


def causal_diagram(
    loops: Sequence[Loop], order: Sequence[str], *, names: Mapping[str, str], hovers: Mapping[str, str]
) -> Diagram:
    """Draw the variables and links of loops; with very many, those of the first."""
    drawn, keys = _shown(loops)
    places = {key: place for place, key in enumerate(order)}
    shown = sorted(keys, key=places.__getitem__)
    links = list({(one.source, one.target): one for loop in drawn for one in loop.links}.values())
    links.sort(key=lambda one: (places[one.source], places[one.target]))
    ranks = _ranks(drawn)
    ties = [Tie(source=one.source, target=one.target, rank=-ranks[one.source, one.target]) for one in links]
    layout = laid_out([_box(key, names[key]) for key in shown], ties)
    drawing = Drawing()
    for link, way in zip(links, layout.ways, strict=True):
        _draw_link(drawing, link, way=way, layout=layout)
    for key in shown:
        drawing.text(layout.middles[key], lines_of(names[key]), is_strong=True, hover=hovers[key])
    _name_loops(drawing, drawn, links=links, layout=layout)
    figure = drawing.figure(width=layout.width, height=layout.height)
    missing = len(loops) - len(drawn)
    left_out = f"the figure shows the first {len(drawn)} of the loops listed" if missing else ""
    return Diagram(figure=figure, width=layout.width, height=layout.height, left_out=left_out)


def _shown(loops: Sequence[Loop]) -> tuple[list[Loop], dict[str, None]]:
    """Take loops in order as long as there is room for their variables; the first in any case."""
    keys: dict[str, None] = {}
    drawn: list[Loop] = []
    for loop in loops:
        more = keys | dict.fromkeys(loop.keys)
        if drawn and len(more) > MOST_VARIABLES:
            break
        drawn.append(loop)
        keys = more
    return drawn, keys


def _ranks(loops: Sequence[Loop]) -> dict[tuple[str, str], int]:
    """Count the loops through each link: those of many loops are kept leading to the right."""
    counts: dict[tuple[str, str], int] = {}
    for loop in loops:
        for one in loop.links:
            counts[one.source, one.target] = counts.get((one.source, one.target), 0) + 1
    return counts


def _box(key: str, name: str) -> Box:
    lines = lines_of(name)
    half = len(lines) * LINE / 2 + 6
    return Box(key=key, width=width_of(lines) * 1.08 + 16, above=half, below=half)


def _draw_link(drawing: Drawing, link: Link, *, way: Sequence[Point], layout: Layout) -> None:
    stroke = STROKES[link.polarity]
    if not way:
        box, (x, y) = layout.boxes[link.source], layout.middles[link.source]
        drawing.ring((x, y - box.above), stroke=stroke)
        drawing.text(
            (x + 18, y - box.above - 10), [link.polarity.value], colour=stroke.colour, is_strong=True
        )
        return
    drawing.tie(way, stroke=stroke)
    (x, y), (before, _) = way[-1], way[-2]
    side = -16 if x >= before else 16
    drawing.text((x + side, y - 8), [link.polarity.value], colour=stroke.colour, is_strong=True)
    if link.is_delayed:
        drawing.label(_quarter(way), DELAY)


def _quarter(way: Sequence[Point]) -> Point:
    """Give a point early on a tie, where no loop is named."""
    (x, y), (u, v) = way[0], way[1]
    return (x + (u - x) * 0.25, y + (v - y) * 0.16)


def _name_loops(drawing: Drawing, loops: Sequence[Loop], *, links: Sequence[Link], layout: Layout) -> None:
    closing = {
        (one.source, one.target): way
        for one, way, is_back in zip(links, layout.ways, layout.is_backward, strict=True)
        if is_back
    }
    named: dict[tuple[str, str], list[str]] = {}
    for loop in loops:
        ends = next(
            ((one.source, one.target) for one in loop.links if (one.source, one.target) in closing), None
        )
        if ends is not None:
            named.setdefault(ends, []).append(loop.name)
    for ends, words in named.items():
        more = f" +{len(words) - MOST_NAMES}" if len(words) > MOST_NAMES else ""
        drawing.label(middle_of(closing[ends]), ", ".join(words[:MOST_NAMES]) + more)
