"""Growth from year to year: (1 + g) to the power of the years since ``starts``, held month by month.

Nothing grows in warm-up. Within each month of the calendar the factor is that of its middle, so that the mean
over a year is right; what stands there is carried in the program, and no engine takes a power.
"""

from datetime import date

from simulator.compiler.calendar import day_of, second_of
from simulator.compiler.window import Window
from simulator.definition.quantities import Parameter
from simulator.units import SECONDS_A_YEAR, YEAR

DECIMALS = 12
MONTHS = 12
FIRST_YEAR = 1900


def month_of(window: Window, second: int) -> int:
    """Give the months from January 1900 to the month that contains a second."""
    day = day_of(window, second)
    return (day.year - FIRST_YEAR) * MONTHS + day.month - 1


def begins(window: Window) -> list[int]:
    """List the seconds at which months begin, the first at or before second 0, and the end of warm-up."""
    first, last = month_of(window, 0), month_of(window, max(window.end_second - 1, 0))
    months = {begin_of(window, month) for month in range(first, last + 1)}
    return sorted(months | {window.warm_up_seconds})


def begin_of(window: Window, month: int) -> int:
    """Give the second at which a month, counted from January 1900, begins."""
    return second_of(window, date(FIRST_YEAR + month // MONTHS, month % MONTHS + 1, 1))


def factors(window: Window, growth: Parameter | None) -> list[float]:
    """Give the factor of each stretch that ``begins``."""
    starts = begins(window)
    if growth is None:
        return [1.0] * len(starts)
    a_year = 1.0 + float(growth.value * YEAR)
    ends = [*starts[1:], begin_of(window, month_of(window, starts[-1]) + 1)]
    middles = [
        max((begin + end) / 2 - window.warm_up_seconds, 0.0) if end > window.warm_up_seconds else 0.0
        for begin, end in zip(starts, ends, strict=True)
    ]
    return [round(a_year ** (middle / SECONDS_A_YEAR), DECIMALS) for middle in middles]


def highest(window: Window, growth: Parameter | None) -> float:
    """Give the most that a trend comes to, at least 1."""
    return max([1.0, *factors(window, growth)])
