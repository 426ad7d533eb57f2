"""Demand: all that people could come to need, and all who could be referred, the same in every scenario.

Drawn once for a replication and read by all its scenarios. A candidate happens if the present intensity
exceeds its threshold; the order is that of time, and within a second that of need name, person, layer and
k.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, partial

import numpy as np

from simulator.compiler.layers import layers_of
from simulator.compiler.program import Floats, Ints, Program
from simulator.engines.demand_sharing import merged
from simulator.engines.lives import Ways, live
from simulator.engines.population import NEVER, Key, Population, draw_population
from simulator.engines.reach import closures
from simulator.engines.referrals import ReferralCandidates, draw_referrals
from simulator.engines.traits import fresh_scores, next_scores, read_factors
from simulator.engines.turns import with_room
from simulator.engines.year_candidates import (
    Columns,
    LifeCandidates,
    Narrow,
    Span,
    YearCandidates,
    life_columns,
    need_columns,
)
from simulator.engines.year_pace import Clock
from simulator.engines.year_rows import Reaching, draw_rows

KEPT_BYTES = 160_000_000


class Demand:
    """The demand of one replication of a program, or of several programs that share it.

    Years are counted from the calendar year that contains second 0. Years are drawn when they are asked
    for; the first ones are kept, as many as fit into ``KEPT_BYTES``, for the next scenario.
    """

    def __init__(self, program: Program, *, seed: int, replication: int) -> None:
        self._key = Key(seed, replication)
        program = self._program = with_room(program, self._key)
        self._kept: dict[int, YearCandidates] = {}
        self._need_of: dict[int, Narrow] = {}
        self._further: dict[bytes, ReferralCandidates] = {}
        self._lives: list[Ints] = []
        self._sets: list[Ints] = []
        self._scores: dict[int, tuple[int, Floats]] = {}
        calendar, profiles = program.calendar, program.profiles
        self._clock: Clock = (
            profiles.day_start,
            profiles.day_weight,
            profiles.border_first,
            profiles.border_second,
            profiles.border_integral,
            int(calendar.year_start_second[0]),
        )

    @classmethod
    def for_programs(cls, programs: Sequence[Program], *, seed: int, replication: int) -> "Demand":
        """Draw what covers all of some programs; raises ``ValueError`` where they cannot share one demand."""
        key = Key(seed, replication)
        whole = merged([with_room(one, key) for one in programs])
        return cls(replace(whole, swings=None), seed=seed, replication=replication)

    @cached_property
    def population(self) -> Population:
        """Everybody of the run, joiners included."""
        return draw_population(self._program, self._key)

    @property
    def address(self) -> Ints:
        """Addresses (people)."""
        return self.population.address

    @property
    def segment(self) -> Ints:
        """First segments (people)."""
        return self.population.segment

    @property
    def home(self) -> Ints:
        """Homes (people)."""
        return self.population.home

    @cached_property
    def joins_second(self) -> Ints:
        """When each joins: 0 on the first day, -1 for candidates above the joiners a year as stated.

        Where something changes the joiners a year, ask ``population`` for seconds and thresholds of all
        candidates.
        """
        population = self.population
        rate = self._program.people.joiners[population.segment]
        comes = (population.candidate_second == 0) | (population.joins_threshold < rate)
        return np.where(comes, population.candidate_second, NEVER)

    @property
    def first_year(self) -> int:
        """Which calendar year contains second 0."""
        return self._program.calendar.first_year

    @property
    def years(self) -> int:
        """How many calendar years the run touches."""
        starts = self._program.calendar.year_start_second
        return int(np.count_nonzero(starts[:-1] < self._program.calendar.end_second))

    def year(self, place: int) -> YearCandidates:
        """Give the candidates for needs of a calendar year of the run, in order."""
        if place in self._kept:
            return self._kept[place]
        columns, span = need_columns(self._program), self._span(place)
        sets, everybody = self._sets_by_end_of(place), np.arange(len(self.address))
        found = YearCandidates(
            rows=self._rows(everybody, sets, columns=columns, span=span, factor=self._factors(place)),
            span=span,
            purpose=columns.purpose,
            address=self.address,
        )
        if place not in self._need_of:
            self._need_of[place] = found.narrow_column()
        if sum(kept.rows.nbytes for kept in self._kept.values()) + found.rows.nbytes <= KEPT_BYTES:
            self._kept[place] = found
        return found

    def need_of(self, place: int) -> Narrow:
        """Give the need of each candidate of a calendar year; kept for every year once drawn."""
        if place not in self._need_of:
            self.year(place)
        return self._need_of[place]

    def life(self, place: int) -> LifeCandidates:
        """Give the candidates for deaths and changes of segment of a calendar year of the run, in order."""
        self._sets_by_end_of(place)
        _, target = life_columns(self._program)
        return LifeCandidates(rows=self._lives[place], span=self._span(place), target_of=target)

    def referrals(self) -> ReferralCandidates:
        """Give the candidates of referrals of the whole run, in order."""
        return self._referrals

    def referrals_up_to(self, bound: Floats) -> ReferralCandidates:
        """Give the candidates of referrals for higher bounds (referrals): those known, and further ones.

        What is drawn for a bound is kept: the scenarios of a replication ask for much the same.
        """
        mine = self._program.referrals
        higher = np.maximum(mine.bound, bound)
        key = higher.tobytes()
        if key not in self._further:
            wider = replace(mine, bound=higher, layers=np.maximum(mine.layers, layers_of(higher)))
            program = replace(self._program, referrals=wider)
            self._further[key] = draw_referrals(program, self._key, clock=self._clock)
        return self._further[key]

    def trait_factor(self, trait: int, place: int) -> Floats:
        """Give everybody's factor of a trait in a calendar year of the run."""
        found = np.empty(len(self.address))
        read_factors(self._program.people.trait_scores[trait], self._score(trait, place), found)
        return found

    @cached_property
    def _referrals(self) -> ReferralCandidates:
        return draw_referrals(self._program, self._key, clock=self._clock)

    def _factors(self, place: int) -> Floats:
        traits = len(self._program.people.trait_hash)
        found = np.empty((traits, len(self.address)))
        for trait in range(traits):
            found[trait] = self.trait_factor(trait, place)
        return found

    def _score(self, trait: int, place: int) -> Floats:
        people, first_year = self._program.people, self._program.calendar.first_year
        purpose, persistence = int(people.trait_hash[trait]), float(people.trait_persistence[trait])
        known, scores = self._scores.get(trait, (place + 1, np.empty(0)))
        if known > place:
            known, scores = 0, fresh_scores(self._key, self.address, purpose=purpose, year=first_year)
        while known < place:
            known += 1
            fresh = fresh_scores(self._key, self.address, purpose=purpose, year=first_year + known)
            scores = next_scores(scores, fresh, persistence=persistence)
        self._scores[trait] = known, scores
        return scores

    def _span(self, place: int) -> Span:
        calendar = self._program.calendar
        start, end = calendar.year_start_second[place : place + 2].tolist()
        return Span(calendar.first_year + place, start, end, calendar.end_second)

    def _sets_by_end_of(self, place: int) -> Ints:
        """Follow everybody's life to the end of a year: the segments (bits) that each can have been in."""
        people = self._program.people
        columns, target = life_columns(self._program)
        ways = Ways(target, closures(people.route_reach), people.hazard_bound)
        nothing = np.empty((0, len(self.address)))
        while len(self._lives) <= place:
            begins = self._sets[-1] if self._sets else ways.closure[self.segment]
            span = self._span(len(self._lives))
            draw = partial(self._rows, columns=columns, span=span, factor=nothing)
            rows, ends = live(begins, ways, draw=draw)
            self._lives.append(rows)
            self._sets.append(ends)
        return self._sets[place]

    def _rows(self, who: Ints, sets: Ints, *, columns: Columns, span: Span, factor: Floats) -> Ints:
        address, joins = self.population.address, self.population.candidate_second
        if len(who) < len(address):
            address, joins = address[who], joins[who]
        people = Reaching(who, address, joins, sets)
        return draw_rows(columns, span, key=self._key, people=people, factor=factor, clock=self._clock)
