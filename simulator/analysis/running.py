"""Means and intervals of many values at once, one replication after another."""

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.doubt import chance_in, half_of_mean
from simulator.analysis.student import students

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
        return np.asarray(students(self._count, 0.95) * np.sqrt(self.variance_of_mean()))


class RunningDraws(Running):
    """Running mean and spread of draws' means, each over the replications it had.

    The interval is that of a normal law with the draws' mean and spread, the chance within a draw taken out,
    and never narrower than that of their mean: to keep every draw of every measure in every period, for
    their centiles, would take gigabytes.
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
        between = self.variance()
        left = between - chance_in(between, np.nan_to_num(self._chance.mean()))
        of_mean = half_of_mean(between, draws=self._count, share=0.95)
        return np.asarray(np.maximum(NORMAL_95 * np.sqrt(left), of_mean))
