"""Pointwise-stationary matching: how many places are busy when so many people are present.

A fluid that fills c places and no more has no queue below saturation; a real ward of 30 beds at 92% has six
waiting. Matching says that B, the mean number of busy places, is what it would be in the stationary queue
whose mean number present is L: exact at rest, and near it while the load changes slowly beside a stay
(Rider 1976; Wang, Tipper and Banerjee 1996). The queue's part of L is stretched for stays
whose spread is not that of an exponential by Allen and Cunneen's (1 + cv²) ÷ 2.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulator.engines.network.stationary import Stationary, stationary

Floats = NDArray[np.float64]

# Tables are even in L ÷ (L + c), which is a half where everybody present fills every place.
CELLS = 512
LOADS = 320
# A queue without patience is followed to this share of its capacity, then a straight line goes on to all.
NEAREST_SATURATION = 0.9995


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What the stationary queue says of c places, in tables even in L ÷ (L + c) with ``CELLS`` cells.

    ``busy`` places in use; ``delayed`` the chance that a newcomer finds none free; ``refused`` that there is
    no room to wait either; ``free`` by number n (rows as asked) that more than n are free.
    """

    places: int
    busy: Floats
    delayed: Floats
    refused: Floats
    free: Floats


@lru_cache(maxsize=4096)
def matching(
    places: int,
    *,
    patience: float = 0.0,
    room: int | None = None,
    spread: float = 1.0,
    needed: tuple[int, ...] = (),
) -> Matching:
    """Tabulate the closure of a queue; ``patience`` as the rate of giving up a stay.

    ``spread`` multiplies the queue below saturation, (1 + cv²) ÷ 2; ``needed`` are the numbers of free places
    for which ``free`` is wanted.
    """
    loads = _loads(places, patience=patience, room=room)
    found = stationary(places, loads, patience=patience, room=room)
    queue = found.present - found.busy
    easing = np.clip(1.0 - loads / places, 0.0, 1.0) if patience > 0 else np.ones(len(loads))
    present = found.busy + queue * (1.0 + (spread - 1.0) * np.where(spread > 1.0, _late(easing), 1.0))
    return _tabulate(places, found, present=np.maximum.accumulate(present), needed=needed, closed=room)


def busy_at(table: Matching, present: float) -> float:
    """Read the number of busy places off a table, by straight lines between."""
    place = present / (present + table.places) * CELLS
    cell = min(int(place), CELLS - 1)
    return float(table.busy[cell] + (place - cell) * (table.busy[cell + 1] - table.busy[cell]))


def _late(easing: Floats) -> Floats:
    """Fade the stretching out where giving up, not chance, limits the queue."""
    found: Floats = np.sqrt(easing)
    return found


def _loads(places: int, *, patience: float, room: int | None) -> Floats:
    """Spread loads so that every part of a table is met."""
    if patience <= 0 and room is None:
        gap = np.geomspace(1.0 - NEAREST_SATURATION, 1.0, LOADS)[::-1]
        return np.asarray(places * (1.0 - gap * (1.0 - 1e-6)))
    low = np.linspace(1e-6, 1.3, LOADS * 3 // 4)
    high = np.geomspace(1.3, 60.0 if room is not None else 6.0, LOADS // 4 + 1)[1:]
    return np.asarray(places * np.concatenate([low, high]))


def _tabulate(
    places: int, found: Stationary, *, present: Floats, needed: tuple[int, ...], closed: int | None
) -> Matching:
    """Put what was found by load on the even grid of L ÷ (L + c)."""
    at = np.append(0.0, present / (present + places))
    grid = np.linspace(0.0, 1.0, CELLS + 1)

    def on_grid(values: Floats, *, empty: float, full: float) -> Floats:
        inside = np.interp(grid, at, np.append(empty, values))
        beyond = grid > at[-1]
        share = (grid[beyond] - at[-1]) / (1.0 - at[-1])
        inside[beyond] = values[-1] + (full - values[-1]) * share
        return np.asarray(inside)

    rows = [
        on_grid(found.free[:, min(n, places)], empty=1.0 if n < places else 0.0, full=0.0) for n in needed
    ]
    # Of few people hardly any wait: straight lines between queues are nearer than between places.
    waiting = on_grid(present - found.busy, empty=0.0, full=0.0)
    few = places * grid[:-1] / (1.0 - grid[:-1]) - waiting[:-1]
    busy = on_grid(found.busy, empty=0.0, full=float(places))
    busy[:-1] = np.where(grid[:-1] <= 0.5, few, busy[:-1])
    return Matching(
        places=places,
        busy=busy,
        delayed=on_grid(found.delayed, empty=0.0, full=1.0),
        refused=on_grid(found.refused, empty=0.0, full=0.0 if closed is None else 1.0),
        free=np.array(rows).reshape(len(needed), CELLS + 1),
    )
