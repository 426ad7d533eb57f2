"""How surely a target is met: by Student's t over replications, by the share of draws where there are any."""

import numpy as np
import pytest

from simulator.analysis.seek.chances import by_student, share_of_draws, tried
from simulator.definition.seek import read_target


def test_with_two_replications_the_probability_is_that_of_cauchy() -> None:
    # One degree of freedom: F(t) = 1/2 + arctan(t)/π; mean 2, s/√n = 1, limit 3: t = 1.
    values = np.array([1.0, 3.0, np.nan])

    assert by_student(values, read_target("wait <= 3")) == pytest.approx(0.75)
    assert by_student(values, read_target("wait >= 3")) == pytest.approx(0.25)


def test_without_chance_a_target_is_met_or_not() -> None:
    assert by_student(np.array([0.5]), read_target("wait <= 50%")) == 1.0
    assert by_student(np.array([0.5]), read_target("wait >= 0.51")) == 0.0


def test_the_interval_of_a_wait_ends_at_nought() -> None:
    target = read_target("wait <= 3")

    found = tried(
        5, np.array([[0.0, 0.1]]), target=target, probability=0.9, is_drawn=False, ends=(0.0, np.inf)
    )

    assert found.low == 0.0
    assert found.high is not None
    assert found.high > 0.1


def test_of_draws_the_share_is_taken_whose_mean_meets_the_target() -> None:
    draws = np.array([[1.0, 2.0], [3.0, 5.0], [2.0, np.nan], [np.nan, np.nan]])

    assert share_of_draws(draws, read_target("wait <= 2")) == pytest.approx(2 / 3)
