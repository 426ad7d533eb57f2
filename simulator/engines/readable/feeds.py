"""Feeds: candidates for needs, life events, joiners and referrals, read in order.

A candidate happens if the present intensity exceeds its threshold. What an intervention averts is a named
candidate that would have happened without it; what it induces is one that would not.
"""

from collections.abc import Callable, Iterator

import numpy as np

from simulator.compiler.program import ON_NEED_START, ON_REFERRAL_START, Floats
from simulator.engines import log
from simulator.engines.draws import referral_case
from simulator.engines.readable import agenda, care
from simulator.engines.readable.case import NOBODY
from simulator.engines.readable.people import History
from simulator.engines.readable.world import World
from simulator.engines.referrals import ReferralCandidates

_CHUNK = 1 << 15
# Life events of one second: deaths, then segments by name, then joiners.
_AFTER_THE_LIVING = 1 << 40

Candidate = tuple[int, ...]


class Feed:
    """Puts one candidate at a time on the agenda: the next is scheduled when the one before has had its
    turn."""

    def __init__(
        self, world: World, candidates: Iterator[Candidate], *, phase: int, number: Callable[[Candidate], int]
    ) -> None:
        self._world = world
        self._candidates = candidates
        self._phase = phase
        self._number = number
        self._turn = 0

    def begin(self, act: Callable[[Candidate], None]) -> None:
        """Put the first candidate on the agenda."""
        self._act = act
        self._next()

    def goes_on_with(self, candidates: Iterator[Candidate]) -> None:
        """Leave what is left; go on with these, none of which may lie in the past."""
        self._candidates = candidates
        self._turn += 1
        self._next()

    def _next(self) -> None:
        turn = self._turn
        candidate = next(self._candidates, None)
        if candidate is None:
            return

        def happens() -> None:
            if turn == self._turn:
                self._act(candidate)
                self._next()

        self._world.agenda.add(candidate[0], phase=self._phase, number=self._number(candidate), act=happens)


def _rows(*columns: np.ndarray) -> Iterator[Candidate]:
    """Go through columns row by row, a piece at a time (a whole year as Python numbers would not fit)."""
    for begin in range(0, len(columns[0]), _CHUNK):
        yield from zip(*(column[begin : begin + _CHUNK].tolist() for column in columns), strict=True)


class Needs:
    """The needs of people."""

    def __init__(self, world: World, history: History) -> None:
        needs = world.program.needs
        self._world = world
        self._history = history
        self._one_at_a_time: list[bool] = needs.one_at_a_time.tolist()
        self._choice: list[list[int]] = needs.choice.tolist()
        self._klass: list[int] = needs.klass.tolist()
        self._hash: list[int] = needs.hash.tolist()

    def begin(self) -> None:
        """Begin to read the candidates."""
        feed = Feed(
            self._world,
            self._candidates(),
            phase=agenda.NEEDS,
            number=lambda candidate: self._klass[candidate[1]],
        )
        feed.begin(self._comes)

    def _candidates(self) -> Iterator[Candidate]:
        for year in range(self._world.demand.years):
            found = self._world.demand.year(year)
            places = np.arange(len(found.second))
            self._world.folk.begins_year(len(places))
            yield from _rows(found.second, found.need, found.person, found.threshold, found.case, places)

    def _comes(self, candidate: Candidate) -> None:
        _, need, person, threshold, case, place = candidate
        people = self._world.people
        if not people.is_alive[person] or people.resident[person] is not None:
            return
        base = self._world.rates.need[need][people.segment[person]][people.home[person]]
        rate = self._world.schemes.effects.need_rate(need, base, person=person)
        if threshold >= base and threshold >= rate:
            return
        if self._one_at_a_time[need] and people.has_open(person, need):
            return
        if threshold < rate:
            self._happens(need, person, case=case, place=place, is_induced=threshold >= base)
        else:
            self._is_averted(need, person, place=place, base=base)

    def _happens(self, need: int, person: int, *, case: int, place: int, is_induced: bool) -> None:
        world = self._world
        segment, home = world.people.segment[person], world.people.home[person]
        world.folk.happens(
            need, segment=segment, home=home, place=place, is_induced=is_induced, now=world.agenda.now
        )
        self._history.counts(need, person)
        opened = world.new_case(id=case, person=person, klass=self._klass[need], need=need)
        choice = world.network.choices[self._choice[need][segment]]
        care.opens(
            world,
            opened,
            entry=world.schemes.effects.first_route(
                world,
                opened,
                on=ON_NEED_START,
                target=need,
                choice=choice,
                entry=choice.at(world.chance.uniform(case, self._hash[need], visit=0, draw=0)),
            ),
        )

    def _is_averted(self, need: int, person: int, *, place: int, base: float) -> None:
        world = self._world
        world.folk.is_averted(
            need,
            segment=world.people.segment[person],
            place=place,
            shares=world.schemes.effects.need_pulled_down(need, base, person=person),
            now=world.agenda.now,
        )
        world.note_person(log.AVERTED, person, number=0, klass=self._klass[need])


class Life:
    """Deaths, changes of segment, and people who come."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._dead = len(world.program.names.segments)

    def begin(self) -> None:
        """Begin to read the candidates."""
        Feed(self._world, self._candidates(), phase=agenda.LIFE, number=self._number).begin(self._comes)
        joiners = Feed(
            self._world, self._joiners(), phase=agenda.LIFE, number=lambda who: _AFTER_THE_LIVING + who[1]
        )
        joiners.begin(self._may_join)

    def _number(self, candidate: Candidate) -> int:
        return 0 if candidate[1] == self._dead else 1 + candidate[1]

    def _candidates(self) -> Iterator[Candidate]:
        for year in range(self._world.demand.years):
            found = self._world.demand.life(year)
            yield from _rows(found.second, found.target, found.person, found.threshold)

    def _joiners(self) -> Iterator[Candidate]:
        population = self._world.demand.population
        who = np.flatnonzero(population.candidate_second > 0)
        order = who[np.argsort(population.candidate_second[who], kind="stable")]
        yield from _rows(population.candidate_second[order], order, population.joins_threshold[order])

    def _may_join(self, candidate: Candidate) -> None:
        _, person, threshold = candidate
        segment = self._world.people.segment[person]
        base = self._world.rates.joiners[segment]
        if threshold < self._world.schemes.effects.joiner_rate(segment, base):
            self._world.people.joins(person)

    def _comes(self, candidate: Candidate) -> None:
        _, target, person, threshold = candidate
        people = self._world.people
        if not people.is_alive[person] or people.resident[person] is not None:
            return
        segment = people.segment[person]
        hazard = self._world.schemes.effects.hazard(
            segment, target, base=self._world.rates.hazard[segment][target], person=person
        )
        if threshold < hazard:
            people.changes(person, target)


class Referrals:
    """Arrivals with no population behind them."""

    def __init__(self, world: World) -> None:
        referrals = world.program.referrals
        self._world = world
        self._choice: list[int] = referrals.choice.tolist()
        self._klass: list[int] = referrals.klass.tolist()
        self._hash: list[int] = referrals.hash.tolist()
        self._found: ReferralCandidates | None = None
        self._feed: Feed | None = None

    def begin(self) -> None:
        """Begin to read the candidates."""
        self._feed = Feed(
            self._world,
            self._candidates(0),
            phase=agenda.NEEDS,
            number=lambda candidate: self._klass[candidate[1]],
        )
        self._feed.begin(self._comes)

    def widen(self, bound: Floats, *, second: int) -> None:
        """Go on from a second with the candidates for higher bounds."""
        self._found = self._world.demand.referrals_up_to(bound)
        if self._feed is not None:
            self._feed.goes_on_with(self._candidates(second))

    def _candidates(self, second: int) -> Iterator[Candidate]:
        found = self._world.demand.referrals() if self._found is None else self._found
        at = int(np.searchsorted(found.second, second))
        columns = (found.second, found.referral, found.layer, found.ordinal, found.threshold, found.batch)
        yield from _rows(*(column[at:] for column in columns))

    def _comes(self, candidate: Candidate) -> None:
        _, referral, layer, ordinal, threshold, batch = candidate
        world = self._world
        if threshold >= world.schemes.effects.referral_rate(referral, world.rates.referral[referral]):
            return
        choice = world.network.choices[self._choice[referral]]
        for place in range(batch):
            if not world.pools.gives(referral):
                return
            case = int(referral_case(self._hash[referral], layer, ordinal, place))
            opened = world.new_case(id=case, person=NOBODY, klass=self._klass[referral])
            care.opens(
                world,
                opened,
                entry=world.schemes.effects.first_route(
                    world,
                    opened,
                    on=ON_REFERRAL_START,
                    target=referral,
                    choice=choice,
                    entry=choice.at(world.chance.uniform(case, self._hash[referral], visit=0, draw=0)),
                ),
            )
