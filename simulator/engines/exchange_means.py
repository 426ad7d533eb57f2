"""The mean level of what only money asks for, period by period: driven prices change no event."""

from __future__ import annotations

import numpy as np

from simulator.compiler.exchange_arrays import DRIVES_COST, Floats
from simulator.compiler.program import Program


class Means:
    """Sums over time of the levels of driven prices, by period and drive, up to now."""

    def __init__(self, program: Program) -> None:
        assert program.exchange is not None
        self._closes = program.calendar.period_close_second
        self._opens = np.concatenate([[0], self._closes[:-1]])
        self._drives: list[int] = np.flatnonzero(program.exchange.drive_of == DRIVES_COST).tolist()
        self._sums: Floats = np.zeros((len(self._closes), len(self._drives)))

    def copy(self) -> Means:
        """Give a copy that grows apart."""
        found = Means.__new__(Means)
        found._closes, found._opens, found._drives = self._closes, self._opens, self._drives
        found._sums = self._sums.copy()
        return found

    def held(self, levels: list[float], *, since: int, until: int) -> None:
        """Add levels that have held from one second to another."""
        if self._drives and until > since:
            overlap = np.minimum(self._closes, until) - np.maximum(self._opens, since)
            mine = np.array([levels[drive] for drive in self._drives])
            self._sums += np.maximum(overlap, 0)[:, None] * mine

    def of_periods(self) -> Floats:
        """Give the mean of each period (periods, driven prices)."""
        return np.asarray(self._sums / (self._closes - self._opens)[:, None])
