"""When clocks that are still open are counted: at fixed moments of the week, whatever the report interval."""

import numpy as np

from simulator.compiler.program import Calendar, Ints
from simulator.units import SECONDS_A_WEEK


def reading_seconds(calendar: Calendar) -> Ints:
    """List the Mondays 00:00 after warm-up, the end of the run included if it is one; the end alone where
    there are none.

    An engine counts in phase 0 of each, before a period closes there.
    """
    mondays, end = calendar.monday_second, calendar.end_second
    readings: list[int] = mondays[mondays > calendar.warm_up_seconds].tolist()
    ends_on_monday = mondays.size > 0 and (end - int(mondays[0])) % SECONDS_A_WEEK == 0
    if ends_on_monday or not readings:
        readings.append(end)
    return np.array(readings, dtype=np.int64)
