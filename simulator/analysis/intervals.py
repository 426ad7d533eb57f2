"""Intervals over replications, or over draws of uncertain parameters: what a mean is worth."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulator.analysis.spread import Spread, over_draws
from simulator.analysis.student import student

Values = Sequence[float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean over replications with its 95% (``low``, ``high``) and 80% intervals.

    Student's t with n − 1 degrees of freedom, as if replications were independent draws from a normal law.
    ``n`` counts the replications in which the value exists (a mean wait does not when nobody came). One
    replication has no interval; none has no mean. ``probability_of_reduction`` is the probability, from
    that t, that the true difference lies below nought; only differences have it.

    Over ``draws`` of uncertain parameters it is the mean of the draws' means, and its intervals are centiles
    of those, without the chance within a draw, never narrower than those of that mean (``spread``);
    ``mean_low`` and ``mean_high`` are its 95% interval, and the probability is the share of draws, as far as
    chance lets it be told (``doubt``).
    """

    mean: float | None
    sd: float | None
    low: float | None
    high: float | None
    low_80: float | None
    high_80: float | None
    n: int
    probability_of_reduction: float | None = None
    mean_low: float | None = None
    mean_high: float | None = None
    draws: int = 0

    @property
    def is_nought(self) -> bool:
        """Say whether every replication, or draw, came to nought."""
        return self.mean == 0 and self.sd in (0, None) and self.low in (0, None)

    @property
    def at_80(self) -> "Estimate":
        """Give the same with the 80% interval in place of the 95% interval."""
        return replace(self, low=self.low_80, high=self.high_80)


ABSENT = Estimate(mean=None, sd=None, low=None, high=None, low_80=None, high_80=None, n=0)


def estimate(values: Values, *, draws: int = 0) -> Estimate:
    """Estimate the mean of one value a replication; absent values are left out and not counted.

    With ``draws`` the values stand draw by draw, as many in each.
    """
    return estimates([values], draws=draws)[0]


def _over_replications(values: Values) -> Estimate:
    """Estimate the mean of one value a replication."""
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


def estimate_level(values: Values, *, most: float = math.inf, least: float = 0.0, draws: int = 0) -> Estimate:
    """Estimate the mean of what cannot be below ``least``, nor above ``most``: its intervals end there."""
    return as_level(estimate(values, draws=draws), most=most, least=least)


def as_level(found: Estimate, *, most: float = math.inf, least: float = 0.0) -> Estimate:
    """End the intervals of what cannot be below ``least``, nor above ``most``, there."""

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
        mean_low=cut(found.mean_low),
        mean_high=cut(found.mean_high),
    )


def estimate_difference(scenario: Values, baseline: Values, *, draws: int = 0) -> Estimate:
    """Estimate the mean paired difference, scenario less baseline, over replications in which both exist."""
    return estimates([paired(scenario, baseline)], draws=draws, are_differences=True)[0]


def paired(scenario: Values, baseline: Values) -> list[float | None]:
    """Give scenario less baseline, replication by replication; absent where either is."""
    pairs = zip(scenario, baseline, strict=True)
    return [None if one is None or other is None else one - other for one, other in pairs]


def estimates(rows: Sequence[Values], *, draws: int = 0, are_differences: bool = False) -> list[Estimate]:
    """Estimate many rows of values at once; only differences have a probability of reduction."""
    if draws:
        return _over_draws(rows, draws=draws, are_differences=are_differences)
    return [_difference(row) if are_differences else _over_replications(row) for row in rows]


def _difference(differences: Values) -> Estimate:
    """Estimate a mean of differences."""
    found = _over_replications(differences)
    return replace(found, probability_of_reduction=probability_of_reduction(found))


def _over_draws(rows: Sequence[Values], *, draws: int, are_differences: bool) -> list[Estimate]:
    """Estimate each row of values, which stand draw by draw, as many in each."""
    if not rows:
        return []
    table = np.array([[math.nan if one is None else one for one in row] for row in rows], dtype=np.float64)
    found = over_draws(table.reshape(len(rows), draws, -1))
    return [
        estimate_in(found, place, draws=draws, is_difference=are_differences) for place in range(len(rows))
    ]


def estimate_in(found: Spread, at: int | tuple[int, ...], *, draws: int, is_difference: bool) -> Estimate:
    """Take one estimate out of many; only a difference has a probability of reduction."""
    words = ("mean", "sd", "low", "high", "low_80", "high_80", "mean_low", "mean_high")
    numbers = {word: known(getattr(found, word)[at]) for word in words}
    below = known(found.below[at]) if is_difference else None
    return Estimate(**numbers, n=int(found.n[at]), probability_of_reduction=below, draws=draws)


def known(number: float) -> float | None:
    """Give a number as it is, and nothing for what is not one."""
    return None if math.isnan(number) else float(number)


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


def _sd(values: Sequence[float], mean: float) -> float:
    """Give the sample standard deviation."""
    return math.sqrt(math.fsum(np.square(np.asarray(values) - mean).tolist()) / (len(values) - 1))
