"""Which of several is best, chosen with a stated probability while all meet the same people and chances.

The fully sequential procedure of Kim & Nelson (2001), ACM Trans Model Comput Simul 11:251 (KN, c = 1), which
allows for dependence between systems. With k of them, n₀ replications of each to begin with, α = 1 − the
probability, δ the smallest difference that matters and S²ᵢⱼ the variance of two systems' difference over n₀:

    η = ½ ((2α ÷ (k − 1))^(−2 ÷ (n₀ − 1)) − 1),    h² = 2η (n₀ − 1)

After r replications whoever's mean is above another's by more than max(0, δ ÷ 2r · (h² S²ᵢⱼ ÷ δ² − r)) is
out. The last that is left is chosen: if differences are normal and the best is better than all others by δ,
it is the best with that probability. Less is better here.

A difference that was the same in all of the first replications has S² = 0, which is no knowledge of its
spread (of rare events none may have been among them), so it decides nothing before the most are there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
ROUNDING = 1e-12


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

    ``left``: those who are not out, the best first; ``out_at`` (k,) after how many replications the others
    were, 0 for those that are not and for those without a value among the first; ``replications`` that were
    looked at. ``is_made`` when one is left, or those left cannot differ by what matters; ``needs`` more where
    more replications have to be run before it can go on. ``has_gaps`` where one that was in lacked a value:
    nothing is promised then, for a wait is absent where nobody waited, which tells something.
    """

    left: tuple[int, ...]
    out_at: tuple[int, ...]
    replications: int
    is_made: bool
    needs: bool
    has_gaps: bool = False


def choose(
    values: Floats, held: Sequence[int], *, terms: Terms, worlds: Sequence[object] | None = None
) -> Standing:
    """Choose the least of k systems by their values (k, replications), of which each has so many at ``held``.

    Replications count in order, and those that any of the systems still in lacks are passed over, so what is
    found depends on values alone; the first stage lasts until there are two without a gap. Of systems that
    are of one world (``worlds``, each one of its own unless told) the first stands for all.
    """
    row = min(terms.first, values.shape[1])
    known = np.flatnonzero(~np.isnan(values[:, :row]).all(axis=1))
    left = _one_of_each(known, worlds)
    out_at = np.zeros(len(values), dtype=np.int64)
    others = np.setdiff1d(known, left)
    found = _Looking(values=values, out_at=out_at, unseen=frozenset(others.tolist()))
    while len(used := _without_gaps(values[left, :row])) < 2:
        if not len(left) or row >= terms.most:
            return found.standing(left, range(row), replications=row, is_made=False)
        if min(held[one] for one in left) <= row:
            return found.standing(left, range(row), replications=row, is_made=False, needs=True)
        row += 1
    steps, total = _steps(values[:, used], terms=terms), values[:, used].sum(axis=1)
    while True:
        mean, count = total / len(used), len(used)
        if row >= terms.most:
            steps[_are_apart_by_as_much(values[:, used])] = 0.0
        apart = np.maximum(0.0, terms.within / (2 * count) * (steps[np.ix_(left, left)] - count))
        beaten = (mean[left][:, None] > mean[left][None, :] + apart).any(axis=1)
        out_at[left[beaten]] = row
        left = left[~beaten]
        is_made = len(left) == 1 or bool(count > steps[np.ix_(left, left)].max())
        if is_made or row >= terms.most:
            return found.standing(left, used, replications=row, is_made=is_made)
        if min(held[one] for one in left) <= row:
            return found.standing(left, used, replications=row, is_made=False, needs=True)
        if not np.isnan(values[left, row]).any():
            total = total + values[:, row]
            used.append(row)
        row += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looking:
    """What a choice looks at; ``unseen`` are those for whom another of the same world stands."""

    values: Floats
    out_at: Ints
    unseen: frozenset[int]

    def standing(
        self, left: Ints, used: Sequence[int], *, replications: int, is_made: bool, needs: bool = False
    ) -> Standing:
        """Put those that are left in order, the least first, by the mean of what they have of ``used``."""
        mean = _means(self.values[:, list(used)])
        order = sorted(left.tolist(), key=lambda one: (float(mean[one]), one))
        looked = [self.values[one, : self.out_at[one] or replications] for one in range(len(self.values))]
        return Standing(
            left=tuple(order),
            out_at=tuple(self.out_at.tolist()),
            replications=replications,
            is_made=is_made,
            needs=needs,
            has_gaps=any(np.isnan(row).any() for one, row in enumerate(looked) if one not in self.unseen),
        )


def _one_of_each(known: Ints, worlds: Sequence[object] | None) -> Ints:
    """Leave out those whose world one before them has."""
    first: dict[object, int] = {}
    for one in known.tolist():
        first.setdefault(one if worlds is None else worlds[one], one)
    return np.array(sorted(first.values()), dtype=np.int64)


def _without_gaps(values: Floats) -> list[int]:
    """List the replications that all have a value of."""
    return list(np.flatnonzero(~np.isnan(values).any(axis=0)).tolist())


def _means(values: Floats) -> Floats:
    """Give each one's mean of what it has; not-a-number where it has nothing."""
    there = ~np.isnan(values)
    total, count = np.where(there, values, 0.0).sum(axis=1), there.sum(axis=1)
    return np.asarray(np.where(count > 0, total / np.maximum(count, 1), np.nan))


def _steps(values: Floats, *, terms: Terms) -> Floats:
    """Give h² S² ÷ δ² of every two (k, k); without end where their difference never varied."""
    systems, first = values.shape
    alpha = 1 - terms.probability
    eta = 0.5 * ((2 * alpha / max(systems - 1, 1)) ** (-2 / (first - 1)) - 1)
    found = 2 * eta * (first - 1) * _variances(values) / terms.within**2
    found[_never_vary(values)] = np.inf
    np.fill_diagonal(found, 0.0)
    return np.asarray(found, np.float64)


def _never_vary(values: Floats) -> Flags:
    """Say of which two the difference is the same in every replication, but for rounding."""
    spread = np.array([np.ptp(one - values, axis=1) for one in values])
    return np.asarray(spread <= ROUNDING * np.abs(values).max(axis=1), np.bool_)


def _are_apart_by_as_much(values: Floats) -> Flags:
    """Say which two differ, and by as much in every replication."""
    apart = np.abs(values.mean(axis=1)[:, None] - values.mean(axis=1))
    return np.asarray(_never_vary(values) & (apart > ROUNDING * np.abs(values).max(axis=1)), np.bool_)


def _variances(values: Floats) -> Floats:
    """Give the variance of every two systems' difference (k, k) over the replications (k, n)."""
    return np.array([(one - values).var(axis=1, ddof=1) for one in values])
