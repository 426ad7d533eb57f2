"""Differences judged together: Holm's procedure, as worked by hand, and its chance of a false find."""

import numpy as np
import pytest
from scipy.stats import t

from simulator.analysis.holm import by_measure, together

N = np.full(3, 10)
ONES = np.ones(3)


def p_of(mean: float) -> float:
    return 2 * t.sf(abs(mean) * 10**0.5, 9)


def test_probabilities_are_multiplied_by_those_left_and_never_fall() -> None:
    means = np.array([0.9, -1.2, 0.85])

    found = together(means, ONES, n=N)

    first, second, third = p_of(1.2) * 3, p_of(0.9) * 2, p_of(0.85)
    assert found.p == pytest.approx([max(first, second), first, max(first, second, third)])
    assert found.family == 3


def test_an_interval_leaves_out_nought_exactly_where_a_difference_is_told() -> None:
    random = np.random.default_rng(3)
    for _ in range(200):
        found = together(random.normal(0, 1, 6), np.ones(6), n=np.full(6, 8))

        assert np.array_equal((found.low > 0) | (found.high < 0), found.p <= 0.05)


def test_what_is_told_alone_may_not_be_told_among_others() -> None:
    means = np.array([0.75, 0.1, 0.0])
    assert p_of(0.75) < 0.05 < 3 * p_of(0.75)

    found = together(means, ONES, n=N)

    assert found.low[0] < 0 < found.high[0]
    assert found.high[0] - found.low[0] == pytest.approx(2 * t.ppf(1 - 0.05 / 6, 9) / 10**0.5)


def test_what_comes_after_one_that_is_not_told_is_not_told_either() -> None:
    means = t.isf(np.array([0.020, 0.021, 0.9]) / 2, 9) / 10**0.5
    assert 2 * p_of(means[1]) < 0.05 < 3 * p_of(means[0])

    found = together(means, ONES, n=N)

    assert (found.low < 0).all()
    assert (found.p > 0.05).all()


def test_one_difference_has_its_plain_interval() -> None:
    found = together(np.array([1.0]), np.array([2.0]), n=np.array([5]))

    half = t.ppf(0.975, 4) * 2 / 5**0.5
    assert [found.low[0], found.high[0]] == pytest.approx([1 - half, 1 + half])


def test_a_false_find_among_many_is_rare() -> None:
    random = np.random.default_rng(11)
    values = random.normal(0, 1, (2000, 12, 10))

    found = by_measure(values.mean(axis=2).T, values.std(axis=2, ddof=1).T, n=np.full((12, 2000), 10))

    # Twelve null differences a study: 5% of studies find one, give or take three standard errors.
    assert (found.p <= 0.05).any(axis=0).mean() == pytest.approx(0.05, abs=3 * (0.05 * 0.95 / 2000) ** 0.5)


def test_what_a_single_replication_shows_is_in_no_family() -> None:
    found = together(np.array([1.0, 2.0]), np.array([np.nan, 1.0]), n=np.array([1, 9]))

    assert np.isnan([found.low[0], found.high[0], found.p[0]]).all()
    assert found.family == 1


def test_what_is_the_same_in_every_replication_is_certain() -> None:
    found = together(np.array([0.0, 3.0]), np.zeros(2), n=np.full(2, 4))

    assert found.p.tolist() == [1.0, 0.0]
    assert (found.low[1], found.high[1]) == (3.0, 3.0)
