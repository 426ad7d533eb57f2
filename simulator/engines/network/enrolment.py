"""Enrolment as stocks: who is eligible by recent use, through the trait's law, and what becomes of them.

People are known by segment, locality and trait score. How often somebody came in the last quarters is Poisson
given the score now and a year ago, so those picked for recent use have high scores, and next year's are
nearer the mean.
"""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.program import ABSENT, NO_LIMIT, Floats, Program
from simulator.engines.network.traits import Trait, nobody_differs
from simulator.units import SECONDS_A_QUARTER, SECONDS_A_YEAR

MOST_USE = 80
QUARTERS_FOLLOWED = 4


@dataclass(slots=True)
class Followed:
    """Those enrolled, as the report asks after them: ``people`` (I); needs (I, N) before, after, and after
    in the world without the scheme."""

    people: Floats
    before: Floats
    after: Floats
    without: Floats


class Enrolment:
    """One scheme's enrolled people: ``inside`` (S, L, K) by segment, locality and score."""

    def __init__(self, program: Program, scheme: int, *, traits: tuple[Trait, ...]) -> None:
        self._program, self._scheme = program, scheme
        table, needs = program.interventions, program.needs
        self.reads = np.flatnonzero(table.use_need[scheme])
        known = [int(needs.trait[need]) for need in self.reads if needs.trait[need] != ABSENT]
        self.trait_index = known[0] if known else ABSENT
        self.trait = traits[known[0]] if known else nobody_differs()
        shape = (len(program.names.segments), len(program.names.localities), len(self.trait.weight))
        self.inside = np.zeros(shape)
        self.age = 0.0
        self._pool: Floats | None = None
        self._quarter = -1

    @property
    def number(self) -> float:
        """Count those enrolled."""
        return float(self.inside.sum())

    def shift_year(self) -> None:
        """Let scores move on, on the first of January."""
        self.inside = self.inside @ self.trait.year
        self._pool = None

    def leaves(self, seconds: float, *, staying: Floats, going: Floats) -> None:
        """Let enrolments run out and people die or change; ``staying`` (S, S) where those of a segment are
        after so long at home, ``going`` (S, S + 1, K) the share of each score that care sends elsewhere."""
        sent = self.inside[:, None] * going[:, :, None, :]
        self.inside = self.inside - sent.sum(axis=1) + sent[:, :-1].sum(axis=0)
        law = int(self._program.interventions.stay_law[self._scheme])
        if law != ABSENT:
            self.inside *= np.exp(-seconds / float(self._program.laws.mean[law]))
        self.inside = np.tensordot(staying.T, self.inside, axes=1)
        self.age += seconds if self.number > 0 else 0.0

    def ends(self) -> None:
        """End every enrolment."""
        self.inside[:] = 0.0

    def use_rate(self, needs: Floats) -> Floats:
        """Give how often somebody of factor one comes in a year, by segment and locality (S, L)."""
        found: Floats = needs[self.reads].sum(axis=0)
        return found

    def enrols(self, people: Floats, needs: Floats, *, second: int, week: int) -> tuple[Floats, Floats]:
        """Enrol whom places and the week allow; return the newly enrolled (S, L, K) and their use so far.

        ``people`` (S, L); ``needs`` (N, S, L) needs a year and person now, of factor one.
        """
        table, i = self._program.interventions, self._scheme
        wanted = np.inf if table.places[i] == NO_LIMIT else float(table.places[i]) - self.number
        over, under = int(table.weekly_numerator[i]), int(table.weekly_denominator[i])
        if over != NO_LIMIT:
            wanted = min(wanted, over * (week + 1) // under - over * week // under)
        new, use = np.zeros_like(self.inside), np.zeros_like(self.inside)
        if wanted <= 0:
            return new, use
        pool = self._pool_at(people, needs, second=second)
        for count in self._order(pool):
            there = pool[..., count] if count is not None else pool.sum(axis=-1)
            total = float(there.sum())
            share = min(wanted / total, 1.0) if total > 0 else 0.0
            taken = there * share
            if count is None:
                use += share * (pool @ np.arange(pool.shape[-1]))
                pool *= 1.0 - share
            else:
                use += taken * count
                pool[..., count] -= taken
            new += taken
            wanted -= float(taken.sum())
            if wanted <= 1e-9:
                break
        self.age *= self.number / max(self.number + float(new.sum()), 1e-12)
        self.inside += new
        return new, use

    def _order(self, pool: Floats) -> list[int | None]:
        """Say in what order people are enrolled: by most use, or all alike."""
        if self._program.interventions.by_lot[self._scheme]:
            return [None]
        return list(range(pool.shape[-1] - 1, -1, -1))

    def _pool_at(self, people: Floats, needs: Floats, *, second: int) -> Floats:
        """Give those who may be enrolled by use in the last quarters (S, L, K, counts), drawn anew each
        quarter."""
        table, i = self._program.interventions, self._scheme
        quarter = int(np.searchsorted(self._program.calendar.quarter_second, second, side="right"))
        if self._pool is not None and quarter == self._quarter:
            return self._pool
        self._quarter = quarter
        willing = people * table.uptake[i][None, :] * table.eligible_segment[i][:, None]
        willing = willing * table.eligible_locality[i][None, :]
        free = np.maximum(willing[..., None] * self.trait.weight - self.inside, 0.0)
        if not self.reads.size or table.use_at_least[i] <= 0:
            self._pool = free[..., None]
            return self._pool
        law = self._use_law(needs, second=second)
        law[..., : int(table.use_at_least[i])] = 0.0
        self._pool = free[..., None] * law
        return self._pool

    def _use_law(self, needs: Floats, *, second: int) -> Floats:
        """Give the law of use in the last complete quarters (S, L, K, counts)."""
        quarters = int(self._program.interventions.use_quarters[self._scheme])
        length = quarters * SECONDS_A_QUARTER
        earlier = self._earlier(length, second=second)
        mean = self.use_rate(needs) * (length / SECONDS_A_YEAR)
        x, before = self.trait.factor, self.trait.year
        found = np.zeros((*mean.shape, len(x), MOST_USE + 1))
        columns = range(len(x)) if earlier > 0 else (0,)
        for other in columns:
            weight = before[:, other] if earlier > 0 else np.ones(len(x))
            factor = (1.0 - earlier) * x + earlier * x[other]
            found += weight[:, None] * _poisson(mean[..., None] * factor)
        return found

    def _earlier(self, length: int, *, second: int) -> float:
        """Say what part of the last complete quarters, so many seconds, lies before the first of January."""
        calendar = self._program.calendar
        ends = np.append(0, calendar.quarter_second)
        end = int(ends[ends <= second].max())
        year = calendar.year_start_second
        began = int(year[year <= second].max(initial=0))
        return float(min(max((min(began, end) - (end - length)) / length, 0.0), 1.0))

    def follows(
        self, new: Floats, use: Floats, *, needs: Floats, second: int, effect: tuple[Floats, Floats]
    ) -> Floats:
        """Give the newly enrolled's needs before, after, and after without it (3, N); ``effect`` what the
        scheme does to each need of theirs: times (N), and more a person and year (N)."""
        calendar = self._program.calendar
        later = calendar.quarter_second[calendar.quarter_second >= second]
        begins = int(later[0]) if later.size else second
        years = calendar.year_start_second
        turns = int(years[years > second].min(initial=begins + SECONDS_A_YEAR))
        length = QUARTERS_FOLLOWED * SECONDS_A_QUARTER
        same = min(max((turns - begins) / length, 0.0), 1.0)
        alive = np.exp(
            -self._program.people.hazard[:, -1] * ((begins - second + length / 2) / SECONDS_A_YEAR)
        )
        coming = self._years(new * alive[:, None, None], length, same=same)
        without = (needs * coming).sum(axis=(1, 2))
        law = int(self._program.interventions.stay_law[self._scheme])
        mean = float(self._program.laws.mean[law]) if law != ABSENT else np.inf
        there = np.exp(-(begins - second + length / 2) / mean)
        times, plus = effect
        after = without * (1.0 + there * (times - 1.0)) + there * plus * coming.sum(axis=(1, 2))
        been = self._years(new, length, same=1.0 - self._earlier(length, second=second))
        before = (needs * been).sum(axis=(1, 2))
        # What they were picked for is known, and is more than what their scores alone would have.
        read = needs[self.reads] * (use.sum(axis=-1) / np.maximum(self.use_rate(needs), 1e-300))
        before[self.reads] = read.sum(axis=(1, 2))
        return np.array([before, np.maximum(after, 0.0), without])

    def _years(self, people: Floats, length: int, *, same: float) -> Floats:
        """Give the years (N, S, L) of people (S, L, K) in so many seconds, times their factor where a need
        goes by the trait they were picked by; of other traits they are like all. Scores are what they are now
        for the part of it that is the ``same`` year."""
        x = same * self.trait.factor + (1.0 - same) * (self.trait.year @ self.trait.factor)
        goes_by_it = (self._program.needs.trait == self.trait_index) & (self.trait_index != ABSENT)
        years = length / SECONDS_A_YEAR
        found: Floats = np.where(goes_by_it[:, None, None], people @ x, people.sum(axis=-1)) * years
        return found


def _poisson(mean: Floats) -> Floats:
    """Give Poisson laws up to ``MOST_USE``, the rest in the last place."""
    found = np.empty((*mean.shape, MOST_USE + 1))
    found[..., 0] = np.exp(-mean)
    for count in range(1, MOST_USE + 1):
        found[..., count] = found[..., count - 1] * mean / count
    found[..., -1] += np.maximum(1.0 - found.sum(axis=-1), 0.0)
    return found
