"""The causal-loop diagram: the variables of the loops that are listed, and the polarity of every link.

A loop's name stands on the link that closes it, the first of its links to lead to the left; a delayed link
has a mark. Neither covers a sign.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from simulator.analysis.feedback import Link, Loop, Polarity
from simulator.reports.diagrams.drawing import LINE, Diagram, Drawing, Stroke, lines_of, width_of
from simulator.reports.diagrams.layers import Tie
from simulator.reports.diagrams.layout import Box, Layout, Point, laid_out

MOST_VARIABLES = 45
MOST_NAMES = 3
SIGN = 7.0
# Room for a sign at an arrow's head and a loop's name in the middle of a short link.
BETWEEN_COLUMNS = 84
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
    layout = laid_out([_box(key, names[key]) for key in shown], ties, between=BETWEEN_COLUMNS)
    drawing = Drawing()
    for link, way in zip(links, layout.ways, strict=True):
        _draw_link(drawing, link, way=way, layout=layout)
    for key in shown:
        drawing.text(layout.middles[key], lines_of(names[key]), is_strong=True, hover=hovers[key])
    _label_links(drawing, drawn, links=links, layout=layout)
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
    drawing.text(_sign_at(way), [link.polarity.value], colour=stroke.colour, is_strong=True)


def _sign_at(way: Sequence[Point]) -> Point:
    """Give the place of a tie's sign: above it, just before its head."""
    (x, y), (before, _) = way[-1], way[-2]
    return (x + (-16 if x >= before else 16), y - 8)


def _free_place(way: Sequence[Point], words: str, *, taken: Sequence[tuple[Point, float]]) -> Point:
    """Give a place on a tie, as near its middle as may be, at which words cover nothing else."""
    half = width_of([words]) / 2 + 1
    pieces = list(pairwise(way))
    middle = (len(pieces) - 1) / 2
    places = [
        ((x * (1 - part) + u * part, y * (1 - part) + v * part), abs(at + part - 0.5 - middle))
        for at, ((x, y), (u, v)) in enumerate(pieces)
        for part in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2)
    ]
    ordered = [place for place, _ in sorted(places, key=lambda one: one[1])]
    free = (
        (x, y)
        for x, y in ordered
        if all(abs(x - u) > half + other or abs(y - v) > LINE for (u, v), other in taken)
    )
    return next(free, ordered[0])


def _label_links(drawing: Drawing, loops: Sequence[Loop], *, links: Sequence[Link], layout: Layout) -> None:
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
    taken = [(_sign_at(way), SIGN) for way in layout.ways if way]
    labels = [(closing[ends], _label_of(words)) for ends, words in named.items()]
    labels += [(way, DELAY) for one, way in zip(links, layout.ways, strict=True) if one.is_delayed and way]
    for way, said in labels:
        place = _free_place(way, said, taken=taken)
        taken.append((place, width_of([said]) / 2 + 1))
        drawing.label(place, said)


def _label_of(names: Sequence[str]) -> str:
    """Write the names of the loops that a link closes, the first of many."""
    more = f" +{len(names) - MOST_NAMES}" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more
