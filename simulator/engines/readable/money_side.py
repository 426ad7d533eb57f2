"""What is asked of the readable engine for the books of its months, and changed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.accounts.month import Totals
from simulator.compiler.program import Floats, Ints
from simulator.engines import records as fields

if TYPE_CHECKING:
    from simulator.engines.readable.world import World


class MoneySide:
    """The readable engine's side of the months."""

    def __init__(self, world: World) -> None:
        self._world = world

    def totals(self) -> Totals:
        """Give what the run has added up since it began."""
        world, now = self._world, self._world.agenda.now
        area, enrolments = world.schemes.so_far(now)
        return Totals(
            second=now,
            starts=self._by_row(fields.STARTS),
            place_seconds=self._by_row(fields.ACTIVE_AREA) + self._by_row(fields.KEPT_AREA),
            needs=world.folk.all_needs_so_far(),
            alive=world.folk.alive_so_far(now),
            enrolled=np.array(area, dtype=np.int64),
            enrolments=np.array(enrolments, dtype=np.int64),
        )

    def set_strength(self, intervention: int, strength: Floats) -> None:
        """Set the strength of an intervention in each of its weeks, the present one included."""
        self._world.schemes.is_driven(intervention, strength)

    def _by_row(self, what: int) -> Ints:
        found = np.zeros(self._world.program.rows, dtype=np.int64)
        for row, value in self._world.activities.so_far(what, now=self._world.agenda.now).items():
            found[row] = value
        return found
