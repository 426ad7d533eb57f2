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
        above = records[..., self.top].sum(axis=-1) - records[..., self.less].sum(axis=-1)
        below = records[..., self.bottom].sum(axis=-1) if self.bottom else seconds
        return over(above * self.times, below)


def over(above: Numbers, below: Numbers) -> Floats:
    """Divide, giving not-a-number where the divisor is nought."""
    above, below = np.broadcast_arrays(np.asarray(above, dtype=np.float64), below)
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=below != 0))
