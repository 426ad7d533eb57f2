"""The candidates of one calendar year in order, for needs and for life events."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import ABSENT, Floats, Ints, Program
from simulator.engines.candidate_columns import (
    cases_of,
    columns_of,
    ks_of,
    layers_of,
    people_of,
    seconds_of,
    thresholds_of,
)

Narrow = NDArray[np.uint8] | NDArray[np.uint16]
PIECE = 1 << 20


class Span(NamedTuple):
    """A calendar year by number, with its first second, the next year's, and the end of the run."""

    year: int
    start: int
    end: int
    run_end: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """What there are candidates for, in the order of ties.

    ``layers`` and ``bound`` (columns, segments) by present segment, the rest (columns).
    """

    layers: Ints
    bound: Floats
    purpose: Ints
    trait: Ints
    profile: Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidates:
    """Candidates of one calendar year in order. ``rows`` is what compiled code reads (see ``candidates``).

    ``person`` is a place in the population; ``threshold`` is a year. Each property makes its array anew.
    """

    rows: Ints
    span: Span

    def __len__(self) -> int:
        """Count the candidates."""
        return len(self.rows)

    @property
    def second(self) -> Ints:
        """When, by second and then in the order of ties."""
        return seconds_of(self.rows, self.span.start)

    @property
    def column(self) -> Ints:
        """For what."""
        return columns_of(self.rows)

    @property
    def person(self) -> Ints:
        """Whose."""
        return people_of(self.rows)

    @property
    def threshold(self) -> Floats:
        """From which intensity on it happens, a year."""
        return thresholds_of(self.rows)

    @property
    def layer(self) -> Ints:
        """Which layer of intensity."""
        return layers_of(self.rows)

    @property
    def k(self) -> Ints:
        """Which of its stream."""
        return ks_of(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class YearCandidates(Candidates):
    """Candidates for needs: by second, need, person, layer and k."""

    purpose: Ints
    address: Ints

    @property
    def need(self) -> Ints:
        """Which need."""
        return self.column

    def narrow_column(self) -> Narrow:
        """Make the column of needs in a byte each, or two where there are many needs."""
        is_wide = len(self.purpose) > 1 << 8
        found: Narrow = np.empty(len(self), np.uint16) if is_wide else np.empty(len(self), np.uint8)
        for begin in range(0, len(self), PIECE):
            found[begin : begin + PIECE] = columns_of(self.rows[begin : begin + PIECE])
        return found

    def chosen(self, places: Ints) -> "YearCandidates":
        """Give the candidates at these places alone."""
        return replace(self, rows=self.rows[places])

    @property
    def case(self) -> Ints:
        """Ids of the cases that they would open."""
        return cases_of(self.rows, self.address, self.purpose, self.span.year)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LifeCandidates(Candidates):
    """Candidates for deaths and changes of segment: by second, death first, segment, person, layer and k."""

    target_of: Ints

    @property
    def target(self) -> Ints:
        """To which segment; the number of segments for death."""
        return self.target_of[self.column]


def need_columns(program: Program) -> Columns:
    """Give the needs of a program as columns."""
    needs = program.needs
    return Columns(
        layers=needs.layers, bound=needs.bound, purpose=needs.hash, trait=needs.trait, profile=needs.profile
    )


def life_columns(program: Program) -> tuple[Columns, Ints]:
    """Give the life events of a program as columns, and the target of each: death, then segments by name."""
    people = program.people
    segments = len(people.segment_people)
    target = np.append(segments, np.arange(segments))
    none = np.full(len(target), ABSENT)
    columns = Columns(
        layers=people.hazard_layers.T[target],
        bound=people.hazard_bound.T[target],
        purpose=people.target_hash[target],
        trait=none,
        profile=none,
    )
    return columns, target
