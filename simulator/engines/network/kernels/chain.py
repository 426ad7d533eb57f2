"""The birth-death chain at rest, load by load: from the likeliest state up and down, product by product."""

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel

# What is left out on either side, relative to the likeliest state.
NEXT_TO_NOTHING = 1e-20
PRESENT, IN_PLACES, NO_PLACE, LAST, QUEUE_SQUARE, QUEUE_CUBE, FREE_FROM = range(7)


@kernel
def laws(
    loads: Floats, coming: Floats, leaving: Floats, needed: Ints, places: int, scratch: Floats, found: Floats
) -> None:
    """Fill ``found`` (loads, FREE_FROM + needed) for each load: mean present and in places, the chances that
    no place is free and of the last state, the mean square and cube of the queue, and the chances that more
    than so many places are free.

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
    total, present, busy, full, square, cube = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for field in range(found.shape[1]):
        found[row, field] = 0.0
    for state in range(low, high + 1):
        weight = law[state]
        total += weight
        present += weight * state
        busy += weight * min(state, places)
        if state >= places:
            queue = float(state - places)
            full += weight
            square += weight * queue * queue
            cube += weight * queue * queue * queue
        for place in range(needed.shape[0]):
            if state < places - needed[place]:
                found[row, FREE_FROM + place] += weight
    found[row, PRESENT], found[row, IN_PLACES], found[row, NO_PLACE] = present, busy, full
    found[row, LAST], found[row, QUEUE_SQUARE], found[row, QUEUE_CUBE] = law[high], square, cube
    for field in range(found.shape[1]):
        found[row, field] /= total
