"""Parameters in words: a number of a model file with a unit that fits its size."""

from fractions import Fraction

from simulator.definition.quantities import Parameter
from simulator.reports.numbers import plain
from simulator.units import (
    SECONDS_A_DAY,
    SECONDS_A_WEEK,
    SECONDS_A_YEAR,
    SECONDS_AN_HOUR,
    Dimension,
    in_words,
)

PENCE = 100
MOST_A_SPAN = 1_000
FIGURES_KEPT = 4
RATES = (
    ("an hour", SECONDS_AN_HOUR),
    ("a day", SECONDS_A_DAY),
    ("a week", SECONDS_A_WEEK),
    ("a year", SECONDS_A_YEAR),
)


def amount(parameter: Parameter) -> str:
    """Write the value of a parameter with its unit."""
    return _written(parameter.value, parameter.dimension, like=parameter.value)


def range_of(parameter: Parameter) -> str:
    """Write the 80% range of a parameter, or nothing where it has none."""
    if parameter.low is None or parameter.high is None:
        return ""
    low, high = (
        _written(end, parameter.dimension, like=parameter.value) for end in (parameter.low, parameter.high)
    )
    return f"{low} to {high}"


def number_words(value: Fraction | float) -> str:
    """Write a plain number to at most four figures, without needless noughts."""
    number = float(value)
    if number == 0:
        return "0"
    if number == int(number) and abs(number) < 10**15:
        return plain(number, step=1.0)
    size = f"{abs(number):.{FIGURES_KEPT}g}"
    digits = f"{float(size):,.10f}".rstrip("0").rstrip(".")
    return f"−{digits}" if number < 0 else digits


def time_words(value: Fraction | float) -> str:
    """Write a span of time: whole weeks and years as such, else three figures of what fits."""
    seconds = float(value)
    if seconds == 0:
        return "no time"
    for size, name in ((SECONDS_A_YEAR, "year"), (SECONDS_A_WEEK, "week")):
        count = seconds / size
        if count == int(count) and (count > 1 or size == SECONDS_A_YEAR):
            return f"{int(count):,} {name if count == 1 else name + 's'}"
    written = in_words(seconds)
    return written.removesuffix("s") if written in ("1 days", "1 hours", "1 years") else written


def quantity_words(value: Fraction, dimension: Dimension) -> str:
    """Write a quantity that nobody wrote, such as one between two ends: to four figures at most."""
    if dimension is Dimension.RATE:
        a_year = float(value) * SECONDS_A_YEAR
        name, number = ("a year", a_year) if a_year < MOST_A_SPAN else ("a day", float(value) * SECONDS_A_DAY)
        return f"{number_words(number)} {name}"
    return _written(value, dimension, like=value)


def multiplier(parameter: Parameter) -> str:
    """Write a multiplier as the change it makes: ``−5%``."""
    return per_cent_changed(parameter.value)


def multiplier_range(parameter: Parameter) -> str:
    """Write the 80% range of a multiplier as the changes it makes."""
    if parameter.low is None or parameter.high is None:
        return ""
    return f"{per_cent_changed(parameter.low)} to {per_cent_changed(parameter.high)}"


def per_cent_changed(factor: Fraction | float) -> str:
    """Write a factor as the change it makes."""
    change = float((factor - 1) * 100)
    sign = "+" if change > 0 else ""
    return f"{sign}{number_words(change)}%"


def _written(value: Fraction, dimension: Dimension, *, like: Fraction) -> str:
    number = float(value)
    if dimension is Dimension.TIME:
        return time_words(value)
    if dimension is Dimension.RATE:
        name, seconds = _rate_unit(like)
        return f"{number_words(number * seconds)} {name}"
    if dimension is Dimension.MONEY:
        return _pounds(number / PENCE)
    if dimension is Dimension.MONEY_RATE:
        name, seconds = (
            ("a year", SECONDS_A_YEAR)
            if abs(float(like)) * SECONDS_A_DAY > PENCE * 2_000
            else ("a day", SECONDS_A_DAY)
        )
        return f"{_pounds(number * seconds / PENCE)} {name}"
    return number_words(value)


def _rate_unit(per_second: Fraction) -> tuple[str, int]:
    """Choose the span in which a rate is written most simply; the longest of those, below a thousand."""
    fitting = [one for one in reversed(RATES) if abs(per_second) * one[1] < MOST_A_SPAN] or [RATES[0]]
    return min(fitting, key=lambda one: len(number_words(per_second * one[1])))


def _pounds(pounds: float) -> str:
    sign, size = ("−" if pounds < 0 else ""), abs(pounds)
    for limit, letter in ((1e9, "bn"), (1e6, "m")):
        if size >= limit:
            return f"{sign}£{number_words(size / limit)}{letter}"
    if size == int(size):
        return f"{sign}£{size:,.0f}"
    return f"{sign}£{size:,.2f}"
