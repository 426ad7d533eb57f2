"""Day one: who is in a place or in a queue at second 0, for how long already and for how long still.

Both engines ask here, so that they begin alike. A case of day one takes its group from the flows of the
model, its person by lot among those of the group's segment who are not in a bed yet, what it has waited from
the stated law, and its remaining time from the stationary-excess law of the stay.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import ABSENT, STEADY, Program
from simulator.engines.draws import day_one_case
from simulator.engines.poisson import poisson_quantile
from simulator.engines.variates import variate, whole_seconds

# Draws of an activity's purpose under a day-one case's own address; those below 8 are the activity's own.
GROUP, REMAINING, WAITED, PATIENCE_LEFT, NUMBER_PRESENT = range(8, 13)
# The lot that orders people for an activity (address: the person).
LOT = 13


class Uniform(Protocol):
    """The uniform number at an address of the replication."""

    def __call__(self, address: int, purpose: int, *, visit: int, draw: int) -> float:
        """Draw it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One case of day one. ``remaining`` seconds of the stay for those in a place; ``waited`` and
    ``patience`` (-1 none) for those who wait."""

    id: int
    activity: int
    person: int
    klass: int
    is_waiting: bool
    remaining: int = 0
    waited: int = 0
    patience: int = ABSENT


def arrivals(
    program: Program, uniform: Uniform, *, segment: NDArray[np.int64], address: NDArray[np.int64]
) -> list[Arrival]:
    """Return everybody who is there at second 0: those in resident activities first, then those in others,
    then those who wait, each by activity name, then ordinal.

    ``segment`` and ``address`` are those of the people alive at second 0. Where a segment has too few people
    who are not in a bed already, fewer cases are there than were asked for.
    """
    draw = _DayOne(program, uniform, segment=segment, address=address)
    activities = range(len(program.names.activities))
    beds_first = sorted(activities, key=lambda activity: not program.activities.resident[activity])
    present = [found for activity in beds_first for found in draw.present(activity)]
    waiting = [found for activity in activities for found in draw.waiting(activity)]
    return present + waiting


class _DayOne:
    def __init__(
        self, program: Program, uniform: Uniform, *, segment: NDArray[np.int64], address: NDArray[np.int64]
    ) -> None:
        self._program = program
        self._uniform = uniform
        self._segment = segment
        self._address = address
        self._in_bed: set[int] = set()

    def present(self, activity: int) -> Iterator[Arrival]:
        """Draw those who are in the activity."""
        day_one = self._program.day_one
        number = int(day_one.present[activity])
        if number == STEADY:
            number = self._poisson(activity, float(day_one.present_mean[activity]))
        is_resident = bool(self._program.activities.resident[activity])
        for case, group, person in self._people(activity, number, waiting=0):
            if is_resident and person >= 0:
                self._in_bed.add(person)
            law = int(day_one.remaining_law[activity, group])
            yield Arrival(
                id=case,
                activity=activity,
                person=person,
                klass=group % len(self._program.names.classes),
                is_waiting=False,
                remaining=self._time(law, case, activity=activity, draw=REMAINING),
            )

    def waiting(self, activity: int) -> Iterator[Arrival]:
        """Draw those who wait for the activity."""
        day_one = self._program.day_one
        for case, group, person in self._people(activity, int(day_one.waiting[activity]), waiting=1):
            patience = int(day_one.patience_law[activity, group])
            yield Arrival(
                id=case,
                activity=activity,
                person=person,
                klass=group % len(self._program.names.classes),
                is_waiting=True,
                waited=self._time(int(day_one.waited_law[activity]), case, activity=activity, draw=WAITED),
                patience=self._time(patience, case, activity=activity, draw=PATIENCE_LEFT)
                if patience >= 0
                else ABSENT,
            )

    def _people(self, activity: int, number: int, *, waiting: int) -> Iterator[tuple[int, int, int]]:
        """Draw the group of each case, then give it the next person by lot of the group's segment."""
        if number <= 0:
            return
        purpose = int(self._program.activities.hash[activity])
        cumulative = self._program.day_one.group_cumulative[activity]
        queues: dict[int, Iterator[int]] = {}
        for ordinal in range(number):
            case = int(day_one_case(purpose, waiting, ordinal))
            u = float(self._uniform(case, purpose, visit=0, draw=GROUP))
            group = min(int(np.searchsorted(cumulative, u, side="right")), len(cumulative) - 1)
            segment = group // len(self._program.names.classes)
            if segment == len(self._program.names.segments):
                yield case, group, ABSENT
                continue
            if segment not in queues:
                queues[segment] = self._by_lot(segment, purpose)
            person = next(queues[segment], None)
            if person is not None:
                yield case, group, person

    def _by_lot(self, segment: int, purpose: int) -> Iterator[int]:
        who = np.flatnonzero(self._segment == segment)
        lots = [self._uniform(int(address), purpose, visit=0, draw=LOT) for address in self._address[who]]
        for place in np.argsort(lots, kind="stable"):
            person = int(who[place])
            if person not in self._in_bed:
                yield person

    def _time(self, law: int, case: int, *, activity: int, draw: int) -> int:
        if law < 0:
            return 0
        laws = self._program.laws
        u = self._uniform(case, int(self._program.activities.hash[activity]), visit=0, draw=draw)
        columns = (laws.kind, laws.scale, laws.first, laws.size, laws.points, laws.cumulative)
        return int(whole_seconds(float(variate(*columns, law, u, 1))))

    def _poisson(self, activity: int, mean: float) -> int:
        purpose = int(self._program.activities.hash[activity])
        case = int(day_one_case(purpose, 0, 0))
        return poisson_quantile(self._uniform(case, purpose, visit=0, draw=NUMBER_PRESENT), mean)
