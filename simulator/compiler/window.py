"""The stretch of time that a program covers, and how much of the population."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When a run starts to count, what goes before, how far it goes, and how often it reports.

    ``starts`` is the first day that counts; second 0 is ``warm_up_seconds`` before it.
    ``population_share`` takes people and capacity down together.
    """

    starts: date
    warm_up_seconds: int
    horizon_seconds: int
    period_seconds: int
    population_share: Fraction = Fraction(1)

    @property
    def end_second(self) -> int:
        """Give the second at which the run ends."""
        return self.warm_up_seconds + self.horizon_seconds
