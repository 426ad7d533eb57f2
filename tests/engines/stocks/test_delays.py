"""Delays, smooths and stages of a stay against their closed forms."""

import math

import numpy as np
import pytest
from stock_systems import system

from simulator.engines.stocks.run import run_stocks
from simulator.equations import Timing
from simulator.equations.residence import stages_of

FINE = Timing(stop=12, step=0.0625, method="rk4")


def column(equation: str, timing: Timing = FINE) -> np.ndarray:
    """Run one equation and give its numbers."""
    return run_stocks(system(f"aux x = {equation}", timing=timing)).column("x")[:, 0]


def erlang(stages: int, mean: float, time: float) -> float:
    """Give the share of those who entered at once that has left stages by a time."""
    rate = stages / mean
    still = sum((rate * time) ** k / math.factorial(k) for k in range(stages))
    return 1 - math.exp(-rate * time) * still


@pytest.mark.parametrize(("name", "stages"), [("smth1", 1), ("smth3", 3)])
def test_a_smooth_answers_a_step_as_its_stages_do(name: str, stages: int) -> None:
    found = column(f"{name}(step(1, 0.0001), 4, 0)")

    assert found[-1] == pytest.approx(erlang(stages, 4, 12), abs=0.01)


@pytest.mark.parametrize(
    ("call", "stages"), [("delay1(2, 4, 0)", 1), ("delay3(2, 4, 0)", 3), ("delayn(2, 4, 7, 0)", 7)]
)
def test_a_delay_lets_out_what_its_stages_do(call: str, stages: int) -> None:
    found = column(call)

    for time in (2, 4, 8):
        assert found[int(time / FINE.step)] == pytest.approx(2 * erlang(stages, 4, time), abs=1e-5)


def test_a_fixed_delay_gives_what_was_so_long_ago() -> None:
    found = column("delay(time * time, 2.5, 7)", Timing(stop=6, step=0.5))

    assert found.tolist() == [7] * 5 + [(0.5 * place) ** 2 for place in range(8)]


def test_a_fixed_delay_between_steps_lies_between_their_values() -> None:
    found = column("delay(time, 1.25)", Timing(stop=3, step=1))

    assert found.tolist() == [0, 0, 0.75, 1.75]


def test_the_value_before_and_the_value_at_the_start() -> None:
    assert column("previous(time, 9)", Timing(stop=3)).tolist() == [9, 0, 1, 2]
    assert column("init(time + 4)", Timing(start=2, stop=4)).tolist() == [6, 6, 6]


def test_a_trend_is_the_relative_growth() -> None:
    assert column("trend(exp(0.05 * time), 2, 0.05)")[-1] == pytest.approx(0.05, rel=0.01)


@pytest.mark.parametrize("cv", [0.1, 0.25, 0.6, 0.9, 1.0, 1.4, 3.0])
def test_stages_have_the_mean_and_spread_that_were_asked_for(cv: float) -> None:
    stages = stages_of(8.0, cv)
    count = len(stages.rates)
    rates = np.array(stages.rates)
    move = np.diag(-rates)
    if stages.is_chain:
        move += np.diag(rates[:-1], 1)
    still = -np.linalg.inv(move)
    first = np.array(stages.entering)

    mean, square = first @ still @ np.ones(count), 2 * first @ still @ still @ np.ones(count)

    assert mean == pytest.approx(8)
    assert math.sqrt(square - mean**2) / mean == pytest.approx(cv)
    assert stages.present == pytest.approx(tuple(first @ still / mean))


@pytest.mark.parametrize("method", ["euler", "rk4"])
def test_a_pulse_brings_its_whole_amount(method: str) -> None:
    text = "stock s = 0 in: f\nflow f = pulse(6, 2, 4)"

    found = run_stocks(system(text, timing=Timing(stop=9, step=0.1, method=method))).column("s")[:, 0]

    assert found[[20, 21, 61, 90]] == pytest.approx([0, 6, 12, 12])
