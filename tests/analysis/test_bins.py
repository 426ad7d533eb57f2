"""Centiles and shares from bins stay within a bin's width of the exact ones."""

import math

import numpy as np
import pytest

from simulator.analysis.bins import centile, share_over
from simulator.engines.records import WAIT_BINS


def binned(seconds: np.ndarray) -> np.ndarray:
    counts = np.zeros(WAIT_BINS, dtype=np.int64)
    for second in seconds.tolist():
        counts[0 if second == 0 else math.floor(16 * math.log2(second)) + 1] += 1
    return counts


@pytest.fixture
def waits() -> np.ndarray:
    rng = np.random.default_rng(5)
    return np.where(rng.random(20_000) < 0.3, 0, rng.lognormal(8, 1.2, 20_000).astype(int) + 1)


@pytest.mark.parametrize("share", [0.5, 0.9, 0.92, 0.95])
def test_centiles_from_bins_are_near_the_exact_ones(waits: np.ndarray, share: float) -> None:
    assert centile(binned(waits), share) == pytest.approx(np.quantile(waits, share), rel=0.01)


@pytest.mark.parametrize("seconds", [60, 3_600, 14_400, 40_000])
def test_shares_over_a_time_are_near_the_exact_ones(waits: np.ndarray, seconds: int) -> None:
    assert share_over(binned(waits), seconds) == pytest.approx(np.mean(waits > seconds), abs=0.005)


def test_those_who_did_not_wait_are_counted_as_nought() -> None:
    waits = np.array([0, 0, 0, 100])

    assert centile(binned(waits), 0.5) == 0
    assert share_over(binned(waits), 0) == 0.25


def test_nobody_has_no_centile() -> None:
    assert math.isnan(centile(binned(np.zeros(0, dtype=int)), 0.5))
    assert math.isnan(share_over(binned(np.zeros(0, dtype=int)), 60))
