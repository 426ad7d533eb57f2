"""Candidates: moments at which somebody would come to need something, if their rate were high enough.

One person, one need, one calendar year and one layer of rate make a stream of their own. In profile time
its gaps are unit exponentials over (layer width × the person's factor of the year); the second word of each
block says at which rate in the layer the candidate comes true. Layers are 0–½, ½–1, 1–2, 2–4 … a year, so L
layers are together ½, 1, 2, 4 … wide. Whole years are drawn from 1 January, and what lies outside the run
is dropped: so nothing moves when a horizon, a neighbour or a layer is added.
"""

import math

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.draws import need_case, uniform_pair
from simulator.engines.elementary import logarithm
from simulator.engines.profile_time import profile_seconds, second_at

CANDIDATE = np.dtype(
    [
        ("second", np.int64),
        ("threshold", np.float64),
        ("person", np.int32),
        ("column", np.uint16),
        ("k", np.uint16),
    ]
)
Candidates = NDArray[np.void]
# Day start, day weight, border first, second and integral of the profiles; the second of the first 1 January.
Clock = tuple[Floats, Floats, Ints, Floats, Floats, int]

SECONDS_A_YEAR = 31557600.0
FIRST_YEAR = 1900
MOST_K = 65535
MOST_LAYERS = 16
FULL, TOO_MANY = -1, -2


@kernel
def layer_low(layer: int) -> float:
    """Return the lower edge of a layer, a year."""
    return 0.0 if layer == 0 else 2.0 ** (layer - 2)


@kernel
def layer_width(layer: int) -> float:
    """Return the width of a layer, a year."""
    return 0.5 if layer == 0 else 2.0 ** (layer - 2)


@kernel
def layer_of(threshold: float) -> int:
    """Return the layer that a threshold lies in."""
    layer, edge = 0, 0.5
    while threshold >= edge:
        layer += 1
        edge += edge
    return layer


@kernel
def layers_of(rows: Candidates) -> Ints:
    """Return the layer of each row."""
    found = np.empty(rows.shape[0], np.int64)
    for row in range(rows.shape[0]):
        found[row] = layer_of(rows["threshold"][row])
    return found


@kernel
def cases(rows: Candidates, address: Ints, purpose: Ints, year: int) -> Ints:
    """Return the id of the case that each row would open."""
    found = np.empty(rows.shape[0], np.int64)
    for row in range(rows.shape[0]):
        person, column = rows["person"][row], rows["column"][row]
        layer = layer_of(rows["threshold"][row])
        found[row] = need_case(address[person], purpose[column], year, layer, rows["k"][row])
    return found


@kernel
def expected_number(layers: Ints, trait: Ints, factor: Floats, segment: Ints, years: Floats) -> float:
    """Return how many candidates are to be expected; ``years`` (columns) is the stretch of profile time in years."""
    total = 0.0
    for column in range(layers.shape[0]):
        for person in range(segment.shape[0]):
            count = layers[column, segment[person]]
            if count > 0:
                times = factor[trait[column], person] if trait[column] >= 0 else 1.0
                total += 2.0 ** (count - 2) * times * years[column]
    return total


@kernel
def generate(
    rows: Candidates,
    key: tuple[int, int],
    span: tuple[int, int, int, int],
    layers: Ints,
    purpose: Ints,
    trait: Ints,
    factor: Floats,
    profile: Ints,
    address: Ints,
    segment: Ints,
    joins: Ints,
    clock: Clock,
) -> int:
    """Write the candidates of one calendar year, by column, person, layer and k; return their number.

    ``key`` is seed and replication; ``span`` the year, its first second, the next year's, and the end of
    the run. Returns ``FULL`` when the rows do not hold them all, ``TOO_MANY`` when one stream has more than
    its addresses.
    """
    year, year_start, year_end, run_end = span
    end = min(year_end, run_end)
    size = 0
    for column in range(layers.shape[0]):
        pace = profile[column]
        ends = (
            profile_seconds(*clock, pace, float(year_start)),
            profile_seconds(*clock, pace, float(year_end)),
        )
        for person in range(address.shape[0]):
            if joins[person] >= end:
                continue
            times = factor[trait[column], person] if trait[column] >= 0 else 1.0
            if times <= 0.0:
                continue
            for layer in range(layers[column, segment[person]]):
                counter = address[person], purpose[column], (year - FIRST_YEAR) * 16 + layer
                gap = SECONDS_A_YEAR / (layer_width(layer) * times)
                who = column, person, layer
                size = stream(rows, size, key, counter, who, gap, ends, (joins[person], end), clock, pace)
                if size < 0:
                    return size
    return size


@kernel
def stream(
    rows: Candidates,
    size: int,
    key: tuple[int, int],
    counter: tuple[int, int, int],
    who: tuple[int, int, int],
    gap: float,
    ends: tuple[float, float],
    wanted: tuple[int, int],
    clock: Clock,
    pace: int,
) -> int:
    """Write the candidates of one stream from row ``size`` on; return the number of rows then written.

    ``gap`` is the mean gap and ``ends`` the year, in profile seconds; seconds outside ``wanted`` are not
    written.
    """
    column, person, layer = who
    low, width = layer_low(layer), layer_width(layer)
    moment = ends[0]
    for k in range(MOST_K + 1):
        wait, rank = uniform_pair(key[0], key[1], counter[0], counter[1], counter[2], k)
        moment -= logarithm(wait) * gap
        if moment >= ends[1]:
            return size
        second = math.floor(second_at(*clock, pace, moment))
        if second >= wanted[1]:
            return size
        if second >= wanted[0]:
            if size == rows.shape[0]:
                return FULL
            rows["second"][size] = second
            rows["threshold"][size] = low + width * rank
            rows["person"][size] = person
            rows["column"][size] = column
            rows["k"][size] = k
            size += 1
    return TOO_MANY
