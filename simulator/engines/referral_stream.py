"""Candidates of referrals: arrivals with no population behind them, from second 0 on.

A Poisson referral has layers of multiples of its rate, 0–1, 1–2, 2–4 …: those of layer 0 come while the
rate is what it was, those above only if something raises it. Arrivals by renewal and by script have
thresholds of nought.
"""

import math

import numpy as np

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.draws import referral_case, referral_stream, uniform, uniform_pair
from simulator.engines.elementary import logarithm
from simulator.engines.profile_time import profile_seconds, second_at
from simulator.engines.variates import variate, whole_seconds
from simulator.engines.year_pace import Clock

# Kind, scale, first, size, points and cumulative of the laws.
Tables = tuple[Ints, Floats, Ints, Ints, Floats, Floats]
BLOCKS = 65536
BATCH_DRAW = 1


@kernel
def multiple_low(layer: int) -> float:
    """Return the lower edge of a layer, as a multiple of the rate."""
    return 0.0 if layer == 0 else 2.0 ** (layer - 1)


@kernel
def multiple_width(layer: int) -> float:
    """Return the width of a layer, as a multiple of the rate."""
    return 1.0 if layer == 0 else 2.0 ** (layer - 1)


@kernel
def poisson_seconds(
    seconds: Ints,
    thresholds: Floats,
    key: tuple[int, int],
    purpose: int,
    layer: int,
    rate: float,
    end: int,
    clock: Clock,
    profile: int,
) -> int:
    """Write the seconds and thresholds of a referral's layer; return their number, or -1 without room."""
    address = referral_stream(purpose, layer)
    low, width = multiple_low(layer), multiple_width(layer)
    gap = 1.0 / (rate * width)
    moment = profile_seconds(*clock, profile, 0.0)
    size = 0
    while True:
        wait, rank = uniform_pair(key[0], key[1], address, purpose, size // BLOCKS, size % BLOCKS)
        moment -= logarithm(wait) * gap
        second = math.floor(second_at(*clock, profile, moment))
        if second >= end:
            return size
        if size == seconds.shape[0]:
            return -1
        seconds[size] = max(second, 0)
        thresholds[size] = low + width * rank
        size += 1


@kernel
def renewal_seconds(
    seconds: Ints,
    key: tuple[int, int],
    purpose: int,
    end: int,
    laws: Tables,
    law: int,
) -> int:
    """Write the seconds of a renewal, the first gap from second 0; return how many, or -1 without room."""
    address = referral_stream(purpose, 0)
    second, count = 0, 0
    while True:
        u = uniform(key[0], key[1], address, purpose, count // BLOCKS, 2 * (count % BLOCKS))
        second += whole_seconds(variate(*laws, law, u, count + 1))
        if second >= end:
            return count
        if count == seconds.shape[0]:
            return -1
        seconds[count] = second
        count += 1


@kernel
def batch_sizes(
    key: tuple[int, int],
    purpose: int,
    layer: int,
    number: int,
    laws: Tables,
    law: int,
) -> Ints:
    """Return the sizes of the batches of one layer, rounded, at least nought."""
    found = np.empty(number, np.int64)
    for ordinal in range(number):
        address = referral_case(purpose, layer, ordinal, 0)
        u = uniform(key[0], key[1], address, purpose, 0, BATCH_DRAW)
        value = variate(*laws, law, u, ordinal + 1)
        found[ordinal] = max(math.floor(value + 0.5), 0)
    return found
