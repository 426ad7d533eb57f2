"""Means and intervals of many values at once: over replications, or over draws of uncertain parameters.

Over replications an interval is Student's t, as in ``intervals``. Over draws it is the central 95% of the
draws' means, from which the part that is chance between the replications of a draw has been taken out: each
mean is drawn towards the mean of all by the root of the share of their variance that is left without it. It
is never narrower than the interval of the mean of all, and a probability counts what chance leaves unsure in
that mean (``doubt``).
"""

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.doubt import below_nought, chance_in, half_of_mean
from simulator.analysis.student import possible, students

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# The median-unbiased centile, number 8 of Hyndman & Fan (1996), Am Stat 50:361.
CENTILES: Literal["median_unbiased"] = "median_unbiased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Estimates of one shape; not-a-number where there is none.

    ``low``, ``high`` (95%), ``low_80``, ``high_80``: of the mean over replications, or of the draws without
    chance, and of their mean. ``mean_low``, ``mean_high``: the 95% interval of the mean over draws. ``sd``
    between replications, or between draws without chance. ``n`` counts runs that have the value. ``below`` is
    the probability that the true value lies below nought.
    """

    mean: Floats
    sd: Floats
    low: Floats
    high: Floats
    low_80: Floats
    high_80: Floats
    mean_low: Floats
    mean_high: Floats
    n: Ints
    below: Floats


def over_replications(values: Floats) -> Spread:
    """Estimate over the last axis: replications."""
    mean, variance, n = _moments(values)
    sd = np.sqrt(variance)
    error = sd / np.sqrt(np.maximum(n, 1))
    half_95, half_80 = (students(n, share) * error for share in (0.95, 0.80))
    return Spread(
        mean=mean,
        sd=sd,
        low=mean - half_95,
        high=mean + half_95,
        low_80=mean - half_80,
        high_80=mean + half_80,
        mean_low=np.full(mean.shape, np.nan),
        mean_high=np.full(mean.shape, np.nan),
        n=n,
        below=_probability(mean, error, n=n),
    )


def over_draws(values: Floats) -> Spread:
    """Estimate over the last two axes: draws, and the replications of each."""
    means, variances, counts = _moments(values)
    mean, between, draws = _moments(means)
    chance = chance_in(between, _chance(variances, counts))
    left = between - chance
    share = np.where(between > 0, left / np.where(between > 0, between, 1.0), 0.0)
    without = mean[..., None] + (means - mean[..., None]) * np.sqrt(share)[..., None]
    half, half_80 = (half_of_mean(between, draws=draws, share=inside) for inside in (0.95, 0.80))
    ends = _centiles(without, (0.025, 0.975, 0.10, 0.90), draws=draws)
    return Spread(
        mean=mean,
        sd=np.where(draws > 1, np.sqrt(left), np.nan),
        low=np.minimum(ends[0], mean - half),
        high=np.maximum(ends[1], mean + half),
        low_80=np.minimum(ends[2], mean - half_80),
        high_80=np.maximum(ends[3], mean + half_80),
        mean_low=mean - half,
        mean_high=mean + half,
        n=counts.sum(axis=-1),
        below=below_nought(without, chance=chance, draws=draws),
    )


def as_levels(spread: Spread, most: Floats) -> Spread:
    """End the intervals of what cannot be below nought, nor above ``most``, where it can be."""

    def cut(end: Floats) -> Floats:
        return possible(end, spread.mean, most=most)

    return replace(
        spread,
        low=cut(spread.low),
        high=cut(spread.high),
        low_80=cut(spread.low_80),
        high_80=cut(spread.high_80),
        mean_low=cut(spread.mean_low),
        mean_high=cut(spread.mean_high),
    )


def _moments(values: Floats) -> tuple[Floats, Floats, Ints]:
    """Give mean, variance (not-a-number of fewer than two) and count over the last axis of what is there."""
    there = ~np.isnan(values)
    n = there.sum(axis=-1)
    filled = np.where(there, values, 0.0)
    mean = filled.sum(axis=-1) / np.maximum(n, 1)
    least = np.where(there, values, np.inf).min(axis=-1, initial=np.inf)
    most = np.where(there, values, -np.inf).max(axis=-1, initial=-np.inf)
    # Where no two differ the mean is exactly theirs.
    mean = np.where(n == 0, np.nan, np.where(least == most, least, mean))
    squares = np.where(there, np.square(filled - np.where(n > 0, mean, 0.0)[..., None]), 0.0).sum(axis=-1)
    return mean, np.where(n > 1, squares / np.maximum(n - 1, 1), np.nan), n


def _chance(variances: Floats, counts: Ints) -> Floats:
    """Give the variance of a draw's mean that is chance: nought where no draw has two replications."""
    known = ~np.isnan(variances)
    noise = np.where(known, variances, 0.0) / np.maximum(counts, 1)
    return np.asarray(noise.sum(axis=-1) / np.maximum(known.sum(axis=-1), 1))


def _centiles(values: Floats, at: tuple[float, ...], *, draws: Ints) -> Floats:
    """Give centiles over the last axis of what is there; none of fewer than two."""
    found = np.full((len(at), *values.shape[:-1]), np.nan)
    complete = draws == values.shape[-1]
    if complete.any() and values.shape[-1] > 1:
        found[:, complete] = np.quantile(values[complete], at, axis=-1, method=CENTILES)
    for place in np.argwhere(~complete & (draws > 1)):
        here = values[tuple(place)]
        found[(slice(None), *place)] = np.quantile(here[~np.isnan(here)], at, method=CENTILES)
    return found


def _probability(mean: Floats, error: Floats, *, n: Ints) -> Floats:
    """Give the probability, from that t, that the true value lies below nought."""
    from scipy.special import stdtr

    certain = np.where(mean < 0, 1.0, 0.0)
    t = -mean / np.where(error > 0, error, math.inf)
    return np.where(n > 1, np.where(error > 0, stdtr(np.maximum(n - 1, 1), t), certain), np.nan)
