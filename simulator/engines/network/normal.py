"""Mean and variance as tables of the network: the number present is normal, its variance follows in time.

One table for each standard deviation of a list; which of them a queue reads is chosen from step to step
(``kernels/varying.py``). Of a normal number present, of mean m and deviation s, with β = (c − m) ÷ s, φ the
density there and Φ̄ the chance of more: E (L − c)⁺ = s (φ − β Φ̄), and so on for its square and cube (by
parts). Kept beside matching for the comparison in docs/closures.md.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.engines.network.kernels.net import CELLS
from simulator.engines.network.matching import Kept, Matching, tabled, unevenness
from simulator.engines.network.queue import Queue

Floats = NDArray[np.float64]

ROOT_TWO_PI = np.sqrt(2.0 * np.pi)
# Where next to nobody comes any more, how fast fewer do is no share of them.
LEAST_COMING = 0.01
# Standard deviations over the root of the number of places (about one where people come at random): each a
# sixteenth more than the one before. A queue reads the nearest.
DEVIATIONS = np.geomspace(0.1, 30.0, 96)


def normals(queue: Queue) -> Sequence[Matching]:
    """Tabulate a queue, once for each deviation; what keeps its places varies besides."""
    return [normal(queue, deviation=one) for one in _deviations(queue)]


def resistances(queue: Queue) -> Sequence[Floats]:
    """Say, once for each deviation, by what share fewer come for each one more present: −(E w)′ ÷ E w, with w
    the share of arrivals that come in each state (``Thinning``)."""
    return [_resistance(queue, deviation=one) for one in _deviations(queue)]


def _deviations(queue: Queue) -> Sequence[float]:
    kept = queue.setting.variance if isinstance(queue.setting, Kept) else 0.0
    return [(one**2 * queue.places + kept) ** 0.5 for one in DEVIATIONS.tolist()]


def _resistance(queue: Queue, *, deviation: float) -> Floats:
    setting = queue.setting
    if isinstance(setting, Kept):
        return np.zeros(CELLS + 1)
    beta = _beta(queue, deviation=deviation)
    coming, fewer = np.zeros(CELLS), np.zeros(CELLS)
    for needed, share in zip(setting.needed, setting.share, strict=True):
        coming += share * (1.0 - _above(beta - needed / deviation))
        fewer += share * _density(beta - needed / deviation) / deviation
    coming += setting.waiting * _above(beta)
    fewer -= setting.waiting * _density(beta) / deviation
    if setting.eases is not None and setting.stops is not None:
        eased, stopped = beta + setting.eases / deviation, beta + setting.stops / deviation
        slope = setting.waiting / (setting.stops - setting.eases)
        coming -= slope * deviation * (_excess(eased) - _excess(stopped))
        fewer += slope * (_above(eased) - _above(stopped))
    return np.append(np.maximum(fewer, 0.0) / np.maximum(coming, LEAST_COMING), 0.0)


def normal(queue: Queue, *, deviation: float) -> Matching:
    """Tabulate a queue whose number present has this standard deviation, whatever its mean."""
    beta = _beta(queue, deviation=deviation)
    present = queue.places - beta * deviation
    above, density = _above(beta), _density(beta)
    waiting = deviation * _excess(beta)
    square = deviation**2 * np.maximum((1.0 + beta * beta) * above - beta * density, 0.0)
    cube = deviation**3 * np.maximum((beta * beta + 2.0) * density - (beta**3 + 3.0 * beta) * above, 0.0)
    even, swing = unevenness(waiting, square, cube=cube)
    busy = np.clip(present - waiting, 0.0, np.minimum(present, queue.places))
    free = [1.0 - _above(beta - needed / deviation) for needed in queue.needed]
    refused = np.zeros(CELLS) if queue.room is None else _above(beta + queue.room / deviation)
    return tabled(
        queue.places,
        [
            np.append(busy, queue.places),
            np.append(above, 1.0),
            np.append(refused, 0.0 if queue.room is None else 1.0),
            np.append(even, 1.0),
            np.append(swing, 0.0),
        ],
        free=np.array([np.append(one, 0.0) for one in free]).reshape(len(free), CELLS + 1),
    )


def _beta(queue: Queue, *, deviation: float) -> Floats:
    """Give the free places in standard deviations, along a table but for its last row."""
    share = np.linspace(0.0, 1.0, CELLS + 1)[:-1]
    return np.asarray((queue.places - queue.places * share / (1.0 - share)) / deviation)


def _density(beta: Floats) -> Floats:
    return np.asarray(np.exp(-0.5 * beta * beta) / ROOT_TWO_PI)


def _excess(beta: Floats) -> Floats:
    """Give by how much a standard normal number is above so much on average, nought where it is below."""
    return np.asarray(np.maximum(_density(beta) - beta * _above(beta), 0.0))


def _above(beta: Floats) -> Floats:
    """Give the chance that a standard normal number is above so much."""
    from scipy.special import ndtr

    return np.asarray(ndtr(-beta))
