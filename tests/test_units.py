"""Quantities are exact, and what is no quantity says what would be one."""

from datetime import date
from fractions import Fraction

import pytest

from simulator.errors import UnitError
from simulator.units import (
    SECONDS_A_DAY,
    SECONDS_A_YEAR,
    Dimension,
    clock_seconds,
    date_after,
    exact,
    in_few_words,
    in_words,
    parse_quantity,
    seconds_between,
)


@pytest.mark.parametrize(
    ("text", "value", "dimension"),
    [
        ("35 min", 2_100, Dimension.TIME),
        ("6.2 days", Fraction("535680"), Dimension.TIME),
        ("4 hours", 14_400, Dimension.TIME),
        ("4 quarters", 52 * 7 * SECONDS_A_DAY, Dimension.TIME),
        ("12 per week", Fraction(12, 604_800), Dimension.RATE),
        ("1 per 1.2 days", Fraction(1, 103_680), Dimension.RATE),
        ("0.08 per year", Fraction(8, 100 * SECONDS_A_YEAR), Dimension.RATE),
        ("£142", 14_200, Dimension.MONEY),
        ("£250k", 25_000_000, Dimension.MONEY),
        ("£6,689", 668_900, Dimension.MONEY),
        ("45p", 45, Dimension.MONEY),
        ("£9m per year", Fraction(900_000_000, SECONDS_A_YEAR), Dimension.MONEY_RATE),
        ("£80 per day", Fraction(8_000, SECONDS_A_DAY), Dimension.MONEY_RATE),
        ("1_500", 1_500, Dimension.NUMBER),
        ("-0.5", Fraction(-1, 2), Dimension.NUMBER),
    ],
)
def test_a_quantity_is_read_exactly(text: str, value: Fraction, dimension: Dimension) -> None:
    assert parse_quantity(text) == (value, dimension)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("5%", "0.05 without the % sign"),
        ("1,000", "leave out the commas: 1000"),
        ("1,000 days", "leave out the commas: 1000 days"),
        ("5–6", "low = …, high = …"),
        ("5-6 days", "low = …, high = …"),
        ("nan", "finite"),
        ("inf", "finite"),
        ("3 dayz", "Did you mean 'day"),
        ("35 Min", "Did you mean 'min'?"),
        ("5 per 0 days", "per no time"),
        ("1e999 days", "out of all proportion"),
        ("1e999999999 days", "out of all proportion"),
        ("9" * 5_000, "too long"),
        ("", "not a quantity"),
        ("week", "not a quantity"),
        ("£1,00", "not a quantity"),
        ("chance 1 per year", "below 1"),
    ],
)
def test_what_is_no_quantity_is_refused_with_advice(text: str, advice: str) -> None:
    with pytest.raises(UnitError) as refusal:
        parse_quantity(text)

    assert advice in str(refusal.value)


def test_a_chance_a_year_becomes_a_hazard() -> None:
    rate, dimension = parse_quantity("chance 0.04 per year")

    assert dimension is Dimension.RATE
    assert float(rate * SECONDS_A_YEAR) == pytest.approx(0.040821994520255166, rel=1e-15)
    assert parse_quantity("0.04 chance per year") == (rate, dimension)


def test_a_number_too_long_to_print_is_refused() -> None:
    with pytest.raises(UnitError, match="out of all proportion"):
        exact(16**6000)


def test_dates_count_leap_days_and_no_daylight_saving() -> None:
    assert seconds_between(date(2024, 2, 28), date(2024, 3, 1)) == 2 * SECONDS_A_DAY
    assert date_after(date(2025, 3, 29), 2 * SECONDS_A_DAY - 1) == date(2025, 3, 30)


def test_a_clock_time_ends_with_the_day() -> None:
    assert (clock_seconds("08:30"), clock_seconds("24:00")) == (30_600, SECONDS_A_DAY)
    for text in ("24:01", "8:30", "08:60", "noon"):
        with pytest.raises(UnitError, match="time of day"):
            clock_seconds(text)


def test_a_time_is_said_in_its_largest_unit() -> None:
    assert [in_words(one) for one in (30, 2_100, 7_200, 86_400, 1_000 * SECONDS_A_YEAR)] == [
        "30 s",
        "35 min",
        "2 hours",
        "1 day",
        "1,000 years",
    ]


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("573342.408919 seconds", "6.64 days"),
        ("500 days", "500 days"),
        ("9.9e-08 per second", "3.12 per year"),
        ("0.5 per second", "43,200 per day"),
        ("4567.8912 p", "£45.68"),
        ("0.0925925926 p per second", "£29,220 per year"),
        ("0.123456789", "0.123"),
        ("14", "14"),
        ("lognormal", "lognormal"),
        ("two words", "two words"),
    ],
)
def test_a_value_that_a_design_made_is_told_in_a_few_words(made: str, said: str) -> None:
    assert in_few_words(made) == said
