"""The moments at which something changes of itself, and what it is multiplied by from each on.

What multiplies capacities is known before a run begins and becomes part of its list of changes; rates and
times drawn turn at their seconds, in phase 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from simulator.compiler.layers import layers_of, widened
from simulator.compiler.program import NO_LIMIT, Floats, Ints, Program, Resources
from simulator.compiler.swing_arrays import OF_CAPACITY, OF_DURATIONS, OF_JOINERS, OF_NEEDS, OF_REFERRALS
from simulator.engines.population import Key
from simulator.engines.swings import Swing, draw_shocks, draw_swings


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Multipliers from each of ``second`` (T, the first 0) on: of needs (T, N), referrals (T, Q), durations
    (T, A), joiners (T, S) and capacities (T, R)."""

    second: Ints
    of: tuple[Floats, ...]

    @property
    def turning(self) -> Ints:
        """List the seconds after 0 at which a rate or a duration changes."""
        seconds = [self.second[1:][(np.diff(one, axis=0) != 0).any(axis=1)] for one in self.of[:OF_CAPACITY]]
        found: Ints = np.unique(np.concatenate(seconds))
        return found

    def at(self, second: int) -> int:
        """Give the row that holds at a second."""
        return int(np.searchsorted(self.second, second, side="right")) - 1


def draw_turns(program: Program, key: Key) -> Turns | None:
    """Draw what changes of itself in a replication; nothing where nothing does."""
    return turns_of(program, draw_swings(program, key))


def turns_of(program: Program, swings: Sequence[Swing]) -> Turns | None:
    """Put multipliers together: those of one thing are multiplied."""
    if not swings:
        return None
    seconds = np.unique(np.concatenate([np.zeros(1, np.int64), *(one.second for one in swings)]))
    second = seconds[(seconds >= 0) & (seconds < max(program.calendar.end_second, 1))]
    names = program.names
    sizes = (names.needs, names.referrals, names.activities, names.segments, names.resources)
    of = tuple(np.ones((len(second), len(one))) for one in sizes)
    for one in swings:
        of[one.of][:, one.target] *= one.at(second)
    return Turns(second=second, of=of)


def with_turns(program: Program, turns: Turns | None) -> Program:
    """Give a program with the capacities that are left: the nearest whole number of places."""
    if turns is None or (turns.of[OF_CAPACITY] == 1.0).all():
        return program
    resources = program.resources
    lines = [line_of(resources, turns, resource=one) for one in range(len(resources.capacity))]
    later = np.concatenate([np.insert(line[1:], 1, one, axis=1) for one, line in enumerate(lines)])
    later = later[np.lexsort((later[:, 1], later[:, 0]))]
    changed = replace(
        resources,
        capacity=np.array([line[0, 1] for line in lines], dtype=np.int64),
        change_second=later[:, 0].copy(),
        change_resource=later[:, 1].copy(),
        change_capacity=later[:, 2].copy(),
    )
    return replace(program, resources=changed)


def line_of(resources: Resources, turns: Turns, *, resource: int) -> Ints:
    """Give the places of a resource over the run: rows of a second and the places from then on."""
    mine, factor = resources.change_resource == resource, turns.of[OF_CAPACITY][:, resource]
    begins = np.append(0, resources.change_second[mine])
    places = np.append(resources.capacity[resource], resources.change_capacity[mine])
    if (factor == 1.0).all():
        return np.stack([begins, places], axis=1)
    seconds = np.unique(np.concatenate([begins, turns.second]))
    here = places[np.searchsorted(begins, seconds, side="right") - 1]
    times = factor[np.searchsorted(turns.second, seconds, side="right") - 1]
    left = np.where(here == NO_LIMIT, NO_LIMIT, np.floor(here * times + 0.5).astype(np.int64))
    differs = np.diff(left, prepend=left[0] - 1) != 0
    found: Ints = np.stack([seconds, left], axis=1)[differs]
    return found


def with_room(program: Program, key: Key) -> Program:
    """Give a program the layers and bounds of candidates that its shocks of a replication ask for.

    They are known before candidates are drawn, so that no more are made than this replication needs. Trends
    are in the bounds of the program.
    """
    turns = turns_of(program, draw_shocks(program, key))
    if turns is None:
        return program
    needs = np.maximum(turns.of[OF_NEEDS].max(axis=0), 1.0)
    referrals = np.maximum(turns.of[OF_REFERRALS].max(axis=0), 1.0)
    need_bound = program.needs.bound * widened(needs)[:, None]
    referral_bound = program.referrals.bound * widened(referrals)
    return replace(
        program,
        needs=replace(
            program.needs,
            bound=need_bound,
            layers=np.maximum(program.needs.layers, layers_of(need_bound)),
        ),
        referrals=replace(
            program.referrals,
            bound=referral_bound,
            layers=np.maximum(program.referrals.layers, layers_of(referral_bound)),
        ),
    )


class Levers(Protocol):
    """What turns in an engine."""

    def set_need(self, need: int, rates: Floats) -> None:
        """Set the rates a year of a need, by segment and home."""

    def set_referral(self, referral: int, rate: float) -> None:
        """Set the rate a year of a referral."""

    def set_joiners(self, segment: int, rate: float) -> None:
        """Set the rate a year at which people join a segment."""

    def set_duration(self, activity: int, times: float) -> None:
        """Set what times drawn at an activity are multiplied by from now on."""


class Turner:
    """Sets rates and durations of a run to what they have come to."""

    def __init__(self, program: Program, turns: Turns, *, levers: Levers) -> None:
        self._program, self._turns, self._levers = program, turns, levers
        self._is_moved = [(one != 1.0).any(axis=0) for one in turns.of]
        times = program.needs.locality_times[:, program.people.home_locality]
        self._needs = program.needs.rate[:, :, None] * times[:, None, :]

    def turns(self, second: int) -> None:
        """Set all that anything ever moves to its value at a second."""
        row, levers = self._turns.at(second), self._levers
        factor = [one[row] for one in self._turns.of]
        for need in self._moved(OF_NEEDS):
            levers.set_need(need, self._needs[need] * factor[OF_NEEDS][need])
        for referral in self._moved(OF_REFERRALS):
            rate = float(self._program.referrals.rate[referral])
            levers.set_referral(referral, rate * float(factor[OF_REFERRALS][referral]))
        for segment in self._moved(OF_JOINERS):
            rate = float(self._program.people.joiners[segment])
            levers.set_joiners(segment, rate * float(factor[OF_JOINERS][segment]))
        for activity in self._moved(OF_DURATIONS):
            levers.set_duration(activity, float(factor[OF_DURATIONS][activity]))

    def _moved(self, of: int) -> list[int]:
        found: list[int] = np.flatnonzero(self._is_moved[of]).tolist()
        return found
