"""The ground on which a program is laid out: places are given out first, then everything is written."""

from collections.abc import Iterable

import numpy as np

from simulator.compiler.program import Flags, Floats, Ints
from simulator.engines.kernels.layout import HEAD_SIZE

Columns = dict[int, Ints | Flags | int]


class Ground:
    """Two arrays to be: whole numbers, whose head comes first, and real numbers."""

    def __init__(self) -> None:
        self.size = HEAD_SIZE
        self.real_size = 1
        self._ints: list[tuple[int, Ints]] = []
        self._reals: list[tuple[int, Floats]] = []

    def room(self, count: int) -> int:
        """Give out room for whole numbers, nought for the time being; return where it begins."""
        place = self.size
        self.size += count
        return place

    def real_room(self, count: int) -> int:
        """Give out room for real numbers, nought for the time being."""
        place = self.real_size
        self.real_size += count
        return place

    def lay(self, values: Iterable[int] | Ints) -> int:
        """Lay whole numbers down in room of their own."""
        found = np.asarray(values if isinstance(values, np.ndarray) else list(values), dtype=np.int64).ravel()
        place = self.room(len(found))
        self.write(place, found)
        return place

    def lay_list(self, values: Iterable[int]) -> int:
        """Lay a list down: its length, then what is in it."""
        found = list(values)
        return self.lay([len(found), *found])

    def lay_reals(self, values: Iterable[float] | Floats) -> int:
        """Lay real numbers down in room of their own."""
        found = np.asarray(
            values if isinstance(values, np.ndarray) else list(values), dtype=np.float64
        ).ravel()
        place = self.real_room(len(found))
        self._reals.append((place, found))
        return place

    def write(self, place: int, values: Ints) -> None:
        """Write whole numbers into room that has been given out."""
        self._ints.append((place, values))

    def arrays(self, room: int) -> tuple[Ints, Floats]:
        """Return both arrays, with so much room behind the whole numbers."""
        world, reals = np.zeros(self.size + room, dtype=np.int64), np.zeros(self.real_size)
        for place, values in self._ints:
            world[place : place + len(values)] = values
        for place, numbers in self._reals:
            reals[place : place + len(numbers)] = numbers
        return world, reals


def rows_of(columns: Columns, *, count: int, width: int) -> Ints:
    """Make rows of a table from its columns, each an array or one number for all."""
    found = np.zeros((count, width), dtype=np.int64)
    for column, values in columns.items():
        found[:, column] = values
    return found.ravel()
