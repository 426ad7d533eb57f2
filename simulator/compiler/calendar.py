"""What the clock on the wall says in a run: years, quarters, Mondays and reporting periods, in seconds."""

from datetime import date, timedelta

import numpy as np

from simulator.compiler.program import Calendar, Ints
from simulator.compiler.window import Window
from simulator.units import SECONDS_A_DAY, SECONDS_A_QUARTER, SECONDS_A_WEEK

# Leaving moments may lie beyond the end of the run; the years go on for as long as one may wait for them.
SLACK_SECONDS = 8 * SECONDS_A_WEEK


def build_calendar(window: Window) -> Calendar:
    """Lay out the calendar of a window: real dates, 29 February included, without daylight saving."""
    end = window.end_second
    first_year = day_of(window, 0).year
    last_year = day_of(window, end + SLACK_SECONDS).year
    quarters = [second for second in every(window, SECONDS_A_QUARTER) if 0 < second < end]
    return Calendar(
        first_day=day_of(window, 0).toordinal(),
        first_year=first_year,
        warm_up_seconds=window.warm_up_seconds,
        horizon_seconds=window.horizon_seconds,
        end_second=end,
        year_start_second=integers(
            [second_of(window, date(year, 1, 1)) for year in range(first_year, last_year + 2)]
        ),
        period_close_second=period_closes(window),
        quarter_second=integers(quarters),
        quarter_number=integers(
            [(second - window.warm_up_seconds) // SECONDS_A_QUARTER for second in quarters]
        ),
        monday_second=mondays(window),
    )


def period_closes(window: Window) -> Ints:
    """List the ends of the reporting periods: counted from ``starts`` both ways, and the end of the run."""
    end, warm_up = window.end_second, window.warm_up_seconds
    inside = {second for second in every(window, window.period_seconds) if 0 < second < end}
    return integers(sorted(inside | {end} | ({warm_up} if warm_up else set())))


def every(window: Window, step: int) -> range:
    """List seconds a step apart, ``starts`` among them, from before second 0 to the end."""
    return range(window.warm_up_seconds % step - step, window.end_second + 1, step)


def mondays(window: Window) -> Ints:
    """List the Mondays 00:00 of the run."""
    first = (window.warm_up_seconds - window.starts.weekday() * SECONDS_A_DAY) % SECONDS_A_WEEK
    return integers(list(range(first, window.end_second, SECONDS_A_WEEK)))


def day_of(window: Window, second: int) -> date:
    """Give the day that contains a second."""
    return window.starts + timedelta(days=(second - window.warm_up_seconds) // SECONDS_A_DAY)


def second_of(window: Window, day: date) -> int:
    """Give the second at which a day begins."""
    return window.warm_up_seconds + (day - window.starts).days * SECONDS_A_DAY


def integers(values: list[int]) -> Ints:
    """Make an array of whole numbers."""
    return np.array(values, dtype=np.int64)
