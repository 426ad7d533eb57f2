"""The names that a model gives, and what is said when something refers to another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from simulator.definition.faults import Path
from simulator.definition.groups import Keyed
from simulator.definition.model import Model
from simulator.definition.routes import Route
from simulator.definition.words import nearest
from simulator.units import shown

Complaint = tuple[Path, str]
ROUTE_FIELDS = ("starts_at", "routes", "gives_up_to", "refused_to", "interrupted_to")
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
        """List the ids of a kind; one with a capital counts as the small one that it is told to be."""
        if kind not in self._ids:
            found = self.raw.get(kind)
            listed = sorted({str(one).lower() for one in found}) if isinstance(found, Mapping) else []
            self._ids[kind] = listed
        return self._ids[kind]

    @cached_property
    def _ids(self) -> dict[str, list[str]]:
        return {}

    @cached_property
    def groups(self) -> list[str]:
        """List all that a value may be keyed by."""
        return sorted({*self.ids("segments"), *self.classes})

    @cached_property
    def classes(self) -> list[str]:
        """List the classes that a case may have."""
        named = {route.as_ for _, route in routes_of(self.model) if route.as_ is not None}
        return sorted({*self.ids("needs"), *self.ids("referrals"), *named})

    def complain(self, name: str, kind: str, *, way: Path, also: tuple[str, ...] = ()) -> Iterator[Complaint]:
        """Say so where nothing of this kind has the name."""
        known = getattr(self, kind) if kind in ("groups", "classes") else self.ids(kind)
        if name not in known and name not in also:
            noun = KINDS.get(kind, kind.removesuffix("s"))
            hint = nearest(name, [*known, *also]) or _some(known, kind)
            yield way, f"no {noun} is called {shown(name)}.{hint}"

    def was_wrong(self, way: Path, noun: object) -> bool:
        """Say whether the field at the end of a way is written, but could not be read."""
        kind, name, field = way
        tables = self.raw.get(str(kind))
        table = tables.get(name) if isinstance(tables, Mapping) else None
        read: set[str] = getattr(noun, "model_fields_set", set())
        return isinstance(table, Mapping) and field in table and field not in read


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
    return getattr(noun, "__dict__", {}).get(name)


def _some(known: list[str], kind: str) -> str:
    if not known:
        return f" There are no {kind} in the model."
    return f" Known are {', '.join(known[:8])}{' …' if len(known) > 8 else ''}."
