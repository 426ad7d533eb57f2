"""The closures that a network can run on: matching, and those that docs/closures.md sets beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulator.engines.network.fluid import fluid
from simulator.engines.network.lattice import around
from simulator.engines.network.matching import Kept, Matching, between, matching, matching_beside
from simulator.engines.network.normal import DEVIATIONS, normals, resistances
from simulator.engines.network.queue import Queue, Setting

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """How queues are tabulated: ``tables`` of a queue, one, or one for each of the ``deviations``.

    ``resistances``, in the same rows, by what share fewer come for each one more present, where the variance
    is to know it. ``sees`` what a queue stands in (``thinning.py``); ``shifts`` the law of a queue of long
    stays instead of letting it be at rest in every hour.
    """

    tables: Callable[[Queue], Sequence[Matching]]
    resistances: Callable[[Queue], Sequence[Floats]] | None = None
    deviations: Floats = field(default_factory=lambda: np.zeros(0))
    sees: bool = False
    shifts: bool = False

    @property
    def copies(self) -> int:
        """Say how many tables a queue has."""
        return max(len(self.deviations), 1)


def _matched(queue: Queue) -> Sequence[Matching]:
    """Tabulate the stationary queue in its setting, between those of a lattice that are known."""
    return (between([(weight, _known(queue, setting)) for weight, setting in around(queue.setting)]),)


def _known(queue: Queue, setting: Setting) -> Matching:
    if isinstance(setting, Kept):
        return matching_beside(
            queue.places, kept=setting, patience=queue.patience, spread=queue.spread, needed=queue.needed
        )
    return matching(
        queue.places,
        patience=queue.patience,
        room=queue.room,
        spread=queue.spread,
        needed=queue.needed,
        thinning=setting,
    )


def _matched_alone(queue: Queue) -> Sequence[Matching]:
    """Tabulate M/M/c+M."""
    return (matching(queue.places, patience=queue.patience, room=queue.room, needed=queue.needed),)


MATCHING = Closure(tables=_matched, sees=True, shifts=True)
CLOSURES = {
    "fluid": Closure(tables=lambda queue: (fluid(queue),)),
    "matching alone": Closure(tables=_matched_alone),
    "matching": MATCHING,
    "mean and variance alone": Closure(tables=normals, deviations=DEVIATIONS),
    "mean and variance": Closure(tables=normals, resistances=resistances, deviations=DEVIATIONS, sees=True),
}
