"""When replications are enough: every half-width below what matters, and staying so for some more.

Half-widths of 95% intervals (Student's t) after each count of replications, in their order, so what is found
depends on nothing but the values; five more replications, or 5% more if that is more, must keep them there
(Hoad, Robinson & Davies 2010, J Oper Res Soc 61:1632).
"""

import math
from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.student import student
from simulator.definition.experiment import look_ahead

Floats = NDArray[np.float64]

MOST_FORESEEN = 1_000_000


def half_widths(differences: Floats) -> Floats:
    """Give the half-width of each column's mean after its first 1, 2, … rows; rows that lack it are skipped.

    Not-a-number below two. Sums are taken from the first value there is, row by row, so that what stands in
    a row never depends on rows after it.
    """
    from scipy.special import stdtrit

    there = ~np.isnan(differences)
    n = np.cumsum(there, axis=0)
    first = differences[np.argmax(there, axis=0), np.arange(differences.shape[1])]
    moved = np.where(there, differences - first, 0.0)
    total, squares = np.cumsum(moved, axis=0), np.cumsum(moved**2, axis=0)
    count = np.maximum(n, 2)
    variance = np.maximum(squares - total**2 / count, 0.0) / (count - 1)
    half = stdtrit(count - 1, 0.975) * np.sqrt(variance / count)
    return np.asarray(np.where(n > 1, half, np.nan))


def enough(differences: Floats, limits: Floats, *, at_least: int) -> int | None:
    """Say how many of the rows (replications) of paired differences are enough; ``None`` if all are too few.

    ``limits`` by column: the smallest difference that matters.
    """
    there = len(differences)
    if there < at_least:
        return None
    precise = np.all(half_widths(differences) < limits, axis=1)
    since = None
    for count in range(at_least, there + 1):
        if not precise[count - 1]:
            since = None
            continue
        since = count if since is None else since
        if count - since >= look_ahead(since):
            return count
    return None


def foreseen(differences: Floats, limits: Floats, *, at_least: int) -> int:
    """Foresee how many replications will be enough, if their spread stays as it is; look-ahead included."""
    spread = half_widths(differences)[-1]
    n = (~np.isnan(differences)).sum(axis=0)
    found = at_least
    for half, count, limit in zip(spread.tolist(), n.tolist(), limits.tolist(), strict=True):
        sd = half * math.sqrt(count) / student(count, 0.95) if count > 1 else math.inf
        found = max(found, _fewest(sd, limit))
    return found + look_ahead(found)


def _fewest(sd: float, limit: float) -> int:
    """Give the fewest replications whose half-width is below a limit."""
    if not sd < math.inf:
        return MOST_FORESEEN
    counts = range(2, MOST_FORESEEN)
    return counts[0] + bisect_left(counts, 1, key=lambda n: student(n, 0.95) * sd / math.sqrt(n) < limit)
