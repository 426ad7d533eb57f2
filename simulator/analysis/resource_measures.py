"""Measures of resources: how full, how often full, how many wait."""

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.ratios import Ratio
from simulator.analysis.reading import Reading
from simulator.engines.records import (
    AVAILABLE_AREA,
    FULL_AREA,
    OPEN_AREA,
    OVERTIME_AREA,
    QUEUE_AREA,
    RESOURCE_KEPT_AREA,
    TURNING_AREA,
    USED_AREA,
)
from simulator.experiment.measure_names import MeasureName

RATIOS = {
    "occupancy_mean": Ratio(top=(USED_AREA,), bottom=(AVAILABLE_AREA,)),
    "in_use_mean": Ratio(top=(USED_AREA,)),
    "kept_mean": Ratio(top=(RESOURCE_KEPT_AREA,)),
    "turnaround_mean": Ratio(top=(TURNING_AREA,)),
    "queue_mean": Ratio(top=(QUEUE_AREA,)),
    # Of the places available, those neither in use nor turning round; overtime is use beyond them.
    "free_share": Ratio(
        top=(AVAILABLE_AREA, OVERTIME_AREA), less=(USED_AREA, TURNING_AREA), bottom=(AVAILABLE_AREA,)
    ),
    "full_share": Ratio(top=(FULL_AREA,), bottom=(OPEN_AREA,)),
}


def resource_value(reading: Reading, name: MeasureName) -> float:
    """Read a measure of a resource, or of all that came from one ``each``, over the window."""
    records = _records(reading, name.subject)
    return float(RATIOS[name.what].of(records.sum(axis=0), np.asarray(reading.window_seconds)))


def resource_series(reading: Reading, name: MeasureName) -> NDArray[np.float64]:
    """Read a measure of a resource by period of the window."""
    return RATIOS[name.what].of(_records(reading, name.subject), reading.frame.seconds)


def _records(reading: Reading, subject: str) -> NDArray[np.int64]:
    """Add up the records (periods, fields) of the resources meant."""
    meant = reading.frame.members.get(subject, [])
    return np.asarray(reading.observation.resource_series[reading.first :, meant].sum(axis=1))
