"""The stationary queue: how many are present, served, kept waiting and turned away, by load.

The birth-death chain M/M/c+M with or without room: arrivals at rate a, c places, each freed at rate 1 (time
is counted in stays), each who waits gives up at rate θ, and no more than ``room`` may wait. Arrivals may thin
out as places fill (``Thinning``). Exact; the closures of this package are made of it.
"""

from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from simulator.engines.network.kernels.chain import (
    FREE_FROM,
    IN_PLACES,
    LAST,
    NO_PLACE,
    PRESENT,
    QUEUE_CUBE,
    QUEUE_SQUARE,
    laws,
)

Floats = NDArray[np.float64]

NEGLIGIBLE = 1e-13
MOST_WAITING = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Thinning:
    """How arrivals thin out: of all who try, ``share[j]`` come only while more than ``needed[j]`` places are
    free; ``waiting`` of them come when none is, and wait; of those fewer from ``eases`` waiting on, and
    nobody from ``stops`` on, because where they come from is full of people who wait. The last share of those
    who try, where ``bursts`` is below one, do so only for that part of the time, in long spells.
    """

    needed: tuple[int, ...] = (0,)
    share: tuple[float, ...] = (1.0,)
    waiting: float = 1.0
    eases: float | None = None
    stops: float | None = None
    bursts: float = 1.0
    jump: float = 1.0

    def spells(self) -> tuple["Thinning", "Thinning"]:
        """Give how arrivals thin out outside the bursts, and in them."""
        rest, last = self.share[:-1], self.share[-1]
        return (
            replace(self, share=(*rest, 0.0), bursts=1.0),
            replace(self, share=(*rest, last / self.bursts), bursts=1.0),
        )

    def weights(self, places: int, states: int) -> Floats:
        """Give the share of arrivals that come in each state (number present)."""
        free = places - np.arange(states)
        found = np.zeros(states)
        for needed, share in zip(self.needed, self.share, strict=True):
            found[free > needed] += share
        found[free <= 0] = self.waiting * self._easing(np.asarray(-free[free <= 0] * self.jump))
        return found

    def _easing(self, queue: Floats) -> Floats:
        if self.eases is None or self.stops is None:
            return np.ones(len(queue))
        return np.asarray(np.clip((self.stops - queue) / (self.stops - self.eases), 0.0, 1.0))


EVERYBODY = Thinning()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stationary:
    """Means and chances of stationary queues, one a load.

    ``present`` and ``busy`` are mean numbers, ``delayed`` the chance that nobody can start at once,
    ``refused`` that there is not even room to wait; ``square`` and ``cube`` are means of powers of the
    queue, ``free`` (loads, numbers asked for) the chance that more than n places are free.
    """

    present: Floats
    busy: Floats
    delayed: Floats
    refused: Floats
    square: Floats
    cube: Floats
    free: Floats


def stationary(
    places: int,
    loads: Floats,
    *,
    patience: float = 0.0,
    room: int | None = None,
    needed: tuple[int, ...] = (),
    thinning: Thinning = EVERYBODY,
) -> Stationary:
    """Solve the chain for each load (arrivals a stay); ``patience`` is θ, the rate of giving up a stay.

    Without patience and without a limit to the room every load that waits must be below ``places``.
    """
    states = _states(places, loads * thinning.waiting, patience=patience, room=room)
    if thinning.stops is not None:
        states = places + ceil(thinning.stops / thinning.jump) + 1
    number, jump = np.arange(states), thinning.jump
    queue = np.maximum(number - places, 0) * jump
    leaving = np.minimum(number, places) + patience * queue
    found = np.zeros((len(loads), FREE_FROM + len(needed)))
    coming = np.maximum(thinning.weights(places, states), NEGLIGIBLE)
    laws(loads, coming, leaving, np.array(needed, dtype=np.int64), places, np.zeros(states), found)
    return Stationary(
        present=found[:, IN_PLACES] + jump * (found[:, PRESENT] - found[:, IN_PLACES]),
        # Copies, for these are remembered, and a view would keep all columns.
        busy=found[:, IN_PLACES].copy(),
        delayed=found[:, NO_PLACE].copy(),
        refused=np.zeros(len(loads)) if room is None else found[:, LAST].copy(),
        square=jump**2 * found[:, QUEUE_SQUARE],
        cube=jump**3 * found[:, QUEUE_CUBE],
        free=found[:, FREE_FROM:].copy(),
    )


def _states(places: int, loads: Floats, *, patience: float, room: int | None) -> int:
    """Say how many states hold all but next to nothing."""
    if room is not None:
        return places + room + 1
    most = float(loads.max())
    if most <= 0:
        return places + 1
    if patience <= 0:
        ratio = most / max(places, 1)
        return places + min(MOST_WAITING, int(np.log(NEGLIGIBLE) / np.log(ratio)) + 2)
    centre = places + max(0.0, most - places) / patience
    spread = np.sqrt(max(most, 1.0) / min(patience, 1.0))
    return int(min(places + MOST_WAITING, centre + 9 * spread + 30))
