"""Every name that refers to something refers to something that is there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from simulator.definition.activities import NO_RESOURCE, Activity
from simulator.definition.capacities import Capacity, Resource
from simulator.definition.faults import Path
from simulator.definition.groups import OTHERWISE, Keyed
from simulator.definition.model import Model
from simulator.definition.routes import BUILT_IN, Route
from simulator.definition.standards import Clock, Count
from simulator.definition.switch_references import complaints_of_interventions
from simulator.definition.words import nearest
from simulator.units import shown

Complaint = tuple[Path, str]
DEAD = "dead"

REFERENCES: Mapping[str, Mapping[str, str]] = {
    "sites": {"locality": "localities"},
    "needs": {"trait": "traits", "profile": "profiles"},
    "referrals": {"profile": "profiles"},
    "resources": {"owner": "organisations"},
    "activities": {"ends_at": "profiles", "payer": "organisations", "if_full": "activities"},
    "interventions": {"lead": "organisations", "partners": "organisations"},
}
ROUTE_FIELDS = ("starts_at", "routes", "gives_up_to", "refused_to", "interrupted_to")
BY_GROUP = ("duration", "priority", "patience", "routes", "gives_up_to", "refused_to", "interrupted_to")
KINDS = {
    "localities": "locality",
    "activities": "activity",
    "classes": "class, need or referral",
    "groups": "segment, need, referral or class",
}


@dataclass(frozen=True)
class Known:
    """The ids that a file gives, by kind; those of broken things too, so that one fault is told once."""

    raw: Mapping[str, object]
    model: Model

    def ids(self, kind: str) -> list[str]:
        """List the ids of a kind."""
        found = self.raw.get(kind)
        return sorted(str(one) for one in found) if isinstance(found, Mapping) else []

    @cached_property
    def groups(self) -> list[str]:
        """List all that a value may be keyed by."""
        return sorted({*self.ids("segments"), *self.classes})

    @cached_property
    def classes(self) -> list[str]:
        """List the classes that a case may have."""
        named = {route.as_ for _, route in routes_of(self.model) if route.as_ is not None}
        return sorted({*self.ids("needs"), *self.ids("referrals"), *named})

    def complain(self, name: str, kind: str, way: Path, *, also: tuple[str, ...] = ()) -> Iterator[Complaint]:
        """Say so where nothing of this kind has the name."""
        known = getattr(self, kind) if kind in ("groups", "classes") else self.ids(kind)
        if name not in known and name not in also:
            noun = KINDS.get(kind, kind.removesuffix("s"))
            hint = nearest(name, [*known, *also]) or _some(known, kind)
            yield way, f"no {noun} is called {shown(name)}.{hint}"


def complaints_of_references(model: Model, raw: Mapping[str, object]) -> list[Complaint]:
    """List the names in a model that lead nowhere. Parts of the model may be absent where they were wrong."""
    known = Known(raw, model)
    return [
        *_simple(model, known),
        *_routes(model, known),
        *_people(model, known),
        *_resources(model, known),
        *_activities(model, known),
        *_standards(model, known),
        *complaints_of_interventions(model, known.complain, known.groups),
    ]


def routes_of(model: Model) -> Iterator[tuple[Path, Route]]:
    """Yield every route of a model, with the way to it."""
    for kind in ("needs", "referrals", "activities"):
        for name, noun in model.__dict__.get(kind, {}).items():
            for field in ROUTE_FIELDS:
                keyed = noun.__dict__.get(field)
                if isinstance(keyed, Keyed):
                    for keys, table in keyed.items():
                        yield from (((kind, name, field, *keys, route.name), route) for route in table)


def part(noun: object, name: str) -> object:
    """Give a part of a noun that may have been left out because it was wrong."""
    return noun.__dict__.get(name)


def _simple(model: Model, known: Known) -> Iterator[Complaint]:
    for kind, fields in REFERENCES.items():
        for name, noun in model.__dict__.get(kind, {}).items():
            for field, target in fields.items():
                said = part(noun, field)
                if isinstance(said, str):
                    yield from known.complain(said, target, (kind, name, field))
                elif isinstance(said, tuple):
                    for place, one in enumerate(said):
                        yield from known.complain(one, target, (kind, name, field, place))


def _routes(model: Model, known: Known) -> Iterator[Complaint]:
    for way, route in routes_of(model):
        for target in route.targets:
            yield from known.complain(target, "activities", way, also=BUILT_IN)
        if route.becomes is not None:
            yield from known.complain(route.becomes, "segments", (*way, "becomes"))
        if way[0] == "referrals" and route.becomes is not None:
            yield (*way, "becomes"), "a referral has no person who could become another."


def _people(model: Model, known: Known) -> Iterator[Complaint]:
    for name, locality in model.localities.items():
        for need in locality.needs_times:
            yield from known.complain(need, "needs", ("localities", name, "needs_times", need))
    for name, segment in model.segments.items():
        for target in segment.becomes:
            yield from known.complain(target, "segments", ("segments", name, "becomes", target), also=(DEAD,))
    for name, need_ in model.needs.items():
        for field in ("rate", "starts_at"):
            yield from _keys(part(need_, field), known, ("needs", name, field), kind="segments")
            yield from _gaps(part(need_, field), known, ("needs", name, field))


def _resources(model: Model, known: Known) -> Iterator[Complaint]:
    for name, resource in model.resources.items():
        way = ("resources", name)
        if resource.reserved is not None:
            for place, group in enumerate(resource.reserved.against):
                yield from known.complain(group, "groups", (*way, "reserved", "against", place))
        capacity = part(resource, "capacity")
        if isinstance(capacity, Capacity):
            yield from _capacity(capacity, resource, known, (*way, "capacity"))


def _capacity(capacity: Capacity, resource: Resource, known: Known, way: Path) -> Iterator[Complaint]:
    if capacity.timetable is not None:
        yield from known.complain(capacity.timetable, "timetables", (*way, "timetable"))
    kind = "localities" if resource.each == "locality" else "sites"
    for place, inner in capacity.by:
        if resource.each is not None:
            yield from known.complain(place, kind, (*way, place), also=(OTHERWISE,))
        yield from _capacity(inner, resource, known, (*way, place))
    if capacity.by and resource.each is None:
        yield way, 'is a table by place; say each = "site" or "locality".'


def _activities(model: Model, known: Known) -> Iterator[Complaint]:
    for name, activity in model.activities.items():
        way = ("activities", name)
        resource = part(activity, "resource")
        if isinstance(resource, str):
            yield from known.complain(resource, "resources", (*way, "resource"), also=(NO_RESOURCE,))
        for field in BY_GROUP:
            yield from _keys(part(activity, field), known, (*way, field))
        if activity.cost is not None:
            yield from _keys(activity.cost.contact, known, (*way, "cost", "contact"))
            yield from _keys(activity.cost.day, known, (*way, "cost", "day"))
            if activity.cost.payer is not None:
                yield from known.complain(activity.cost.payer, "organisations", (*way, "cost", "payer"))
        for next_one in activity.keeps_place_until_next.by:
            yield from known.complain(next_one, "activities", (*way, "keeps_place_until_next", next_one))
        yield from _by_route(activity, known, way)


def _by_route(activity: Activity, known: Known, way: Path) -> Iterator[Complaint]:
    written = known.raw.get("activities")
    table = written.get(way[1]) if isinstance(written, Mapping) else None
    if isinstance(table, Mapping) and "routes" in table and "routes" not in activity.model_fields_set:
        return
    routes = {route.name for entries in activity.routes.values() for route in entries}
    for route, law in activity.duration_by_route.items():
        yield from _keys(law, known, (*way, "duration_by_route", route))
        if route not in routes:
            hint = nearest(route, routes)
            yield (
                (*way, "duration_by_route", route),
                f"no route of this activity is called {shown(route)}.{hint}",
            )


def _standards(model: Model, known: Known) -> Iterator[Complaint]:
    for name, clock in model.clocks.items():
        yield from _of_clock(name, clock, known)
    for name, count in model.counts.items():
        yield from complaints_of_count(("counts", name), count, known)


def _of_clock(name: str, clock: Clock, known: Known) -> Iterator[Complaint]:
    for field in ("starts", "stops"):
        points = part(clock, field)
        for point in points if isinstance(points, tuple) else ():
            if point.activity is not None:
                yield from known.complain(point.activity, "activities", ("clocks", name, field))


def complaints_of_count(way: Path, count: Count, known: Known) -> Iterator[Complaint]:
    """Say which things that a count counts are not there."""
    counted = part(count, "of")
    for kind, one in counted if isinstance(counted, tuple) else ():
        plural = "activities" if kind == "activity" else "resources"
        yield from known.complain(one.partition("@")[0], plural, (*way, "of"))


def _keys(keyed: object, known: Known, way: Path, *, kind: str = "groups") -> Iterator[Complaint]:
    if isinstance(keyed, Keyed):
        for key in keyed.by:
            yield from known.complain(key, kind, (*way, key), also=(OTHERWISE,))


def _gaps(keyed: object, known: Known, way: Path) -> Iterator[Complaint]:
    if not isinstance(keyed, Keyed) or keyed.single is not None or keyed.otherwise is not None:
        return
    absent = [segment for segment in known.ids("segments") if segment not in keyed.by]
    if absent:
        yield way, f"says nothing for {', '.join(absent[:6])}; name every segment, or say 'otherwise'."


def _some(known: list[str], kind: str) -> str:
    if not known:
        return f" There are no {kind} in the model."
    return f" Known are {', '.join(known[:8])}{' …' if len(known) > 8 else ''}."
