"""One calendar year of a profile, laid out for reading many moments: pieces in which time runs at one pace.

A moment's piece is found from an even grid over the year's profile time in a step or two, whatever the
profile.
"""

import numpy as np

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel

DAY = 86400
# Day start, day weight, border first, second and integral of the profiles; the second of the first 1 January.
Clock = tuple[Floats, Floats, Ints, Floats, Floats, int]
# Integral and second at which each piece begins, seconds per profile second in it; first piece of each cell
# of the grid, and cells per profile second.
Pace = tuple[Floats, Floats, Floats, Ints, float]


@kernel
def year_pace(clock: Clock, profile: int, year_start: int, year_end: int) -> Pace:
    """Lay out a calendar year of a profile; its first integral is at ``[0]``, its last at ``[-1]``."""
    if profile < 0:
        ends = np.array([float(year_start), float(year_end)])
        return ends - clock[5], ends, np.ones(2), np.zeros(1, np.int64), 0.0
    day_start, day_weight, border_first, border_second, border_integral, origin = clock
    first, last = border_first[profile], border_first[profile + 1] - 1
    days = (year_end - year_start) // DAY
    begin = (year_start - origin) // DAY
    integral, second = np.empty(days * (last - first) + 1), np.empty(days * (last - first) + 1)
    pace = np.empty(days * (last - first) + 1)
    size = 0
    for day in range(begin, begin + days):
        weight = day_weight[profile, day]
        for border in range(first, last):
            height = weight * (border_integral[border + 1] - border_integral[border])
            if height > 0.0:
                integral[size] = day_start[profile, day] + weight * border_integral[border]
                second[size] = origin + day * DAY + border_second[border]
                pace[size] = (border_second[border + 1] - border_second[border]) / height
                size += 1
    integral[size] = day_start[profile, begin + days]
    second[size], pace[size] = float(year_end), 0.0
    integral = integral[: size + 1]
    cells = grid(integral)
    return (
        integral,
        second[: size + 1],
        pace[: size + 1],
        cells,
        cells.shape[0] / (integral[size] - integral[0]),
    )


@kernel
def grid(integral: Floats) -> Ints:
    """Return, for even cells of profile time, the last piece that begins at or before the cell."""
    pieces = integral.shape[0] - 1
    found = np.zeros(pieces + 1, np.int64)
    piece = 0
    for cell in range(pieces + 1):
        begin = integral[0] + (integral[pieces] - integral[0]) * (cell / (pieces + 1.0))
        while piece < pieces - 1 and integral[piece + 1] <= begin:
            piece += 1
        found[cell] = piece
    return found


@kernel
def second_in_year(pace: Pace, moment: float) -> float:
    """Return the second at which a year's profile time is ``moment``, which lies in the year."""
    integral, second, seconds_each, cells, cells_each = pace
    piece = cells[min(int((moment - integral[0]) * cells_each), cells.shape[0] - 1)]
    while piece > 0 and integral[piece] > moment:
        piece -= 1
    while piece < integral.shape[0] - 2 and integral[piece + 1] <= moment:
        piece += 1
    return min(second[piece] + (moment - integral[piece]) * seconds_each[piece], second[-1])
