"""Measures of clocks: spans that a standard is about, stopped and still open. Times in days."""

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.bins import centile
from simulator.analysis.ratios import over
from simulator.analysis.reading import Reading
from simulator.experiment.measure_names import MeasureName
from simulator.units import SECONDS_A_DAY

CENTILES = {"p50": 0.50, "p92": 0.92, "p95": 0.95}


def clock_value(reading: Reading, name: MeasureName) -> float:
    """Read a measure of a clock: of those stopped in the window, or still open on its Mondays."""
    seen, clock = reading.observation, reading.frame.program.names.clocks.index(name.subject)
    groups, homes = reading.frame.groups(name.cuts), reading.frame.homes(name.cuts)
    if name.what in CENTILES:
        return centile(seen.clock_bins[clock][groups].sum(axis=0), CENTILES[name.what]) / SECONDS_A_DAY
    if name.what == "open_over":
        return float(seen.open_over_sum[_target(reading, name)] / seen.open_readings)
    kept = np.ix_(groups, homes)
    stopped = seen.clock_stopped[clock][kept].sum()
    if name.what == "mean":
        return float(over(seen.clock_seconds[clock][kept].sum(), stopped)) / SECONDS_A_DAY
    return float(over(seen.clock_within[_target(reading, name)][kept].sum(), stopped))


def clock_series(reading: Reading, name: MeasureName) -> NDArray[np.float64] | None:
    """Read a measure of a clock by period of the window; ``None`` for centiles and cuts."""
    if name.what in CENTILES or name.cuts:
        return None
    seen, clock = reading.observation, reading.frame.program.names.clocks.index(name.subject)
    stopped = seen.clock_series[reading.first :, clock, 0]
    if name.what == "mean":
        return over(seen.clock_series[reading.first :, clock, 1] / SECONDS_A_DAY, stopped)
    if name.what == "within":
        return over(seen.within_series[reading.first :, _target(reading, name)], stopped)
    return seen.open_over[reading.first :, _target(reading, name)].astype(np.float64)


def _target(reading: Reading, name: MeasureName) -> int:
    """Find the row of a clock's target."""
    clocks = reading.frame.program.clocks
    clock = reading.frame.program.names.clocks.index(name.subject)
    first, last = clocks.target_first[clock : clock + 2]
    return int(first) + list(map(int, clocks.target_seconds[first:last])).index(int(name.seconds or 0))
