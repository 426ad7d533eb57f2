"""One value that a sweep varies: from a number between nought and one to what a file would say."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from simulator.definition.uncertain import Uncertain, written
from simulator.definition.vary import Variation
from simulator.experiment.uncertainty.fits import DIGITS, Fitted
from simulator.units import written_quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A dotted path and how its value is varied; ``law`` and ``parameter`` where over its own range."""

    name: str
    variation: Variation
    is_whole: bool = False
    parameter: Uncertain | None = None
    law: Fitted | None = None

    def sampled(self, u: float) -> object:
        """Give the value at a number in (0, 1): equal stretches of numbers are equally likely values."""
        if self.law is not None:
            return self._drawn(u)
        values = self.variation.values
        if values:
            return values[min(int(u * len(values)), len(values) - 1)]
        low, high = self._ends()
        if self.is_whole and not self.variation.is_log:
            return self._written(low + min(math.floor(u * (high - low + 1)), high - low))
        return self._written(self._along(u))

    def at_level(self, level: int, *, of: int) -> object:
        """Give the value at one of so many levels, from the one end to the other."""
        if self.law is not None:
            return self._drawn((level + 0.5) / of)
        values = self.variation.values
        if values:
            return values[min(level * len(values) // of, len(values) - 1)]
        return self._written(self._along(level / (of - 1)))

    def levels(self) -> Sequence[object]:
        """Give the values of a grid, each once."""
        if self.variation.values:
            return self.variation.values
        steps = self.variation.steps or 0
        return tuple(dict.fromkeys(self.at_level(level, of=steps) for level in range(steps)))

    def _drawn(self, u: float) -> object:
        assert self.law is not None
        assert self.parameter is not None
        return written(self.parameter, Fraction(self.law.value(u)))

    def _ends(self) -> tuple[float, float]:
        assert self.variation.low is not None
        assert self.variation.high is not None
        return float(self.variation.low), float(self.variation.high)

    def _along(self, share: float) -> float:
        """Go a share of the way between the ends, evenly or by proportion."""
        low, high = self._ends()
        if self.variation.is_log:
            return float(low * (high / low) ** share)
        return low + share * (high - low)

    def _written(self, value: float) -> object:
        tidy = math.floor(value + 0.5) if self.is_whole else float(f"{value:.{DIGITS}g}")
        return written_quantity(Fraction(tidy), self.variation.dimension, is_whole=self.is_whole)
