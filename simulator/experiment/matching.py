"""The needs of two worlds matched: each that happened in one of them, or in both, counted once.

Worlds that read the same demand have the same candidates in the same order, and are compared place by place.
Worlds with other people are matched by case id, which says whose need it is and which.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.engines.demand import Demand
from simulator.engines.fates import FATES, count_fates, no_fates
from simulator.engines.records import (
    AVERTED,
    HAPPENED,
    INDUCED,
    Bytes,
    EnrolmentRecords,
    NeedRecords,
    PeopleRecords,
    Run,
)
from simulator.engines.year_candidates import Narrow

Ints = NDArray[np.int64]

_FATE = np.arange(FATES)
_HAPPENED, _INDUCED, _AVERTED = (_FATE & bit > 0 for bit in (HAPPENED, INDUCED, AVERTED))


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What is kept of one scenario's run for the next to be set beside, and the demand it was run on."""

    replication: int
    demand: Demand
    needs: NeedRecords
    people: PeopleRecords
    enrolments: EnrolmentRecords


def world(run: Run, demand: Demand) -> World:
    """Keep of a run what may be compared person by person and need by need; the rest is much larger."""
    return World(
        replication=run.replication,
        demand=demand,
        needs=run.needs,
        people=run.people,
        enrolments=run.enrolments,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """By need (N), over the window: what happened in each world, and what in one only.

    ``gone``: in the baseline only; ``gone_averted``: of them, those that an effect averted. ``new``: in the
    scenario only; ``new_induced``: of them, those that an effect induced.
    """

    baseline: Ints
    scenario: Ints
    gone: Ints
    gone_averted: Ints
    new: Ints
    new_induced: Ints


def match(baseline: World, other: World, *, needs: int) -> Matched:
    """Match the needs of a scenario with those of the baseline."""
    if baseline.demand is other.demand:
        return _matched(_by_place(baseline, other, needs=needs))
    return _matched(_by_id(baseline, other, needs=needs))


def _matched(counts: Ints) -> Matched:
    """Read off counts (N, FATES, FATES) of fates in the baseline and in the scenario."""
    here, there = counts[:, _HAPPENED].sum(axis=1), counts[:, :, _HAPPENED].sum(axis=2)
    gone, new = here[:, ~_HAPPENED], there[:, ~_HAPPENED]
    new_induced = counts[:, ~_HAPPENED][:, :, _INDUCED]
    return Matched(
        baseline=here.sum(axis=1),
        scenario=there.sum(axis=1),
        gone=gone.sum(axis=1),
        gone_averted=here[:, _AVERTED].sum(axis=1),
        new=new.sum(axis=1),
        new_induced=new_induced.sum(axis=(1, 2)),
    )


def _by_place(baseline: World, other: World, *, needs: int) -> Ints:
    """Count the fates of the candidates that both worlds have."""
    counts = no_fates(needs)
    for year, (one, two) in enumerate(zip(baseline.needs.fate, other.needs.fate, strict=True)):
        count_fates(baseline.demand.need_of(year), one, two, counts)
    return counts


def _by_id(baseline: World, other: World, *, needs: int) -> Ints:
    """Count the fates of the candidates of either world; what one world lacks came to nothing there."""
    counts = no_fates(needs)
    for year in sorted({*_years(baseline), *_years(other)}):
        here, there = _fated(baseline, year), _fated(other, year)
        ids = np.union1d(here.ids, there.ids)
        need = np.zeros(ids.size, dtype=np.uint16)
        fates = np.zeros((2, ids.size), dtype=np.uint8)
        for fate, world in zip(fates, (here, there), strict=True):
            place = np.searchsorted(ids, world.ids)
            need[place], fate[place] = world.need, world.fate
        count_fates(need, fates[0], fates[1], counts)
    return counts


class _Fated(NamedTuple):
    """Candidates of one calendar year that came to something, in no order."""

    ids: Ints
    need: Narrow
    fate: Bytes


def _years(world: World) -> range:
    """Give the calendar years of a world."""
    return range(world.demand.first_year, world.demand.first_year + len(world.needs.fate))


def _fated(world: World, year: int) -> _Fated:
    """Find the candidates that came to something in a calendar year."""
    if year not in _years(world):
        return _Fated(np.empty(0, np.int64), np.empty(0, np.uint8), np.empty(0, np.uint8))
    place = year - world.demand.first_year
    fate = world.needs.fate[place]
    fated = np.flatnonzero(fate)
    ids = world.demand.year(place).chosen(fated).case
    return _Fated(ids, world.demand.need_of(place)[fated], fate[fated])
