"""Intervals over replications: what a mean is worth."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = float | Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean over replications with its 95% (``low``, ``high``) and 80% intervals.

    Student's t with n − 1 degrees of freedom, as if replications were independent draws from a normal law.
    ``n`` counts the replications in which the value exists (a mean wait does not when nobody came). One
    replication has no interval; none has no mean. ``probability_of_reduction`` is the probability, from
    that t, that the true difference lies below nought; only differences have it.
    """

    mean: float | None
    sd: float | None
    low: float | None
    high: float | None
    low_80: float | None
    high_80: float | None
    n: int
    probability_of_reduction: float | None = None


ABSENT = Estimate(mean=None, sd=None, low=None, high=None, low_80=None, high_80=None, n=0)


def estimate(values: Sequence[float | None]) -> Estimate:
    """Estimate the mean of one value a replication; absent values are left out and not counted."""
    present = [value for value in values if value is not None]
    if not present:
        return ABSENT
    varies = min(present) < max(present)
    mean = math.fsum(present) / len(present) if varies else present[0]
    if len(present) == 1:
        return Estimate(mean=mean, sd=None, low=None, high=None, low_80=None, high_80=None, n=1)
    sd = _sd(present, mean) if varies else 0.0
    half_95, half_80 = (sd / math.sqrt(len(present)) * student(len(present), share) for share in (0.95, 0.80))
    return Estimate(
        mean=mean,
        sd=sd,
        low=mean - half_95,
        high=mean + half_95,
        low_80=mean - half_80,
        high_80=mean + half_80,
        n=len(present),
    )


def estimate_level(values: Sequence[float | None], *, most: float = math.inf, least: float = 0.0) -> Estimate:
    """Estimate the mean of what cannot be below ``least``, nor above ``most``: its intervals end there."""
    found = estimate(values)

    def cut(end: float | None) -> float | None:
        # As `possible` does it, without the cost of arrays: tables have tens of thousands of these.
        if end is None or found.mean is None:
            return None
        return min(max(end, min(least, found.mean)), max(most, found.mean))

    return replace(
        found,
        low=cut(found.low),
        high=cut(found.high),
        low_80=cut(found.low_80),
        high_80=cut(found.high_80),
    )


def possible(end: Numbers, mean: Numbers, *, most: Numbers, least: float = 0.0) -> Floats:
    """Bring an end of an interval back to where a level can be, but never past its mean.

    The t-interval of a few replications may reach beyond; what it leaves out cannot be true, so it covers as
    often as before.
    """
    return np.clip(end, np.minimum(least, mean), np.maximum(most, mean))


def estimate_difference(scenario: Sequence[float | None], baseline: Sequence[float | None]) -> Estimate:
    """Estimate the mean paired difference, scenario less baseline, over replications in which both exist."""
    pairs = zip(scenario, baseline, strict=True)
    differences = [one - other for one, other in pairs if one is not None and other is not None]
    found = estimate(differences)
    return Estimate(
        mean=found.mean,
        sd=found.sd,
        low=found.low,
        high=found.high,
        low_80=found.low_80,
        high_80=found.high_80,
        n=found.n,
        probability_of_reduction=probability_of_reduction(found),
    )


def probability_of_reduction(difference: Estimate) -> float | None:
    """Say how probable it is that the true difference is below nought (design §10).

    ``None`` with fewer than two replications. Where no two replications differ there is nothing to be unsure
    of: 1 below nought, else 0.
    """
    if difference.mean is None or difference.sd is None:
        return None
    if difference.sd == 0:
        return 1.0 if difference.mean < 0 else 0.0
    from scipy.special import stdtr

    error = difference.sd / math.sqrt(difference.n)
    return float(stdtr(difference.n - 1, -difference.mean / error))


def student(replications: int, share: float) -> float:
    """Give the two-sided quantile of Student's t for so many replications and this share inside."""
    from scipy.special import stdtrit

    return float(stdtrit(replications - 1, 0.5 + share / 2))


def _sd(values: Sequence[float], mean: float) -> float:
    """Give the sample standard deviation."""
    return math.sqrt(math.fsum(np.square(np.asarray(values) - mean).tolist()) / (len(values) - 1))
