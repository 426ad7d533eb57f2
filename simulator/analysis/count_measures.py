"""Measures of daily counts at a clock time: mean, spread and the whole distribution."""

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.reading import Reading
from simulator.experiment.measure_names import MeasureName

CENTILES = {"p90": 0.90, "p95": 0.95}

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def count_value(reading: Reading, name: MeasureName) -> float:
    """Read a measure of a count over the days of the window.

    A centile is the least count that this share of days does not exceed.
    """
    days = daily_counts(reading, name.subject)
    if days.size == 0 or (name.what == "sd" and days.size < 2):
        return float("nan")
    if name.what == "mean":
        return float(days.mean())
    if name.what == "sd":
        return float(days.std(ddof=1))
    return float(np.quantile(days, CENTILES[name.what], method="inverted_cdf"))


def daily_counts(reading: Reading, count: str) -> Ints:
    """Give each day's count."""
    return reading.observation.count_days[:, reading.frame.program.names.counts.index(count)]


def distribution(days: Ints, most: int) -> tuple[Floats, Floats]:
    """Give P(n) and P(n) ÷ P(≤ n) for n from nought to ``most``.

    The second is the chance that an arrival finds n places all taken (Monks et al. 2016, BMC Health
    Services Research 16:530), and not-a-number while nothing that small was counted.
    """
    share = np.bincount(days, minlength=most + 1) / max(days.size, 1)
    below = np.cumsum(share)
    return share, np.divide(share, below, out=np.full(share.size, np.nan), where=below > 0)
