"""The birth-death chain at rest, load by load: from the likeliest state up and down, product by product."""

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel

# What is left out on either side, relative to the likeliest state.
NEXT_TO_NOTHING = 1e-20
PRESENT, IN_PLACES, NO_PLACE, LAST, FREE_FROM = range(5)


@kernel
def laws(
    loads: Floats, coming: Floats, leaving: Floats, needed: Ints, places: int, scratch: Floats, found: Floats
) -> None:
    """Fill ``found`` (loads, FREE_FROM + needed) for each load: mean present and in places, the chances that
    no place is free, of the last state, and that more than so many places are free.

    ``coming`` (states) the share of arrivals that come in each state; ``leaving`` (states) the rate at which
    each is left for the one below.
    """
    states = coming.shape[0]
    for row in range(loads.shape[0]):
        load = loads[row]
        mode = 0
        while mode < states - 1 and load * coming[mode] > leaving[mode + 1]:
            mode += 1
        scratch[mode] = 1.0
        low, high = mode, mode
        while low > 0 and scratch[low] > NEXT_TO_NOTHING:
            scratch[low - 1] = scratch[low] * leaving[low] / (load * coming[low - 1])
            low -= 1
        while high < states - 1 and (scratch[high] > NEXT_TO_NOTHING or high < places):
            scratch[high + 1] = scratch[high] * (load * coming[high]) / leaving[high + 1]
            high += 1
        reads(scratch, needed, places, low, high, found, row)
        if high < states - 1:
            found[row, LAST] = 0.0


@kernel
def reads(law: Floats, needed: Ints, places: int, low: int, high: int, found: Floats, row: int) -> None:
    """Add up one law, known from state ``low`` to ``high`` but for its scale."""
    total, present, busy, full = 0.0, 0.0, 0.0, 0.0
    for field in range(found.shape[1]):
        found[row, field] = 0.0
    for state in range(low, high + 1):
        weight = law[state]
        total += weight
        present += weight * state
        busy += weight * min(state, places)
        if state >= places:
            full += weight
        for place in range(needed.shape[0]):
            if state < places - needed[place]:
                found[row, FREE_FROM + place] += weight
    found[row, PRESENT], found[row, IN_PLACES], found[row, NO_PLACE] = present, busy, full
    found[row, LAST] = law[high]
    for field in range(found.shape[1]):
        found[row, field] /= total
