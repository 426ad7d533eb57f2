"""Every name that refers to something refers to something that is there."""

from collections.abc import Iterator, Mapping

from simulator.definition.activities import NO_RESOURCE, Activity
from simulator.definition.capacities import Capacity, Resource
from simulator.definition.change_references import complaints_of_changes
from simulator.definition.collaboration_references import complaints_of_collaborations
from simulator.definition.contract_references import complaints_of_contracts
from simulator.definition.cost_references import complaints_of_costs
from simulator.definition.faults import Path
from simulator.definition.groups import OTHERWISE, Keyed
from simulator.definition.harm_references import complaints_of_harms
from simulator.definition.known import Complaint, Known, part, routes_of
from simulator.definition.members import complaints_of_member
from simulator.definition.model import Model
from simulator.definition.outside import OUTSIDE
from simulator.definition.routes import BUILT_IN
from simulator.definition.standards import Clock, Count
from simulator.definition.switch_references import complaints_of_interventions
from simulator.definition.words import nearest
from simulator.units import shown

DEAD = "dead"

REFERENCES: Mapping[str, Mapping[str, str]] = {
    "sites": {"locality": "localities"},
    "needs": {"trait": "traits", "profile": "profiles"},
    "referrals": {"profile": "profiles"},
    "resources": {"owner": "organisations"},
    "activities": {"ends_at": "profiles", "payer": "organisations", "if_full": "activities"},
    "interventions": {"lead": "organisations", "partners": "organisations"},
}
UNSAID: Mapping[str, tuple[str, ...]] = {"organisations": tuple(OUTSIDE)}
BY_GROUP = ("duration", "priority", "patience", "routes", "gives_up_to", "refused_to", "interrupted_to")


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
        *complaints_of_interventions(model, known),
        *complaints_of_changes(model, known),
        *complaints_of_contracts(model, known),
        *complaints_of_collaborations(model, known),
        *complaints_of_costs(model, known),
        *complaints_of_harms(model, known),
    ]


def _simple(model: Model, known: Known) -> Iterator[Complaint]:
    for kind, fields in REFERENCES.items():
        for name, noun in model.__dict__.get(kind, {}).items():
            for field, target in fields.items():
                said, also = part(noun, field), UNSAID.get(target, ())
                if isinstance(said, str):
                    yield from known.complain(said, target, way=(kind, name, field), also=also)
                elif isinstance(said, tuple):
                    for place, one in enumerate(said):
                        yield from known.complain(one, target, way=(kind, name, field, place), also=also)


def _routes(model: Model, known: Known) -> Iterator[Complaint]:
    for way, route in routes_of(model):
        for target in route.targets:
            yield from known.complain(target, "activities", way=way, also=BUILT_IN)
        if route.becomes is not None:
            yield from known.complain(route.becomes, "segments", way=(*way, "becomes"))
        if way[0] == "referrals" and route.becomes is not None:
            yield (*way, "becomes"), "a referral has no person who could become another."


def _people(model: Model, known: Known) -> Iterator[Complaint]:
    for name, locality in model.localities.items():
        for need in locality.needs_times:
            yield from known.complain(need, "needs", way=("localities", name, "needs_times", need))
    for name, segment in model.segments.items():
        for target in segment.becomes:
            way = ("segments", name, "becomes", target)
            yield from known.complain(target, "segments", way=way, also=(DEAD,))
    for name, need_ in model.needs.items():
        for field in ("rate", "starts_at"):
            yield from _keys(part(need_, field), known, way=("needs", name, field), kind="segments")
            yield from _gaps(part(need_, field), known, way=("needs", name, field))


def _resources(model: Model, known: Known) -> Iterator[Complaint]:
    for name, resource in model.resources.items():
        way = ("resources", name)
        if resource.reserved is not None:
            for place, group in enumerate(resource.reserved.against):
                yield from known.complain(group, "groups", way=(*way, "reserved", "against", place))
        capacity = part(resource, "capacity")
        if isinstance(capacity, Capacity):
            yield from _capacity(capacity, resource, known=known, way=(*way, "capacity"))
        yield from _capacity_at(name, resource, model=model, known=known)


def _capacity_at(name: str, resource: Resource, *, model: Model, known: Known) -> Iterator[Complaint]:
    written = part(resource, "capacity_at")
    for place, own in written.items() if isinstance(written, Mapping) else ():
        way = ("resources", name, "capacity_at", place)
        yield from complaints_of_member(f"{name}@{place}", model, known=known, way=way)
        if own.by:
            yield way, "is the capacity of one place; it cannot be by place again."
        yield from _capacity(own, resource, known=known, way=way)


def _capacity(capacity: Capacity, resource: Resource, *, known: Known, way: Path) -> Iterator[Complaint]:
    if capacity.timetable is not None:
        yield from known.complain(capacity.timetable, "timetables", way=(*way, "timetable"))
    kind = "localities" if resource.each == "locality" else "sites"
    for place, inner in capacity.by:
        if resource.each is not None:
            yield from known.complain(place, kind, way=(*way, place), also=(OTHERWISE,))
        yield from _capacity(inner, resource, known=known, way=(*way, place))
    if capacity.by and resource.each is None:
        yield way, 'is a table by place; say each = "site" or "locality".'


def _activities(model: Model, known: Known) -> Iterator[Complaint]:
    for name, activity in model.activities.items():
        way = ("activities", name)
        resource = part(activity, "resource")
        if isinstance(resource, str):
            yield from known.complain(resource, "resources", way=(*way, "resource"), also=(NO_RESOURCE,))
        for field in BY_GROUP:
            yield from _keys(part(activity, field), known, way=(*way, field))
        if activity.cost is not None:
            yield from _keys(activity.cost.contact, known, way=(*way, "cost", "contact"))
            yield from _keys(activity.cost.day, known, way=(*way, "cost", "day"))
            if activity.cost.payer is not None:
                paying = (*way, "cost", "payer")
                yield from known.complain(
                    activity.cost.payer, "organisations", way=paying, also=tuple(OUTSIDE)
                )
        for next_one in activity.keeps_place_until_next.by:
            yield from known.complain(next_one, "activities", way=(*way, "keeps_place_until_next", next_one))
        yield from _by_route(activity, known, way=way)


def _by_route(activity: Activity, known: Known, *, way: Path) -> Iterator[Complaint]:
    if known.was_wrong((*way, "routes"), activity):
        return
    routes = {route.name for entries in activity.routes.values() for route in entries}
    for route, law in activity.duration_by_route.items():
        yield from _keys(law, known, way=(*way, "duration_by_route", route))
        if route not in routes:
            hint = nearest(route, routes)
            yield (
                (*way, "duration_by_route", route),
                f"no route of this activity is called {shown(route)}.{hint}",
            )


def _standards(model: Model, known: Known) -> Iterator[Complaint]:
    for name, clock in model.clocks.items():
        yield from _of_clock(name, clock, known=known)
    for name, count in model.counts.items():
        yield from complaints_of_count(("counts", name), count, known=known)


def _of_clock(name: str, clock: Clock, *, known: Known) -> Iterator[Complaint]:
    for field in ("starts", "stops"):
        points = part(clock, field)
        for point in points if isinstance(points, tuple) else ():
            if point.activity is not None:
                yield from known.complain(point.activity, "activities", way=("clocks", name, field))


def complaints_of_count(way: Path, count: Count, *, known: Known) -> Iterator[Complaint]:
    """Say which things that a count counts are not there."""
    counted = part(count, "of")
    for kind, one in counted if isinstance(counted, tuple) else ():
        plural = "activities" if kind == "activity" else "resources"
        yield from known.complain(one.partition("@")[0], plural, way=(*way, "of"))


def _keys(keyed: object, known: Known, *, way: Path, kind: str = "groups") -> Iterator[Complaint]:
    if isinstance(keyed, Keyed):
        for key in keyed.by:
            yield from known.complain(key, kind, way=(*way, key), also=(OTHERWISE,))


def _gaps(keyed: object, known: Known, *, way: Path) -> Iterator[Complaint]:
    if not isinstance(keyed, Keyed) or keyed.single is not None or keyed.otherwise is not None:
        return
    absent = [segment for segment in known.ids("segments") if segment not in keyed.by]
    if absent:
        yield way, f"says nothing for {', '.join(absent[:6])}; name every segment, or say 'otherwise'."
