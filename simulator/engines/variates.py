"""Variates by inversion of the tables that a program carries: one uniform number, one variate."""

import math

from simulator.compiler.program import LAW_CONTINUOUS, LAW_STEPS, Floats, Ints
from simulator.engines.compiled import kernel

CELLS = 1024
POINTS = CELLS + 1
UPPER, UPPERMOST = 1.0 - 2.0**-10, 1.0 - 2.0**-20
BODY_CELLS, UPPER_CELLS, UPPERMOST_CELLS = CELLS / UPPER, CELLS / (UPPERMOST - UPPER), CELLS * 2.0**20


@kernel
def variate(
    kind: Ints,
    scale: Floats,
    first: Ints,
    size: Ints,
    points: Floats,
    cumulative: Floats,
    law: int,
    u: float,
    number: int,
) -> float:
    """Return the value of a law at ``u``, not yet rounded; ``number`` (from 1) is the case's."""
    start = first[law]
    if kind[law] == LAW_CONTINUOUS:
        return scale[law] * quantile(points, start, u)
    if kind[law] == LAW_STEPS:
        return scale[law] * points[step(cumulative, start, size[law], u)]
    return scale[law] * points[start + (number - 1) % size[law]]


@kernel
def quantile(points: Floats, start: int, u: float) -> float:
    """Read a three-level table at ``u``: straight lines between the borders of its cells."""
    if u < UPPER:
        place = u * BODY_CELLS
    elif u < UPPERMOST:
        start += POINTS
        place = (u - UPPER) * UPPER_CELLS
    else:
        start += 2 * POINTS
        place = (u - UPPERMOST) * UPPERMOST_CELLS
    cell = min(int(place), CELLS - 1)
    low = points[start + cell]
    return low + (points[start + cell + 1] - low) * (place - cell)


@kernel
def step(cumulative: Floats, start: int, size: int, u: float) -> int:
    """Find the place of the first step whose running share exceeds ``u``."""
    low, high = start, start + size - 1
    while low < high:
        middle = (low + high) // 2
        if cumulative[middle] > u:
            high = middle
        else:
            low = middle + 1
    return low


@kernel
def whole_seconds(x: float) -> int:
    """Round a drawn time once, to the nearest second, halves up; a positive one to at least one second."""
    if x <= 0.0:
        return 0
    return max(math.floor(x + 0.5), 1)
