"""From reporting periods to months: each month is the mean of its periods, by the days they share."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from simulator.definition.targets_file import after
from simulator.units import SECONDS_A_DAY

Floats = NDArray[np.float64]


def month_weights(months: Sequence[date], *, first: date, seconds: NDArray[np.int64]) -> Floats:
    """Give the days (months, periods) that each month shares with each period, the first from ``first``."""
    closes = np.cumsum(seconds) / SECONDS_A_DAY
    opens = closes - seconds / SECONDS_A_DAY
    begins = np.array([(one - first).days for one in months], dtype=np.float64)
    ends = np.array([(after(one) - first).days for one in months], dtype=np.float64)
    shared = np.minimum(ends[:, None], closes) - np.maximum(begins[:, None], opens)
    return np.asarray(np.maximum(shared, 0.0))


def by_month(values: Floats, weights: Floats) -> Floats:
    """Give the mean of each month (months,) of values by period; periods without a value are left out."""
    there = np.isfinite(values)
    total = weights @ np.where(there, values, 0.0)
    days = weights @ there
    return np.asarray(np.divide(total, days, out=np.full(days.shape, np.nan), where=days > 0))
