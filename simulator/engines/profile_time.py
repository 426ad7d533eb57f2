"""Profile time: a profile's running integral, in which what it describes happens at an even pace.

The integral H counts profile seconds from 1 January 00:00 of the first calendar year; ``year_start`` is the
second of that moment (0 or less). Beyond the tables H runs at pace one. Profile -1 is no profile: there H is
the clock.
"""

import math

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel

DAY = 86400
LAST_BITS = 2.0**-20


@kernel
def profile_seconds(
    day_start: Floats,
    day_weight: Floats,
    border_first: Ints,
    border_second: Floats,
    border_integral: Floats,
    year_start: int,
    profile: int,
    second: float,
) -> float:
    """Return H at a second, which may be a fraction of one."""
    passed = second - year_start
    if profile < 0:
        return passed
    days = day_weight.shape[1]
    if passed >= days * DAY:
        return day_start[profile, days] + (passed - days * DAY)
    day = int(passed // DAY)
    within = integral_in_day(
        border_second, border_integral, border_first[profile], border_first[profile + 1], passed - day * DAY
    )
    return day_start[profile, day] + day_weight[profile, day] * within


@kernel
def second_at(
    day_start: Floats,
    day_weight: Floats,
    border_first: Ints,
    border_second: Floats,
    border_integral: Floats,
    year_start: int,
    profile: int,
    integral: float,
) -> float:
    """Return the (fractional) second at which H is ``integral``; where H stands still, the last such."""
    if profile < 0:
        return year_start + integral
    days = day_weight.shape[1]
    if integral >= day_start[profile, days]:
        return year_start + days * DAY + (integral - day_start[profile, days])
    day = day_at(day_start, profile, integral, days)
    within = (integral - day_start[profile, day]) / day_weight[profile, day]
    clock = clock_at(border_second, border_integral, border_first[profile], border_first[profile + 1], within)
    return year_start + day * DAY + clock


@kernel
def second_after(
    day_start: Floats,
    day_weight: Floats,
    border_first: Ints,
    border_second: Floats,
    border_integral: Floats,
    year_start: int,
    profile: int,
    second: int,
    wait: float,
) -> int:
    """Return the whole second in which ``wait`` profile seconds have passed since ``second``."""
    now = profile_seconds(
        day_start,
        day_weight,
        border_first,
        border_second,
        border_integral,
        year_start,
        profile,
        float(second),
    )
    then = second_at(
        day_start, day_weight, border_first, border_second, border_integral, year_start, profile, now + wait
    )
    return max(math.floor(then + LAST_BITS), second)


@kernel
def day_at(day_start: Floats, profile: int, integral: float, days: int) -> int:
    """Find the last day that begins at or before an integral: never one in which nothing happens."""
    low, high = 0, days - 1
    while low < high:
        middle = (low + high + 1) // 2
        if day_start[profile, middle] <= integral:
            low = middle
        else:
            high = middle - 1
    return low


@kernel
def integral_in_day(
    border_second: Floats, border_integral: Floats, first: int, end: int, clock: float
) -> float:
    """Return the integral of a day at a second of the day."""
    border = first
    while border < end - 2 and border_second[border + 1] <= clock:
        border += 1
    height = border_integral[border + 1] - border_integral[border]
    width = border_second[border + 1] - border_second[border]
    return border_integral[border] + height * ((clock - border_second[border]) / width)


@kernel
def clock_at(border_second: Floats, border_integral: Floats, first: int, end: int, within: float) -> float:
    """Return the second of the day at which its integral is ``within``, never in an hour that has none."""
    border = first
    while border < end - 2 and border_integral[border + 1] <= within:
        border += 1
    while border > first and border_integral[border + 1] == border_integral[border]:
        border -= 1
    height = border_integral[border + 1] - border_integral[border]
    width = border_second[border + 1] - border_second[border]
    share = min(max((within - border_integral[border]) / height, 0.0), 1.0)
    return border_second[border] + width * share
