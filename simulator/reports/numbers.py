"""Numbers for a reader: as many digits as they deserve, with their unit."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

MINUS = "−"
UNKNOWN = "not known"
POUND = "£"
A_PENNY = 0.01  # no money is told more finely
FIGURES = 3
WIDE = 3.0
LARGEST_IN_WORDS = 10
IN_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How values of one measure are written: ``× factor``, between ``before`` and ``after``.

    ``after`` stands behind every value in a table; ``spoken`` replaces it in a sentence,
    where more room is, and ``single`` after a one.
    """

    factor: float = 1.0
    before: str = ""
    after: str = ""
    spoken: str = ""
    single: str = ""


PLAIN = Scale()
PER_CENT = Scale(factor=100, after="%", spoken="%")
POINTS = Scale(factor=100, after=" points", spoken=" percentage points", single=" percentage point")
MINUTES = Scale(factor=1440, after=" min", spoken=" minutes", single=" minute")
HOURS = Scale(factor=24, after=" h", spoken=" hours", single=" hour")
DAYS = Scale(after=" days", spoken=" days", single=" day")
WEEKS = Scale(factor=1 / 7, after=" weeks", spoken=" weeks", single=" week")
POUNDS = Scale(before="£")
THOUSANDS = Scale(factor=1e-3, before="£", after="k", spoken=" thousand")
MILLIONS = Scale(factor=1e-6, before="£", after="m", spoken=" million")
OF_TIME = ((1 / 24, MINUTES), (2.0, HOURS), (42.0, DAYS), (math.inf, WEEKS))
OF_MONEY = ((10_000.0, POUNDS), (1e6, THOUSANDS), (math.inf, MILLIONS))


def scale_of(unit: str, values: Iterable[float | None], *, is_difference: bool = False) -> Scale:
    """Choose how to write values of a unit, by the largest of them."""
    largest = max((abs(value) for value in values if value is not None and math.isfinite(value)), default=0.0)
    if unit == "share":
        return POINTS if is_difference else PER_CENT
    ladder = OF_TIME if unit == "days" else OF_MONEY if unit.startswith("£") else ()
    return next((scale for limit, scale in ladder if largest < limit), PLAIN)


def finest_of(scale: Scale) -> float:
    """Give the finest step that there is on a scale: a penny of money, else none."""
    return A_PENNY * scale.factor if scale.before == POUND else 0.0


def unit_on(scale: Scale, unit: str) -> str:
    """Say the unit in which numbers stand on a scale: the scale's own, else the measure's."""
    return f"{scale.before}{scale.after}".strip() or unit


def step_for(half_width: float | None, *, value: float) -> float:
    """Give the power of ten to round to.

    The last digit written is the first uncertain one, or the second where the half-width begins with 1 or 2;
    without a half-width, a value keeps three figures.
    """
    if half_width is not None and math.isfinite(half_width) and half_width > 0:
        place = math.floor(math.log10(half_width))
        return float(10.0 ** (place if half_width / 10.0**place >= WIDE else place - 1))
    if value and math.isfinite(value):
        return float(10.0 ** (math.floor(math.log10(abs(value))) - FIGURES + 1))
    return 1.0


def step_as_written(value: float) -> float:
    """Give the step that keeps a number as it was written in a file, to six figures."""
    for places in range(-6, 7):
        step = float(10.0**-places)
        if abs(round(value / step) * step - value) <= abs(value) * 1e-6:
            return step
    return step_for(None, value=value)


def plain(value: float | None, *, step: float | None = None, signed: bool = False) -> str:
    """Write a number to the nearest step, thousands apart, with a true minus sign; never a minus nought."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    step = step_for(None, value=value) if step is None else step
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    written = f"{_to_step(abs(value), step):,.{places}f}"
    if not any(digit in "123456789" for digit in written):
        return written
    return (MINUS if value < 0 else "+" if signed else "") + written


def with_unit(value: float | None, scale: Scale, *, step: float | None = None, signed: bool = False) -> str:
    """Write one value of a scale; ``step`` is in units of the scale."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    step = max(step_for(None, value=value * scale.factor) if step is None else step, finest_of(scale))
    written = plain(value * scale.factor, step=step, signed=signed)
    sign = written[0] if written[0] in f"{MINUS}+" else ""
    return f"{sign}{scale.before}{written.removeprefix(sign)}{scale.after}"


def per_cent(share: float | None, *, signed: bool = False, least: float = 0.0) -> str:
    """Write a share as per cent: whole above ten, tenths above a tenth, one figure below; ``least`` is the
    finest step that it deserves."""
    if share is None or not math.isfinite(share):
        return UNKNOWN
    size = abs(share * 100)
    step = 1.0 if size >= 10 else 0.1 if size >= 0.1 or size == 0 else step_for(None, value=size) * 100
    return plain(share * 100, step=max(step, least), signed=signed) + "%"


def probability(share: float | None) -> str:
    """Write a probability as per cent; near nought and one it is never said to be certain."""
    if share is None:
        return UNKNOWN
    if share > 0.99:
        return "over 99%"
    return "under 1%" if share < 0.01 else f"{round(share * 100)}%"


def count_words(count: int, noun: str = "", *, plural: str = "") -> str:
    """Write a whole number, in words up to ten, with its noun: ``five replications``."""
    number = IN_WORDS[count] if 0 <= count <= LARGEST_IN_WORDS else f"{count:,}"
    if not noun:
        return number
    return f"{number} {noun if count == 1 else plural or noun + 's'}"


def listed(words: Iterable[str], *, last: str = "and") -> str:
    """Join words as a sentence does: ``a, b and c``."""
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} {last} {found[-1]}"


def sentence(text: str) -> str:
    """Begin a text as a sentence does, and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def _to_step(value: float, step: float) -> float:
    """Round to the nearest multiple of a step, halves up as people do."""
    return math.floor(value / step + 0.5 + 1e-9) * step
