"""Candidates of referrals: arrivals with no population behind them, from second 0 on.

A Poisson referral has layers of rate, 0–½, ½–1, 1–2, 2–4 … a year like those of needs, whatever its rate
is: so neither a scenario that sets another rate nor an effect moves any of them. Arrivals by renewal and by
script come at any rate.
"""

import math

import numpy as np

from simulator.compiler.program import Floats, Ints
from simulator.engines.candidates import SECONDS_A_YEAR, layer_low, layer_width
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
def poisson_seconds(
    seconds: Ints,
    ordinals: Ints,
    thresholds: Floats,
    key: tuple[int, int],
    purpose: int,
    layer: int,
    bound: float,
    end: int,
    clock: Clock,
    profile: int,
) -> int:
    """Write the candidates of a layer with thresholds below a bound; return how many, or -1 without room.

    ``ordinals`` are those in the whole layer, so that a higher bound moves none.
    """
    address = referral_stream(purpose, layer)
    low, width = layer_low(layer), layer_width(layer)
    gap = SECONDS_A_YEAR / width
    moment = profile_seconds(*clock, profile, 0.0)
    size, ordinal = 0, 0
    while True:
        wait, rank = uniform_pair(key[0], key[1], address, purpose, ordinal // BLOCKS, ordinal % BLOCKS)
        moment -= logarithm(wait) * gap
        second = math.floor(second_at(*clock, profile, moment))
        if second >= end:
            return size
        threshold = low + width * rank
        if threshold < bound:
            if size == seconds.shape[0]:
                return -1
            seconds[size], ordinals[size], thresholds[size] = max(second, 0), ordinal, threshold
            size += 1
        ordinal += 1


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
    ordinals: Ints,
    laws: Tables,
    law: int,
) -> Ints:
    """Return the sizes of some batches of one layer, rounded, at least nought."""
    found = np.empty(ordinals.shape[0], np.int64)
    for place in range(ordinals.shape[0]):
        address = referral_case(purpose, layer, ordinals[place], 0)
        u = uniform(key[0], key[1], address, purpose, 0, BATCH_DRAW)
        value = variate(*laws, law, u, ordinals[place] + 1)
        found[place] = max(math.floor(value + 0.5), 0)
    return found
