"""Blocks drawn for many addresses at once: what ``draws`` draws one by one, in long rows.

The loops do the same operations in the same order to each number of a row and nothing else, so that the
compiler does several numbers at a time: the same bits, in a third of the time.
"""

import numpy as np

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.draws import N12, STEP, bits, threefry, to_unit

PURPOSE_SHIFT, VISIT_SHIFT = 32, 16


@kernel
def draw_blocks(key: tuple[int, int], addresses: Ints, counters: Ints, units: Floats, ranks: Ints) -> None:
    """Write the first word of the block at each address and counter as a number in (0, 1), and the upper
    52 bits of the second.

    ``key`` is seed and replication; counters are ``counter_word``'s, reinterpreted as signed.
    """
    seed, replication = bits(key[0]), bits(key[1])
    for place in range(addresses.shape[0]):
        first, second = threefry(seed, replication, bits(addresses[place]), bits(counters[place]))
        units[place] = to_unit(first)
        ranks[place] = np.int64(second >> N12)


def blocks_at(key: tuple[int, int], addresses: Ints, *, counters: Ints) -> tuple[Floats, Ints]:
    """Draw a block at each address and counter: see ``draw_blocks``."""
    units, ranks = np.empty(len(addresses)), np.empty(len(addresses), np.int64)
    draw_blocks((key[0], key[1]), addresses, counters, units, ranks)
    return units, ranks


def units_at(key: tuple[int, int], addresses: Ints, *, purpose: int, visit: int) -> Floats:
    """Give draw 0 of a purpose and visit at each address."""
    counters = np.full(len(addresses), counter_at(purpose, visit=visit))
    return blocks_at(key, addresses, counters=counters)[0]


def counter_at(purpose: int, *, visit: int) -> np.int64:
    """Give the second word of the counter of block 0, reinterpreted as signed."""
    word: np.int64 = np.uint64(purpose << PURPOSE_SHIFT | visit << VISIT_SHIFT).view(np.int64)
    return word


def second_units(ranks: Ints) -> Floats:
    """Turn the upper 52 bits of second words into numbers in (0, 1)."""
    return (ranks.astype(np.float64) + 0.5) * STEP
