"""One observation with what is needed to read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulator.accounts.books import Books
from simulator.analysis.settled import Settled
from simulator.compiler.program import Program
from simulator.engines.records import WAIT_BINS
from simulator.experiment.layout import Layout, groups_kept, homes_kept, layout
from simulator.experiment.measure_names import Cut, family_of
from simulator.experiment.observation import Observation
from simulator.experiment.window import Periods, periods
from simulator.units import SECONDS_A_DAY

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


Cuts = tuple[Cut, ...]


@dataclass(frozen=True)
class Frame:
    """What the observations of one scenario have in common: its program, rows and periods.

    What was asked once is kept, here and in a ``Reading``: thousands of measures ask for the same few cuts.
    """

    program: Program
    layout: Layout
    periods: Periods

    @property
    def seconds(self) -> Ints:
        """Length of each period of the window."""
        return self.periods.seconds[self.periods.first :]

    @property
    def window_starts(self) -> date:
        """Give the first day that counts."""
        calendar = self.program.calendar
        return date.fromordinal(calendar.first_day + calendar.warm_up_seconds // SECONDS_A_DAY)

    def groups(self, cuts: Cuts) -> Flags:
        """Say which groups the cuts keep (G)."""
        if cuts not in self._groups:
            kept = np.ones(self.layout.segment.size, dtype=np.bool_)
            for cut in cuts:
                kept &= groups_kept(self.layout, dimension=_recorded(cut.dimension), index=self.index(cut))
            self._groups[cuts] = kept
        return self._groups[cuts]

    def homes(self, cuts: Cuts) -> Flags:
        """Say which homes the cuts keep (H + 1)."""
        if cuts not in self._homes:
            kept = np.ones(self.layout.locality.size, dtype=np.bool_)
            for cut in cuts:
                kept &= homes_kept(self.layout, dimension=cut.dimension, index=self.index(cut))
            self._homes[cuts] = kept
        return self._homes[cuts]

    def rows(self, activity: int) -> tuple[int, int]:
        """Give the first record row of an activity, and the first of the next one."""
        first, last = np.searchsorted(self.layout.activity, (activity, activity + 1))
        return int(first), int(last)

    @cached_property
    def members(self) -> Mapping[str, list[int]]:
        """Give the resources that each name means: one, or all that came from one ``each``."""
        found: dict[str, list[int]] = {}
        for index, name in enumerate(self.program.names.resources):
            for meant in {name, family_of(name)}:
                found.setdefault(meant, []).append(index)
        return found

    def index(self, cut: Cut) -> int:
        """Give the index of a cut's value; -2, which nothing has, where this scenario lacks it."""
        if cut.dimension == "quintile":
            return int(cut.value)
        names = {
            "segment": self.program.names.segments,
            "class": self.program.names.classes,
            "need": self.program.names.classes,
            "locality": self.program.names.localities,
            "site": self.program.names.homes,
        }[cut.dimension]
        return names.index(cut.value) if cut.value in names else -2

    @cached_property
    def _groups(self) -> dict[Cuts, Flags]:
        return {}

    @cached_property
    def _homes(self) -> dict[Cuts, Flags]:
        return {}


@dataclass(frozen=True)
class Reading:
    """An observation in its frame; ``settled`` where the model has contracts.

    ``books`` and those of the baseline, ``plan``, where the model has money or wards beyond activity cost.
    """

    observation: Observation
    frame: Frame
    settled: Settled | None = None
    books: Books | None = None
    plan: Books | None = None

    @cached_property
    def window_seconds(self) -> int:
        """Seconds of the window."""
        return self.frame.periods.window_seconds

    @cached_property
    def first(self) -> int:
        """Give the first period of the window."""
        return self.frame.periods.first

    def rows(self, cuts: Cuts) -> Flags:
        """Say which entries of ``activity_row`` belong to the cuts."""
        return self._kept(self.observation.activity_row, cuts)

    def total(self, activity: int, cuts: Cuts) -> Ints:
        """Add up the fields of an activity over the window."""
        if (activity, cuts) not in self._totals:
            mine = self._of_activity(self.observation.activity_row, activity)
            kept = self._kept(self.observation.activity_row[mine], cuts)
            self._totals[activity, cuts] = self.observation.activity_total[mine][kept].sum(axis=0)
        return self._totals[activity, cuts]

    def waits(self, activity: int, cuts: Cuts) -> Ints | Floats:
        """Count the waits of an activity by bin."""
        if (activity, cuts) not in self._waits:
            seen = self.observation
            mine = self._of_activity(seen.wait_row, activity)
            kept = self._kept(seen.wait_row[mine], cuts)
            weights = seen.wait_count[mine][kept]
            counts = np.bincount(seen.wait_bin[mine][kept], weights=weights, minlength=WAIT_BINS)
            is_whole = np.issubdtype(weights.dtype, np.integer)
            self._waits[activity, cuts] = np.asarray(counts, np.int64) if is_whole else counts
        return self._waits[activity, cuts]

    @cached_property
    def _totals(self) -> dict[tuple[int, Cuts], Ints]:
        return {}

    @cached_property
    def _waits(self) -> dict[tuple[int, Cuts], Ints | Floats]:
        return {}

    def _of_activity(self, row: Ints, activity: int) -> slice:
        """Find the stretch of an ascending list of rows that belongs to an activity."""
        first, last = self.frame.rows(activity)
        begin, end = np.searchsorted(row, (first, last))
        return slice(int(begin), int(end))

    def _kept(self, row: Ints, cuts: Cuts) -> Flags:
        rows = self.frame.layout
        return np.asarray(self.frame.groups(cuts)[rows.group[row]] & self.frame.homes(cuts)[rows.home[row]])


def frame(program: Program) -> Frame:
    """Frame the observations of a scenario."""
    return Frame(program=program, layout=layout(program), periods=periods(program.calendar))


def _recorded(dimension: str) -> str:
    """Name the dimension a cut is recorded by: a need is the class its cases begin with."""
    return "class" if dimension == "need" else dimension
