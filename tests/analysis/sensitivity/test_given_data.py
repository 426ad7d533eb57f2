"""Shares from runs made for nothing else: right of what is known, nought of what does nothing."""

import numpy as np

from simulator.analysis.sensitivity.given_data import basis_of, ranks, shares_of
from simulator.analysis.sensitivity.information import partial_information, perfect_information
from simulator.analysis.sensitivity.two_levels import share_of_parameters
from simulator.analysis.sweep.sensitivity import known_mean

RNG = np.random.default_rng(20250401)


def test_shares_of_a_sum_are_those_of_its_parts() -> None:
    a, b, c = RNG.normal(size=(3, 4000))
    y = 3 * a + 4 * b + 0 * c

    shares = [float(shares_of(x, y).share) for x in (a, b, c)]

    # Var 9 + 16; a cubic of a normal's rank holds 99% of the normal. Standard error of a share: 0.011.
    np.testing.assert_allclose(shares, [9 / 25, 16 / 25, 0], atol=0.05)


def test_swing_is_between_the_tenth_and_ninetieth_centile() -> None:
    a = RNG.permutation((np.arange(500) + 0.5) / 500)
    found = shares_of(a, np.stack([10 * a, 7 + 0 * a], axis=-1))

    np.testing.assert_allclose(found.swing, [8.0, 0.0], atol=0.02)
    np.testing.assert_allclose(found.at_low, [1.0, 7.0], atol=0.02)


def test_what_does_nothing_is_found_by_chance_as_often_as_said() -> None:
    """1,000 idle values at 5%: 50 expected, sd 7; below 15 or above 100 once in a million or less."""
    y = RNG.normal(size=100)
    found = [float(shares_of(RNG.normal(size=100), y).by_chance) for _ in range(1000)]

    assert 15 < sum(one < 0.05 for one in found) < 100


def test_intervals_of_shares_hold_the_truth() -> None:
    held = 0
    for _ in range(300):
        a, b = RNG.uniform(size=(2, 100))
        found = shares_of(a, a + b)
        held += bool(found.share_low < 0.5 < found.share_high)

    # 285 of 300 are expected at 95%; asymptotic intervals of a hundred runs are a little short.
    assert held > 255


def test_few_runs_and_constant_inputs_have_no_fit() -> None:
    assert basis_of(np.arange(19.0)) is None
    assert basis_of(np.full(100, 3.0)) is None
    assert basis_of(np.repeat([0.0, 1.0], 50)).shape == (100, 2)


def test_equal_numbers_have_equal_ranks() -> None:
    np.testing.assert_allclose(ranks(np.array([5.0, 1.0, 5.0, 9.0])), [0.5, 0.125, 0.5, 0.875])


def test_worth_of_knowing_is_what_choosing_by_it_gains() -> None:
    """One of two pays x, normal: who knows gains E max(0, x) = 0.399; who knows another value, nothing."""
    x, other = RNG.normal(size=(2, 5000))
    benefits = np.stack([np.zeros(5000), x - x.mean()], axis=1)

    assert abs(perfect_information(benefits) - 0.399) < 0.02
    assert abs(partial_information(x, benefits).value - 0.399) < 0.02
    idle = partial_information(other, benefits)
    assert idle.value < 0.02
    assert 0 < idle.by_chance < 0.02


def test_two_levels_of_variance() -> None:
    draws = RNG.normal(scale=3, size=(2000, 1))
    values = draws + RNG.normal(scale=4, size=(2000, 5))

    assert abs(share_of_parameters(values) - 9 / 25) < 0.03
    assert share_of_parameters(RNG.normal(size=(50, 5))) < 0.2


def test_a_run_without_a_value_leaves_the_mean_of_the_others() -> None:
    values = np.array([[[1.0, np.nan]], [[np.nan, np.nan]]])

    np.testing.assert_array_equal(known_mean(values, (1, 2)), [1.0, np.nan])


def test_what_chance_explains_is_taken_off() -> None:
    """Of idle values in 30 runs a cubic explains 3/29 of the variance; less is left of it."""
    y = RNG.normal(size=30)
    shares = [float(shares_of(RNG.normal(size=30), y).share) for _ in range(400)]

    # Standard error of the mean share: 0.004.
    assert np.mean(shares) < 0.07
