"""Intervals of many values at once: as one by one over replications, and without chance over draws."""

import numpy as np
import pytest
from scipy.special import stdtr

from simulator.analysis.intervals import estimate, estimate_difference
from simulator.analysis.running import Running, RunningDraws
from simulator.analysis.spread import as_levels, over_draws, over_replications
from simulator.analysis.student import student

RANDOM = np.random.default_rng(5)


@pytest.mark.parametrize(
    "values",
    [
        RANDOM.normal(size=5),
        np.array([2.0, np.nan, 4.0, 3.0]),
        np.array([0.1, 0.1, 0.1]),
        np.array([7.0]),
        np.array([np.nan, np.nan]),
        -RANDOM.random(4) - 3.0,
    ],
)
def test_over_replications_it_is_the_interval_of_each_by_itself(values: np.ndarray) -> None:
    present = [None if np.isnan(one) else float(one) for one in values]
    one = estimate_difference(present, [None if v is None else 0.0 for v in present])

    found = over_replications(values[None, :])

    for word in ("mean", "sd", "low", "high", "low_80", "high_80"):
        wanted = getattr(estimate(present), word)
        got = float(getattr(found, word)[0])
        assert (wanted is None and np.isnan(got)) or got == pytest.approx(wanted, rel=1e-12)
    wanted = one.probability_of_reduction
    assert (wanted is None) == bool(np.isnan(found.below[0]))
    assert wanted is None or found.below[0] == pytest.approx(wanted, abs=1e-12)
    assert found.n[0] == one.n


def nested(spread: float, noise: float, *, draws: int = 400, replications: int = 4) -> np.ndarray:
    means = RANDOM.normal(3.0, spread, size=(draws, 1))
    return means + RANDOM.normal(0.0, noise, size=(draws, replications)) if noise else means


def test_over_draws_the_chance_within_a_draw_is_taken_out() -> None:
    values = nested(1.0, 2.0, draws=4000)

    found = over_draws(values)

    assert float(found.sd) == pytest.approx(1.0, abs=0.06)
    assert [float(found.low), float(found.high)] == pytest.approx([3 - 1.96, 3 + 1.96], abs=0.2)
    with_chance = np.quantile(values.mean(axis=1), [0.025, 0.975])
    assert with_chance[1] - with_chance[0] > 1.3 * (found.high - found.low)


def test_without_chance_the_interval_is_the_centiles_of_the_draws() -> None:
    values = np.arange(1.0, 102.0)[:, None]

    found = over_draws(values)

    assert float(found.mean) == 51.0
    assert [float(found.low_80), float(found.high_80)] == pytest.approx([10 + 7 / 15, 91 + 8 / 15])
    assert float(found.mean_low) == pytest.approx(estimate(values[:, 0].tolist()).low)
    assert float(over_draws(values - 21.5).below) == pytest.approx(21 / 101)


def test_pure_chance_leaves_no_doubt_about_parameters_but_that_of_the_mean() -> None:
    found = over_draws(np.array([[1.0, -3.0], [4.0, 0.0], [2.5, 0.0]]))

    assert float(found.sd) == 0
    assert float(found.low) == float(found.mean_low) < float(found.mean) < float(found.high)
    error = (float(found.high) - float(found.mean)) / student(3, 0.95)
    assert float(found.low_80) == pytest.approx(float(found.mean) - student(3, 0.80) * error)
    assert float(found.below) == pytest.approx(stdtr(2, -float(found.mean) / error))


@pytest.mark.parametrize(("draws", "replications"), [(3, 4), (20, 2), (100, 2)])
def test_without_an_effect_draws_see_one_no_oftener_than_they_say(draws: int, replications: int) -> None:
    studies = 2000
    found = over_draws(np.random.default_rng(8).normal(size=(studies, draws, replications)))
    # Of 2,000 that err in 5% no more than 6.5% do but once in a thousand times; in 20%, 22.8%.
    assert ((found.low > 0) | (found.high < 0)).mean() <= 0.065
    assert ((found.low_80 > 0) | (found.high_80 < 0)).mean() <= 0.228
    assert ((found.below < 0.025) | (found.below > 0.975)).mean() <= 0.065
    assert found.below.min() > 0
    assert found.below.max() < 1
    assert found.below.mean() == pytest.approx(0.5, abs=0.025)


def test_doubt_and_chance_together_give_the_share_of_values_below_nought() -> None:
    values = nested(3.0, 3.0, draws=4000)

    assert float(over_draws(values).below) == pytest.approx(stdtr(1e9, -1.0), abs=0.025)


def test_absent_values_are_left_out_and_not_counted() -> None:
    values = nested(1.0, 1.0, draws=6)
    absent = values.copy()
    absent[2], absent[4, 1] = np.nan, np.nan

    found, without = over_draws(absent), over_draws(np.delete(absent, 2, axis=0))

    assert (int(found.n), float(found.mean)) == (19, pytest.approx(float(without.mean)))
    assert float(found.low) == pytest.approx(float(without.low))
    assert np.isnan(over_draws(np.full((3, 2), np.nan)).mean)


def test_levels_end_where_they_can_be() -> None:
    found = as_levels(over_replications(np.array([[0.0, 0.1, 1.0]])), np.array([1.0]))

    assert (found.low[0], found.high[0]) == (0.0, 1.0)


def test_the_interval_of_the_mean_over_draws_holds_the_truth_as_often_as_it_says() -> None:
    held = 0
    for _ in range(300):
        found = over_draws(nested(1.0, 1.0, draws=60, replications=3))
        held += found.mean_low <= 3.0 <= found.mean_high

    assert 0.92 <= held / 300 <= 0.98


def test_by_period_no_band_is_narrower_than_that_of_the_mean() -> None:
    values = np.array([[1.0, -3.0], [4.0, 0.0], [2.5, 0.0]])
    bands, whole = RunningDraws((1,)), over_draws(values)

    for draw in values:
        one = Running((1,))
        for value in draw:
            one.add(np.array([value]))
        bands.add_draw(one)

    assert float(bands.half_width()[0]) == pytest.approx(float(whole.high) - float(whole.mean))
