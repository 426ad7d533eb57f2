"""The pathway diagram: needs and referrals, the activities they start at, and where cases go from there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from simulator.definition.groups import Keyed
from simulator.definition.model import Model
from simulator.definition.routes import BUILT_IN, RouteTable
from simulator.reports.diagrams.drawing import LINE, Diagram, Drawing, Stroke, lines_of, width_of
from simulator.reports.diagrams.layers import Tie
from simulator.reports.diagrams.layout import Box, Layout, laid_out
from simulator.reports.titles import title_of

BLUE, SOFT, PALE = "#005eb8", "#4c6272", "#f0f4f5"
NEED, REFERRAL, ACTIVITY = "need", "referral", "activity"
LEAST, MOST = 1.0, 3.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Some cases go from a need, referral or activity to an activity: the largest share of any group.

    A share of nought is that of an alternative, tried where the first is full.
    """

    source: str
    target: str
    share: float


def pathway_diagram(model: Model, *, hovers: Mapping[str, str]) -> Diagram:
    """Draw the pathways of a model."""
    ways = list(ways_of(model))
    tied = {one.source for one in ways} | {one.target for one in ways}
    names = {
        key: title for key, title in _names(model).items() if key in tied or key.startswith(f"{ACTIVITY}.")
    }
    ties = [Tie(source=one.source, target=one.target, rank=-round(one.share * 100)) for one in ways]
    layout = laid_out([_box(key, name) for key, name in names.items()], ties)
    drawing = Drawing()
    for way, points in zip(ways, layout.ways, strict=True):
        dash = "solid" if way.share else "4px,4px"
        stroke = Stroke(colour=SOFT, dash=dash, width=round(LEAST + (MOST - LEAST) * way.share, 2))
        if points:
            drawing.tie(points, stroke=stroke)
        else:
            x, y = layout.middles[way.source]
            drawing.ring((x, y - layout.boxes[way.source].above), stroke=stroke)
    for key, name in names.items():
        _draw(drawing, key, name=name, layout=layout, hover=hovers.get(key, ""))
    figure = drawing.figure(width=layout.width, height=layout.height)
    return Diagram(figure=figure, width=layout.width, height=layout.height)


def ways_of(model: Model) -> Iterator[Way]:
    """List where needs and referrals start and activities send cases; leaving and dying are left out.

    What is offered where another is full is a way where nothing else leads there.
    """
    found = [
        way
        for kind, nouns in ((NEED, model.needs), (REFERRAL, model.referrals))
        for id, noun in nouns.items()
        for way in _ways(f"{kind}.{id}", noun.starts_at)
    ]
    for id, activity in model.activities.items():
        found += _ways(f"{ACTIVITY}.{id}", activity.routes)
    yield from found
    reached = {one.target for one in found}
    for id, activity in model.activities.items():
        for other in activity.if_full:
            if f"{ACTIVITY}.{other}" not in reached:
                yield Way(source=f"{ACTIVITY}.{id}", target=f"{ACTIVITY}.{other}", share=0.0)


def _ways(source: str, routes: Keyed[RouteTable]) -> Iterator[Way]:
    largest: dict[str, float] = {}
    for table in routes.values():
        for route in table:
            for target in route.targets:
                if target not in BUILT_IN:
                    largest[target] = max(largest.get(target, 0.0), float(route.share.value))
    for target, share in largest.items():
        if share > 0:
            yield Way(source=source, target=f"{ACTIVITY}.{target}", share=share)


def _names(model: Model) -> dict[str, str]:
    found = {f"{NEED}.{id}": title_of(model, "need", id=id) for id in model.needs}
    found |= {f"{REFERRAL}.{id}": title_of(model, "need", id=id) for id in model.referrals}
    return found | {f"{ACTIVITY}.{id}": title_of(model, "activity", id=id) for id in model.activities}


def _box(key: str, name: str) -> Box:
    lines = lines_of(name)
    half = len(lines) * LINE / 2 + 8
    return Box(key=key, width=width_of(lines) * 1.05 + 22, above=half, below=half)


def _draw(drawing: Drawing, key: str, *, name: str, layout: Layout, hover: str) -> None:
    middle, box = layout.middles[key], layout.boxes[key]
    is_activity = key.startswith(f"{ACTIVITY}.")
    if is_activity:
        size = (box.width, box.above, box.below)
        drawing.box(middle, size, stroke=Stroke(colour=SOFT, width=1.5), fill=PALE)
    drawing.text(
        middle, lines_of(name), colour=BLUE if not is_activity else "#212b32", is_strong=True, hover=hover
    )
