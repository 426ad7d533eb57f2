"""A series by reporting period of one world becomes years: a period over a year's end is divided.

By time what the baseline has too; what differs from it in the period in which the two begin to differ, by the
time that they differ in each year. Nothing differs before a scheme begins, so nothing of it is in that year.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulator.analysis.reading import Reading
from simulator.analysis.yearly import ALWAYS, Floats, Span, year_shares

Read = Callable[[Reading], np.ndarray]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverYears:
    """``years`` and ``during`` (Y, periods) are the part of each period that lies in each year, of all and of
    what differs from ``usual``, the baseline's."""

    reading: Reading
    usual: Reading | None
    years: Floats
    during: Floats

    def of(self, read: Read) -> Floats:
        """Give a series (periods, …) by year (Y, …)."""
        mine = np.asarray(read(self.reading), dtype=np.float64)
        found = np.tensordot(self.years, mine, axes=1)
        if self.usual is not None:
            differs = mine - read(self.usual)
            found = found + np.tensordot(self.during - self.years, differs, axes=1)
        return np.asarray(found)


def over_years(reading: Reading, *, usual: Reading | None, ends: Floats, since: float) -> OverYears:
    """Divide the periods of a window by years that end at ``ends``; it differs from ``usual`` from ``since``
    on, a second of the window."""
    seconds = reading.frame.seconds
    years = year_shares(seconds, ends)
    during = year_shares(seconds, ends, during=differing(since))
    is_same = usual is None or np.array_equal(years, during)
    return OverYears(reading=reading, usual=None if is_same else usual, years=years, during=during)


def differing(since: float) -> Span:
    """Give the part of a window in which two worlds differ: always, where from before it on."""
    return ALWAYS if since <= 0 else (since, float("inf"))
