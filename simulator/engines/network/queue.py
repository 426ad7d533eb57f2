"""One queue as closures are asked about it."""

from dataclasses import dataclass

from simulator.engines.network.matching import Kept
from simulator.engines.network.stationary import EVERYBODY, Thinning

Setting = Thinning | Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """``places``; ``patience`` as the rate of giving up a stay; ``room`` to wait, or ``None`` without limit;
    ``spread`` (1 + cv²) ÷ 2 of stays; the numbers of free places ``needed`` that are asked about; and the
    ``setting`` that it stands in."""

    places: int
    patience: float
    room: int | None
    spread: float
    needed: tuple[int, ...]
    setting: Setting = EVERYBODY
