"""Flows in balance: what comes to each activity if nothing is ever full, and the load it makes.

The traffic equations: visits = first arrivals + visits × shares of the ways onward. Waits, effects of
interventions, and needs not had because a case is open are left out, so the figures are the network's
own. Who dies outside resident activities does so at the segment's hazard: of those in a stay of mean m,
h·m ÷ (1 + h·m) die in it (exact for exponential stays).
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

import numpy as np

from simulator.compiler.memory import Memory, said
from simulator.compiler.program import (
    ABSENT,
    TO_ACTIVITY,
    TO_DIED,
    TO_FIRST_FREE,
    TO_SHORTEST_QUEUE,
    Floats,
    Ints,
    Program,
)
from simulator.units import SECONDS_A_DAY, SECONDS_A_YEAR

# Ways of the last few networks, by all that they follow from: points of a sweep mostly differ in numbers.
LISTED = Memory[tuple[Ints, Ints, Ints, Ints]](16)
CLOSE_ENOUGH = 1e-13
MOST_ROUNDS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """The balanced flows of a program, all of shape (A, G).

    ``visits`` a second; ``stay`` mean seconds; ``kept`` mean seconds for which the place is kept
    afterwards by activities done in it; ``died`` deaths a second by route.
    """

    visits: Floats
    stay: Floats
    kept: Floats
    died: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The network as a list of ways from pair to pair (activity × groups + group), each with its share."""

    start: Ints
    end: Ints
    share: Floats


def baseline_flows(program: Program) -> Flows:
    """Solve the traffic equations of a program."""
    shape = program.activities.choice.shape
    stay = mean_stays(program)
    ways = list_ways(program)
    staying_alive = survival(program, stay).ravel()[ways.start]
    moved = Ways(start=ways.start, end=ways.end, share=ways.share * staying_alive)
    visits = settle(first_arrivals(program).ravel(), moved)
    return Flows(
        visits=visits.reshape(shape),
        stay=stay,
        kept=kept_afterwards(program, ways, stay=stay),
        died=visits.reshape(shape) * survival(program, stay) * died_shares(program),
    )


def settle(first: Floats, ways: Ways) -> Floats:
    """Solve visits = first + visits through the ways, by following arrivals until next to none are left."""
    total, wave = first.copy(), first
    for _ in range(MOST_ROUNDS):
        wave = added_up(ways.end, wave[ways.start] * ways.share, size=len(first))
        total += wave
        if wave.sum() <= CLOSE_ENOUGH * total.sum():
            break
    return total


def first_arrivals(program: Program) -> Floats:
    """Give the first arrivals a second at each activity, by group (A, G)."""
    activities, groups = program.activities.choice.shape
    found = np.zeros((activities, groups))
    classes = len(program.names.classes)
    sources = [*need_sources(program), *referral_sources(program)]
    for rate, choice, segment, klass in sources:
        for activity, group, share in steps(program, choice, group=segment * classes + klass):
            found[activity, group] += rate * share
    return found


def need_sources(program: Program) -> Iterator[tuple[float, int, int, int]]:
    """Yield rate a second, choice, segment and class of each need in each segment."""
    yearly = needs_a_year(program)
    for need, segment in np.argwhere(yearly > 0).tolist():
        choice = int(program.needs.choice[need, segment])
        yield yearly[need, segment] / SECONDS_A_YEAR, choice, segment, int(program.needs.klass[need])


def needs_a_year(program: Program) -> Floats:
    """Give the needs a year (N, S) of the people of the first day."""
    homes = np.diff(program.people.home_cumulative, prepend=0.0)
    locality = np.zeros(len(program.names.localities))
    np.add.at(locality, program.people.home_locality, homes)
    times = (program.needs.locality_times * locality).sum(axis=1)
    found: Floats = program.needs.rate * times[:, None] * program.people.segment_people
    return found


def referral_sources(program: Program) -> Iterator[tuple[float, int, int, int]]:
    """Yield rate a second, choice, segment (nobody's) and class of each referral."""
    nobody = len(program.names.segments)
    for place, rate in enumerate(referrals_a_second(program)):
        yield rate, int(program.referrals.choice[place]), nobody, int(program.referrals.klass[place])


def referrals_a_second(program: Program) -> list[float]:
    """Give the cases a second that each referral brings."""
    referrals, mean = program.referrals, program.laws.mean
    found = []
    for place in range(len(referrals.kind)):
        if referrals.kind[place] == 0:
            rate = float(referrals.rate[place]) / SECONDS_A_YEAR
        elif referrals.kind[place] == 1:
            rate = 1.0 / float(mean[referrals.between_law[place]])
        else:
            rate = float(np.diff(referrals.at_first)[place]) / max(program.calendar.end_second, 1)
        batch = int(referrals.batch_law[place])
        found.append(rate if batch == ABSENT else rate * float(mean[batch]))
    return found


def steps(program: Program, choice: int, *, group: int) -> Iterator[tuple[int, int, float]]:
    """Yield the activities a choice leads to, the group of the case there and the share; lists evenly."""
    for entry, share in entries(program, choice):
        later = group_after(program, entry, group=group)
        for target in (targets := reached(program, entry)):
            yield target, later, share / len(targets)


def entries(program: Program, choice: int) -> Iterator[tuple[int, float]]:
    """Yield the entries of a choice, each with its share."""
    before = 0.0
    for entry in range(int(program.routes.first[choice]), int(program.routes.first[choice + 1])):
        upto = float(program.routes.cumulative[entry])
        if upto > before:
            yield entry, upto - before
        before = upto


def reached(program: Program, entry: int) -> list[int]:
    """List the activities that an entry may lead to."""
    kind, target = int(program.routes.kind[entry]), int(program.routes.target[entry])
    if kind == TO_ACTIVITY:
        return [target]
    if kind in (TO_FIRST_FREE, TO_SHORTEST_QUEUE):
        first = program.routes.list_first
        return [int(one) for one in program.routes.list_activity[first[target] : first[target + 1]]]
    return []


def group_after(program: Program, entry: int, *, group: int) -> int:
    """Give the group of a case after it has taken an entry."""
    segment, klass = divmod(group, len(program.names.classes))
    if program.routes.segment[entry] != ABSENT and segment != len(program.names.segments):
        segment = int(program.routes.segment[entry])
    if program.routes.klass[entry] != ABSENT:
        klass = int(program.routes.klass[entry])
    return segment * len(program.names.classes) + klass


def possible(program: Program) -> Iterator[tuple[int, int, int]]:
    """Yield activity, group and choice wherever a case can come."""
    where = (program.activities.row >= 0) & (program.activities.choice != ABSENT)
    choices = program.activities.choice[where].tolist()
    for (activity, group), choice in zip(np.argwhere(where).tolist(), choices, strict=True):
        yield activity, group, choice


def list_ways(program: Program) -> Ways:
    """List the ways onward from each activity and group where a case can come."""
    start, end, entry, among = LISTED.give(ways_said(program), lambda: _listed(program))
    return Ways(start=start, end=end, share=entry_shares(program)[entry] / among)


def ways_said(program: Program) -> Hashable:
    """Give all that says which ways there are: where cases can come, and which routes have a share."""
    routes, names = program.routes, program.names
    arrays = said(
        *(program.activities.row, program.activities.choice, routes.first, entry_shares(program) > 0),
        *(routes.kind, routes.target, routes.klass, routes.segment),
        *(routes.list_first, routes.list_activity),
    )
    return len(names.classes), len(names.segments), arrays


def entry_shares(program: Program) -> Floats:
    """Give the share of every entry of every choice."""
    upto, first = program.routes.cumulative, program.routes.first[:-1]
    before = np.append(0.0, upto[:-1])[: len(upto)]
    before[first[first < len(upto)]] = 0.0
    return np.asarray(upto - before)


def _listed(program: Program) -> tuple[Ints, Ints, Ints, Ints]:
    """List start and end of each way, the entry by which it is taken, and among how many it chooses."""
    groups = program.activities.choice.shape[1]
    found = [
        (activity * groups + group, target * groups + later, entry, len(targets))
        for activity, group, choice in possible(program)
        for entry, _ in entries(program, choice)
        for later, targets in ((group_after(program, entry, group=group), reached(program, entry)),)
        for target in targets
    ]
    start, end, entry, among = np.array(found, dtype=np.int64).reshape(-1, 4).T.copy()
    return start, end, entry, among


def died_shares(program: Program) -> Floats:
    """Give the share of stays that end in death by route (A, G)."""
    found = np.zeros(program.activities.choice.shape)
    by_choice: dict[int, float] = {}
    for activity, group, choice in possible(program):
        if choice not in by_choice:
            by_choice[choice] = 0.0
            for entry, share in entries(program, choice):
                if program.routes.kind[entry] == TO_DIED:
                    by_choice[choice] += share
        found[activity, group] = by_choice[choice]
    return found


def mean_stays(program: Program) -> Floats:
    """Give the mean seconds from start to the end of the activity (A, G), leaving moments included."""
    found = np.zeros(program.activities.choice.shape)
    known: dict[tuple[int, int], float] = {}
    for activity, group, choice in possible(program):
        own = int(program.activities.duration_law[activity, group])
        if (choice, own) not in known:
            known[choice, own] = mean_stay(program, choice, own=own)
        found[activity, group] = known[choice, own]
        if program.activities.leaving_profile[activity] != ABSENT:
            found[activity, group] += SECONDS_A_DAY / 2
    return found


def mean_stay(program: Program, choice: int, *, own: int) -> float:
    """Give the mean seconds of a stay with a law of its ``own``, where its routes have none of theirs."""
    laws, mean = program.routes.law, program.laws.mean
    usual = 0.0 if own == ABSENT else float(mean[own])
    return sum(
        share * (usual if laws[entry] == ABSENT else float(mean[laws[entry]]))
        for entry, share in entries(program, choice)
    )


def survival(program: Program, stay: Floats) -> Floats:
    """Give the share of stays (A, G) that are not cut short by a death outside resident activities."""
    classes = len(program.names.classes)
    hazard = np.append(program.people.hazard[:, -1], 0.0) / SECONDS_A_YEAR
    outside = ~program.activities.resident
    return 1.0 / (1.0 + stay * np.repeat(hazard, classes) * outside[:, None])


def kept_afterwards(program: Program, ways: Ways, *, stay: Floats) -> Floats:
    """Give the mean seconds (A, G) for which a place is kept by the activities that follow in it."""
    groups = stay.shape[1]
    holding = program.activities.holds_previous[ways.end // groups]
    start, end, share = ways.start[holding], ways.end[holding], ways.share[holding]
    flat, kept = stay.ravel(), np.zeros(stay.size)
    for _ in range(MOST_ROUNDS):
        more = added_up(start, share * (flat[end] + kept[end]), size=stay.size)
        is_settled = np.abs(more - kept).sum() <= CLOSE_ENOUGH * more.sum()
        kept = more
        if is_settled:
            break
    return kept.reshape(stay.shape)


def added_up(places: Ints, amounts: Floats, *, size: int) -> Floats:
    """Add amounts up by place, in the order given."""
    found = np.zeros(size)
    found += np.bincount(places, weights=amounts, minlength=size)
    return found
