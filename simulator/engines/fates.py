"""The fates of the same candidates in two worlds, counted side by side."""

import numpy as np

from simulator.compiler.program import Ints
from simulator.engines.compiled import kernel
from simulator.engines.records import Bytes
from simulator.engines.year_candidates import Narrow

FATES = 8


@kernel
def count_fates(need: Narrow, one: Bytes, other: Bytes, counts: Ints) -> None:
    """Count every candidate, by its need and its fates in two worlds, into counts (N, FATES, FATES)."""
    for place in range(need.shape[0]):
        counts[need[place], one[place], other[place]] += 1


def no_fates(needs: int) -> Ints:
    """Begin to count."""
    return np.zeros((needs, FATES, FATES), dtype=np.int64)
