"""What an equation drives without bounds: more demand is drawn as its level rises.

A candidate that was not drawn moves no other, so what happens does not depend on how far was drawn before.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from simulator.compiler.exchange_arrays import Exchange as Arrays
from simulator.compiler.program import Program
from simulator.engines.exchange_levers import PeopleSide
from simulator.errors import RunFailed
from simulator.units import SECONDS_A_DAY, SECONDS_A_YEAR

# How much higher than a level that has risen too high demand is drawn then.
HEADROOM = 2.0
MOST_A_DAY = 10_000_000


class Openings:
    """How far demand is drawn for each drive, ``high``; it grows only where nothing bounds a drive."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self._open: list[int] = np.flatnonzero(arrays.drive_is_open).tolist()
        self.high: list[float] = arrays.high.tolist()

    def copy(self) -> Openings:
        """Give a copy that grows apart."""
        found = Openings(self._arrays)
        found.high = list(self.high)
        return found

    def floored(self, levels: list[float]) -> list[float]:
        """Give the levels; one without bounds that is below nought is nought, as a flow would be."""
        for drive in self._open:
            if levels[drive] < 0.0:
                levels[drive] = 0.0
        return levels

    def rise(self, levels: list[float], *, when: Callable[[], str]) -> bool:
        """Reach further where a level is too high; say whether any is. Fails where it is beyond bounds."""
        too_high = [drive for drive in self._open if not levels[drive] <= self.high[drive]]
        for drive in too_high:
            a_day = levels[drive] * float(self._arrays.drive_unit[drive]) * SECONDS_A_DAY / SECONDS_A_YEAR
            if not math.isfinite(a_day) or a_day > MOST_A_DAY:
                name = self._arrays.drive_names[drive]
                raise RunFailed(
                    f"{name}: came to {a_day:,.0f} a day {when()}; {MOST_A_DAY:,} are the most. See why what "
                    "'rate_from' says grows so."
                )
            self.high[drive] = HEADROOM * levels[drive]
        return bool(too_high)

    def carry_on(self, program: Program, side: PeopleSide, *, second: int) -> None:
        """Let the side draw its demand as far as is reached by now; effects raise a bound in proportion."""
        risen = [drive for drive in self._open if self.high[drive] > self._arrays.high[drive]]
        if not risen:
            return
        bound = program.referrals.bound.copy()
        for drive in risen:
            referral = int(self._arrays.drive_target[drive])
            bound[referral] *= self.high[drive] / float(self._arrays.high[drive])
        side.widen_referrals(bound, second=second)
