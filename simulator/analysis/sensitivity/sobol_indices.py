"""Sobol' indices: the share of an output's variance that an input explains, alone and with all others.

Points are those of Saltelli, Annoni, Azzini, Campolongo, Ratto & Tarantola (2010), Computer Physics
Communications 181:259: of each base point A, A with one input from B for each input, and B. First-order
indices by their formula (b), total ones by Jansen (1999). Intervals are 95%, by the jackknife over base
points (Efron & Stein 1981), which knows nothing of how even a Sobol' sequence is and so is wide for one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Z = 1.959963984540054


@dataclass(frozen=True, slots=True, kw_only=True)
class Indices:
    """Indices of shape (inputs, …) with their 95% intervals; not-a-number where the output never changes."""

    first: Floats
    first_low: Floats
    first_high: Floats
    total: Floats
    total_low: Floats
    total_high: Floats


def sobol_indices(values: Floats, *, inputs: int) -> Indices:
    """Estimate the indices of ``inputs`` from ``values`` (points, …), base point after base point."""
    count = len(values) // (inputs + 2)
    blocks = values.reshape(count, inputs + 2, *values.shape[1:])
    blocks = blocks - blocks.mean(axis=(0, 1))
    at_a, moved, at_b = blocks[:, :1], blocks[:, 1:-1], blocks[:, -1:]
    # Every index is a ratio of means over base points: so are those with one base point left out.
    alone = at_b * (moved - at_a)
    jointly = 0.5 * np.square(at_a - moved)
    ends = np.concatenate([at_a, at_b], axis=1)
    squares, sums = np.square(ends).sum(axis=1, keepdims=True), ends.sum(axis=1, keepdims=True)
    first, first_error = _ratio(alone, squares=squares, sums=sums)
    total, total_error = _ratio(jointly, squares=squares, sums=sums)
    return Indices(
        first=first,
        first_low=first - Z * first_error,
        first_high=first + Z * first_error,
        total=total,
        total_low=total - Z * total_error,
        total_high=total + Z * total_error,
    )


def _ratio(parts: Floats, *, squares: Floats, sums: Floats) -> tuple[Floats, Floats]:
    """Give the mean of parts over the variance of the ends, and its jackknife standard error."""
    count = len(parts)
    whole = _over(parts.mean(axis=0), squares=squares.mean(axis=0), sums=sums.mean(axis=0))
    if count < 2:
        return whole, np.full(whole.shape, np.nan)
    parts, squares, sums = ((one.sum(axis=0) - one) / (count - 1) for one in (parts, squares, sums))
    found = _over(parts, squares=squares, sums=sums)
    error = np.sqrt((count - 1) / count * np.square(found - found.mean(axis=0)).sum(axis=0))
    return whole, error


def _over(parts: Floats, *, squares: Floats, sums: Floats) -> Floats:
    """Divide by the variance of two ends a base point, of their mean square and mean sum."""
    variance = squares / 2 - np.square(sums / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(variance > 0, parts / variance, np.nan)
