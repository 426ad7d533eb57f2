"""How many replications and how much time there will have to be is told from the first of them."""

from types import SimpleNamespace

import numpy as np
import pytest

from simulator.analysis.forecasts import forecast_of_run, in_time, next_count
from simulator.analysis.stopping import enough, foreseen, half_widths
from simulator.definition.experiment import UntilPrecise
from simulator.experiment.pace import Paced
from simulator.experiment.progress import Silence

NOISE = np.random.default_rng(4).normal(0, 1, (400, 1))


def test_what_is_foreseen_is_near_what_it_takes() -> None:
    limits = np.array([0.3])

    ahead = foreseen(NOISE[:20], limits, at_least=20)

    assert ahead == pytest.approx(enough(NOISE, limits, at_least=20), rel=0.35)


def test_a_half_width_depends_on_no_later_replication() -> None:
    assert np.array_equal(half_widths(NOISE[:50]), half_widths(NOISE)[:50], equal_nan=True)


def test_replications_without_a_value_are_passed_over() -> None:
    gaps = np.insert(NOISE[:30], [0, 7], np.nan, axis=0)

    assert half_widths(gaps)[-1] == pytest.approx(half_widths(NOISE[:30])[-1])


def test_the_next_round_is_a_quarter_more_at_least_and_twice_at_most() -> None:
    assert [next_count(20, ahead, at_most=200) for ahead in (21, 33, 500)] == [25, 33, 40]
    assert next_count(180, 500, at_most=200) == 200


def test_a_runs_time_leaves_out_the_first_which_may_compile() -> None:
    clock = iter([100.0, 101.0, 103.0, 500.0, 501.0])
    paced = Paced(Silence(), lambda: next(clock))

    assert paced.seconds_a_run is None
    paced.begins(3)
    for _ in range(3):
        paced.advances(1)
    paced.begins(2)
    paced.advances(1)
    paced.advances(1)
    assert paced.seconds_a_run == pytest.approx((1 + 2 + 1) / 3)
    assert (in_time(30, 2.0), in_time(300, 2.0), in_time(3, None)) == (
        ", about 60 s more",
        ", about 10 min more",
        "",
    )


def test_a_run_is_told_how_long_all_its_worlds_will_take_and_whether_that_is_allowed() -> None:
    limits = UntilPrecise(at_least=20, at_most=50)
    experiment = SimpleNamespace(replications=limits, scenarios=("baseline", "plans"))

    assert forecast_of_run(experiment, 45, seconds_a_run=2.0) == (
        "After 20 replications: about 45 in all, about 2 min more."
    )
    assert forecast_of_run(experiment, 90, seconds_a_run=None) == (
        "After 20 replications: about 50 in all; at_most = 50 will hardly be enough."
    )
