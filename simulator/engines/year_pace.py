"""One calendar year of a profile, laid out for reading many moments: pieces in which time runs at one pace.

A moment's piece is found from an even grid over the year's profile time, in a step or none for nearly every
moment whatever the profile.
"""

import math
from typing import NamedTuple

import numpy as np

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.profile_time import DAY, profile_seconds

# Day start, day weight, border first, second and integral of the profiles; the second of the first 1 January.
Clock = tuple[Floats, Floats, Ints, Floats, Floats, int]
# Of each piece: integral and second at which it begins, seconds per profile second in it, and the integral at
# which the next begins (never for the last). The piece in which each cell of the grid begins, and cells per
# profile second. The second at which the year ends.
Pieces = tuple[Floats, Ints, float, float]


class Pace(NamedTuple):
    """A calendar year of a profile, and where it begins and ends in profile time."""

    pieces: Pieces
    begin: float
    end: float


def year_pace(clock: Clock, profile: int, *, start: int, end: int) -> Pace:
    """Lay out the calendar year between two seconds."""
    origin = clock[5]
    if profile < 0:
        only = np.array([[float(start - origin), float(start), 1.0, math.inf]])
        return Pace(
            (only, np.zeros(1, np.int64), 0.0, float(end)), float(start - origin), float(end - origin)
        )
    day_start, day_weight, border_first, border_second, border_integral, _ = clock
    days = np.arange((start - origin) // DAY, (end - origin) // DAY)
    here = slice(border_first[profile], border_first[profile + 1])
    seconds, integrals = border_second[here], border_integral[here]
    weight, begins = day_weight[profile, days, None], day_start[profile, days, None]
    height = weight * np.diff(integrals)
    moves = height > 0.0
    last = float(day_start[profile, days[-1] + 1])
    table = np.empty((int(np.count_nonzero(moves)), 4))
    table[:, 0] = (begins + weight * integrals[:-1])[moves]
    table[:, 1] = (origin + days[:, None] * DAY + seconds[:-1])[moves]
    table[:, 2] = (np.diff(seconds) / np.where(moves, height, 1.0))[moves]
    table[:, 3] = np.append(table[1:, 0], math.inf)
    begin = float(table[0, 0])
    cells = _grid(table[:, 0], last)
    return Pace((table, cells, len(cells) / (last - begin), float(end)), begin, last)


def _grid(begins: Floats, last: float) -> Ints:
    """Give, for even cells of profile time, the last piece that begins at or before the cell."""
    cells = len(begins) + 1
    edges = begins[0] + (last - begins[0]) * (np.arange(cells) / cells)
    found: Ints = np.searchsorted(begins[1:], edges, side="right")
    return found


def moment_at(clock: Clock, profile: int, *, second: int) -> float:
    """Give the profile time of a second."""
    return float(profile_seconds(*clock, profile, float(second)))


@kernel
def find_seconds(pieces: Pieces, moments: Floats, seconds: Ints) -> None:
    """Write the whole second in which each moment of a year's profile time falls, as many as there is room
    for.

    The first loop does not depend on what it finds and so never waits; the second seldom has a step to do.
    """
    table, cells, cells_each, year_end = pieces
    last, begin = cells.shape[0] - 1, table[0, 0]
    for place in range(seconds.shape[0]):
        cell = min(np.int64((moments[place] - begin) * cells_each), last)
        piece = np.uint64(cells[np.uint64(cell)])
        seconds[place] = np.int64(piece + np.uint64(table[piece, 3] <= moments[place]))
    for place in range(seconds.shape[0]):
        piece, moment = np.uint64(seconds[place]), moments[place]
        while table[piece, 3] <= moment:
            piece += np.uint64(1)
        while piece > np.uint64(0) and table[piece, 0] > moment:
            piece -= np.uint64(1)
        second = table[piece, 1] + (moment - table[piece, 0]) * table[piece, 2]
        seconds[place] = np.int64(min(second, year_end))
