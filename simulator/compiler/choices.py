"""Choices of a way onward: tables of routes as rows in order of route name, equal tables once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from simulator.compiler.arrays import integers, starts_of
from simulator.compiler.names import Index
from simulator.compiler.program import (
    ABSENT,
    TO_ACTIVITY,
    TO_DIED,
    TO_EXIT,
    TO_FIRST_FREE,
    TO_SHORTEST_QUEUE,
    Routes,
)
from simulator.definition.routes import DIED, EXIT, Route


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One way onward: its route name, its share, where it leads and what the case becomes."""

    name: int
    share: Fraction
    kind: int
    target: int
    klass: int
    segment: int
    law: int


@dataclass(slots=True)
class Choices:
    """The choices of a program, gathered while its rooms are compiled."""

    index: Index
    rows: list[tuple[Entry, ...]] = field(default_factory=list)
    lists: list[tuple[int, ...]] = field(default_factory=list)
    place: dict[tuple[Entry, ...], int] = field(default_factory=dict)

    def add(self, entries: Iterable[Entry]) -> int:
        """Give the choice that has these entries, a new one if there is none."""
        row = tuple(sorted(entries, key=lambda entry: entry.name))
        if row not in self.place:
            self.place[row] = len(self.rows)
            self.rows.append(row)
        return self.place[row]

    def entry(self, route: Route, *, law: int = ABSENT, share: Fraction | None = None) -> Entry:
        """Turn a route of the file into an entry, with another share if one is given."""
        kind, target = self.destination(route)
        return Entry(
            name=self.index.route[route.name],
            share=route.share.value if share is None else share,
            kind=kind,
            target=target,
            klass=self.index.klass[route.as_] if route.as_ else ABSENT,
            segment=self.index.segment[route.becomes] if route.becomes else ABSENT,
            law=law,
        )

    def destination(self, route: Route) -> tuple[int, int]:
        """Give the kind of a route's target, and the target."""
        if route.first_free:
            return TO_FIRST_FREE, self.list_place(route.first_free)
        if route.shortest_queue:
            return TO_SHORTEST_QUEUE, self.list_place(route.shortest_queue)
        if route.to in (None, EXIT):
            return TO_EXIT, ABSENT
        if route.to == DIED:
            return TO_DIED, ABSENT
        return TO_ACTIVITY, self.index.activity[route.to]

    def list_place(self, activities: tuple[str, ...]) -> int:
        """Give the row of a list of activities, in the order written."""
        listed = tuple(self.index.activity[name] for name in activities)
        if listed not in self.lists:
            self.lists.append(listed)
        return self.lists.index(listed)

    def add_table(
        self, table: Iterable[Route], *, laws: Mapping[str, int] | None = None, extra: Iterable[Route] = ()
    ) -> int:
        """Give the choice of a table of routes.

        ``laws`` are the durations of an activity by route; ``extra`` are routes that get a share of
        nought where the table has none of the name, so that an effect may move cases to them.
        """
        laws = laws or {}
        entries = [self.entry(route, law=laws.get(route.name, ABSENT)) for route in table]
        known = {entry.name for entry in entries}
        for route in extra:
            added = self.entry(route, law=laws.get(route.name, ABSENT), share=Fraction(0))
            if added.name not in known:
                entries.append(added)
        return self.add(entries)

    def targets(self, choice: int) -> list[tuple[Entry, tuple[int, ...]]]:
        """List the entries of a choice, each with the activities it may lead to."""
        return [(entry, self.reached(entry)) for entry in self.rows[choice]]

    def reached(self, entry: Entry) -> tuple[int, ...]:
        """List the activities that an entry may lead to."""
        if entry.kind == TO_ACTIVITY:
            return (entry.target,)
        if entry.kind in (TO_FIRST_FREE, TO_SHORTEST_QUEUE):
            return self.lists[entry.target]
        return ()

    def routes(self) -> Routes:
        """Freeze the choices into arrays."""
        entries = [entry for row in self.rows for entry in row]
        return Routes(
            first=starts_of(len(row) for row in self.rows),
            cumulative=np.array([share for row in self.rows for share in running(row)], dtype=np.float64),
            kind=integers(entry.kind for entry in entries),
            target=integers(entry.target for entry in entries),
            klass=integers(entry.klass for entry in entries),
            segment=integers(entry.segment for entry in entries),
            law=integers(entry.law for entry in entries),
            name=integers(entry.name for entry in entries),
            list_first=starts_of(len(one) for one in self.lists),
            list_activity=integers(activity for one in self.lists for activity in one),
        )


def running(row: tuple[Entry, ...]) -> list[float]:
    """Give the running shares of a choice; the last is exactly one."""
    total, shares = Fraction(0), []
    for entry in row:
        total += entry.share
        shares.append(float(total))
    return shares
