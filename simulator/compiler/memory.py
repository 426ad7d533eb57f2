"""What programs of one model have worked out, kept for the next: laws tabulated, capacities over time."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.law_tables import LawTable

Made = TypeVar("Made")
MOST_LAWS, MOST_LINES, MOST_TRAITS = 2_000, 500, 200

Line = NDArray[np.int64]


class Memory(Generic[Made]):
    """Things made once, by what they are made of; of too many the longest unused goes. For threads too."""

    def __init__(self, most: int) -> None:
        """Keep so many."""
        self._most = most
        self._kept: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = threading.Lock()

    def give(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Give what was made of this, or make it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            made = self._kept.setdefault(key, made)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made

    def __reduce__(self) -> tuple[type, tuple[int]]:
        """Be sent to another process empty: what is kept is worked out again there."""
        return type(self), (self._most,)

    def __len__(self) -> int:
        """Count what is kept."""
        return len(self._kept)


@dataclass(frozen=True, slots=True)
class Tabulated:
    """Laws and traits by what they say in numbers, what is left of laws by their tables, and capacities over
    time by what each is made of."""

    laws: Memory[LawTable] = field(default_factory=lambda: Memory(MOST_LAWS))
    left: Memory[LawTable] = field(default_factory=lambda: Memory(MOST_LAWS))
    traits: Memory[NDArray[np.float64]] = field(default_factory=lambda: Memory(MOST_TRAITS))
    lines: Memory[Line] = field(default_factory=lambda: Memory(MOST_LINES))


def said(*arrays: NDArray[np.generic]) -> Hashable:
    """Give all that arrays say, to know them again by: a key of a ``Memory``."""
    return tuple((one.dtype.str, one.shape, one.tobytes()) for one in arrays)
