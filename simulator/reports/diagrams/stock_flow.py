"""The stock-flow diagram: stocks as boxes, flows as valves in pipes, thin arrows for what depends on what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.analysis.feedback import Link
from simulator.equations.limiting import ends_of
from simulator.equations.system import Role, System, Variable
from simulator.reports.diagrams.drawing import LINE, Diagram, Drawing, Stroke, lines_of, width_of
from simulator.reports.diagrams.layers import Tie
from simulator.reports.diagrams.layout import Box, Layout, Point, laid_out
from simulator.reports.figures.look import INK, PAPER

BLUE, SOFT, PIPE, PALE_BLUE = "#005eb8", "#4c6272", "#768692", "#e8f1fa"
MOST_WITH_CONSTANTS = 30
MOST_BOXES = 90
CLOUD = "#cloud"
VALVE, VALVE_HALF = 11.0, 14.0
THIN = Stroke(colour=SOFT, width=1.25)


@dataclass(frozen=True, slots=True)
class _Pipe:
    """A part of a pipe: from a stock or cloud to a valve, or from a valve on."""

    source: str
    target: str
    is_end: bool


def stock_flow_diagram(
    system: System, links: Sequence[Link], *, names: Mapping[str, str], hovers: Mapping[str, str]
) -> Diagram | None:
    """Draw the stocks, flows and auxiliaries of a system; with very many, the lesser ones are left out.

    Nothing where there is neither a stock nor a flow nor anything that depends on something.
    """
    shown, left_out = _shown(system, links)
    if not shown:
        return None
    pipes = _pipes(system, shown)
    piped = {one.source for one in pipes} | {one.target for one in pipes}
    info = [
        one
        for one in links
        if one.source in shown
        and one.target in shown
        and (one.source, one.target) not in _ends(pipes)
        and shown[one.target].role is not Role.STOCK
    ]
    ties = [Tie(source=one.source, target=one.target, rank=0) for one in pipes]
    ties += [Tie(source=one.source, target=one.target, rank=1) for one in info]
    clouds = [
        key for key in dict.fromkeys(k for one in pipes for k in (one.source, one.target)) if CLOUD in key
    ]
    boxes = [_box(one, names[one.key], is_piped=one.key in piped) for one in shown.values()]
    boxes += [Box(key=key, width=34, above=12, below=12) for key in clouds]
    layout = laid_out(boxes, ties, level=[True] * len(pipes) + [False] * len(info))
    figure = _drawn(layout, shown, pipes=pipes, names=names, hovers=hovers)
    return Diagram(figure=figure, width=layout.width, height=layout.height, left_out=left_out)


def _shown(system: System, links: Sequence[Link]) -> tuple[dict[str, Variable], str]:
    """Choose what is drawn: all, or without constants, or stocks and flows alone."""
    tied = {one.source for one in links} | {one.target for one in links}
    moved = {one.target for one in links}
    every = {one.key: one for one in system.shown if one.key in tied or one.role in (Role.STOCK, Role.FLOW)}
    if len(every) <= MOST_WITH_CONSTANTS:
        return every, ""
    moving = {
        key: one
        for key, one in every.items()
        if key in moved or one.role in (Role.STOCK, Role.FLOW, Role.INPUT)
    }
    if len(moving) <= MOST_BOXES:
        count = len(every) - len(moving)
        return moving, f"{count} constants are left out of the figure" if count else ""
    flowing = {key: one for key, one in moving.items() if one.role in (Role.STOCK, Role.FLOW)}
    kept = dict(list(flowing.items())[:MOST_BOXES])
    more = f", and {len(flowing) - len(kept)} further stocks and flows" if len(flowing) > len(kept) else ""
    return kept, f"{len(every) - len(flowing)} auxiliaries{more} are left out of the figure"


def _pipes(system: System, shown: Mapping[str, Variable]) -> list[_Pipe]:
    """List the pipes of all flows that are drawn, clouds at the ends that are outside."""
    found: dict[_Pipe, None] = {}
    for key, pairs in ends_of(system).items():
        if key not in shown:
            continue
        for source, target in pairs:
            found[_Pipe(source if source in shown else f"{key}{CLOUD}_from", key, False)] = None
            found[_Pipe(key, target if target in shown else f"{key}{CLOUD}_to", True)] = None
    order = {key: place for place, key in enumerate(system.variables)}
    return sorted(found, key=lambda one: order[one.source if one.is_end else one.target])


def _ends(pipes: Sequence[_Pipe]) -> set[tuple[str, str]]:
    """Give what the pipes say already: a flow moves the stocks at its ends."""
    forth = {(one.source, one.target) for one in pipes if one.is_end}
    return forth | {(one.target, one.source) for one in pipes if not one.is_end}


def _box(variable: Variable, name: str, *, is_piped: bool) -> Box:
    lines = lines_of(name)
    text = len(lines) * LINE
    if variable.role is Role.STOCK:
        return Box(
            key=variable.key, width=max(84, width_of(lines) + 22), above=text / 2 + 12, below=text / 2 + 12
        )
    if is_piped:
        return Box(
            key=variable.key, width=max(40, width_of(lines) + 8), above=VALVE + 3, below=VALVE + text + 4
        )
    return Box(key=variable.key, width=width_of(lines) + 18, above=text / 2 + 5, below=text / 2 + 5)


def _drawn(
    layout: Layout,
    shown: Mapping[str, Variable],
    *,
    pipes: Sequence[_Pipe],
    names: Mapping[str, str],
    hovers: Mapping[str, str],
) -> str:
    drawing = Drawing()
    valves = {one.source if one.is_end else one.target for one in pipes}
    for way in layout.ways[len(pipes) :]:
        drawing.tie(way, stroke=THIN)
    for pipe, way in zip(pipes, layout.ways, strict=False):
        _draw_pipe(drawing, way, pipe=pipe, layout=layout)
    for key, middle in layout.middles.items():
        if CLOUD in key:
            _draw_cloud(drawing, middle)
        else:
            texts = (names[key], hovers[key])
            _draw(drawing, shown[key], layout=layout, texts=texts, is_valve=key in valves)
    return drawing.figure(width=layout.width, height=layout.height)


def _draw_pipe(drawing: Drawing, way: Sequence[Point], *, pipe: _Pipe, layout: Layout) -> None:
    """Draw a pipe up to the valve itself, which stands in the middle of the flow's box."""
    points = list(way)
    valve = layout.middles[pipe.source if pipe.is_end else pipe.target]
    points.insert(0 if pipe.is_end else len(points), valve)
    drawing.tie(points, stroke=Stroke(colour=PIPE, width=6, has_arrow=False))
    drawing.tie(points, stroke=Stroke(colour=PAPER, width=3, has_arrow=False))
    if pipe.is_end:
        x, y = points[-1]
        direction = 1.0 if x >= points[-2][0] else -1.0
        head = [(x, y), (x - direction * 12, y - 8), (x - direction * 12, y + 8)]
        drawing.area(head, stroke=Stroke(colour=PIPE, width=1), fill=PIPE)


def _draw_cloud(drawing: Drawing, middle: Point) -> None:
    x, y = middle
    stroke = Stroke(colour=PIPE, width=1.5)
    for dx, dy, size in ((-8, 3, 14), (8, 3, 14), (0, -4, 16)):
        drawing.ellipse((x + dx, y + dy), (size, size), stroke=stroke)
    drawing.ellipse((x, y + 2), (20, 12), stroke=Stroke(colour=PAPER, width=0))


def _draw(
    drawing: Drawing, variable: Variable, *, layout: Layout, texts: tuple[str, str], is_valve: bool
) -> None:
    (x, y), box = layout.middles[variable.key], layout.boxes[variable.key]
    name, hover = texts
    lines = lines_of(name)
    if variable.role is Role.STOCK:
        size = (box.width, box.above, box.below)
        drawing.box((x, y), size, stroke=Stroke(colour=BLUE, width=2.5), fill=PALE_BLUE)
        drawing.text((x, y + (box.below - box.above) / 2), lines, is_strong=True, hover=hover)
    elif is_valve:
        wings = [(x - VALVE_HALF, y - VALVE), (x + VALVE_HALF, y + VALVE)]
        wings += [(x + VALVE_HALF, y - VALVE), (x - VALVE_HALF, y + VALVE)]
        drawing.area(wings, stroke=Stroke(colour=INK, width=1.5), fill=PAPER)
        drawing.text((x, y + VALVE + 4 + len(lines) * LINE / 2), lines, hover=hover)
    else:
        drawing.text((x, y), lines, colour=SOFT if variable.role is not Role.INPUT else BLUE, hover=hover)
