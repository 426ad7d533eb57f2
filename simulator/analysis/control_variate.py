"""A mean known better by what a cheap lens says of the same draws or points: regression on it.

Of N draws x is known, of n of them y too. With b = Sxy ÷ Sxx the mean of y is ȳ + b (X̄ − x̄), X̄ over all N,
and

    variance = s² (1 ÷ n + (X̄ − x̄)² ÷ Sxx) + b² S²ₓ ÷ N,    s² = Σ residual² ÷ (n − 2)

with Student's t of n − 2 degrees of freedom (Lavenberg & Welch 1981, Management Science 27:322, for the first
part; Cochran 1977, Sampling Techniques, ch. 12, for the second, which is nought where the N are all there
are). The coefficient's own doubt is in both: with few pairs, or a lens that tells little, the interval is
wider than without, and then that is said.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.student import student

Floats = NDArray[np.float64]
FEWEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Controlled:
    """A mean over ``n`` pairs of ``of`` draws or points: plain, and helped by the other lens.

    95% intervals. ``coefficient`` is b; not-a-number where the cheap lens never varies, and then the two are
    the same.
    """

    n: int
    of: int
    plain: tuple[float, float, float]
    helped: tuple[float, float, float]
    coefficient: float

    @property
    def helps(self) -> bool:
        """Say whether the interval is narrower with the other lens."""
        return self.helped[2] - self.helped[1] < self.plain[2] - self.plain[1]


def controlled(y: Floats, x: Floats, *, all_x: Floats, is_sample: bool) -> Controlled | None:
    """Estimate a mean of y (n,) beside x (n,) and ``all_x`` (N,); nothing of fewer than four pairs.

    ``is_sample``: the N are themselves drawn from what the mean is wanted of.
    """
    there = ~(np.isnan(y) | np.isnan(x))
    y, x, all_x = y[there], x[there], all_x[~np.isnan(all_x)]
    n = len(y)
    if n < FEWEST:
        return None
    mean = float(y.mean())
    half = student(n, 0.95) * float(y.std(ddof=1)) / math.sqrt(n)
    plain = (mean, mean - half, mean + half)
    spread = float(((x - x.mean()) ** 2).sum())
    if x.min() == x.max() or spread <= 0:
        return Controlled(n=n, of=len(all_x), plain=plain, helped=plain, coefficient=math.nan)
    b = float(((x - x.mean()) * (y - mean)).sum()) / spread
    away = float(all_x.mean() - x.mean())
    left = y - mean - b * (x - x.mean())
    variance = float((left**2).sum()) / (n - 2) * (1 / n + away**2 / spread)
    if is_sample:
        variance += b**2 * float(all_x.var(ddof=1)) / len(all_x)
    half = student(n - 1, 0.95) * math.sqrt(variance)
    best = mean + b * away
    return Controlled(n=n, of=len(all_x), plain=plain, helped=(best, best - half, best + half), coefficient=b)
