"""Stocks carried on interval by interval, as a host does that exchanges heads and levels with them."""

import numpy as np
import pytest
from stock_systems import system

from simulator.engines.stocks.run import run_stocks
from simulator.engines.stocks.stepper import stepper_of
from simulator.equations import Timing
from simulator.errors import RunFailed

TEXT = """
stock s = 100 in: hired out: left
flow hired = 2 + smth3(demand, 4)
flow left = s / 20 + delay(demand, 2)
input demand
aux twice = demand * 2
"""
TIMING = Timing(stop=20, step=0.5, method="rk4")


@pytest.mark.parametrize("is_compiled", [True, False])
def test_many_short_intervals_are_one_long_one(is_compiled: bool) -> None:
    one, other = (
        stepper_of(system(TEXT, timing=TIMING), {"demand": 3.0}, is_compiled=is_compiled) for _ in "ab"
    )

    one.step_to(20)
    for time in range(1, 21):
        other.step_to(time)

    assert one.time == other.time == 20
    assert np.array_equal(one.block.values, other.block.values)


def test_a_stepper_goes_where_a_run_goes() -> None:
    text = TEXT.replace("input demand", "aux demand = 3")

    stepper = stepper_of(system(text, timing=TIMING), runs=2, is_compiled=False)
    stepper.step_to(20)

    assert stepper.read("s").tolist() == [run_stocks(system(text, timing=TIMING)).column("s")[-1, 0]] * 2


def test_what_is_set_and_added_is_read_at_once() -> None:
    stepper = stepper_of(system(TEXT, timing=TIMING), {"demand": 3.0}, is_compiled=False)

    stepper.set("demand", 5.0)
    stepper.add("s", -20.0)

    assert stepper.read("twice").tolist() == [10]
    assert stepper.read("s").tolist() == [80]
    with pytest.raises(ValueError, match="'twice' is no input"):
        stepper.set("twice", 1.0)
    with pytest.raises(ValueError, match="'hired' is no stock"):
        stepper.add("hired", 1.0)


@pytest.mark.parametrize("time", [0.3, -1])
def test_a_time_between_steps_or_before_now_is_refused(time: float) -> None:
    with pytest.raises(RunFailed, match="no whole number of steps"):
        stepper_of(system(TEXT, timing=TIMING), is_compiled=False).step_to(time)
