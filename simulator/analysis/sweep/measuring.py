"""The measures of a run, read where it is run: a sweep keeps these numbers and drops all else."""

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.measures import VALUES
from simulator.analysis.reading import Frame, Reading, frame
from simulator.compiler.program import Program
from simulator.experiment.measure_names import MeasureName
from simulator.experiment.observation import Observation
from simulator.experiment.sweep.plan import Plan
from simulator.experiment.sweep.results import SweepResults

Floats = NDArray[np.float64]


@dataclass(slots=True)
class Measuring:
    """Read these measures off an observation; each thread remembers the frame of the last program it met."""

    names: Sequence[MeasureName]
    _last: threading.local = field(default_factory=threading.local)

    def __call__(self, observation: Observation, program: Program) -> Floats:
        """Give the measures in order; not-a-number where there is nothing to measure."""
        reading = Reading(observation, self._frame(program))
        found = (float(VALUES[name.family](reading, name)) for name in self.names)
        return np.array([one if math.isfinite(one) else math.nan for one in found])

    def _frame(self, program: Program) -> Frame:
        known: Frame | None = getattr(self._last, "frame", None)
        if known is None or known.program is not program:
            known = self._last.frame = frame(program)
        return known

    def __reduce__(self) -> tuple[type["Measuring"], tuple[Sequence[MeasureName]]]:
        """Go to another process without what a thread remembers."""
        return Measuring, (self.names,)


def names_of(results: SweepResults) -> tuple[MeasureName, ...]:
    """Give the measures of a sweep, read."""
    return names_in(results.plan)


def names_in(plan: Plan) -> tuple[MeasureName, ...]:
    """Give the measures of a plan, read."""
    measures = plan.measures
    assert isinstance(measures, Measuring)
    return tuple(measures.names)
