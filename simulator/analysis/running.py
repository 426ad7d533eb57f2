"""Means and intervals of many values at once, one replication after another."""

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.student import student

Floats = NDArray[np.float64]
NORMAL_95 = 1.959963984540054


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

    def variance(self) -> Floats:
        """Give the variance between values; not-a-number with fewer than two."""
        return np.where(self._count > 1, self._squares / np.maximum(self._count - 1, 1), np.nan)

    def variance_of_mean(self) -> Floats:
        """Give the variance of the mean; not-a-number with fewer than two values."""
        return self.variance() / np.maximum(self._count, 1)

    def half_width(self) -> Floats:
        """Give half the width of the 95% t-interval; not-a-number with fewer than two replications."""
        half = np.full(self._count.shape, np.nan)
        for count in np.unique(self._count).tolist():
            if count >= 2:
                here = self._count == count
                half[here] = student(count, 0.95) * np.sqrt(self._squares[here] / (count - 1) / count)
        return half


class RunningDraws(Running):
    """Running mean and spread of draws' means, each over the replications it had.

    The interval is that of a normal law with the draws' mean and spread, the chance within a draw taken out:
    to keep every draw of every measure in every period, for their centiles, would take gigabytes.
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        """Begin with no draw."""
        super().__init__(shape)
        self._chance = Running(shape)

    def add_draw(self, draw: Running) -> None:
        """Take in one draw."""
        self.add(draw.mean())
        self._chance.add(draw.variance_of_mean())

    def half_width(self) -> Floats:
        """Give half the width of the 95% interval of the draws; not-a-number with fewer than two."""
        chance = self._chance.mean()
        left = self.variance() - np.where(np.isnan(chance), 0.0, chance)
        return np.asarray(NORMAL_95 * np.sqrt(np.maximum(left, 0.0)))
