"""The lines that driven capacities follow over a run: opening hours, steps and interventions are in them."""

import math
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
