"""Student's t, and where the interval of a level must end."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Numbers = float | Floats


def possible(end: Numbers, mean: Numbers, *, most: Numbers, least: float = 0.0) -> Floats:
    """Bring an end of an interval back to where a level can be, but never past its mean.

    The t-interval of a few replications may reach beyond; what it leaves out cannot be true, so it covers as
    often as before.
    """
    return np.clip(end, np.minimum(least, mean), np.maximum(most, mean))


def student(replications: int, share: float) -> float:
    """Give the two-sided quantile of Student's t for so many replications and this share inside."""
    from scipy.special import stdtrit

    return float(stdtrit(replications - 1, 0.5 + share / 2))


def students(n: Ints, share: float) -> Floats:
    """Give quantiles of Student's t by the number of values; not-a-number below two."""
    found = np.full(n.shape, np.nan)
    for count in np.unique(n).tolist():
        if count > 1:
            found[n == count] = student(count, share)
    return found
