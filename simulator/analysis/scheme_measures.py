"""Measures of interventions: how many are enrolled, and what the scheme itself costs, in pounds a year."""

import numpy as np
from numpy.typing import NDArray

from simulator.accounts.scheme_cost import ENROLMENTS, PLACES, SET_UP
from simulator.analysis.money_measures import PENCE_A_POUND
from simulator.analysis.ratios import over
from simulator.analysis.reading import Reading
from simulator.experiment.measure_names import MeasureName
from simulator.units import SECONDS_A_YEAR

Floats = NDArray[np.float64]

KINDS_OF_COST = {
    "resources_per_year": (SET_UP, PLACES, ENROLMENTS),
    "set_up_per_year": (SET_UP,),
    "places_per_year": (PLACES,),
    "enrolments_per_year": (ENROLMENTS,),
}


def intervention_value(reading: Reading, name: MeasureName) -> float:
    """Read the mean number enrolled, or pounds a year, over the window; nought where it is off."""
    return float(_amounts(reading, name).sum()) / reading.window_seconds


def intervention_series(reading: Reading, name: MeasureName) -> Floats:
    """Read the mean number enrolled, or pounds a year, by period of the window."""
    return over(_amounts(reading, name), reading.frame.seconds)


def _amounts(reading: Reading, name: MeasureName) -> Floats:
    """Give person-seconds enrolled, or pounds × seconds a year, by period of the window."""
    on, seen = reading.frame.program.names.interventions, reading.observation
    if name.subject not in on:
        return np.zeros(reading.frame.seconds.size)
    place = on.index(name.subject)
    if name.what not in KINDS_OF_COST:
        return seen.enrolled_series[reading.first :, place].astype(np.float64)
    kinds = list(KINDS_OF_COST[name.what])
    pence = seen.scheme_series[reading.first :, place, kinds].sum(axis=1)
    return np.asarray(pence * (SECONDS_A_YEAR / PENCE_A_POUND))
