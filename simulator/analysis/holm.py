"""Several differences judged together: intervals and probabilities by Holm's step-down procedure.

The differences of one measure from the baseline, over scenarios and points, are one family. In rising order
of their two-sided probability by chance p (Student's t) the i-th of m is told from nought if those before it
are and p ≤ 5% ÷ (m − i + 1); its interval has that level, and those not told have the level of the first of
them (Holm 1979, Scand J Stat 6:65; intervals so: Serlin 1993, J Exp Educ 61:350). So an interval leaves out
nought exactly where the procedure tells a difference, and the chance that any at all is told where there is
none is at most 5%.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.table import REAL, Column

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEVEL = 0.05
COLUMNS = (
    Column(
        name="holm_low",
        kind=REAL,
        says="Lower end of the 95% interval, all differences of the measure in this table judged together.",
    ),
    Column(name="holm_high", kind=REAL, says="Upper end of that interval."),
    Column(
        name="holm_p",
        kind=REAL,
        says="Probability, Holm's, of so large a difference by chance; at 0.05 or less it is told.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """A family of differences judged together; not-a-number where one replication tells nothing."""

    low: Floats
    high: Floats
    p: Floats

    @property
    def family(self) -> int:
        """Count the differences that are judged."""
        return int((~np.isnan(self.p)).sum())


def together(mean: Floats, sd: Floats, *, n: Ints) -> Together:
    """Judge a family (one axis) of mean differences over n replications each."""
    from scipy.special import stdtr, stdtrit

    known = n > 1
    degrees = np.maximum(n - 1, 1)
    error = sd / np.sqrt(np.maximum(n, 1))
    t = np.abs(mean) / np.where(error > 0, error, 1.0)
    certain = np.where(mean == 0, 1.0, 0.0)
    p = np.where(known, np.where(error > 0, 2 * stdtr(degrees, -t), certain), np.nan)
    order = np.argsort(p, kind="stable")[: int(known.sum())]
    left = len(order) - np.arange(len(order))
    told = np.logical_and.accumulate(p[order] * left <= LEVEL)
    level = LEVEL / np.where(told, left, left[told.sum()] if not told.all() else 1)
    half = np.full(mean.shape, np.nan)
    half[order] = stdtrit(degrees[order], 1 - level / 2) * error[order]
    adjusted = np.full(mean.shape, np.nan)
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * left), 1.0)
    return Together(low=mean - half, high=mean + half, p=adjusted)


def by_measure(mean: Floats, sd: Floats, *, n: Ints) -> Together:
    """Judge differences whose last axis are measures: all that stands before it is a measure's family."""
    shape, measures = mean.shape, mean.shape[-1]
    rows = [one.reshape(-1, measures) for one in (mean, sd)]
    counts = n.reshape(-1, measures)
    found = [together(rows[0][:, k], rows[1][:, k], n=counts[:, k]) for k in range(measures)]

    def whole(word: str) -> Floats:
        return np.stack([getattr(one, word) for one in found], axis=-1).reshape(shape)

    return Together(low=whole("low"), high=whole("high"), p=whole("p"))
