"""Which cases can come where: activities by group, and the segments a person may come to be in."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from simulator.compiler.choices import Choices, Entry
from simulator.compiler.groups import Groups
from simulator.compiler.program import ABSENT, Flags, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """What decides where cases can come, before anything is known of how many.

    ``onward`` are the four choices of each activity and group. ``alternatives`` (A) are tried when an
    activity is full; ``moved`` (A) are the activities to which interventions may take cases that are in
    it. ``first_choices`` are (segment, class, choice) of needs and referrals, and ``first_groups``
    (activity, group) of day one. ``segment_changes`` are the hazards' (from, to), ``becomings`` (activity,
    group, segment) what consequences make of people.
    """

    onward: tuple[Ints, ...]
    alternatives: tuple[tuple[int, ...], ...]
    moved: tuple[tuple[int, ...], ...]
    first_choices: tuple[tuple[int, int, int], ...]
    first_groups: tuple[tuple[int, int], ...]
    segment_changes: tuple[tuple[int, int], ...]
    becomings: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Say what can come: ``cases`` (A, G), and ``segments`` (S, S) that those of one can come to be in."""

    cases: Flags
    segments: Flags


def find_reach(network: Network, *, choices: Choices, groups: Groups) -> Reach:
    """Follow every way onward until nothing new is found.

    A person's segment may change while a case is open, so a class that comes to an activity in one
    segment comes there in all that can be reached from it; a route's ``becomes`` adds to what can be
    reached. Scenarios and points of a sweep ask the same again and again.
    """
    found = _found(_Asked(network, choices, groups=groups))
    return Reach(cases=found.cases.copy(), segments=found.segments.copy())


class _Asked:
    """A question, known by all that its answer depends on."""

    def __init__(self, network: Network, choices: Choices, *, groups: Groups) -> None:
        self.network, self.choices, self.groups = network, choices, groups
        rows = tuple(
            tuple((choices.reached(one), one.klass, one.segment) for one in row) for row in choices.rows
        )
        onward = tuple((table.shape, table.tobytes()) for table in network.onward)
        self.key = (
            *(onward, network.alternatives, network.moved, network.first_choices, network.first_groups),
            *(network.segment_changes, network.becomings, rows, groups.segments, groups.classes),
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=16)
def _found(asked: _Asked) -> Reach:
    network, choices, groups = asked.network, asked.choices, asked.groups
    changes = sorted(set(network.segment_changes))
    while True:
        segments = closure(changes, len(groups.segments))
        cases = follow(network, choices=choices, groups=groups, segments=segments)
        found = sorted({*changes, *changes_on_routes(network, choices=choices, groups=groups, cases=cases)})
        if found == changes:
            return Reach(cases=cases, segments=segments)
        changes = found


def closure(changes: Iterable[tuple[int, int]], size: int) -> Flags:
    """Give which segments can be reached from which, in any number of steps."""
    reached = np.eye(size, dtype=np.bool_)
    for start, end in changes:
        reached[start, end] = True
    for middle in range(size):
        reached |= np.outer(reached[:, middle], reached[middle])
    return reached


def follow(network: Network, *, choices: Choices, groups: Groups, segments: Flags) -> Flags:
    """Give the activities and groups that cases can come to, given the segments that people can."""
    found = np.zeros((len(network.alternatives), groups.count), dtype=np.bool_)
    pending: list[tuple[int, int]] = []

    def arrive(activity: int, group: int) -> None:
        segment, klass = groups.split(group)
        others = [segment] if segment == groups.nobody else np.flatnonzero(segments[segment]).tolist()
        for other in others:
            if not found[activity, groups.of(other, klass)]:
                found[activity, groups.of(other, klass)] = True
                pending.append((activity, groups.of(other, klass)))

    for segment, klass, choice in network.first_choices:
        for entry, targets in choices.targets(choice):
            for target in targets:
                arrive(target, after(entry, groups.of(segment, klass), groups=groups))
    for activity, group in network.first_groups:
        arrive(activity, group)
    while pending:
        activity, group = pending.pop()
        for target, later in onward(network, choices, activity=activity, group=group, groups=groups):
            arrive(target, later)
    return found


def onward(
    network: Network, choices: Choices, *, activity: int, group: int, groups: Groups
) -> Iterable[tuple[int, int]]:
    """Yield the activities and groups that a case of an activity may go to next."""
    for table in network.onward:
        choice = int(table[activity, group])
        if choice == ABSENT:
            continue
        for entry, targets in choices.targets(choice):
            for target in targets:
                yield target, after(entry, group, groups=groups)
    for target in (*network.alternatives[activity], *network.moved[activity]):
        yield target, group


def after(entry: Entry, group: int, *, groups: Groups) -> int:
    """Give the group of a case after it has taken a way onward."""
    segment, klass = groups.split(group)
    if entry.segment != ABSENT and segment != groups.nobody:
        segment = entry.segment
    return groups.of(segment, klass if entry.klass == ABSENT else entry.klass)


def changes_on_routes(
    network: Network, *, choices: Choices, groups: Groups, cases: Flags
) -> Iterable[tuple[int, int]]:
    """Yield the changes of segment that routes and consequences bring about, of the cases that can come."""
    for activity, group in np.argwhere(cases).tolist():
        segment, _ = groups.split(group)
        for table in network.onward:
            choice = int(table[activity, group])
            if choice != ABSENT and segment != groups.nobody:
                yield from becoming(choices, choice, segment=segment)
    for activity, group, segment in network.becomings:
        if cases[activity, group]:
            yield groups.split(group)[0], segment
    for segment, _, choice in network.first_choices:
        if segment != groups.nobody:
            yield from becoming(choices, choice, segment=segment)


def becoming(choices: Choices, choice: int, *, segment: int) -> Iterable[tuple[int, int]]:
    """Yield the changes of segment that one choice brings about."""
    for entry, _ in choices.targets(choice):
        if entry.segment != ABSENT:
            yield segment, entry.segment
