"""Consequences: what befalls a person because they were in an activity, or were kept in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.compiler.program import Program
from simulator.engines.readable.case import NOBODY, Case, Stay
from simulator.units import SECONDS_A_DAY

if TYPE_CHECKING:
    from simulator.engines.readable.world import World


class Consequences:
    """What may befall people on leaving each activity, and how many it befell by period, segment and home."""

    def __init__(self, program: Program) -> None:
        written = program.consequences
        self._rows: dict[int, list[int]] = {}
        self._closed: list[np.ndarray] = []
        count = 0 if written is None else len(written.of)
        self._befallen = np.zeros(
            (count, len(program.names.segments), len(program.names.homes)), dtype=np.int64
        )
        if written is None:
            return
        for row, activity in enumerate(written.activity.tolist()):
            self._rows.setdefault(activity, []).append(row)
        self._chance: list[list[float]] = written.chance.tolist()
        self._per_day: list[bool] = written.per_day.tolist()
        self._becomes: list[int] = written.becomes.tolist()
        self._hash: list[int] = written.hash.tolist()

    def befall(self, world: World, case: Case, *, stay: Stay) -> None:
        """Let what may follow a stay that is being left befall its person, if alive.

        Chances are of the case's group in that stay. Who is already what it makes of people is not befallen.
        """
        if case.person == NOBODY or not world.people.is_alive[case.person]:
            return
        kept = world.agenda.now - stay.ready if stay.ready >= 0 else 0
        for row in self._rows.get(stay.activity, ()):
            chance = self._chance[row][stay.group]
            if self._per_day[row]:
                chance = chance * (kept / SECONDS_A_DAY)
            u = world.chance.uniform(case.id, self._hash[row], visit=stay.visit, draw=0)
            person = case.person
            if u < chance and world.people.segment[person] != self._becomes[row]:
                self._befallen[row, world.people.segment[person], world.people.home[person]] += 1
                if self._becomes[row] >= 0:
                    world.people.becomes(person, self._becomes[row])

    def close(self) -> None:
        """Close a period."""
        self._closed.append(self._befallen)
        self._befallen = np.zeros_like(self._befallen)

    def table(self) -> np.ndarray:
        """Return how many it befell (periods, K, S, H)."""
        return np.array(self._closed, dtype=np.int64).reshape(len(self._closed), *self._befallen.shape)
