"""Lookups: a curve through points, read between them along straight lines."""

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

MOST_POINTS = 10_000


class Outside(Enum):
    """What holds beyond the first and last point, and between points."""

    HOLD = "hold"
    EXTEND = "extend"
    STEPS = "steps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Points of a curve, from left to right; where two lie above one another, the later holds from there on.

    ``HOLD`` keeps the first and last height outside, ``EXTEND`` carries the end pieces on, ``STEPS`` holds
    each height up to the next point.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    outside: Outside = Outside.HOLD

    @property
    def fault(self) -> str | None:
        """Say what is wrong with the points, or nothing."""
        if not self.xs or len(self.xs) != len(self.ys):
            return f"{len(self.xs)} places and {len(self.ys)} heights; a curve has as many of each."
        if len(self.xs) > MOST_POINTS:
            return f"{len(self.xs):,} points; {MOST_POINTS:,} are the most."
        for place, (before, after) in enumerate(pairwise(self.xs)):
            if after < before:
                lies = f"point {place + 2} lies at {after:g}, left of the one before it at {before:g}"
                return f"{lies}; points go to the right."
        return None
