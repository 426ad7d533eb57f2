"""People: where they live, in what segment, whether in a bed or alive, and how often they came.

A person who is in a resident activity has no new needs; a waiting case whose person is resident elsewhere is
passed over, keeps its place in the queue, and is offered again at discharge. Death ends every open case and
every enrolment.

A case that has moved may have taken its person into a bed, or out of one. It goes on a list of matters,
once, first in, first out, which is emptied before anything is offered.
"""

import numpy as np
from numpy.typing import NDArray

from simulator.engines import log
from simulator.engines.readable import care
from simulator.engines.readable.case import NOBODY, Case, Stay
from simulator.engines.readable.world import World


class People:
    """Everybody of one run, present joiners to be included (they have not come yet)."""

    def __init__(self, world: World) -> None:
        demand = world.demand
        self._world = world
        self.segment: list[int] = demand.segment.tolist()
        self.home: list[int] = demand.home.tolist()
        self.address: list[int] = demand.address.tolist()
        self.is_alive: list[bool] = (demand.population.candidate_second == 0).tolist()
        self.resident: list[Case | None] = [None] * len(self.segment)
        self.open: dict[int, list[Case]] = {}
        self._dead = len(world.program.names.segments)
        self._matters: dict[int, Case] = {}
        for person, is_alive in enumerate(self.is_alive):
            if is_alive:
                world.folk.comes(self.segment[person], self.home[person], now=0)

    def __len__(self) -> int:
        return len(self.segment)

    # Cases

    def opens(self, case: Case) -> None:
        """Note a new case of its person."""
        if case.person != NOBODY:
            self.open.setdefault(case.person, []).append(case)

    def closes(self, case: Case) -> None:
        """Note that a case of its person is over."""
        if case.person != NOBODY:
            cases = self.open[case.person]
            cases.remove(case)
            if not cases:
                del self.open[case.person]

    def has_open(self, person: int, need: int) -> bool:
        """Whether a case of the need is open."""
        return any(case.need == need for case in self.open.get(person, ()))

    # In a bed

    def is_free(self, case: Case, activity: int) -> bool:
        """Whether the person is free for an activity: not resident by another case, unless it may be done in
        bed."""
        if case.person == NOBODY:
            return True
        resident = self.resident[case.person]
        return resident is None or resident is case or self._world.network.also_in_bed[activity]

    def settles(self, case: Case) -> None:
        """Leave it to be seen, after a case has moved, whether its person is resident by it now."""
        if case.person != NOBODY:
            self._matters.setdefault(case.number, case)

    def sees_to_matters(self) -> None:
        """See to all cases that have moved, first in, first out."""
        while self._matters:
            self._sees_to(self._matters.pop(next(iter(self._matters))))

    def _sees_to(self, case: Case) -> None:
        """Work out anew whether a case's person is resident by it."""
        is_resident = case.is_open and self._is_resident_by(case)
        resident = self.resident[case.person]
        if not self.is_alive[case.person]:
            self.resident[case.person] = None
        elif is_resident and resident is None:
            self._is_admitted(case)
        elif not is_resident and resident is case:
            self._is_discharged(case.person)

    def _is_resident_by(self, case: Case) -> bool:
        network = self._world.network
        if case.place_stay is not None and network.resident[case.place_stay.activity]:
            return True
        if case.stay is not None and network.resident[case.stay.activity]:
            return True
        return case.waits_for >= 0 and network.queue_is_resident[case.waits_for]

    def _is_admitted(self, case: Case) -> None:
        self.resident[case.person] = case
        for other in list(self.open.get(case.person, ())):
            stay = self._home_stay(other)
            if other is not case and stay is not None:
                care.is_interrupted(self._world, other, stay=stay)

    def _home_stay(self, case: Case) -> Stay | None:
        """Return the stay of a case that ends when its person is admitted: that of its place before one
        within."""
        ends = self._world.network.ends_on_admission
        stays = (case.place_stay, case.stay)
        return next((stay for stay in stays if stay is not None and ends[stay.activity]), None)

    def _is_discharged(self, person: int) -> None:
        """Offer again what the person's other cases wait for; one that waits where waiting is residence is
        resident now."""
        self.resident[person] = None
        for other in self.open.get(person, ()):
            if other.waits_for >= 0:
                self._world.places.offer_widely(other.queue)
        for other in list(self.open.get(person, ())):
            if self.resident[person] is None and self._is_resident_by(other):
                self._is_admitted(other)

    # Life

    def joins(self, person: int) -> None:
        """A new person comes."""
        self.is_alive[person] = True
        self._world.folk.comes(self.segment[person], self.home[person], now=self._world.agenda.now)
        self._world.note_person(log.JOINS, person, number=0, klass=self.segment[person])

    def becomes(self, person: int, segment: int) -> None:
        """A person moves to another segment, if it is another."""
        if segment == self.segment[person]:
            return
        now, home = self._world.agenda.now, self.home[person]
        self._world.folk.goes(self.segment[person], home, now=now)
        self.segment[person] = segment
        self._world.folk.comes(segment, home, now=now)
        self._world.note_person(log.BECOMES, person, number=0, klass=segment)
        for case in self.open.get(person, ()):
            if case.waits_for >= 0:  # what was reserved against the old segment may be open to the new one
                self._world.places.offer_widely(case.queue)

    def changes(self, person: int, target: int) -> None:
        """A hazard comes true: death, or another segment."""
        self._world.folk.changes(self.segment[person], target)
        if target == self._dead:
            self.dies(person, in_care=False)
        else:
            self.becomes(person, target)

    def dies(self, person: int, *, in_care: bool) -> None:
        """A person dies: every open case and enrolment ends."""
        now = self._world.agenda.now
        if in_care:
            self._world.folk.dies_in_care(self.segment[person])
        self.is_alive[person] = False
        self._world.folk.goes(self.segment[person], self.home[person], now=now)
        self._world.note_person(log.DEATH, person, number=0, klass=self.segment[person])
        for case in sorted(self.open.get(person, ()), key=lambda case: case.number):
            if case.is_open:
                care.dies(self._world, case)
        self._world.schemes.ends_for(person)


class History:
    """How often each person came, by quarter of 13 weeks, for the needs that some intervention's eligibility
    reads."""

    def __init__(self, world: World, people: int, tracked: tuple[int, ...]) -> None:
        read = np.flatnonzero(world.program.interventions.use_need.any(axis=0)).tolist()
        self.needs = np.array(sorted({*tracked, *read}), dtype=np.int64)
        self.place = {int(need): place for place, need in enumerate(self.needs)}
        self._quarters: list[NDArray[np.uint16]] = [np.zeros((len(self.needs), people), dtype=np.uint16)]

    def counts(self, need: int, person: int) -> None:
        """Count one use."""
        place = self.place.get(need)
        if place is not None:
            self._quarters[-1][place, person] += 1

    def begins_quarter(self) -> None:
        """Begin the next quarter."""
        self._quarters.append(np.zeros_like(self._quarters[0]))

    def within(self, needs: NDArray[np.bool_], quarters: int) -> NDArray[np.int64]:
        """Return each person's use of some needs in the last complete quarters."""
        rows = [self.place[int(need)] for need in np.flatnonzero(needs)]
        total = np.zeros(self._quarters[0].shape[1], dtype=np.int64)
        for quarter in self._quarters[-1 - quarters : -1]:
            total += quarter[rows].sum(axis=0, dtype=np.int64)
        return total

    def table(self) -> NDArray[np.uint16]:
        """Return use by need, quarter and person."""
        return np.stack(self._quarters, axis=1)
