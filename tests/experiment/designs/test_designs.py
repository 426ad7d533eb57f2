"""Designs: a grid has every combination, samples are even, and what is added moves nothing."""

from decimal import Decimal

import numpy as np
import pytest

from simulator.definition.vary import Variation, read_vary
from simulator.experiment.designs.axis import Axis
from simulator.experiment.designs.grid import grid
from simulator.experiment.designs.latin_hypercube import latin_hypercube
from simulator.experiment.designs.morris import morris
from simulator.experiment.designs.sobol import sobol


def between(low: object, high: object, **rest: object) -> Variation:
    return read_vary({"x": {"from": low, "to": high, **rest}})["x"]


def axes(*names: str) -> list[Axis]:
    return [Axis(name=name, variation=between(0, 1)) for name in names]


def table(points: object, *names: str) -> np.ndarray:
    return np.array([[float(str(point[name])) for name in names] for point in points])


def test_a_grid_has_every_combination_once() -> None:
    beds = Axis(name="beds", variation=between(10, 30, steps=3), is_whole=True)
    rate = Axis(name="rate", variation=read_vary({"x": {"values": ["1 per day", "2 per day"]}})["x"])

    points = grid([beds, rate])

    assert [point["beds"] for point in points] == [10, 10, 20, 20, 30, 30]
    assert [point["rate"] for point in points[:2]] == ["1 per day", "2 per day"]


def test_values_between_ends_are_written_in_their_unit() -> None:
    days = Axis(name="x", variation=between("2 days", "4 days"))
    log = Axis(name="x", variation=between(1, 100, log=True))
    whole = Axis(name="x", variation=between(1, 3), is_whole=True)

    assert days.sampled(0.5) == "259200.0 seconds"
    assert log.sampled(0.5) == Decimal("10.0")
    assert [whole.sampled(u) for u in (0.01, 0.34, 0.67, 0.999)] == [1, 2, 3, 3]
    assert [whole.at_level(level, of=4) for level in range(4)] == [1, 2, 2, 3]


def test_a_latin_hypercube_hits_every_stratum_once() -> None:
    found = table(latin_hypercube(axes("a", "b"), runs=50, seed=3), "a", "b")

    for column in range(2):
        assert sorted((found[:, column] * 50).astype(int)) == list(range(50))


def test_another_path_moves_no_point_of_a_latin_hypercube() -> None:
    two = table(latin_hypercube(axes("a", "b"), runs=20, seed=3), "b")
    one = table(latin_hypercube(axes("b"), runs=20, seed=3), "b")

    assert np.array_equal(one, two)


@pytest.mark.parametrize("rank", [-0.7, 0.5])
def test_ranks_are_correlated_and_the_hypercube_stays_one(rank: float) -> None:
    from scipy.stats import spearmanr

    points = latin_hypercube(axes("a", "b", "c"), runs=200, seed=3, correlations={("a", "c"): rank})
    found = table(points, "a", "b", "c")

    assert spearmanr(found[:, [0, 2]]).statistic == pytest.approx(rank, abs=0.05)
    assert abs(spearmanr(found[:, [0, 1]]).statistic) < 0.2
    assert np.array_equal(np.sort((found * 200).astype(int), axis=0)[:, 2], np.arange(200))


def test_a_longer_sobol_sequence_begins_with_the_shorter_one() -> None:
    names = ("a", "b", "c")
    short = table(sobol(axes(*names), runs=10, seed=3), *names)
    long = table(sobol(axes(*names), runs=64, seed=3), *names)

    assert np.array_equal(long[:10], short)
    for column in range(3):
        assert sorted((long[:, column] * 64).astype(int)) == list(range(64))


def test_sobol_points_are_more_even_than_chance() -> None:
    from scipy.stats import qmc

    found = table(sobol(axes("a", "b", "c"), runs=256, seed=3), "a", "b", "c")
    by_lot = np.random.default_rng(1).random((256, 3))

    assert qmc.discrepancy(found) < 0.2 * qmc.discrepancy(by_lot)


def test_a_trajectory_moves_each_path_once_by_half_the_levels() -> None:
    names = ("a", "b", "c")
    found = table(morris(axes(*names), trajectories=6, levels=4, seed=3), *names).reshape(6, 4, 3)
    moves = np.diff(found, axis=1)

    assert np.array_equal((moves != 0).sum(axis=1), np.ones((6, 3)))
    assert np.allclose(np.abs(moves[moves != 0]), 2 / 3)
    assert set(np.round(found * 3).ravel()) == {0.0, 1.0, 2.0, 3.0}


def test_more_trajectories_leave_the_first_as_they_are() -> None:
    few = morris(axes("a", "b"), trajectories=2, levels=4, seed=3)

    assert morris(axes("a", "b"), trajectories=5, levels=4, seed=3)[: len(few)] == few


def test_another_seed_gives_another_design() -> None:
    assert sobol(axes("a"), runs=4, seed=3) != sobol(axes("a"), runs=4, seed=2**64 - 1)
