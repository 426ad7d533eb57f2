"""Quantities in text become exact seconds and pence; dates become seconds.

A quantity is a number with a unit: ``"35 min"``, ``"12 per week"``, ``"1 per 1.2 days"``, ``"£142"``,
``"£9m per year"``. It is read as a decimal and kept as an exact fraction of the unit of its dimension:
seconds, events a second, pence, pence a second.
A year is 365.25 days, a month a twelfth of it, a quarter 13 weeks.
"""

import difflib
import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation, localcontext
from enum import Enum
from fractions import Fraction

from simulator.errors import UnitError

SECONDS_A_MINUTE = 60
SECONDS_AN_HOUR = 3_600
SECONDS_A_DAY = 86_400
SECONDS_A_WEEK = 7 * SECONDS_A_DAY
SECONDS_A_QUARTER = 13 * SECONDS_A_WEEK
SECONDS_A_YEAR = 31_557_600
SECONDS_A_MONTH = SECONDS_A_YEAR // 12
YEAR = Fraction(SECONDS_A_YEAR)

LONGEST_QUANTITY = 60
MOST_DIGITS = 30
PENCE_A_POUND = 100
# Longer numbers are rounded in messages; rates above so many a year are told by day.
FEW, MOST_A_YEAR = 6, 1000


class Dimension(Enum):
    """What a quantity measures; the value is how its unit is called when speaking of it."""

    NUMBER = "a plain number"
    TIME = "a time"
    RATE = "a rate per time"
    MONEY = "an amount of money"
    MONEY_RATE = "money per time"


EXAMPLES = {
    Dimension.NUMBER: "0.3",
    Dimension.TIME: '"35 min", "4 hours" or "6.2 days"',
    Dimension.RATE: '"12 per week", "0.08 per year" or "1 per 1.2 days"',
    Dimension.MONEY: '"£142", "£250k" or "£1.9m"',
    Dimension.MONEY_RATE: '"£9m per year" or "£80 per day"',
}
ANY_OF_ALL = (
    f"allowed are {EXAMPLES[Dimension.TIME]}, {EXAMPLES[Dimension.RATE]}, {EXAMPLES[Dimension.MONEY]}"
)

_PLAIN_UNITS = {
    Dimension.TIME: "seconds",
    Dimension.RATE: "per second",
    Dimension.MONEY: "p",
    Dimension.MONEY_RATE: "p per second",
}
UNITS = {
    name: Fraction(seconds)
    for seconds, names in (
        (1, ("second", "seconds", "sec", "secs", "s")),
        (SECONDS_A_MINUTE, ("minute", "minutes", "min", "mins")),
        (SECONDS_AN_HOUR, ("hour", "hours", "hr", "hrs", "h")),
        (SECONDS_A_DAY, ("day", "days", "d")),
        (SECONDS_A_WEEK, ("week", "weeks", "wk", "wks")),
        (SECONDS_A_MONTH, ("month", "months")),
        (SECONDS_A_QUARTER, ("quarter", "quarters")),
        (SECONDS_A_YEAR, ("year", "years", "yr", "yrs")),
    )
    for name in names
}

_NUMBER = r"[+-]?\d+(?:_\d+)*(?:\.\d+)?(?:[eE][+-]?\d+)?"
_SPAN = r"(?:(?P<{0}>" + _NUMBER + r")\s*)?(?P<{0}_unit>[A-Za-z]+)"
_POUNDS = (
    r"(?P<sign>-?)£\s*(?P<pounds>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:_\d+)*(?:\.\d+)?)\s*(?P<scale>k|m|bn)?"
)
_MONEY = re.compile(rf"{_POUNDS}(?:\s+per\s+{_SPAN.format('per')})?", re.ASCII)
_PENCE = re.compile(rf"(?P<pence>{_NUMBER})\s*p(?:\s+per\s+{_SPAN.format('per')})?", re.ASCII)
_CHANCE = re.compile(
    rf"(?:chance\s+(?:of\s+)?(?P<chance>{_NUMBER})|(?P<odds>{_NUMBER})\s+chance)\s+per\s+{_SPAN.format('per')}",
    re.ASCII,
)
_RATE = re.compile(rf"(?P<count>{_NUMBER})\s*(?:per\s+|/\s*){_SPAN.format('per')}", re.ASCII)
_TIME = re.compile(_SPAN.format("time"), re.ASCII)
_BARE = re.compile(_NUMBER, re.ASCII)
_SCALES = {None: 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}


def parse_quantity(text: str) -> tuple[Fraction, Dimension]:
    """Read a quantity as an exact fraction of the unit of its dimension.

    Times are in seconds, rates per second, money in pence, money rates in pence a second.
    ``"chance 0.04 per year"`` is the rate −ln(1 − 0.04) per year. Raises :class:`UnitError`.
    """
    said = text.strip()
    if len(said) > LONGEST_QUANTITY:
        raise UnitError(f"{shown(text)} is too long to be a quantity.")
    if found := _MONEY.fullmatch(said):
        return _money(found)
    if found := _PENCE.fullmatch(said):
        return _per(exact(found["pence"]), found, plain=Dimension.MONEY, per_time=Dimension.MONEY_RATE)
    if found := _CHANCE.fullmatch(said):
        return _rate_of_chance(found), Dimension.RATE
    if found := _RATE.fullmatch(said):
        return exact(found["count"]) / _span(found, "per"), Dimension.RATE
    if _BARE.fullmatch(said):
        return exact(said), Dimension.NUMBER
    if (found := _TIME.fullmatch(said)) and found["time"] is not None:
        return _span(found, "time"), Dimension.TIME
    raise UnitError(f"{shown(text)} is not a quantity; {_advice(said)}")


def exact(number: str | int | Decimal) -> Fraction:
    """Turn a decimal number into an exact fraction, refusing what is not finite or is absurdly long."""
    if isinstance(number, int) and number.bit_length() > 4 * MOST_DIGITS:
        raise UnitError("a number of so many digits is out of all proportion.")
    try:
        decimal = Decimal(number) if not isinstance(number, str) else Decimal(number.replace("_", ""))
    except (InvalidOperation, ValueError):
        raise UnitError(f"{shown(str(number))} is not a number.") from None
    if not decimal.is_finite():
        raise UnitError(f"{decimal} is not a finite number.")
    if decimal and (
        abs(decimal.adjusted()) > MOST_DIGITS or len(decimal.as_tuple().digits) > LONGEST_QUANTITY
    ):
        raise UnitError(f"{shown(str(number))} is out of all proportion.")
    return Fraction(decimal)


def written_quantity(value: Fraction, dimension: Dimension, *, is_whole: bool = False) -> int | Decimal | str:
    """Write a value in the unit of its dimension as a file would hold it; to the last digit of a float."""
    if is_whole and value.denominator == 1:
        return int(value) if dimension is Dimension.NUMBER else f"{int(value)} {_PLAIN_UNITS[dimension]}"
    number = repr(float(value))
    return Decimal(number) if dimension is Dimension.NUMBER else f"{number} {_PLAIN_UNITS[dimension]}"


def shown(text: str, longest: int = 40) -> str:
    """Quote a text from outside for a message: nothing invisible in it, and not too long."""
    printable = "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text[:longest]
    )
    return f"'{printable}…'" if len(text) > longest else f"'{printable}'"


def seconds_between(first: date, second: date) -> int:
    """Count the seconds from one midnight to another; there is no daylight saving."""
    return (second - first).days * SECONDS_A_DAY


def date_after(starts: date, seconds: int) -> date:
    """Name the day that contains a second counted from midnight of ``starts``."""
    return starts + timedelta(days=seconds // SECONDS_A_DAY)


def clock_seconds(text: str) -> int:
    """Read a clock time such as ``"08:30"`` as seconds after midnight; ``"24:00"`` is the end of the day."""
    found = re.fullmatch(r"(\d{2}):(\d{2})", text, re.ASCII)
    if found:
        seconds = int(found[1]) * SECONDS_AN_HOUR + int(found[2]) * SECONDS_A_MINUTE
        if int(found[2]) < 60 and seconds <= SECONDS_A_DAY:
            return seconds
    raise UnitError(f'{shown(text)} is not a time of day; write it as "08:30", from "00:00" to "24:00".')


def in_words(seconds: Fraction | float) -> str:
    """Write a time with three figures in the largest unit of which it holds at least one."""
    size = float(seconds)
    for unit, name in (
        (SECONDS_A_YEAR, "years"),
        (SECONDS_A_DAY, "days"),
        (SECONDS_AN_HOUR, "hours"),
        (SECONDS_A_MINUTE, "min"),
    ):
        if abs(size) >= unit:
            said = _three_figures(size / unit)
            return f"{said} {name.removesuffix('s') if said == '1' else name}"
    return f"{_three_figures(size)} s"


def in_few_words(text: str) -> str:
    """Write a value as a message has it: one that a design made to three figures, in a unit that suits it.

    What a design makes is a long number, or in the plain unit of its dimension: ``"573342.408919 seconds"``
    is ``"6.64 days"``. What somebody has written, ``"500 days"`` or a word, stays as it is.
    """
    _, _, unit = text.partition(" ")
    try:
        if not unit:
            return text if len(text) <= FEW else _three_figures(float(exact(text)))
        value, dimension = parse_quantity(text)
    except UnitError:
        return text
    return text if unit != _PLAIN_UNITS.get(dimension) else _suited(value, dimension)


def _suited(value: Fraction, dimension: Dimension) -> str:
    """Write a quantity in a unit that suits it."""
    if dimension is Dimension.TIME:
        return in_words(value)
    if dimension is Dimension.MONEY:
        return f"£{float(value) / PENCE_A_POUND:,.2f}"
    pounds = "" if dimension is Dimension.RATE else "£"
    a_year = float(value) * SECONDS_A_YEAR / (PENCE_A_POUND if pounds else 1)
    if a_year < MOST_A_YEAR or pounds:
        return f"{pounds}{_three_figures(a_year)} per year"
    return f"{_three_figures(a_year * SECONDS_A_DAY / SECONDS_A_YEAR)} per day"


def _three_figures(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _money(found: re.Match[str]) -> tuple[Fraction, Dimension]:
    pounds = exact(found["pounds"].replace(",", "")) * _SCALES[found["scale"]]
    pence = -100 * pounds if found["sign"] else 100 * pounds
    return _per(pence, found, plain=Dimension.MONEY, per_time=Dimension.MONEY_RATE)


def _per(
    amount: Fraction, found: re.Match[str], *, plain: Dimension, per_time: Dimension
) -> tuple[Fraction, Dimension]:
    if found["per_unit"] is None:
        return amount, plain
    return amount / _span(found, "per"), per_time


def _span(found: re.Match[str], name: str) -> Fraction:
    count, unit = found[name], found[f"{name}_unit"]
    if unit not in UNITS:
        near = difflib.get_close_matches(unit.lower(), UNITS, n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        known = "seconds, minutes, hours, days, weeks, months, quarters, years"
        raise UnitError(f"{shown(found[0])} has the unknown unit {shown(unit)}; known are {known}.{hint}")
    seconds = UNITS[unit] * (Fraction(1) if count is None else exact(count))
    if name == "per" and seconds <= 0:
        raise UnitError(f"{shown(found[0])} is per no time at all.")
    return seconds


def _rate_of_chance(found: re.Match[str]) -> Fraction:
    chance = exact(found["chance"] or found["odds"])
    if not 0 <= chance < 1:
        raise UnitError(f"{shown(found[0])}: a chance must be 0 or more and below 1.")
    with localcontext() as context:
        context.prec = 40
        kept = Decimal(1) - Decimal(chance.numerator) / Decimal(chance.denominator)
        return Fraction(-kept.ln()) / _span(found, "per")


def _advice(said: str) -> str:
    if said.endswith("%"):
        return f"write a share as a number: {_share_of(said)} without the % sign."
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?(\s.*)?", said):
        return f"leave out the commas: {said.replace(',', '')}."
    if re.match(r"£?\d[\d.]*\s*[a-z]*\s*([–—-]|\bto\b)\s*£?\d", said):
        return "give one value, and the range as { value = …, low = …, high = … }."
    if said.lower() in ("nan", "inf", "-inf", "+inf", "infinity"):
        return "it must be a finite number."
    return f"{ANY_OF_ALL}."


def _share_of(percent: str) -> str:
    try:
        return str(Decimal(percent.rstrip("%").strip()) / 100)
    except InvalidOperation:
        return "0.05"
