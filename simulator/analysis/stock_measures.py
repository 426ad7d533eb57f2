"""Measures of stocks that people met in a run: what there was of them, and what there is at the end."""

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.reading import Reading
from simulator.experiment.measure_names import MeasureName

Floats = NDArray[np.float64]


def stock_value(reading: Reading, name: MeasureName) -> float:
    """Read a measure of a stock: its mean over the exchanges of the window, or as the last one left it."""
    seen = reading.observation
    table = seen.stock_mean if name.what == "mean" else None
    if name.what == "at_end" and seen.stock_series is not None:
        table = seen.stock_series[-1]
    place = _place(reading, name)
    return float("nan") if table is None or place is None else float(table[place])


def stock_series(reading: Reading, name: MeasureName) -> Floats | None:
    """Read a stock by period of the window: as it was at the first exchange not before each close."""
    series, place = reading.observation.stock_series, _place(reading, name)
    if series is None or place is None or name.what != "mean":
        return None
    return np.asarray(series[reading.first :, place])


def _place(reading: Reading, name: MeasureName) -> int | None:
    exchange = reading.frame.program.exchange
    names = () if exchange is None else exchange.stocks
    return names.index(name.subject) if name.subject in names else None
