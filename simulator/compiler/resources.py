"""Capacity as arrays: what there is at the start, each change, room, reserves and owners."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from simulator.compiler.arrays import integers
from simulator.compiler.draft import Draft
from simulator.compiler.hashes import purpose_hash
from simulator.compiler.memory import Line
from simulator.compiler.program import ABSENT, NO_LIMIT, Ints, Resources
from simulator.compiler.rounding import half_up, places_of
from simulator.compiler.timeline import Capacity, Change, Span, Step, levels
from simulator.definition import capacities
from simulator.definition.calendars import Timetable
from simulator.definition.capacities import Resource
from simulator.units import SECONDS_A_DAY

Changes = Mapping[int, tuple[Change, ...]]


def build_resources(draft: Draft, changes: Changes) -> Resources:
    """Turn the resources of a model into arrays; ``changes`` are what interventions do to each."""
    names = draft.index.names.resources
    written = {
        place: (family, name)
        for name, places in draft.index.family.items()
        for family, place in enumerate(places)
    }
    files = [draft.model.resources[written[place][1]] for place in range(len(names))]
    families = {name: number for number, name in enumerate(sorted(draft.model.resources))}
    lines = [line_of(draft, name, changes=changes.get(place, ())) for place, name in enumerate(names)]
    later = changes_in_order(lines)
    return Resources(
        capacity=integers(int(line[0, 1]) for line in lines),
        change_second=later[:, 0].copy(),
        change_resource=later[:, 1].copy(),
        change_capacity=later[:, 2].copy(),
        room=integers(room_of(draft, one) for one in files),
        free_needed=reserves(draft, files),
        family=integers(families[written[place][1]] for place in range(len(names))),
        owner=integers(draft.index.organisation[one.owner] if one.owner else ABSENT for one in files),
        hash=integers(purpose_hash("resource", name) for name in names),
    )


def line_of(draft: Draft, name: str, *, changes: tuple[Change, ...]) -> Line:
    """List second and places of one resource of the program, a row each time that the places differ."""
    written, steps = written_capacity(draft, name)
    window = draft.window

    def drawn_up() -> Line:
        capacity = Capacity(steps=steps, hours=hours_of(draft, written), changes=changes)
        line = levels(capacity, end_second=window.end_second, population_share=window.population_share)
        return np.array(line, dtype=np.int64).reshape(-1, 2)

    return draft.laws.read.lines.give((window, steps, week_of(draft, written), changes), drawn_up)


def changes_in_order(lines: Sequence[Line]) -> Ints:
    """List (second, resource, places) of all later levels by second, then by resource."""
    later = np.concatenate([np.zeros((0, 2), dtype=np.int64), *(line[1:] for line in lines)])
    resource = np.repeat(np.arange(len(lines)), [len(line) - 1 for line in lines])
    found = np.stack([later[:, 0], resource, later[:, 1]], axis=1)
    return found[np.lexsort((found[:, 1], found[:, 0]))]


def written_capacity(draft: Draft, name: str) -> tuple[capacities.Capacity, tuple[Step, ...]]:
    """Give the capacity of one resource as it is written, of one member where it is shared out; its steps."""
    file_name, _, member = name.partition("@")
    resource = draft.model.resources[file_name]
    written = resource.capacity
    part: str | None = None
    if member:
        own = resource.capacity_at.get(member) or written.at(member)
        part = member if own is None else None
        written = own or written
    return written, steps_of(draft, written, resource=resource, member=part)


def own_capacity(draft: Draft, name: str, *, changes: tuple[Change, ...]) -> Capacity:
    """Give the capacity of one resource of the program: of one member where the file's is shared out."""
    written, steps = written_capacity(draft, name)
    return Capacity(steps=steps, hours=hours_of(draft, written), changes=changes)


def hours_of(draft: Draft, written: capacities.Capacity) -> tuple[Span, ...] | None:
    """List when a capacity is open over the run; ``None`` where it always is."""
    return opening_hours(draft, draft.model.timetables[written.timetable]) if written.timetable else None


def week_of(draft: Draft, written: capacities.Capacity) -> tuple[object, ...] | None:
    """Give all that the hours of a capacity are made of; ``None`` where it is always open."""
    if not written.timetable:
        return None
    timetable = draft.model.timetables[written.timetable]
    days = (timetable.openings(weekday) for weekday in range(7))
    return tuple(tuple((one.opens, one.closes, one.share) for one in day) for day in days)


def steps_of(
    draft: Draft, written: capacities.Capacity, *, resource: Resource, member: str | None
) -> tuple[Step, ...]:
    """Give the steps of a capacity in seconds of the run; one member's part where people share it out."""
    if written.is_unlimited:
        return ((0, None),)
    if written.number is not None:
        steps = [(0, written.number.value)]
    else:
        first = draft.window.warm_up_seconds
        steps = [(first + half_up(time.value), number.value) for time, number in written.steps]
    if member is None or resource.each is None:
        return tuple(steps)
    return tuple(
        (second, Fraction(draft.homes.divide(int(number), resource.each)[member])) for second, number in steps
    )


def opening_hours(draft: Draft, timetable: Timetable) -> tuple[Span, ...]:
    """List when a timetable is open over the run, in seconds of the run."""
    warm_up, end = draft.window.warm_up_seconds, draft.window.end_second
    days = range(-warm_up // SECONDS_A_DAY, -(-(end - warm_up) // SECONDS_A_DAY))
    openings = [timetable.openings(weekday) for weekday in range(7)]
    first_weekday = draft.window.starts.weekday()
    return tuple(
        (warm_up + day * SECONDS_A_DAY + one.opens, warm_up + day * SECONDS_A_DAY + one.closes, one.share)
        for day in days
        for one in openings[(first_weekday + day) % 7]
    )


def room_of(draft: Draft, resource: Resource) -> int:
    """Give the most that may wait for a resource without holding a place, -1 without limit."""
    if resource.room is None:
        return NO_LIMIT
    return places_of(resource.room.value, draft.window.population_share)


def reserves(draft: Draft, files: list[Resource]) -> Ints:
    """Give the places that must stay free when one of a group starts (R, G)."""
    found = np.zeros((len(files), draft.groups.count), dtype=np.int64)
    for place, resource in enumerate(files):
        if resource.reserved is None:
            continue
        kept = places_of(resource.reserved.places.value, draft.window.population_share)
        for group in range(draft.groups.count):
            if any(key in resource.reserved.against for key in draft.groups.keys(group)):
                found[place, group] = kept
    return found
