"""Measures of the whole: cases that leave it, and how long they were in it."""

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.ratios import Ratio
from simulator.analysis.reading import Reading
from simulator.experiment.measure_names import MeasureName
from simulator.units import SECONDS_A_DAY

CASES, CASE_SECONDS = range(2)

RATIOS = {
    "exits_per_day": Ratio(top=(CASES,), times=SECONDS_A_DAY),
    "time_in_system_mean_days": Ratio(top=(CASE_SECONDS,), bottom=(CASES,), times=1 / SECONDS_A_DAY),
}


def system_value(reading: Reading, name: MeasureName) -> float:
    """Read a measure of the whole over the window."""
    total = reading.observation.exit_series[reading.first :].sum(axis=0)
    return float(RATIOS[name.family].of(total, np.asarray(reading.window_seconds)))


def system_series(reading: Reading, name: MeasureName) -> NDArray[np.float64]:
    """Read a measure of the whole by period of the window."""
    return RATIOS[name.family].of(reading.observation.exit_series[reading.first :], reading.frame.seconds)
