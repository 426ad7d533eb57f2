"""The program as plain Python lists: the same numbers, quick to read one at a time."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.compiler.program import ABSENT, NO_LIMIT, Program

if TYPE_CHECKING:
    from simulator.engines.readable.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One way onward of a choice."""

    index: int
    kind: int
    target: int
    klass: int
    segment: int
    law: int
    name: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A choice of ways onward, with their running shares and (differences) shares."""

    cumulative: tuple[float, ...]
    entries: tuple[Entry, ...]

    def at(self, u: float) -> Entry:
        """Return the entry at ``u`` in (0, 1)."""
        for share, entry in zip(self.cumulative, self.entries, strict=True):
            if u < share:
                return entry
        return self.entries[-1]

    def share_of(self, name: int) -> float:
        """Return the share written for the entry of a name, 0 if there is none."""
        before = 0.0
        for share, entry in zip(self.cumulative, self.entries, strict=True):
            if entry.name == name:
                return share - before
            before = share
        return 0.0

    def named(self, name: int) -> Entry | None:
        """Return the entry of a name."""
        return next((entry for entry in self.entries if entry.name == name), None)


class Network:
    """Activities, routes and resources as lists.

    An activity that needs no resource gets one of its own here, without limit and without records (``real``
    is how many are real), so that a case whose person is in a bed elsewhere waits for it like for any other.
    """

    def __init__(self, program: Program) -> None:
        names, activities, resources = program.names, program.activities, program.resources
        self.classes = len(names.classes)
        self.segments = len(names.segments)
        self.nobody = self.segments
        self.no_home = len(names.homes)
        self.real = len(names.resources)
        spare = len(names.activities)
        self.resource = _own_where_none(activities.resource.tolist(), self.real)
        self.capacity: list[int] = [*resources.capacity.tolist(), *[NO_LIMIT] * spare]
        self.room: list[int] = [*resources.room.tolist(), *[NO_LIMIT] * spare]
        groups = (self.segments + 1) * self.classes
        self.free_needed: list[list[int]] = [*resources.free_needed.tolist(), *[[0] * groups] * spare]
        self.duration_law: list[list[int]] = activities.duration_law.tolist()
        self.patience_law: list[list[int]] = activities.patience_law.tolist()
        self.priority: list[list[int]] = activities.priority.tolist()
        self.row: list[list[int]] = activities.row.tolist()
        self.keeps: list[list[int]] = activities.keeps.tolist()
        self.choice: list[list[int]] = activities.choice.tolist()
        self.gives_up_choice: list[list[int]] = activities.gives_up_choice.tolist()
        self.refused_choice: list[list[int]] = activities.refused_choice.tolist()
        self.interrupted_choice: list[list[int]] = activities.interrupted_choice.tolist()
        self.route_first: list[bool] = activities.route_first.tolist()
        self.leaving_profile: list[int] = activities.leaving_profile.tolist()
        self.turnaround_law: list[int] = activities.turnaround_law.tolist()
        self.holds_previous: list[bool] = activities.holds_previous.tolist()
        self.resident: list[bool] = activities.resident.tolist()
        self.queue_is_resident: list[bool] = activities.queue_is_resident.tolist()
        self.also_in_bed: list[bool] = activities.also_in_bed.tolist()
        self.ends_on_admission: list[bool] = activities.ends_on_admission.tolist()
        self.hash: list[int] = activities.hash.tolist()
        self.options = _options(program)
        self.choices = _choices(program)
        self.lists = _lists(program)

    def place_for(self, case: Case, activity: int) -> int:
        """Return the resource where a case is to start: the partner that it is sent to, else its own."""
        return case.partner if case.partner >= 0 else self.resource[activity][case.home]


def _own_where_none(resource: list[list[int]], real: int) -> list[list[int]]:
    return [
        [found if found != ABSENT else real + activity for found in row]
        for activity, row in enumerate(resource)
    ]


def _options(program: Program) -> list[tuple[int, ...]]:
    first, alternative = (
        program.activities.alternative_first.tolist(),
        program.activities.alternative.tolist(),
    )
    return [
        (activity, *alternative[first[activity] : first[activity + 1]]) for activity in range(len(first) - 1)
    ]


def _lists(program: Program) -> list[tuple[int, ...]]:
    first, activity = program.routes.list_first.tolist(), program.routes.list_activity.tolist()
    return [tuple(activity[begin:end]) for begin, end in itertools.pairwise(first)]


def _choices(program: Program) -> list[Choice]:
    routes = program.routes
    columns = (routes.kind, routes.target, routes.klass, routes.segment, routes.law, routes.name)
    entries = [
        Entry(index=index, kind=kind, target=target, klass=klass, segment=segment, law=law, name=name)
        for index, (kind, target, klass, segment, law, name) in enumerate(
            zip(*(column.tolist() for column in columns), strict=True)
        )
    ]
    cumulative = routes.cumulative.tolist()
    first = routes.first.tolist()
    return [
        Choice(cumulative=tuple(cumulative[begin:end]), entries=tuple(entries[begin:end]))
        for begin, end in itertools.pairwise(first)
    ]
