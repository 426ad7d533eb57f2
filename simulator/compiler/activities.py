"""Steps of care as arrays over activities and groups."""

from collections.abc import Iterable, Sequence

import numpy as np

from simulator.compiler.arrays import flags, integer_rows, integers, starts_of
from simulator.compiler.draft import Draft
from simulator.compiler.hashes import purpose_hash
from simulator.compiler.onward import GIVES_UP, INTERRUPTED, REFUSED, ROUTES, onward_choices
from simulator.compiler.program import (
    ABSENT,
    LEAVES_AT_ONCE,
    UNTIL_ROOM,
    UNTIL_STARTS,
    Activities,
    Ints,
)
from simulator.definition.activities import HAS_ROOM, LEAVES, NO_RESOURCE, PREVIOUS, STARTS, Activity
from simulator.definition.groups import Keyed
from simulator.definition.laws import Law

KEEPING = {STARTS: UNTIL_STARTS, HAS_ROOM: UNTIL_ROOM, LEAVES: LEAVES_AT_ONCE}


def build_activities(draft: Draft, row: Ints) -> Activities:
    """Turn the activities of a model into arrays; ``row`` is laid out elsewhere."""
    names = draft.index.names.activities
    written = [draft.model.activities[name] for name in names]
    alternatives = [[draft.index.activity[other] for other in one.if_full] for one in written]
    return Activities(
        resource=home_resources(draft, written),
        duration_law=laws_by_group(draft, [one.duration for one in written]),
        patience_law=laws_by_group(draft, [one.patience for one in written]),
        choice=onward_choices(draft, ROUTES),
        gives_up_choice=onward_choices(draft, GIVES_UP),
        refused_choice=onward_choices(draft, REFUSED),
        interrupted_choice=onward_choices(draft, INTERRUPTED),
        priority=priorities(draft, written),
        row=row,
        keeps=keeping(draft, written),
        route_first=flags(bool(one.duration_by_route) for one in written),
        leaving_profile=integers(
            draft.index.profile[one.ends_at] if one.ends_at else ABSENT for one in written
        ),
        alternative_first=starts_of(len(one) for one in alternatives),
        alternative=integers(other for one in alternatives for other in one),
        holds_previous=flags(one.holds == PREVIOUS for one in written),
        resident=flags(one.resident for one in written),
        queue_is_resident=flags(one.queue_is_resident for one in written),
        also_in_bed=flags(one.also_in_bed for one in written),
        ends_on_admission=flags(one.ends_when_admitted for one in written),
        turnaround_law=integers(draft.laws.add_optional(one.turnaround) for one in written),
        hash=integers(purpose_hash("activity", name) for name in names),
    )


def home_resources(draft: Draft, written: Sequence[Activity]) -> Ints:
    """Give the resource that each activity uses, by home; the last column is for people of no home."""
    homes = len(draft.homes.names)
    found = np.full((len(written), homes + 1), ABSENT, dtype=np.int64)
    for place, activity in enumerate(written):
        name = activity.resource
        if name == NO_RESOURCE or activity.holds == PREVIOUS:
            continue
        each = draft.model.resources[name].each
        if each is None:
            found[place] = draft.index.resource[name]
            continue
        for member, lived_in in draft.homes.members(each).items():
            found[place, list(lived_in)] = draft.index.resource[f"{name}@{member}"]
    return found


def laws_by_group(draft: Draft, tables: Iterable[Keyed[Law] | None]) -> Ints:
    """Give the law of each activity and group, or -1."""
    rows = [draft.groups.spread_as(table, draft.laws.add_optional) for table in tables]
    return integer_rows(rows, draft.groups.count)


def priorities(draft: Draft, written: Sequence[Activity]) -> Ints:
    """Give the priority of each activity and group; one where a table says nothing."""
    rows = [
        draft.groups.spread_as(one.priority, lambda said: 1 if said is None else int(said.value))
        for one in written
    ]
    return integer_rows(rows, draft.groups.count)


def keeping(draft: Draft, written: Sequence[Activity]) -> Ints:
    """Say how each activity keeps its place until the next one, by the next."""
    names = draft.index.names.activities
    found = np.full((len(names), len(names)), LEAVES_AT_ONCE, dtype=np.int64)
    for place, activity in enumerate(written):
        for later, name in enumerate(names):
            rule = activity.keeps_place_until_next.of(name)
            found[place, later] = KEEPING[rule] if rule else LEAVES_AT_ONCE
    return found
