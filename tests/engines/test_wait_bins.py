"""Bins of waits against whole-number arithmetic: bin b holds the seconds with 2^(b-1) <= seconds^16 < 2^b."""

import numpy as np
import pytest

from simulator.engines.records import WAIT_BINS
from simulator.engines.wait_bins import wait_bin


def first_second(bin: int) -> int:
    """Find the least whole number of seconds whose sixteenth power is not below 2^(bin - 1)."""
    low, high = 0, 1 << 33
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if middle**16 >= 1 << (bin - 1) else (middle + 1, high)
    return low


def exact_bin(seconds: int) -> int:
    """Return the bin by whole numbers alone: the number of binary digits of the sixteenth power."""
    return min((seconds**16).bit_length(), WAIT_BINS - 1)


def test_every_border_between_bins_is_exact() -> None:
    borders = [first_second(bin) for bin in range(1, WAIT_BINS)]

    for seconds in borders:
        assert wait_bin(seconds) == exact_bin(seconds)
        assert wait_bin(seconds - 1) == exact_bin(seconds - 1)
    assert wait_bin(borders[-1]) == WAIT_BINS - 1 > wait_bin(borders[-1] - 1)


def test_every_wait_of_a_day_is_in_its_bin() -> None:
    assert all(wait_bin(seconds) == exact_bin(seconds) for seconds in range(86_401))


@pytest.mark.parametrize("seconds", [(1 << 31) + 1, 1 << 33, (1 << 53) + 1, (1 << 63) - 1])
def test_waits_beyond_the_bins_are_in_the_last(seconds: int) -> None:
    assert wait_bin(seconds) == exact_bin(seconds)


def test_no_wait_is_in_bin_nought() -> None:
    assert wait_bin(0) == wait_bin(-5) == 0


def test_bins_are_the_same_uncompiled() -> None:
    plain = wait_bin.py_func if hasattr(wait_bin, "py_func") else wait_bin

    for seconds in np.random.default_rng(1).integers(1, 1 << 33, 2_000).tolist():
        assert plain(seconds) == wait_bin(seconds)
