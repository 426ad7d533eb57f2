"""Pointwise-stationary matching: how many places are busy when so many people are present.

A fluid that fills c places and no more has no queue below saturation; a real ward of 30 beds at 92% has six
waiting. Matching says that B, the mean number of busy places, is what it would be in the stationary queue
whose mean number present is L: exact at rest, and near it while the load changes slowly beside a stay
(Rider 1976; Wang, Tipper and Banerjee 1996). The queue's part of L is stretched for stays
whose spread is not that of an exponential by Allen and Cunneen's (1 + cv²) ÷ 2.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulator.engines.network.kernels.net import BUSY, DELAYED, EVEN, FREE, SWING, TURNED_AWAY
from simulator.engines.network.stationary import EVERYBODY, Stationary, Thinning, stationary

Floats = NDArray[np.float64]

# Tables are even in L ÷ (L + c), which is a half where everybody present fills every place.
CELLS = 512
LOADS = 320
# A queue without patience is followed to this share of its capacity, then a straight line goes on to all.
NEAREST_SATURATION = 0.9995
LEAST_WAITING = 0.05
QUANTILES = 12
TINY = 1e-12
# Stationary queues remembered, some 20 kB each; tables, some 30.
KNOWN = 4096
# Spreads so near to an exponential's are its.
ALIKE = 0.02
# Where nobody comes any more from some queue on, loads up to this share of the places.
MOST_LOAD = 1.6


@dataclass(frozen=True, slots=True)
class Matching:
    """What the stationary queue says of c places, in tables even in L ÷ (L + c) with ``CELLS`` cells.

    ``rows`` in the order of ``kernels/net.py``: ``busy`` places in use; ``delayed`` the chance that a
    newcomer finds none free; ``refused`` that there is no room to wait either; ``even`` the mean queue ÷ the
    queue that somebody in it finds himself in on average (one where it is always as long), ``swing`` the
    coefficient of variation of the latter; ``free`` by number n (as asked) that more than n are free.
    """

    places: int
    rows: Floats

    @property
    def busy(self) -> Floats:
        """Give the places in use."""
        return np.asarray(self.rows[BUSY])

    @property
    def delayed(self) -> Floats:
        """Give the chance that a newcomer finds no place free."""
        return np.asarray(self.rows[DELAYED])

    @property
    def refused(self) -> Floats:
        """Give the chance that a newcomer finds no room to wait either."""
        return np.asarray(self.rows[TURNED_AWAY])

    @property
    def even(self) -> Floats:
        """Give how even the queue is."""
        return np.asarray(self.rows[EVEN])

    @property
    def swing(self) -> Floats:
        """Give the coefficient of variation of the queue that somebody in it finds himself in."""
        return np.asarray(self.rows[SWING])

    @property
    def free(self) -> Floats:
        """Give the chances that more than so many places are free (numbers asked for, cells)."""
        return np.asarray(self.rows[FREE:])


def tabled(places: int, rows: Sequence[Floats], *, free: Floats) -> Matching:
    """Put a table together: busy, delayed, refused, even and swing, then ``free`` by number."""
    return Matching(places, np.vstack([*rows, *free]))


def between(parts: Sequence[tuple[float, Matching]]) -> Matching:
    """Mix tables of one queue by their weights."""
    (share, first), *others = parts
    if not others:
        return first
    rows = share * first.rows
    for weight, other in others:
        rows += weight * other.rows
    return Matching(first.places, rows)


@lru_cache(maxsize=4096)
def matching(
    places: int,
    *,
    patience: float = 0.0,
    room: int | None = None,
    spread: float = 1.0,
    needed: tuple[int, ...] = (),
    thinning: Thinning = EVERYBODY,
) -> Matching:
    """Tabulate the closure of a queue; ``patience`` as the rate of giving up a stay.

    ``spread`` multiplies the queue below saturation, (1 + cv²) ÷ 2; ``needed`` are the numbers of free places
    for which ``free`` is wanted.
    """
    loads = _loads(places, patience=patience, room=room, thinning=thinning)

    def law(thinning: Thinning) -> Stationary:
        return at_rest(places, loads, patience=patience, room=room, needed=needed, thinning=thinning)

    if thinning.bursts < 1.0:
        quiet, burst = (_uneven(law, places, spread=spread, thinning=spell) for spell in thinning.spells())
        found = _in_bursts(quiet, burst, share=thinning.bursts)
    else:
        found = _uneven(law, places, spread=spread, thinning=thinning)
    return _tabulate(places, found, present=np.maximum.accumulate(found.present), closed=room)


def at_rest(
    places: int,
    loads: Floats,
    *,
    patience: float,
    room: int | None = None,
    needed: tuple[int, ...],
    thinning: Thinning,
) -> Stationary:
    """Give the stationary queue at each load, or know it: as many places are left by many numbers kept, in
    one world and the next, at one point of a sweep and the next."""
    return _at_rest(places, loads.tobytes(), patience=patience, room=room, needed=needed, thinning=thinning)


@lru_cache(maxsize=KNOWN)
def _at_rest(
    places: int,
    loads: bytes,
    *,
    patience: float,
    room: int | None,
    needed: tuple[int, ...],
    thinning: Thinning,
) -> Stationary:
    # A copy, for kernels are compiled for arrays that may be written into.
    here = np.frombuffer(loads).copy()
    return stationary(places, here, patience=patience, room=room, needed=needed, thinning=thinning)


def _uneven(
    law: Callable[[Thinning], Stationary], places: int, *, spread: float, thinning: Thinning
) -> Stationary:
    """Give the law for stays whose spread is not an exponential's, as far as the queue feels it."""
    plain = law(thinning)
    if abs(spread - 1.0) < ALIKE:
        return plain
    return _mixed(plain, law(replace(thinning, jump=spread)), share=_felt(plain, places, spread=spread))


def _mixed(one: Stationary, other: Stationary, *, share: Floats | float) -> Stationary:
    def mix(here: Floats, there: Floats) -> Floats:
        part = np.reshape(share, (-1,) + (1,) * (here.ndim - 1))
        return np.asarray((1.0 - part) * here + part * there)

    return Stationary(
        **{
            field.name: mix(getattr(one, field.name), getattr(other, field.name))
            for field in fields(Stationary)
        }
    )


def _in_bursts(quiet: Stationary, burst: Stationary, *, share: float) -> Stationary:
    """Mix a queue outside bursts and in them; those who come in bursts alone meet it as it is then."""
    mixed = _mixed(quiet, burst, share=share)
    mixed.free[:, -1] = burst.free[:, -1]
    return mixed


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Places kept by people who wait for another resource: now none, now many, and slowly changing.

    ``mean`` number of places, ``chance`` that there are any; where there are, their number follows a gamma
    law whose cv² is ``spread`` (one, an exponential, beside a queue that nothing stops).
    """

    mean: float
    chance: float
    spread: float = 1.0

    @property
    def variance(self) -> float:
        """Give the variance of the number of places kept."""
        if self.chance <= 0:
            return 0.0
        return self.mean**2 * ((1.0 + self.spread) / self.chance - 1.0)

    def numbers(self, most: float) -> tuple[Floats, Floats]:
        """Give a few numbers of kept places, up to ``most``, and their weights."""
        from scipy.special import gammaincinv

        if self.mean <= 0 or self.chance <= 0:
            return np.zeros(1), np.ones(1)
        share = (np.arange(QUANTILES) + 0.5) / QUANTILES
        there = np.minimum(
            self.spread * gammaincinv(1.0 / self.spread, share) * self.mean / self.chance, most
        )
        return np.append(0.0, there), np.append(
            1.0 - self.chance, np.full(QUANTILES, self.chance / QUANTILES)
        )


@lru_cache(maxsize=4096)
def matching_beside(
    places: int, *, kept: Kept, patience: float, spread: float = 1.0, needed: tuple[int, ...] = ()
) -> Matching:
    """Tabulate the closure of a queue some of whose places are kept, in every state of that in turn.

    A queue that comes to rest quickly beside what keeps its places is, at any load, the mixture of what it
    is with so many places fewer. ``patience`` must be above nought: it alone limits the queue when most
    places are kept.
    """
    loads = places * np.concatenate(
        [np.linspace(1e-6, 1.3, LOADS * 3 // 4), np.geomspace(1.31, 6.0, LOADS // 4)]
    )
    numbers, weights = kept.numbers(places - 1.0)
    total: dict[str, Floats] = {}
    for number, weight in zip(numbers.tolist(), weights.tolist(), strict=True):
        left = max(round(places - number), 1)

        def law(thinning: Thinning, left: int = left) -> Stationary:
            return at_rest(left, loads, patience=patience, needed=needed, thinning=thinning)

        found = _uneven(law, left, spread=spread, thinning=EVERYBODY)
        for field in fields(Stationary):
            there = getattr(found, field.name) + (places - left if field.name in ("present", "busy") else 0)
            total[field.name] = total.get(field.name, 0.0) + weight * there
    mixed = Stationary(**total)
    return _tabulate(places, mixed, present=np.maximum.accumulate(mixed.present), closed=None)


def busy_at(table: Matching, present: float) -> float:
    """Read the number of busy places off a table, by straight lines between."""
    place = present / (present + table.places) * CELLS
    cell = min(int(place), CELLS - 1)
    return float(table.busy[cell] + (place - cell) * (table.busy[cell + 1] - table.busy[cell]))


def _felt(plain: Stationary, places: int, *, spread: float) -> Floats:
    """Say how much of the spread of stays a queue feels.

    All of it with one place (Pollaczek and Khinchine) and near saturation (Allen and Cunneen). Stays that are
    more even are felt nearly as much with many places (Cosmetatos 1976); those with a long tail only while
    all places are taken.
    """
    if spread > 1.0:
        return plain.delayed + (1.0 - plain.delayed) / places
    share = np.minimum(plain.busy / places, 1.0)
    root = np.sqrt(4.0 + 5.0 * places) - 2.0
    missed = (1.0 - share) * (places - 1) * root / (16.0 * places * np.maximum(share, TINY))
    return np.asarray(1.0 - np.clip(missed, 0.0, 1.0))


def _loads(places: int, *, patience: float, room: int | None, thinning: Thinning) -> Floats:
    """Spread loads so that every part of a table is met."""
    waiting = thinning.waiting
    if thinning.stops is not None and room is None:
        return np.asarray(places * np.linspace(1e-6, MOST_LOAD, LOADS))
    if patience <= 0 and room is None:
        gap = np.geomspace(1.0 - NEAREST_SATURATION, 1.0, LOADS)[::-1]
        usual = places * (1.0 - gap * (1.0 - 1e-6))
        return usual if waiting == 1.0 else _thinned(usual, places, waiting=waiting)
    low = np.linspace(1e-6, 1.3, LOADS * 3 // 4)
    high = np.geomspace(1.3, 60.0 if room is not None else 6.0, LOADS // 4 + 1)[1:]
    return np.asarray(places * np.concatenate([low, high]))


def _thinned(usual: Floats, places: int, *, waiting: float) -> Floats:
    """Spread loads of which only a share wait, up to where that share alone fills all places."""
    most = places / max(waiting, LEAST_WAITING) * NEAREST_SATURATION
    beyond = most - (most - places) * np.geomspace(1e-4, 1.0, LOADS // 2)[::-1]
    found: Floats = np.unique(np.concatenate([usual, beyond]))
    return found


def _tabulate(places: int, found: Stationary, *, present: Floats, closed: int | None) -> Matching:
    """Put what was found by load on the even grid of L ÷ (L + c)."""
    at = np.append(0.0, present / (present + places))
    grid = np.linspace(0.0, 1.0, CELLS + 1)

    def on_grid(values: Floats, *, empty: float, full: float) -> Floats:
        inside = np.interp(grid, at, np.append(empty, values))
        beyond = grid > at[-1]
        share = (grid[beyond] - at[-1]) / (1.0 - at[-1])
        inside[beyond] = values[-1] + (full - values[-1]) * share
        return np.asarray(inside)

    # With n places or fewer nobody ever finds more than n of them free.
    rows = [on_grid(one, empty=float(one[0] > 0.0), full=0.0) for one in found.free.T]
    even, swing = unevenness(present - found.busy, found.square, cube=found.cube)
    # Of few people hardly any wait: straight lines between queues are nearer than between places.
    waiting = on_grid(present - found.busy, empty=0.0, full=0.0)
    few = places * grid[:-1] / (1.0 - grid[:-1]) - waiting[:-1]
    busy = on_grid(found.busy, empty=0.0, full=float(places))
    busy[:-1] = np.where(grid[:-1] <= 0.5, few, busy[:-1])
    return tabled(
        places,
        [
            busy,
            on_grid(found.delayed, empty=0.0, full=1.0),
            on_grid(found.refused, empty=0.0, full=0.0 if closed is None else 1.0),
            on_grid(even, empty=0.0, full=1.0),
            on_grid(swing, empty=0.0, full=0.0),
        ],
        free=np.array(rows).reshape(len(rows), CELLS + 1),
    )


def unevenness(queue: Floats, square: Floats, *, cube: Floats) -> tuple[Floats, Floats]:
    """Give how even the queue is, and how variable the one that somebody finds himself in.

    Who waits is more often in a long queue than in a short one: met through somebody in it, a queue has the
    mean E Q² ÷ E Q, and the mean square E Q³ ÷ E Q.
    """
    there = queue > TINY
    mean = np.divide(square, queue, out=np.ones_like(queue), where=there)
    variance = np.divide(cube, queue, out=np.ones_like(queue), where=there) - mean * mean
    even = np.where(there, np.minimum(queue / np.maximum(mean, TINY), 1.0), 0.0)
    return even, np.sqrt(np.maximum(variance, 0.0)) / np.maximum(mean, TINY)
