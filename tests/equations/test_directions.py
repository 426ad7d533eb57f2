"""Signs of values and of moves, as far as the form of an equation tells."""

import pytest
from stock_systems import system

from simulator.equations import Dialect, parse
from simulator.equations.directions import Directions
from simulator.equations.lookups import Lookup, Outside
from simulator.equations.signs import ABOVE, ANY, BELOW, NOT_BELOW, NOUGHT, Signs, slopes_of, total

AROUND = """
stock x = 5
stock pool >= 0 = 5 out: leaving
flow leaving = x
aux two = 2
aux less = -two
aux many = two * pool + 1
"""


def moves(text: str) -> Signs:
    """Say which way an equation moves with x among these variables."""
    return Directions(system(AROUND)).moves(parse(text, Dialect.XMILE), "x")


def value(text: str) -> Signs:
    """Say which signs an equation may have."""
    return Directions(system(AROUND)).value(parse(text, Dialect.XMILE))


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "two * x",
        "x / many",
        "x + pool",
        "-less * x",
        "exp(x) + ln(x)",
        "min(x, pool)",
        "max(3, x)",
        "x ^ 3",
        "2 ^ x",
        "smth1(x, 4)",
        "delay(x, two)",
        "x > 4",
        "if x > 4 then 3 else 1",
        "if pool > 4 then x else 2 * x",
        "step(x, 3)",
        "safediv(x, two)",
    ],
)
def test_what_can_only_rise_is_told(text: str) -> None:
    assert moves(text) in (ABOVE, NOT_BELOW)


@pytest.mark.parametrize(
    "text",
    ["-x", "less * x", "10 - x", "x / less", "x < 4", "not (x > 4)", "arccos(x)", "if x > 4 then 1 else 3"],
)
def test_what_can_only_fall_is_told(text: str) -> None:
    assert moves(text) in (BELOW, BELOW | NOUGHT)


@pytest.mark.parametrize(
    "text",
    [
        "x * x",
        "x * x * x + x",
        "abs(x)",
        "sin(x)",
        "x mod 3",
        "x - pool * x",
        "smth1(pool, x)",
        "not x",
        "x = 3",
    ],
)
def test_what_may_go_both_ways_is_left_open(text: str) -> None:
    assert moves(text) == ANY


@pytest.mark.parametrize("text", ["pool", "init(x)", "0 * x", "3", "time", "delay1(pool, 2)"])
def test_what_does_not_move_is_told(text: str) -> None:
    assert moves(text) == NOUGHT


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("two", ABOVE),
        ("less", BELOW),
        ("many", ABOVE),
        ("pool", NOT_BELOW),
        ("leaving", NOT_BELOW),
        ("x", ANY),
        ("x ^ 2", NOT_BELOW),
        ("two - 3", ANY),
        ("max(x, two)", ABOVE),
        ("min(x, less)", BELOW),
        ("exp(x)", ABOVE),
        ("x > 2", NOT_BELOW),
        ("if x > 2 then two else pool", NOT_BELOW),
        ("two * less / many", BELOW),
    ],
)
def test_the_sign_of_a_value_follows_from_constants_and_what_is_declared(text: str, signs: Signs) -> None:
    assert value(text) == signs


def test_a_sum_of_both_signs_may_be_anything() -> None:
    assert total(ABOVE, BELOW) == ANY
    assert total(NOUGHT, BELOW) == BELOW


def test_a_curve_that_turns_has_both_slopes() -> None:
    rising = Lookup(xs=(0, 1, 2), ys=(0, 1, 1))
    turning = Lookup(xs=(0, 1, 2), ys=(0, 1, 0), outside=Outside.HOLD)

    assert slopes_of(rising) == NOT_BELOW
    assert slopes_of(turning) == ANY
