"""Measures of needs: how many happened, and how many an intervention averted, a year."""

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.ratios import over
from simulator.analysis.reading import Reading
from simulator.experiment.measure_names import MeasureName
from simulator.units import SECONDS_A_YEAR

FIELDS = {"per_year": 0, "induced_per_year": 1, "displaced_per_year": 2}


def need_value(reading: Reading, name: MeasureName) -> float:
    """Read a measure of a need over the window, in needs a year."""
    need = reading.frame.program.names.needs.index(name.subject)
    if name.cuts:
        count = _of_cuts(reading, name, need=need)
    else:
        count = float(_by_period(reading, name, need=need).sum())
    return count / reading.window_seconds * SECONDS_A_YEAR


def need_series(reading: Reading, name: MeasureName) -> NDArray[np.float64] | None:
    """Read a measure of a need by period of the window, in needs a year; ``None`` for cuts."""
    if name.cuts:
        return None
    need = reading.frame.program.names.needs.index(name.subject)
    return over(_by_period(reading, name, need=need) * float(SECONDS_A_YEAR), reading.frame.seconds)


def segments_kept(reading: Reading, name: MeasureName) -> NDArray[np.bool_]:
    """Say which segments the cuts keep."""
    kept = np.ones(len(reading.frame.program.names.segments), dtype=np.bool_)
    for cut in name.cuts:
        if cut.dimension == "segment":
            kept &= np.arange(kept.size) == reading.frame.index(cut)
    return kept


def _of_cuts(reading: Reading, name: MeasureName, *, need: int) -> float:
    """Count over the window those whom the cuts keep; what is averted is kept by segment alone."""
    seen, segments = reading.observation, segments_kept(reading, name)
    if name.what == "averted_per_year":
        return float(seen.need_averted[need][segments].sum())
    counted = (seen.need_happened, seen.need_induced, seen.need_displaced)[FIELDS[name.what]]
    return float(counted[need][np.ix_(segments, reading.frame.homes(name.cuts)[:-1])].sum())


def _by_period(reading: Reading, name: MeasureName, *, need: int) -> NDArray[np.float64]:
    """Count by period of the window."""
    if name.what == "averted_per_year":
        return np.asarray(reading.observation.averted_series[reading.first :, need].sum(axis=1))
    return reading.observation.need_series[reading.first :, need, FIELDS[name.what]].astype(np.float64)
