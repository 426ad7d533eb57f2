"""The plain fluid, as a table of the network: all places are filled, and nobody waits while one is free.

Kept beside matching for the comparison in docs/closures.md.
"""

import numpy as np

from simulator.engines.network.kernels.net import CELLS
from simulator.engines.network.matching import Matching, tabled
from simulator.engines.network.queue import Queue


def fluid(queue: Queue) -> Matching:
    """Tabulate the fluid; from none to all wait within a cell above the number of places."""
    share = np.linspace(0.0, 1.0, CELLS + 1)
    present = queue.places * share[:-1] / (1.0 - share[:-1])
    is_over = np.append(present > queue.places, True).astype(np.float64)
    nowhere = np.zeros(CELLS + 1)
    if queue.room is not None:
        nowhere = np.append(present > queue.places + queue.room, True).astype(np.float64)
    free = [np.append(present <= queue.places - needed, False) for needed in queue.needed]
    return tabled(
        queue.places,
        [
            np.append(np.minimum(present, queue.places), queue.places),
            is_over,
            nowhere,
            np.ones(CELLS + 1),
            np.zeros(CELLS + 1),
        ],
        free=np.array(free, dtype=np.float64).reshape(len(free), CELLS + 1),
    )
