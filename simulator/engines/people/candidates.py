"""The feeds of a run: all that is known beforehand, a calendar year of candidates at a time."""

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import Floats, Ints, Program
from simulator.engines.demand import Demand
from simulator.engines.kernels import layout as at
from simulator.engines.kernels.feeds import Feeds
from simulator.engines.people.calendar_events import calendar_events
from simulator.engines.people.world import World
from simulator.engines.referrals import ReferralCandidates
from simulator.engines.turns import Turns

NOTHING = np.empty((0, 2), dtype=np.int64)


def rows_of(found: ReferralCandidates) -> Ints:
    """Lay candidates of referrals out as the kernels read them."""
    return np.stack([found.second, found.referral, found.layer, found.ordinal, found.batch], axis=1)


class FeedsOfRun:
    """What the kernels read, and by calendar year what became of each candidate."""

    def __init__(
        self, program: Program, demand: Demand, *, present: Ints, tracked: int, turns: Turns | None
    ) -> None:
        self.program, self.demand, self._turns = program, demand, turns
        self.fates: list[NDArray[np.uint8]] = []
        referrals = demand.referrals()
        population = demand.population
        who = np.flatnonzero(population.candidate_second > 0)
        order = who[np.argsort(population.candidate_second[who], kind="stable")]
        self.longest_batch = max(1, int(referrals.batch.max(initial=1)))
        enrolling = len(population.address) if program.interventions.enrols.any() else 0
        quarters = len(program.calendar.quarter_second) + 1
        self.now = Feeds(
            present=present,
            calendar=calendar_events(program, turns),
            needs=NOTHING,
            life=NOTHING,
            joiners=np.stack([population.candidate_second[order], order], axis=1),
            joiner_threshold=population.joins_threshold[order],
            referrals=rows_of(referrals),
            referral_threshold=referrals.threshold,
            fate=np.empty(0, dtype=np.uint8),
            use=np.zeros((tracked, quarters, len(population.address)), dtype=np.uint16),
            best_who=np.empty(enrolling, dtype=np.int64),
            best_use=np.empty(enrolling, dtype=np.int64),
            best_lot=np.empty(enrolling, dtype=np.float64),
        )

    def begin(self, world: World) -> None:
        """Read the first year's candidates."""
        self._reads(0, world)

    def after_fork(self, program: Program, *, second: int) -> "FeedsOfRun":
        """Return the feeds of a run that goes on under another program: what happened so far is copied."""
        found = object.__new__(FeedsOfRun)
        found.program, found.demand, found.longest_batch = program, self.demand, self.longest_batch
        found._turns = self._turns
        found.fates = [*self.fates[:-1], self.fates[-1].copy()]
        enrolling = len(self.demand.address) if program.interventions.enrols.any() else 0
        found.now = self.now._replace(
            calendar=calendar_events(program, self._turns),
            fate=found.fates[-1],
            use=self.now.use.copy(),
            best_who=np.empty(enrolling, dtype=np.int64),
            best_use=np.empty(enrolling, dtype=np.int64),
            best_lot=np.empty(enrolling, dtype=np.float64),
        )
        return found

    def widen(self, world: World, bound: Floats, *, second: int) -> None:
        """Go on from a second with the candidates of referrals for higher bounds."""
        found = self.demand.referrals_up_to(bound)
        self.longest_batch = max(self.longest_batch, int(found.batch.max(initial=1)))
        self.now = self.now._replace(referrals=rows_of(found), referral_threshold=found.threshold)
        world.ints[at.LONGEST_BATCH] = self.longest_batch
        world.ints[at.REFERRAL_AT] = np.searchsorted(found.second, second)

    def year_end(self, world: World) -> int:
        """Return the second at which the candidates of the present year are over; never for the last."""
        starts = self.program.calendar.year_start_second
        place = len(self.fates)
        return int(starts[place]) if place < self.demand.years else 1 << 50

    def begins_year(self, world: World) -> None:
        """Read the next year's candidates."""
        self._reads(len(self.fates), world)

    def _reads(self, place: int, world: World) -> None:
        needs, life = self.demand.year(place).rows, self.demand.life(place).rows
        fate = np.zeros(len(needs), dtype=np.uint8)
        self.fates.append(fate)
        self.now = self.now._replace(needs=needs, life=life, fate=fate)
        ints = world.ints
        ints[at.NEED_AT] = ints[at.LIFE_AT] = 0
        ints[at.CANDIDATE_ZERO] = self.program.calendar.year_start_second[place]
        ints[at.YEAR] = self.program.calendar.first_year + place
