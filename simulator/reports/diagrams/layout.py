"""Where boxes stand and ties run, in pixels: layers become columns, boxes stand level with their neighbours.

Heights are settled by sweeps: every box would stand at the mean height of its neighbours, and a column is
moved as little as it takes to keep its boxes apart (the least squares, by pooling those that meet). Parts
that nothing ties together stand below one another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from simulator.reports.diagrams.layers import Layers, Tie, layers_of

BETWEEN_COLUMNS = 54
BETWEEN_BOXES = 20
BETWEEN_PARTS = 36
BETWEEN_ENDS = 15
STAND_IN = 7
EDGE = 16
SWEEPS = 24
# Ties between stand-ins pull harder, so that long ties run straight; those that boxes are level with most.
PULLS = {0: 1.0, 1: 2.0, 2: 8.0}
LEVEL_PULL = 12.0
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A thing to be placed, in pixels; ties that are ``level`` reach it at the height that it stands at."""

    key: str
    width: float
    above: float
    below: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where everything is: the middle of each box, the points each tie runs through, the size of it all.

    A tie from a box to itself runs through no points.
    """

    middles: dict[str, Point] = field(default_factory=dict)
    boxes: dict[str, Box] = field(default_factory=dict)
    ways: tuple[tuple[Point, ...], ...] = ()
    is_backward: tuple[bool, ...] = ()
    width: float = 0.0
    height: float = 0.0


def laid_out(
    boxes: Sequence[Box],
    ties: Sequence[Tie],
    *,
    level: Sequence[bool] = (),
    between: float = BETWEEN_COLUMNS,
) -> Layout:
    """Lay boxes and ties out, with so much between columns.

    ``level`` ties meet boxes at their own height and are kept short.
    """
    named = {box.key: box for box in boxes}
    ways: dict[int, tuple[Point, ...]] = {}
    backward: dict[int, bool] = {}
    middles: dict[str, Point] = {}
    grown: dict[str, Box] = {}
    top, width = float(EDGE), 0.0
    for keys in _parts([box.key for box in boxes], ties):
        inside = set(keys)
        places = [place for place, tie in enumerate(ties) if tie.source in inside]
        own = [ties[place] for place in places]
        is_level = [bool(level) and level[place] for place in places]
        part = _part([named[key] for key in keys], own, is_level=is_level, top=top, between=between)
        middles |= part.middles
        grown |= part.boxes
        ways |= dict(zip(places, part.ways, strict=True))
        backward |= dict(zip(places, part.is_backward, strict=True))
        top, width = part.height + BETWEEN_PARTS, max(width, part.width)
    return Layout(
        middles=middles,
        boxes=grown,
        ways=tuple(ways[place] for place in range(len(ties))),
        is_backward=tuple(backward[place] for place in range(len(ties))),
        width=width + EDGE,
        height=top - BETWEEN_PARTS + EDGE,
    )


def _parts(keys: Sequence[str], ties: Sequence[Tie]) -> list[list[str]]:
    """Split boxes into what is tied together, in the order in which the first of each comes."""
    from networkx import Graph, connected_components

    graph = Graph()
    graph.add_nodes_from(keys)
    graph.add_edges_from((tie.source, tie.target) for tie in ties)
    place = {key: at for at, key in enumerate(keys)}
    parts = (sorted(part, key=place.__getitem__) for part in connected_components(graph))
    return sorted(parts, key=lambda part: place[part[0]])


def _part(
    boxes: Sequence[Box], ties: Sequence[Tie], *, is_level: Sequence[bool], top: float, between: float
) -> Layout:
    layers = layers_of([box.key for box in boxes], ties, backbone=is_level)
    named = {box.key: box for box in _grown(boxes, layers, is_level=is_level)}
    heights = _heights(layers, named, is_level=is_level)
    columns = _columns(layers, named, between=between)
    highest = min(heights[key] - _box(named, key).above for key in heights)
    moved = {key: height - highest + top for key, height in heights.items()}
    middles = {key: (sum(columns[key]) / 2, moved[key]) for key in named}
    ends = _ends(layers, moved, named=named, is_level=is_level)
    return Layout(
        middles=middles,
        boxes=named,
        ways=tuple(_ways(layers, moved, columns=columns, named=named, ends=ends)),
        is_backward=layers.is_backward,
        width=max(right for _, right in columns.values()),
        height=max(moved[key] + _box(named, key).below for key in moved),
    )


def _box(named: dict[str, Box], key: str) -> Box:
    return named.get(key) or Box(key=key, width=0.0, above=STAND_IN, below=STAND_IN)


def _grown(boxes: Sequence[Box], layers: Layers, *, is_level: Sequence[bool]) -> Iterator[Box]:
    """Make boxes high enough for the ends of all ties; beside a level one they come below it."""
    ends: dict[tuple[str, str], int] = {}
    level = _level_sides(layers, is_level)
    for chain, is_at_middle in zip(layers.chains, is_level, strict=True):
        for end in _sides(chain) if not is_at_middle else ():
            ends[end] = ends.get(end, 0) + 1
    for box in boxes:
        above, below = box.above, box.below
        for side in ("left", "right"):
            room = (ends.get((box.key, side), 0) + 1) * BETWEEN_ENDS
            if (box.key, side) in level:
                below = max(below, room)
            elif room > above + below:
                above, below = above + (room - above - below) / 2, below + (room - above - below) / 2
        yield Box(key=box.key, width=box.width, above=above, below=below)


def _sides(chain: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Say at which side of which box the two ends of a tie are."""
    return ((chain[0], "right"), (chain[-1], "left")) if chain else ()


def _level_sides(layers: Layers, is_level: Sequence[bool]) -> set[tuple[str, str]]:
    pairs = zip(layers.chains, is_level, strict=True)
    return {side for chain, is_at_middle in pairs if is_at_middle for side in _sides(chain)}


def _columns(layers: Layers, named: dict[str, Box], *, between: float) -> dict[str, tuple[float, float]]:
    """Give the left and right edge of each column to all that stands in it."""
    found: dict[str, tuple[float, float]] = {}
    left = float(EDGE)
    for layer in layers.layers:
        width = max((_box(named, key).width for key in layer), default=0.0)
        found |= dict.fromkeys(layer, (left, left + width))
        left += width + between
    return found


def _heights(layers: Layers, named: dict[str, Box], *, is_level: Sequence[bool]) -> dict[str, float]:
    """Settle how high everything stands."""
    beside: dict[str, list[tuple[str, float]]] = {key: [] for layer in layers.layers for key in layer}
    for chain, is_at_middle in zip(layers.chains, is_level, strict=True):
        for one, other in pairwise(chain):
            pull = LEVEL_PULL if is_at_middle else PULLS[(one not in named) + (other not in named)]
            beside[one].append((other, pull))
            beside[other].append((one, pull))
    found = {key: 0.0 for layer in layers.layers for key in layer}
    for layer in layers.layers:
        found |= _apart(layer, dict.fromkeys(layer, 0.0), named=named)
    for sweep in range(SWEEPS):
        for layer in layers.layers if sweep % 2 == 0 else reversed(layers.layers):
            wanted = {key: _mean(beside[key], found, own=found[key]) for key in layer}
            found |= _apart(layer, wanted, named=named)
    return found


def _mean(beside: Sequence[tuple[str, float]], heights: dict[str, float], *, own: float) -> float:
    weight = sum(pull for _, pull in beside)
    return sum(heights[key] * pull for key, pull in beside) / weight if weight else own


def _apart(layer: Sequence[str], wanted: dict[str, float], *, named: dict[str, Box]) -> dict[str, float]:
    """Place a column as near as can be to what is wanted, in order and without touching."""
    offsets, offset = [], 0.0
    for at, key in enumerate(layer):
        if at:
            offset += _box(named, layer[at - 1]).below + BETWEEN_BOXES + _box(named, key).above
        offsets.append(offset)
    pools: list[tuple[float, int]] = []
    for key, offset in zip(layer, offsets, strict=True):
        mean, count = wanted[key] - offset, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean = (before * many + mean * count) / (many + count)
            count += many
        pools.append((mean, count))
    settled = [mean for mean, count in pools for _ in range(count)]
    return {key: height + offset for key, height, offset in zip(layer, settled, offsets, strict=True)}


def _ways(
    layers: Layers,
    heights: dict[str, float],
    *,
    columns: dict[str, tuple[float, float]],
    named: dict[str, Box],
    ends: dict[tuple[int, str], float],
) -> Iterator[tuple[Point, ...]]:
    """Give the points of each tie, from its source to its target, level across every column between."""
    for place, (chain, is_back) in enumerate(zip(layers.chains, layers.is_backward, strict=True)):
        if not chain:
            yield ()
            continue
        (left, right), (before, after) = columns[chain[0]], columns[chain[-1]]
        first = ((left + right + named[chain[0]].width) / 2, ends[place, "right"])
        last = ((before + after - named[chain[-1]].width) / 2, ends[place, "left"])
        between = [(x, heights[one]) for one in chain[1:-1] for x in columns[one]]
        way = (first, *between, last)
        yield way[::-1] if is_back else way


def _ends(
    layers: Layers, heights: dict[str, float], *, named: dict[str, Box], is_level: Sequence[bool]
) -> dict[tuple[int, str], float]:
    """Say how high each tie meets its boxes: by the height of what it comes from or goes to next."""
    sides: dict[tuple[str, str], list[tuple[float, int]]] = {}
    found: dict[tuple[int, str], float] = {}
    level = _level_sides(layers, is_level)
    for place, chain in enumerate(layers.chains):
        for (key, side), near in zip(_sides(chain), (chain[1:2] + chain[-2:-1]), strict=True):
            found[place, side] = heights[key]
            if not is_level[place]:
                sides.setdefault((key, side), []).append((heights[near], place))
    for (key, side), meeting in sides.items():
        box = named[key]
        top = heights[key] if (key, side) in level else heights[key] - box.above
        room = heights[key] + box.below - top
        for at, (_, place) in enumerate(sorted(meeting), start=1):
            found[place, side] = top + room * at / (len(meeting) + 1)
    return found
