"""Routes: where a case goes next, in what shares, and what it becomes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from simulator.definition.faults import Complaints, wrong
from simulator.definition.groups import Keyed, keyed_reader, keyed_schema
from simulator.definition.quantities import SHARE, Parameter, kind_of, number, parameter_reader
from simulator.definition.words import fault_of_id, nearest, read_id
from simulator.units import shown

EXIT, DIED = "exit", "died"
BUILT_IN = (EXIT, DIED)
ROUTE_WORDS = ("to", "share", "as", "becomes", "first_free", "shortest_queue")
WAYS = ("to", "first_free", "shortest_queue")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One way onward: to an activity, ``exit`` or ``died``, or to whichever of several suits best.

    ``as_`` is the class the case has from then on, ``becomes`` the segment its person moves to.
    """

    name: str
    share: Parameter
    to: str | None = None
    as_: str | None = None
    becomes: str | None = None
    first_free: tuple[str, ...] = ()
    shortest_queue: tuple[str, ...] = ()

    @property
    def targets(self) -> tuple[str, ...]:
        """Name every activity, or ``exit`` or ``died``, that this route may lead to."""
        return (self.to,) if self.to is not None else self.first_free or self.shortest_queue


RouteTable = tuple[Route, ...]
ALWAYS = number(1)
TO_EXIT: Keyed[RouteTable] = Keyed(single=(Route(name=EXIT, to=EXIT, share=ALWAYS),))


def is_route_table(raw: Mapping[str, object]) -> bool:
    """Say whether a table is one table of routes rather than tables by group."""
    return any(word in raw for word in WAYS) or any(
        _is_entry(one, is_only=len(raw) == 1) for one in raw.values()
    )


def read_routes(raw: object) -> RouteTable:
    """Read a table of routes, in order of name; that shares add to one is seen to with the whole model."""
    if isinstance(raw, tuple):
        return raw
    if isinstance(raw, str):
        return (Route(name=_named(raw), to=raw, share=ALWAYS),)
    if not isinstance(raw, Mapping):
        raise wrong(f"{kind_of(raw)} is not a table of routes, such as {{ ward = 0.3, exit = 0.7 }}.")
    if any(word in raw for word in WAYS):
        return (_read_alone(raw),)
    if not raw:
        raise wrong("an empty table of routes; say where cases go.")
    return _read_table(raw)


def _read_table(raw: Mapping[str, object]) -> RouteTable:
    complaints = Complaints()
    found: list[Route] = []
    for name, one in raw.items():
        if fault := fault_of_id(name):
            complaints.add(fault, name)
            continue
        route = complaints.read(_entry_reader(name, is_only=len(raw) == 1), one, name)
        if route is not None:
            found.append(route)
    complaints.raise_any()
    return tuple(sorted(found, key=lambda route: route.name))


def _entry_reader(name: str, *, is_only: bool) -> Callable[[object], Route]:
    def read(raw: object) -> Route:
        if isinstance(raw, Mapping) and "value" not in raw:
            return _read_entry(raw, name, is_only=is_only)
        return Route(name=name, to=name, share=parameter_reader(SHARE)(raw))

    return read


def _read_alone(raw: Mapping[str, object]) -> Route:
    way = next(word for word in WAYS if word in raw)
    name = raw["to"] if way == "to" else way
    return _read_entry(raw, name if isinstance(name, str) else way, is_only=True)


def _read_entry(raw: Mapping[str, object], name: str, *, is_only: bool) -> Route:
    complaints = Complaints()
    for word in raw:
        if word not in ROUTE_WORDS:
            allowed = ", ".join(ROUTE_WORDS)
            complaints.add(
                f"unknown key; allowed in a route are {allowed}.{nearest(word, ROUTE_WORDS)}", word
            )
    if sum(word in raw for word in WAYS) > 1:
        complaints.add("a route has one of 'to', 'first_free' and 'shortest_queue'.")
    share: Parameter | None = ALWAYS
    if "share" in raw:
        share = complaints.read(parameter_reader(SHARE), raw["share"], "share")
    elif not is_only:
        complaints.add("'share' is missing; it says how many of the cases go this way.")
    ids = {word: complaints.read(read_id, raw[word], word) for word in ("to", "as", "becomes") if word in raw}
    lists = {
        word: complaints.read(_read_ids, raw[word], word)
        for word in ("first_free", "shortest_queue")
        if word in raw
    }
    complaints.raise_any()
    assert share is not None
    return Route(
        name=name,
        share=share,
        to=None if lists else ids.get("to") or name,
        as_=ids.get("as"),
        becomes=ids.get("becomes"),
        first_free=lists.get("first_free") or (),
        shortest_queue=lists.get("shortest_queue") or (),
    )


def _read_ids(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list | tuple) or not raw:
        raise wrong(f"{kind_of(raw)} is not a list of activities.")
    complaints = Complaints()
    found = [complaints.read(read_id, one, place) for place, one in enumerate(raw)]
    complaints.raise_any()
    names = tuple(name for name in found if name is not None)
    if len(set(names)) != len(names):
        raise wrong("names an activity twice.")
    return names


def _is_entry(raw: object, *, is_only: bool) -> bool:
    if isinstance(raw, Mapping):
        return "value" in raw or "share" in raw or (is_only and any(word in raw for word in ROUTE_WORDS))
    return not isinstance(raw, str | list | tuple)


def _named(raw: str) -> str:
    if fault_of_id(raw):
        if raw.strip()[:1].isdigit():
            parameter_reader(SHARE)(raw)
        raise wrong(f"{shown(raw)} is not the id of an activity.")
    return raw


_ENTRY: dict[str, object] = {
    "type": ["number", "object"],
    "description": "A share, or { to, share, as, becomes, first_free, shortest_queue }.",
}
ROUTES_SCHEMA: dict[str, object] = {
    "x-shared": "routes",
    "description": "Where cases go: one activity, or shares that add to exactly one.",
    "anyOf": [{"type": "string"}, {"type": "object", "minProperties": 1, "additionalProperties": _ENTRY}],
}

KeyedRoutes = Annotated[
    Keyed[RouteTable],
    PlainValidator(keyed_reader(read_routes, is_route_table)),
    WithJsonSchema(keyed_schema(ROUTES_SCHEMA)),
]
