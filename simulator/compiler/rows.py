"""Which cases can come where in a program, and the record rows of each."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from simulator.compiler.draft import Draft
from simulator.compiler.effects import Row
from simulator.compiler.moves import Move
from simulator.compiler.program import (
    ABSENT,
    NO_LIMIT,
    ON_NEED_RATE,
    ON_REFERRAL_RATE,
    PLUS,
    Activities,
    Flags,
    Ints,
    Resources,
)
from simulator.compiler.rates import need_rates, referral_rates
from simulator.compiler.reach import Network, Reach, find_reach

FirstChoice = tuple[int, int, int]


def build_network(
    draft: Draft, activities: Activities, *, resources: Resources, moves: Sequence[Move]
) -> Network:
    """Gather the ways onward: giving up only where patience is written, refusal where room is limited."""
    never = np.full_like(activities.choice, ABSENT)
    has_room = np.array(
        [room_is_limited(activities, resources, activity=place) for place in range(len(never))],
        dtype=np.bool_,
    )
    at = {move.at for move in moves}
    return Network(
        onward=(
            activities.choice,
            np.where(activities.patience_law != ABSENT, activities.gives_up_choice, never),
            np.where(has_room[:, None], activities.refused_choice, never),
            np.where(activities.ends_on_admission[:, None], activities.interrupted_choice, never),
        ),
        alternatives=tuple(
            tuple(activities.alternative[first:last].tolist())
            for first, last in zip(
                activities.alternative_first[:-1], activities.alternative_first[1:], strict=True
            )
        ),
        moved=tuple(
            tuple(move.to for move in moves if move.at == place) if place in at else ()
            for place in range(len(never))
        ),
        first_choices=(),
        first_groups=(),
        segment_changes=hazard_changes(draft),
    )


def room_is_limited(activities: Activities, resources: Resources, *, activity: int) -> bool:
    """Say whether a case may be refused by an activity."""
    used = [int(place) for place in activities.resource[activity] if place != ABSENT]
    return any(resources.room[place] != NO_LIMIT for place in used)


def hazard_changes(draft: Draft) -> tuple[tuple[int, int], ...]:
    """List the changes of segment that befall people outside care, a hazard of nought included."""
    index = draft.index.segment
    return tuple(
        (index[name], index[other])
        for name in draft.index.names.segments
        for other in sorted(draft.model.segments[name].becomes)
        if other in index
    )


def first_choices(
    draft: Draft, rows: Sequence[Row], *, needs: Ints, referrals: Ints
) -> tuple[FirstChoice, ...]:
    """List (segment, class, choice) of the needs and referrals that can happen."""
    names, found = draft.index.names, []
    happens = need_rates(draft) > 0
    for row in rows:
        if row.target.on == ON_NEED_RATE and row.acts == PLUS and max(row.value) > 0:
            happens[row.target.target, list(row.segments)] = True
    for need, segment in np.argwhere(happens).tolist():
        found.append((segment, draft.index.klass[names.needs[need]], int(needs[need, segment])))
    comes = referral_rates(draft) > 0
    for row in rows:
        if row.target.on == ON_REFERRAL_RATE and row.acts == PLUS and max(row.value) > 0:
            comes[row.target.target] = True
    for referral, name in enumerate(names.referrals):
        if not draft.model.referrals[name].comes_at_a_rate or comes[referral]:
            found.append((draft.groups.nobody, draft.index.klass[name], int(referrals[referral])))
    return tuple(found)


def all_choices(draft: Draft, *, needs: Ints, referrals: Ints) -> tuple[FirstChoice, ...]:
    """List (segment, class, choice) of all needs and referrals, whether they ever happen or not."""
    names = draft.index.names
    of_needs = [
        (segment, draft.index.klass[names.needs[need]], int(needs[need, segment]))
        for need, segment in np.ndindex(*needs.shape)
        if needs[need, segment] != ABSENT
    ]
    of_referrals = [
        (draft.groups.nobody, draft.index.klass[name], int(referrals[place]))
        for place, name in enumerate(names.referrals)
        if referrals[place] != ABSENT
    ]
    return (*of_needs, *of_referrals)


def reach_of(draft: Draft, network: Network, *, needs: Ints, referrals: Ints, rows: Sequence[Row]) -> Reach:
    """Find which cases can come where.

    Where somebody is there on day one though nobody comes later, the groups are those that could come if
    every need happened.
    """
    choices = first_choices(draft, rows, needs=needs, referrals=referrals)
    network = beginning(network, [one for one in choices if one[2] != ABSENT])
    found = find_reach(network, choices=draft.choices, groups=draft.groups)
    lonely = [place for place in with_day_one(draft) if not found.cases[place].any()]
    if not lonely:
        return found
    every = beginning(network, all_choices(draft, needs=needs, referrals=referrals))
    could = find_reach(every, choices=draft.choices, groups=draft.groups).cases
    there = [(place, group) for place in lonely for group in np.flatnonzero(could[place]).tolist()]
    whole = beginning(network, network.first_choices, there=there)
    return find_reach(whole, choices=draft.choices, groups=draft.groups)


def beginning(
    network: Network, choices: Sequence[FirstChoice], *, there: Sequence[tuple[int, int]] = ()
) -> Network:
    """Give a network that cases enter by these choices, or are in at the start."""
    return replace(network, first_choices=tuple(choices), first_groups=tuple(there))


def with_day_one(draft: Draft) -> list[int]:
    """List the activities in which somebody is, or for which somebody waits, at the start."""
    return [
        place
        for place, name in enumerate(draft.index.names.activities)
        if draft.model.activities[name].present_at_start is not None
        or draft.model.activities[name].waiting_at_start is not None
    ]


def lay_out(cases: Flags, homes: int) -> tuple[Ints, int]:
    """Give the first record row of each activity and group (A, G), or -1, and how many rows there are."""
    row = np.full(cases.shape, ABSENT, dtype=np.int64)
    places = np.flatnonzero(cases)
    row.ravel()[places] = np.arange(len(places), dtype=np.int64) * (homes + 1)
    return row, len(places) * (homes + 1)
