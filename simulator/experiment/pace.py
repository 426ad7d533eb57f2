"""How long a run takes, seen from outside: somebody who passes progress on and looks at the clock."""

import time
from collections.abc import Callable

from simulator.experiment.progress import Progress, Readiness, at_once


class Paced:
    """Pass progress on, and time the runs from the end of the first on: that one may have been compiling."""

    def __init__(self, progress: Progress, clock: Callable[[], float] = time.monotonic) -> None:
        """Pass on to this."""
        self._progress = progress
        self._clock = clock
        self._seconds = 0.0
        self._runs = 0
        self._last: float | None = None

    @property
    def seconds_a_run(self) -> float | None:
        """Give the mean time between the ends of two runs; nothing before there are two."""
        return self._seconds / self._runs if self._runs else None

    def says(self, line: str) -> None:
        """Pass it on."""
        self._progress.says(line)

    def begins(self, runs: int, *, ready: Readiness = at_once) -> None:
        """Pass it on; what lies between two rounds of runs is no run's time."""
        self._last = None
        self._progress.begins(runs, ready=ready)

    def advances(self, runs: int) -> None:
        """Count runs and the time they took."""
        if runs:
            now = self._clock()
            if self._last is not None:
                self._seconds += now - self._last
                self._runs += runs
            self._last = now
        self._progress.advances(runs)

    def waits(self) -> None:
        """Pass it on."""
        self._progress.waits()

    def ends(self) -> None:
        """Pass it on."""
        self._progress.ends()
