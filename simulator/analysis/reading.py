"""One observation with what is needed to read it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import Program
from simulator.engines.records import WAIT_BINS
from simulator.experiment.layout import Layout, groups_kept, homes_kept, layout
from simulator.experiment.measure_names import Cut
from simulator.experiment.observation import Observation
from simulator.experiment.window import Periods, periods
from simulator.units import SECONDS_A_DAY

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Frame:
    """What the observations of one scenario have in common: its program, rows and periods."""

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

    def groups(self, cuts: tuple[Cut, ...]) -> Flags:
        """Say which groups the cuts keep (G)."""
        kept = np.ones(self.layout.segment.size, dtype=np.bool_)
        for cut in cuts:
            kept &= groups_kept(self.layout, dimension=_recorded(cut.dimension), index=self.index(cut))
        return kept

    def homes(self, cuts: tuple[Cut, ...]) -> Flags:
        """Say which homes the cuts keep (H + 1)."""
        kept = np.ones(self.layout.locality.size, dtype=np.bool_)
        for cut in cuts:
            kept &= homes_kept(self.layout, dimension=cut.dimension, index=self.index(cut))
        return kept

    def index(self, cut: Cut) -> int:
        """Give the index of a cut's value; -2, which nothing has, where this scenario lacks it."""
        if cut.dimension == "quintile":
            return int(cut.value)
        names = {
            "segment": self.program.names.segments,
            "class": self.program.names.classes,
            "need": self.program.names.classes,
            "locality": self.program.names.localities,
        }[cut.dimension]
        return names.index(cut.value) if cut.value in names else -2


@dataclass(frozen=True)
class Reading:
    """An observation in its frame."""

    observation: Observation
    frame: Frame

    @cached_property
    def window_seconds(self) -> int:
        """Seconds of the window."""
        return self.frame.periods.window_seconds

    @cached_property
    def first(self) -> int:
        """Give the first period of the window."""
        return self.frame.periods.first

    def rows(self, activity: int, cuts: tuple[Cut, ...]) -> Flags:
        """Say which entries of ``activity_row`` belong to an activity (any, if negative) and the cuts."""
        return self._kept(self.observation.activity_row, activity, cuts=cuts)

    def waits(self, activity: int, cuts: tuple[Cut, ...]) -> Ints:
        """Count the waits of an activity by bin."""
        seen = self.observation
        kept = self._kept(seen.wait_row, activity, cuts=cuts)
        counts = np.zeros(WAIT_BINS, dtype=np.int64)
        np.add.at(counts, seen.wait_bin[kept], seen.wait_count[kept])
        return counts

    def _kept(self, row: Ints, activity: int, *, cuts: tuple[Cut, ...]) -> Flags:
        rows = self.frame.layout
        kept = self.frame.groups(cuts)[rows.group[row]] & self.frame.homes(cuts)[rows.home[row]]
        return np.asarray(kept if activity < 0 else kept & (rows.activity[row] == activity))


def frame(program: Program) -> Frame:
    """Frame the observations of a scenario."""
    return Frame(program=program, layout=layout(program), periods=periods(program.calendar))


def _recorded(dimension: str) -> str:
    """Name the dimension a cut is recorded by: a need is the class its cases begin with."""
    return "class" if dimension == "need" else dimension
