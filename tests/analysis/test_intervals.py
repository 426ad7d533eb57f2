"""Intervals cover as often as they say, and say so where there is nothing to say."""

from dataclasses import replace

import numpy as np
import pytest

from simulator.analysis.intervals import estimate, estimate_difference, estimate_level
from simulator.analysis.running import Running


@pytest.mark.parametrize(("low", "high", "share"), [("low", "high", 0.95), ("low_80", "high_80", 0.80)])
def test_intervals_cover_the_true_mean_as_often_as_they_say(low: str, high: str, share: float) -> None:
    samples = np.random.default_rng(11).normal(3.0, 2.0, (4_000, 6))

    found = [estimate(sample.tolist()) for sample in samples]

    covered = np.mean([getattr(one, low) <= 3.0 <= getattr(one, high) for one in found])
    assert covered == pytest.approx(share, abs=0.012)


def test_a_known_sample_has_the_interval_of_the_textbook() -> None:
    found = estimate([1.0, 2.0, 3.0, 4.0])

    assert (found.mean, found.n) == (2.5, 4)
    assert found.high - found.mean == pytest.approx(3.182446 * 1.290994 / 2, rel=1e-6)


def test_the_interval_of_a_level_ends_at_nought() -> None:
    plain, level = estimate([0.0, 0.0, 0.9]), estimate_level([0.0, 0.0, 0.9])

    assert plain.low < plain.low_80 < 0
    assert (level.low, level.low_80) == (0.0, 0.0)
    assert replace(level, low=plain.low, low_80=plain.low_80) == plain


def test_the_interval_of_a_share_ends_at_one_and_never_short_of_its_mean() -> None:
    assert estimate_level([0.7, 1.0, 1.0], most=1.0).high == 1.0
    assert estimate_level([0.7, 1.0, 1.0]).high > 1.0
    assert estimate_level([1.1, 1.1, 1.4], most=1.0).high == pytest.approx(1.2)


def test_the_interval_of_a_difference_is_left_as_it_is() -> None:
    assert estimate_difference([0.0, 0.0, 0.9], [0.0] * 3).low < 0


def test_one_replication_has_no_interval() -> None:
    found = estimate_difference([2.0], [1.0])

    assert (found.mean, found.low, found.high, found.n) == (1.0, None, None, 1)
    assert found.probability_of_reduction is None


def test_values_that_do_not_exist_are_left_out_in_pairs() -> None:
    found = estimate_difference([2.0, None, 5.0], [1.0, 1.0, None])

    assert (found.mean, found.n) == (1.0, 1)
    assert estimate([None, None]).mean is None


@pytest.mark.parametrize(("difference", "probability"), [(0.0, 0.0), (0.1, 0.0), (-0.1, 1.0)])
def test_differences_that_never_vary_are_certain(difference: float, probability: float) -> None:
    found = estimate_difference([difference] * 3, [0.0] * 3)

    assert (found.low, found.high) == (difference, difference)
    assert found.probability_of_reduction == probability


def test_the_probability_of_reduction_is_that_of_the_t_law() -> None:
    found = estimate_difference([-3.0, 1.0, -2.0, -1.5], [0.0] * 4)

    # One-sided p of scipy.stats.ttest_1samp(..., 0, alternative="less") is 0.1019.
    assert found.probability_of_reduction == pytest.approx(1 - 0.1019, abs=1e-3)


def test_many_intervals_at_once_equal_one_at_a_time() -> None:
    values = np.random.default_rng(3).normal(size=(5, 3))
    values[1, 2] = np.nan
    running = Running((3,))
    for row in values:
        running.add(row)

    for place in range(3):
        one = estimate([None if np.isnan(v) else float(v) for v in values[:, place]])
        assert running.mean()[place] == pytest.approx(one.mean)
        assert running.half_width()[place] == pytest.approx(one.high - one.mean)
