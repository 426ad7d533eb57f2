"""Where cases go on to: from each activity when it is over, given up, refused or interrupted, by group."""

from simulator.compiler.arrays import integer_rows
from simulator.compiler.draft import Draft
from simulator.compiler.program import ABSENT, Ints
from simulator.definition.activities import Activity
from simulator.definition.exchange_references import all_driven
from simulator.definition.groups import Keyed
from simulator.definition.routes import ALWAYS, EXIT, Route, RouteTable
from simulator.definition.switch_references import target_of

Laws = tuple[tuple[str, int], ...]

ROUTES, GIVES_UP, REFUSED, INTERRUPTED = "routes", "gives_up_to", "refused_to", "interrupted_to"


def onward_choices(draft: Draft, kind: str) -> Ints:
    """Give the choice of each activity and group for one kind of leaving; -1 where the file has none."""
    rows = [activity_choices(draft, name, kind=kind) for name in draft.index.names.activities]
    return integer_rows(rows, draft.groups.count)


def activity_choices(draft: Draft, name: str, *, kind: str) -> list[int]:
    """Give the choice of each group in one activity."""
    activity = draft.model.activities[name]
    tables: Keyed[RouteTable] = getattr(activity, kind)
    laws = route_laws(draft, activity if kind == ROUTES else None)
    extra = routes_of_effects(draft, "route_share", name=name, tables=tables) if kind == ROUTES else ()
    if laws is None:
        return draft.groups.spread_as(
            tables, lambda table: ABSENT if table is None else draft.choices.add_table(table, extra=extra)
        )
    added: dict[tuple[int, Laws], int] = {}  # by identity: a table's hash goes through all its fractions
    found = []
    for table, own in zip(draft.groups.spread(tables), laws, strict=True):
        if table is not None and (id(table), own) not in added:
            added[id(table), own] = draft.choices.add_table(table, laws=dict(own), extra=extra)
        found.append(ABSENT if table is None else added[id(table), own])
    return found


def route_laws(draft: Draft, activity: Activity | None) -> list[Laws] | None:
    """Give, for each group, the laws of the duration by the route to come; ``None`` where there are none."""
    if activity is None or not activity.duration_by_route:
        return None
    columns = [
        [(route, place) for place in draft.groups.spread_as(laws, draft.laws.add_optional)]
        for route, laws in sorted(activity.duration_by_route.items())
    ]
    return list(zip(*columns, strict=True))


def routes_of_effects(draft: Draft, kind: str, *, name: str, tables: Keyed[RouteTable]) -> tuple[Route, ...]:
    """List the routes that effects and stocks move cases to or from by shares, for tables that lack them."""
    found: dict[str, Route] = {}
    for intervention in draft.model.interventions.values():
        for effect in intervention.effects:
            target = target_of(effect.path)
            if target is not None and (target.kind, target.name) == (kind, name):
                for route in (target.second or EXIT, effect.instead or EXIT):
                    found[route] = known_route(tables, route=route)
    for one in all_driven(draft.model):
        if (one.kind, one.name) == (kind, name):
            for route in (one.second, one.drive.instead or EXIT):
                found[route] = known_route(tables, route=route)
    return tuple(found[route] for route in sorted(found))


def known_route(tables: Keyed[RouteTable], *, route: str) -> Route:
    """Give a route by name as some group has it, or as its name says."""
    for table in tables.values():
        for written in table:
            if written.name == route:
                return written
    return Route(name=route, to=route, share=ALWAYS)
