"""Which of several is best, chosen with a stated probability while all meet the same people and chances.

The fully sequential procedure of Kim & Nelson (2001), ACM Trans Model Comput Simul 11:251 (KN, c = 1), which
allows for dependence between systems. With k of them, n₀ replications of each to begin with, α = 1 − the
probability, δ the smallest difference that matters and S²ᵢⱼ the variance of two systems' difference over n₀:

    η = ½ ((2α ÷ (k − 1))^(−2 ÷ (n₀ − 1)) − 1),    h² = 2η (n₀ − 1)

After r replications whoever's mean is above another's by more than max(0, δ ÷ 2r · (h² S²ᵢⱼ ÷ δ² − r)) is
out. The last that is left is chosen: if differences are normal and the best is better than all others by δ,
it is the best with that probability. Less is better here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a choice is made on: what matters, with which probability, replications at first and at most."""

    within: float
    probability: float
    first: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a choice stands.

    ``left``: whose who are not out, the best first; ``out_at`` (k,) after how many replications the others
    were, 0 for those that are not and for those that never had a value; ``replications`` that were looked at.
    ``is_made`` when one is left, or those left cannot differ by what matters; ``needs`` more where more
    replications have to be run before it can go on.
    """

    left: tuple[int, ...]
    out_at: tuple[int, ...]
    replications: int
    is_made: bool
    needs: bool


def choose(values: Floats, held: Sequence[int], *, terms: Terms) -> Standing:
    """Choose the least of k systems by their values (k, replications), of which each has so many at ``held``.

    Replications count in order, and those that any of the systems still in lacks are passed over, so what is
    found depends on values alone. Of systems that are the same in all of the first, the first stands for all.
    """
    first = min(terms.first, values.shape[1])
    known = np.flatnonzero(~np.isnan(values[:, :first]).all(axis=1))
    out_at = np.zeros(len(values), dtype=np.int64)
    rows = [row for row in range(first) if not np.isnan(values[known, row]).any()]
    if len(rows) < 2 or len(known) < 1:
        return _standing(values, known, out_at=out_at, replications=first, is_made=False)
    beginning = values[:, rows]
    variances = _variances(beginning)
    left = _without_doubles(beginning, known)
    alpha = 1 - terms.probability
    eta = 0.5 * ((2 * alpha / max(len(values) - 1, 1)) ** (-2 / (len(rows) - 1)) - 1)
    steps = 2 * eta * (len(rows) - 1) * variances / terms.within**2
    total, count, row = beginning.sum(axis=1), len(rows), first
    while True:
        mean = total / count
        apart = np.maximum(0.0, terms.within / (2 * count) * (steps[np.ix_(left, left)] - count))
        beaten = (mean[left][:, None] > mean[left][None, :] + apart).any(axis=1)
        out_at[left[beaten]] = row
        left = left[~beaten]
        is_over = count > math.floor(steps[np.ix_(left, left)].max())
        if len(left) == 1 or is_over or row >= terms.most:
            made = len(left) == 1 or is_over
            return _standing(total, left, out_at=out_at, replications=row, is_made=made)
        if min(held[one] for one in left) <= row:
            return _standing(total, left, out_at=out_at, replications=row, is_made=False, needs=True)
        if not np.isnan(values[left, row]).any():
            total, count = total + np.nan_to_num(values[:, row]), count + 1
        row += 1


def _standing(
    values: Floats, left: NDArray[np.int64], *, out_at: NDArray[np.int64], replications: int, **rest: bool
) -> Standing:
    """Put those that are left in order, the least first."""
    size = values if values.ndim == 1 else np.nan_to_num(values).sum(axis=1)
    order = sorted(left.tolist(), key=lambda one: (float(size[one]), one))
    return Standing(
        left=tuple(order),
        out_at=tuple(out_at.tolist()),
        replications=replications,
        is_made=rest["is_made"],
        needs=rest.get("needs", False),
    )


def _variances(values: Floats) -> Floats:
    """Give the variance of every two systems' difference (k, k) over the replications (k, n)."""
    return np.array([(one - values).var(axis=1, ddof=1) for one in values])


def _without_doubles(values: Floats, known: NDArray[np.int64]) -> NDArray[np.int64]:
    """Leave out those that are the same, in every replication, as one before them."""
    kept: dict[bytes, int] = {}
    for one in known.tolist():
        kept.setdefault(values[one].tobytes(), one)
    return np.array(sorted(kept.values()), dtype=np.int64)
