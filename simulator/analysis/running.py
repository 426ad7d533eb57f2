"""Means and intervals of many values at once, one replication after another."""

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.intervals import student

Floats = NDArray[np.float64]


class Running:
    """Running mean and spread of an array of values; not-a-number is left out, value by value.

    Welford (1962), Technometrics 4:419: stable, and the same whatever else is computed beside it.
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        """Begin with no replication."""
        self._count = np.zeros(shape, dtype=np.int64)
        self._mean = np.zeros(shape)
        self._squares = np.zeros(shape)

    def add(self, values: Floats) -> None:
        """Take in one replication."""
        there = ~np.isnan(values)
        self._count += there
        step = np.where(there, values - self._mean, 0.0)
        self._mean += step / np.maximum(self._count, 1)
        self._squares += step * np.where(there, values - self._mean, 0.0)

    def mean(self) -> Floats:
        """Give the means; not-a-number where no replication had a value."""
        return np.where(self._count > 0, self._mean, np.nan)

    def half_width(self) -> Floats:
        """Give half the width of the 95% t-interval; not-a-number with fewer than two replications."""
        half = np.full(self._count.shape, np.nan)
        for count in np.unique(self._count).tolist():
            if count >= 2:
                here = self._count == count
                half[here] = student(count, 0.95) * np.sqrt(self._squares[here] / (count - 1) / count)
        return half
