"""Measures of consequences: how many people they befell."""

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.need_measures import segments_kept
from simulator.analysis.ratios import over
from simulator.analysis.reading import Reading
from simulator.experiment.measure_names import MeasureName
from simulator.units import SECONDS_A_YEAR

Floats = NDArray[np.float64]


def consequence_value(reading: Reading, name: MeasureName) -> float:
    """Read how many a consequence befell a year over the window."""
    rows = _rows(reading, name)
    kept = rows[:, :, segments_kept(reading, name)][..., reading.frame.homes(name.cuts)[:-1]]
    return float(kept.sum()) / reading.window_seconds * SECONDS_A_YEAR


def consequence_series(reading: Reading, name: MeasureName) -> Floats | None:
    """Read how many a consequence befell a year by period of the window; ``None`` for cuts."""
    if name.cuts:
        return None
    by_period = _rows(reading, name).sum(axis=(1, 2, 3))
    return over(by_period * float(SECONDS_A_YEAR), reading.frame.seconds)


def _rows(reading: Reading, name: MeasureName) -> Floats:
    """Give the counts (periods, rows, S, H) of a consequence; none where this scenario lacks it."""
    written, befallen = reading.frame.program.consequences, reading.observation.befallen
    if written is None or befallen is None or name.subject not in written.names:
        shape = reading.observation.person_seconds.shape
        return np.zeros((len(reading.frame.seconds), 0, *shape))
    chosen = written.of == written.names.index(name.subject)
    return np.asarray(befallen[reading.first :, chosen], np.float64)
