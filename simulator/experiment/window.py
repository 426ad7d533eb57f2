"""Which reporting periods count, and how long each is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """The reporting periods of a run: ``first`` after warm-up; ``seconds`` (periods) their lengths."""

    first: int
    seconds: NDArray[np.int64]

    @property
    def window_seconds(self) -> int:
        """Seconds from the end of warm-up to the end of the run."""
        return int(self.seconds[self.first :].sum())


def periods(calendar: Calendar) -> Periods:
    """Read the reporting periods off a calendar."""
    closes = calendar.period_close_second
    return Periods(
        first=int(np.searchsorted(closes, calendar.warm_up_seconds, side="right")),
        seconds=np.diff(closes, prepend=0).astype(np.int64),
    )
