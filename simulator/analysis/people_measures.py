"""Measures of people: how many in a segment, how many die."""

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.need_measures import segments_kept
from simulator.analysis.ratios import over
from simulator.analysis.reading import Reading
from simulator.experiment.measure_names import MeasureName
from simulator.units import SECONDS_A_YEAR

Floats = NDArray[np.float64]


def people_value(reading: Reading, name: MeasureName) -> float:
    """Read the mean number of people in a segment over the window."""
    segment = reading.frame.program.names.segments.index(name.subject)
    homes = reading.frame.homes(name.cuts)[:-1]
    return float(reading.observation.person_seconds[segment][homes].sum()) / reading.window_seconds


def people_series(reading: Reading, name: MeasureName) -> Floats | None:
    """Read the mean number of people in a segment by period of the window; ``None`` for cuts."""
    if name.cuts:
        return None
    segment = reading.frame.program.names.segments.index(name.subject)
    return over(reading.observation.people_series[reading.first :, segment], reading.frame.seconds)


def deaths_value(reading: Reading, name: MeasureName) -> float:
    """Read deaths a year, by hazard and in care, over the window."""
    deaths = reading.observation.death_series[reading.first :, segments_kept(reading, name)]
    return float(deaths.sum()) / reading.window_seconds * SECONDS_A_YEAR


def deaths_series(reading: Reading, name: MeasureName) -> Floats:
    """Read deaths a year by period of the window."""
    deaths = reading.observation.death_series[reading.first :, segments_kept(reading, name)]
    return over(deaths.sum(axis=1) * float(SECONDS_A_YEAR), reading.frame.seconds)
