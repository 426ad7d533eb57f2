"""Day one: who is in a place or in a queue at second 0, for how long already and for how long still.

Both engines ask here, so that they begin alike. A case of day one takes its group from the flows of the
model, its person by lot among those of the group's segment who are not in a bed yet, what it has waited from
the stated law, and its remaining time from the stationary-excess law of the stay.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from simulator.compiler.program import ABSENT, STEADY, Flags, Floats, Ints, Program
from simulator.engines.compiled import kernel
from simulator.engines.draws import day_one_case, uniform
from simulator.engines.poisson import poisson_quantile
from simulator.engines.population import Key
from simulator.engines.referral_stream import Tables
from simulator.engines.referrals import tables
from simulator.engines.variates import variate, whole_seconds

# Draws of an activity's purpose under a day-one case's own address; those below 8 are the activity's own.
GROUP, REMAINING, WAITED, PATIENCE_LEFT, NUMBER_PRESENT = range(8, 13)
# The lot that orders people for an activity (address: the person).
LOT = 13


class Arrival(NamedTuple):
    """One case of day one."""

    id: int
    activity: int
    person: int
    klass: int
    is_waiting: bool
    remaining: int
    waited: int
    patience: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """The cases of day one, a place in each array a case, in the order in which they are put there.

    ``remaining`` seconds of the stay for those in a place; ``waited`` and ``patience`` (-1 none) for those
    who wait; ``person`` -1 for referrals.
    """

    id: Ints
    activity: Ints
    person: Ints
    klass: Ints
    is_waiting: Flags
    remaining: Ints
    waited: Ints
    patience: Ints

    def __len__(self) -> int:
        """Count the cases."""
        return len(self.id)

    def one_by_one(self) -> Iterator[Arrival]:
        """Go through the cases."""
        columns = [getattr(self, name).tolist() for name in Arrival._fields]
        return (Arrival(*row) for row in zip(*columns, strict=True))


def arrivals(program: Program, key: Key, *, segment: Ints, address: Ints) -> Arrivals:
    """Return everybody who is there at second 0: those in resident activities first, then those in others,
    then those who wait, each by activity name, then ordinal; of those who wait, the longest first.

    ``segment`` and ``address`` are those of the people alive at second 0 (segment -1 for all others). Where a
    segment has too few people who are not in a bed already, fewer cases are there than were asked for.
    """
    draw = _DayOne(program, key, segment=segment, address=address)
    activities = range(len(program.names.activities))
    beds_first = sorted(activities, key=lambda activity: not program.activities.resident[activity])
    parts = [draw.present(activity) for activity in beds_first]
    parts += [draw.waiting(activity) for activity in activities]
    columns = {
        name: np.concatenate([getattr(part, name) for part in parts] or [np.empty(0, dtype=np.int64)])
        for name in Arrivals.__slots__
    }
    return Arrivals(**columns)


class _DayOne:
    def __init__(self, program: Program, key: Key, *, segment: Ints, address: Ints) -> None:
        self._program = program
        self._key = key
        self._tables = tables(program)
        self._segment = segment
        self._address = address
        self._in_bed = np.zeros(len(segment), dtype=np.bool_)

    def present(self, activity: int) -> Arrivals:
        """Draw those who are in the activity."""
        day_one = self._program.day_one
        number = int(day_one.present[activity])
        if number == STEADY:
            number = self._number_present(activity, float(day_one.present_mean[activity]))
        case, group, person = self._people(activity, number, waiting=0)
        if self._program.activities.resident[activity]:
            self._in_bed[person[person >= 0]] = True
        law = day_one.remaining_law[activity][group]
        none = np.zeros(len(case), dtype=np.int64)
        return Arrivals(
            id=case,
            activity=np.full(len(case), activity),
            person=person,
            klass=group % len(self._program.names.classes),
            is_waiting=np.zeros(len(case), dtype=np.bool_),
            remaining=self._times(law, case, activity=activity, draw=REMAINING),
            waited=none,
            patience=none + ABSENT,
        )

    def waiting(self, activity: int) -> Arrivals:
        """Draw those who wait for the activity."""
        day_one = self._program.day_one
        case, group, person = self._people(activity, int(day_one.waiting[activity]), waiting=1)
        patience_law = day_one.patience_law[activity][group]
        waited_law = np.full(len(case), day_one.waited_law[activity])
        patience = self._times(patience_law, case, activity=activity, draw=PATIENCE_LEFT)
        waited = self._times(waited_law, case, activity=activity, draw=WAITED)
        first = np.argsort(-waited, kind="stable")
        return Arrivals(
            id=case[first],
            activity=np.full(len(case), activity),
            person=person[first],
            klass=group[first] % len(self._program.names.classes),
            is_waiting=np.ones(len(case), dtype=np.bool_),
            remaining=np.zeros(len(case), dtype=np.int64),
            waited=waited[first],
            patience=np.where(patience_law >= 0, patience, ABSENT)[first],
        )

    def _people(self, activity: int, number: int, *, waiting: int) -> tuple[Ints, Ints, Ints]:
        """Draw the group of each case, then give it the next person by lot of the group's segment."""
        purpose = int(self._program.activities.hash[activity])
        case = day_one_cases(purpose, waiting, max(number, 0))
        cumulative = self._program.day_one.group_cumulative[activity]
        u = draws_of(self._key, case, purpose, GROUP)
        group = np.minimum(np.searchsorted(cumulative, u, side="right"), len(cumulative) - 1)
        segment = group // len(self._program.names.classes)
        person = np.full(len(case), ABSENT)
        is_there = segment == len(self._program.names.segments)
        for one in np.unique(segment[~is_there]).tolist():
            wanted = np.flatnonzero(segment == one)
            free = self._by_lot(one, purpose)[: len(wanted)]
            person[wanted[: len(free)]] = free
            is_there[wanted[: len(free)]] = True
        return case[is_there], group[is_there], person[is_there]

    def _by_lot(self, segment: int, purpose: int) -> Ints:
        """Put the people of a segment who are not in a bed yet in the order of their lots."""
        who = np.flatnonzero(self._segment == segment)
        order = who[np.argsort(draws_of(self._key, self._address[who], purpose, LOT), kind="stable")]
        return order[~self._in_bed[order]]

    def _times(self, law: Ints, case: Ints, *, activity: int, draw: int) -> Ints:
        purpose = int(self._program.activities.hash[activity])
        return times_of(self._tables, law, draws_of(self._key, case, purpose, draw))

    def _number_present(self, activity: int, mean: float) -> int:
        purpose = int(self._program.activities.hash[activity])
        case = int(day_one_case(purpose, 0, 0))
        u = float(uniform(self._key.seed, self._key.replication, case, purpose, 0, NUMBER_PRESENT))
        return poisson_quantile(u, mean)


@kernel
def day_one_cases(purpose: int, waiting: int, number: int) -> Ints:
    """Return the ids of so many cases of an activity."""
    found = np.empty(number, np.int64)
    for ordinal in range(number):
        found[ordinal] = day_one_case(purpose, waiting, ordinal)
    return found


@kernel
def draws_of(key: tuple[int, int], address: Ints, purpose: int, draw: int) -> Floats:
    """Return one uniform number at each address."""
    found = np.empty(address.shape[0])
    for place in range(address.shape[0]):
        found[place] = uniform(key[0], key[1], address[place], purpose, 0, draw)
    return found


@kernel
def times_of(laws: Tables, law: Ints, u: Floats) -> Ints:
    """Return a time at each number of its law, 0 where there is none."""
    found = np.zeros(law.shape[0], np.int64)
    for place in range(law.shape[0]):
        if law[place] >= 0:
            found[place] = whole_seconds(variate(*laws, law[place], u[place], 1))
    return found
