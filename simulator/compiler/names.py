"""Names become indices: each kind in alphabetical order, so that the order of a file changes nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from simulator.compiler.harm_clocks import own_clocks
from simulator.compiler.homes import Homes
from simulator.compiler.program import Names
from simulator.compiler.standing_names import standing_names
from simulator.definition.groups import Keyed
from simulator.definition.model import Model
from simulator.definition.outside import OUTSIDE
from simulator.definition.routes import DIED, EXIT, Route, RouteTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The names of a program and the place of each in the list of its kind.

    ``family`` gives the resources that came from one name of the file: itself, or one in each site or
    locality.
    """

    names: Names
    segment: dict[str, int]
    klass: dict[str, int]
    need: dict[str, int]
    referral: dict[str, int]
    activity: dict[str, int]
    resource: dict[str, int]
    organisation: dict[str, int]
    locality: dict[str, int]
    profile: dict[str, int]
    trait: dict[str, int]
    route: dict[str, int]
    family: dict[str, tuple[int, ...]]


def index_names(model: Model, homes: Homes) -> Index:
    """Give every name of a model its place."""
    names = list_names(model, homes)
    families = family_names(model, homes)
    resource = places(names.resources)
    return Index(
        names=names,
        segment=places(names.segments),
        klass=places(names.classes),
        need=places(names.needs),
        referral=places(names.referrals),
        activity=places(names.activities),
        resource=resource,
        organisation=places(names.organisations),
        locality=places(names.localities),
        profile=places(names.profiles),
        trait=places(names.traits),
        route=places(names.routes),
        family={name: tuple(resource[one] for one in ones) for name, ones in families.items()},
    )


def list_names(model: Model, homes: Homes) -> Names:
    """List the names of a model by kind."""
    tables = list(route_tables(model))
    classes = {*model.needs, *model.referrals} | {route.as_ for route in tables if route.as_}
    routes = {EXIT, DIED} | {route.name for route in tables}
    resources = [one for ones in family_names(model, homes).values() for one in ones]
    return Names(
        segments=tuple(sorted(model.segments)),
        classes=tuple(sorted(classes)),
        needs=tuple(sorted(model.needs)),
        referrals=tuple(sorted(model.referrals)),
        activities=tuple(sorted(model.activities)),
        resources=tuple(sorted(resources)),
        organisations=tuple(sorted({*model.organisations, *OUTSIDE})),
        homes=homes.names,
        localities=homes.localities,
        profiles=tuple(sorted(model.profiles)),
        traits=tuple(sorted(model.traits)),
        interventions=tuple(sorted(model.interventions)),
        clocks=(*sorted(model.clocks), *own_clocks(model)),
        counts=tuple(sorted(model.counts)),
        routes=tuple(sorted(routes)),
        overheads=standing_names(model),
    )


def family_names(model: Model, homes: Homes) -> dict[str, tuple[str, ...]]:
    """Give the resources that come of each resource of the file, by name."""
    return {
        name: tuple(f"{name}@{one}" for one in homes.members(resource.each)) if resource.each else (name,)
        for name, resource in sorted(model.resources.items())
    }


def route_tables(model: Model) -> Iterator[Route]:
    """Yield every route that a model writes, wherever it stands."""
    for starts_at in first_tables(model):
        yield from flattened(starts_at.values())
    for activity in model.activities.values():
        for onward in (activity.routes, activity.gives_up_to, activity.refused_to, activity.interrupted_to):
            yield from flattened(onward.values())


def first_tables(model: Model) -> Iterator[Keyed[RouteTable]]:
    """Yield where the cases of each need and referral start."""
    yield from (need.starts_at for need in model.needs.values())
    yield from (referral.starts_at for referral in model.referrals.values())


def flattened(tables: Iterable[tuple[Route, ...]]) -> Iterator[Route]:
    """Yield the routes of some tables one after the other."""
    for table in tables:
        yield from table


def places(names: tuple[str, ...]) -> dict[str, int]:
    """Give the place of each name."""
    return {name: place for place, name in enumerate(names)}
