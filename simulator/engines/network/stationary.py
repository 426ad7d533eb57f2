"""The stationary queue: how many are present, served, kept waiting and turned away, by load.

The birth-death chain M/M/c+M with or without room: arrivals at rate a, c places, each freed at rate 1 (time
is counted in stays), each who waits gives up at rate θ, and no more than ``room`` may wait. Exact; the
closures of this package are made of it and are tested against it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NEGLIGIBLE = 1e-13
MOST_WAITING = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stationary:
    """Means and chances of stationary queues, one a load.

    ``present`` and ``busy`` are mean numbers, ``delayed`` the chance that nobody can start at once,
    ``refused`` that there is not even room to wait, ``free`` (loads, c + 1) that more than n places are free.
    """

    present: Floats
    busy: Floats
    delayed: Floats
    refused: Floats
    free: Floats


def stationary(places: int, loads: Floats, *, patience: float = 0.0, room: int | None = None) -> Stationary:
    """Solve the chain for each load (arrivals a stay); ``patience`` is θ, the rate of giving up a stay.

    Without patience and without a limit to the room every load must be below ``places``.
    """
    laws = _laws(
        places, loads, states=_states(places, loads, patience=patience, room=room), patience=patience
    )
    number = np.arange(laws.shape[1])
    below = np.cumsum(laws[:, : places + 1], axis=1)
    reach = np.minimum(np.arange(places + 1), places)
    free = np.zeros((len(loads), places + 1))
    free[:, :places] = below[:, places - 1 - reach[:places]]
    return Stationary(
        present=laws @ number,
        busy=laws @ np.minimum(number, places),
        delayed=np.maximum(0.0, 1.0 - below[:, places - 1]) if places else np.ones(len(loads)),
        refused=np.zeros(len(loads)) if room is None else laws[:, -1],
        free=free,
    )


def _laws(places: int, loads: Floats, *, states: int, patience: float) -> Floats:
    """Give the stationary laws (loads, states), by products of ratios relative to the largest."""
    number = np.arange(1, states)
    leaving = np.minimum(number, places) + patience * np.maximum(number - places, 0)
    steps = np.log(loads)[:, None] - np.log(leaving)[None, :]
    height = np.concatenate([np.zeros((len(loads), 1)), np.cumsum(steps, axis=1)], axis=1)
    weight = np.exp(height - height.max(axis=1, keepdims=True))
    found: Floats = weight / weight.sum(axis=1, keepdims=True)
    return found


def _states(places: int, loads: Floats, *, patience: float, room: int | None) -> int:
    """Say how many states hold all but next to nothing."""
    if room is not None:
        return places + room + 1
    most = float(loads.max())
    if patience <= 0:
        ratio = most / max(places, 1)
        return places + min(MOST_WAITING, int(np.log(NEGLIGIBLE) / np.log(ratio)) + 2)
    centre = places + max(0.0, most - places) / patience
    spread = np.sqrt(max(most, 1.0) / min(patience, 1.0))
    return int(min(places + MOST_WAITING, centre + 9 * spread + 30))
