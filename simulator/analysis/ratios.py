"""Measures that are one recorded sum over another, or over time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64] | NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """``times`` × (Σ ``top`` − Σ ``less``) ÷ Σ ``bottom``; over elapsed seconds where ``bottom`` is empty."""

    top: tuple[int, ...]
    bottom: tuple[int, ...] = ()
    less: tuple[int, ...] = ()
    times: float = 1.0

    def of(self, records: Numbers, seconds: Numbers) -> Floats:
        """Compute it from records (…, fields) and seconds (…); not-a-number with nothing to divide by."""
        above = _added(records, self.top)
        if self.less:
            above = above - _added(records, self.less)
        return over(above * self.times, _added(records, self.bottom) if self.bottom else seconds)


def over(above: np.ndarray, below: np.ndarray) -> Floats:
    """Divide, giving not-a-number where the divisor is nought."""
    above, below = np.asarray(above, dtype=np.float64), np.asarray(below)
    if not above.ndim and not below.ndim:
        # Thousands of measures are one number over another.
        return np.asarray(above / below if below else np.nan)
    absent = np.full(np.broadcast_shapes(above.shape, below.shape), np.nan)
    return np.asarray(np.divide(above, below, out=absent, where=below != 0))


def _added(records: np.ndarray, fields: tuple[int, ...]) -> np.ndarray:
    """Add up some fields of records."""
    first, *others = fields
    found = records[..., first]
    for field in others:
        found = found + records[..., field]
    return found
