"""The candidates of one calendar year, drawn and put in order, for needs and for life events."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from simulator.compiler.program import ABSENT, Floats, Ints, Program
from simulator.engines.candidates import (
    CANDIDATE,
    FULL,
    MOST_LAYERS,
    SECONDS_A_YEAR,
    Candidates,
    Clock,
    cases,
    expected_number,
    generate,
    layers_of,
)
from simulator.engines.day_order import in_order
from simulator.engines.population import Key, Population
from simulator.engines.profile_time import profile_seconds
from simulator.errors import RunFailed


class Span(NamedTuple):
    """A calendar year in seconds of the run: its number, its first second, the next year's, and the end of the run."""

    year: int
    start: int
    end: int
    run_end: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """What there are candidates for, in the order of ties: ``layers`` (columns, segments), the rest (columns)."""

    layers: Ints
    purpose: Ints
    trait: Ints
    profile: Ints


@dataclass(frozen=True, kw_only=True, eq=False)
class YearCandidates:
    """Candidates for needs, by second, need, person, layer and k. ``rows`` is what compiled code reads.

    ``person`` is a place in the population; ``threshold`` is a year; ``case`` the id of the case that it
    would open.
    """

    rows: Candidates
    year: int
    purpose: Ints
    address: Ints

    def __len__(self) -> int:
        """Count the candidates."""
        return len(self.rows)

    @property
    def second(self) -> Ints:
        """When."""
        return self.rows["second"]

    @property
    def need(self) -> Ints:
        """Which need."""
        return self.rows["column"]

    @property
    def person(self) -> Ints:
        """Whose."""
        return self.rows["person"]

    @property
    def threshold(self) -> Floats:
        """From which intensity on it happens, a year."""
        return self.rows["threshold"]

    @property
    def k(self) -> Ints:
        """Which of its stream."""
        return self.rows["k"]

    @cached_property
    def layer(self) -> Ints:
        """Which layer of intensity."""
        return layers_of(self.rows)

    @cached_property
    def case(self) -> Ints:
        """Ids of the cases."""
        return cases(self.rows, self.address, self.purpose, self.year)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LifeCandidates:
    """Candidates for deaths and changes of segment, by second, death first, segment, person, layer and k."""

    rows: Candidates
    target_of: Ints

    def __len__(self) -> int:
        """Count the candidates."""
        return len(self.rows)

    @property
    def second(self) -> Ints:
        """When."""
        return self.rows["second"]

    @property
    def target(self) -> Ints:
        """To which segment; the number of segments for death."""
        return self.target_of[self.rows["column"]]

    @property
    def person(self) -> Ints:
        """Whose."""
        return self.rows["person"]

    @property
    def threshold(self) -> Floats:
        """From which hazard on it happens, a year."""
        return self.rows["threshold"]


def need_columns(program: Program) -> Columns:
    """Give the needs of a program as columns."""
    needs = program.needs
    return Columns(layers=needs.layers, purpose=needs.hash, trait=needs.trait, profile=needs.profile)


def life_columns(program: Program) -> tuple[Columns, Ints]:
    """Give the life events of a program as columns, and the target of each: death, then segments by name."""
    people = program.people
    segments = len(people.segment_people)
    target = np.append(segments, np.arange(segments))
    none = np.full(len(target), ABSENT)
    layers = np.ascontiguousarray(people.hazard_layers.T[target])
    return Columns(layers=layers, purpose=people.target_hash[target], trait=none, profile=none), target


def draw_rows(
    columns: Columns, span: Span, *, key: Key, population: Population, factor: Floats, clock: Clock
) -> Candidates:
    """Draw the candidates of a year and put them in order; raises ``RunFailed`` where rates are past all use."""
    if span.start >= span.run_end or not columns.layers.any():
        return np.empty(0, CANDIDATE)
    if columns.layers.max() > MOST_LAYERS:
        raise RunFailed(f"rates above {2 ** (MOST_LAYERS - 2):,} a year for one person cannot be run.")
    expected = expected_number(
        columns.layers, columns.trait, factor, population.segment, years_in_run(columns, span, clock)
    )
    room = int(expected + 8.0 * expected**0.5) + 1000
    while True:
        rows = np.empty(room, CANDIDATE)
        size = generate(
            rows,
            key,
            span,
            columns.layers,
            columns.purpose,
            columns.trait,
            factor,
            columns.profile,
            population.address,
            population.segment,
            population.candidate_second,
            clock,
        )
        if size >= 0:
            break
        if size != FULL:
            raise RunFailed(
                "somebody has more than 65,536 candidates for one need in a year; rates are too high."
            )
        room *= 2
    found = np.empty(size, CANDIDATE)
    in_order(rows[:size], found, span.start)
    return found


def years_in_run(columns: Columns, span: Span, clock: Clock) -> Floats:
    """Give, for each column, the profile time of a calendar year that lies in the run, in years."""
    start, end = float(max(span.start, 0)), float(min(span.end, span.run_end))
    return np.array(
        [
            (profile_seconds(*clock, profile, end) - profile_seconds(*clock, profile, start)) / SECONDS_A_YEAR
            for profile in columns.profile.tolist()
        ]
    )
