"""Real numbers are added up by the readable engine as the compiled one does."""

import math

import numpy as np

from simulator.engines.network.kernels.going import in_all
from simulator.engines.sums import one_by_one

# What is lost by rounding after each is 2 of 2, and the last bit.
LOSING = ([1.0, 1e100, 1.0, -1e100], [1 - 0.8, 1 - 0.1, 1 - 0.9])


def test_numbers_added_one_by_one_are_added_as_a_kernel_adds_them() -> None:
    for values in LOSING:
        assert one_by_one(values) == in_all(np.array(values)) != math.fsum(values)


def test_nothing_adds_up_to_nought() -> None:
    assert one_by_one([]) == 0.0
