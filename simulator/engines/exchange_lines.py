"""The lines that driven capacities follow over a run: opening hours, steps and interventions are in them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from simulator.compiler.exchange_arrays import Exchange as Arrays

# What a computed number of places may fall short of a whole one and still be it.
SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Line:
    """How many places a resource has from now on: the whole part of what drives it; of a share the next."""

    drive: int
    factor: float
    plus: float
    rounds_up: bool

    def places(self, values: list[float]) -> int:
        """Give the places at the levels of all drives."""
        if self.rounds_up:
            driven = max(0, math.ceil(self.factor * values[self.drive] - SLACK))
            return max(0, driven + math.ceil(self.plus - SLACK))
        return max(0, math.floor(self.factor * values[self.drive] + self.plus + SLACK))


class Lines:
    """The line that each driven capacity is on ``now``, by resource."""

    def __init__(self, arrays: Arrays) -> None:
        columns = (arrays.line_drive, arrays.line_factor, arrays.line_plus)
        rows = zip(*(one.tolist() for one in columns), strict=True)
        up = arrays.share < 1.0
        self._lines = [Line(drive, factor, plus, up) for drive, factor, plus in rows]
        self._second: list[int] = arrays.line_second.tolist()
        self._resource: list[int] = arrays.line_resource.tolist()
        self._at_once = int((arrays.line_second <= 0).sum())
        self._passed = 0
        self.now: dict[int, Line] = {}
        self.catch_up(0)

    def catch_up(self, second: int) -> None:
        """Pass all lines that begin at a second or before it."""
        while self._passed < len(self._lines) and self._second[self._passed] <= second:
            self.passes(self._passed)

    def passes(self, line: int) -> int:
        """Pass a line; give its resource."""
        self.now[self._resource[line]] = self._lines[line]
        self._passed = line + 1
        return self._resource[line]

    def later(self, values: list[float]) -> list[tuple[int, int, int]]:
        """List the second, resource and places of all lines after second 0, by the levels of all drives."""
        rows = range(self._at_once, len(self._lines))
        return [(self._second[one], self._resource[one], self._lines[one].places(values)) for one in rows]

    def ahead(self, until: int, values: list[float]) -> Iterator[tuple[int, int]]:
        """Pass the lines before a second; give the place of each after those of second 0, and its places."""
        while self._passed < len(self._lines) and self._second[self._passed] < until:
            resource = self.passes(self._passed)
            yield self._passed - 1 - self._at_once, self.now[resource].places(values)
