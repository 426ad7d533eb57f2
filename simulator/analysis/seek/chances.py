"""How surely a target is met, from the runs at one value."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.intervals import estimate_level
from simulator.definition.seek import AT_MOST, Target

Floats = NDArray[np.float64]
Ends = tuple[float, float]

NO_ENDS = (-math.inf, math.inf)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A value that was tried: the mean of what is aimed at, its 95% interval, how surely it meets the target.

    ``meets``: with the probability that was asked for. ``n`` counts draws, or replications where none is
    drawn.
    """

    value: int
    mean: float
    low: float | None
    high: float | None
    n: int
    probability: float
    meets: bool


def share_of_draws(values: Floats, target: Target) -> float:
    """Give the share of draws (draws, replications) whose mean meets a target."""
    means = _means(values)
    return float(np.mean(_met(means, target))) if means.size else 0.0


def by_student(values: Floats, target: Target) -> float:
    """Give the probability that the true mean meets a target, from replications (n,) by Student's t.

    T = (limit − mean) / (s / √n) with n − 1 degrees of freedom. One run without chance says yes or no.
    """
    from scipy.stats import t as student

    known = values[np.isfinite(values)]
    if not known.size:
        return 0.0
    spread = float(known.std(ddof=1)) if known.size > 1 else 0.0
    if spread == 0.0:
        return float(_met(np.array([known.mean()]), target)[0])
    score = (float(target.limit) - float(known.mean())) / (spread / math.sqrt(known.size))
    below = float(student.cdf(score, known.size - 1))
    return below if target.relation == AT_MOST else 1.0 - below


def tried(
    value: int, values: Floats, *, target: Target, probability: float, is_drawn: bool, ends: Ends = NO_ENDS
) -> Tried:
    """Judge a value by its runs (draws, replications); where nothing was drawn there is one draw.

    ``ends``: how low, and how high, what is aimed at can be; its interval ends there.
    """
    found = share_of_draws(values, target) if is_drawn else by_student(values[0], target)
    of_each = _means(values) if is_drawn else values[0]
    least, most = ends
    one = estimate_level([float(mean) for mean in of_each if math.isfinite(mean)], least=least, most=most)
    return Tried(
        value=value,
        mean=math.nan if one.mean is None else one.mean,
        low=one.low,
        high=one.high,
        n=one.n,
        probability=found,
        meets=found >= probability,
    )


def _means(values: Floats) -> Floats:
    """Give the mean of each draw that has a run at all."""
    there = np.isfinite(values)
    some = there.any(axis=1)
    return np.asarray(np.where(there, values, 0.0).sum(axis=1)[some] / there.sum(axis=1)[some])


def _met(values: Floats, target: Target) -> NDArray[np.bool_]:
    limit = float(target.limit)
    return values <= limit if target.relation == AT_MOST else values >= limit
