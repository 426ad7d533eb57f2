"""Shares of variance from runs that were not made for it: draws of parameters, or the points of a sample.

Of each input alone an output is fitted by a polynomial of the input's rank (Legendre, third degree at most).
What the fit explains of the variance, less what chance alone explains (Ezekiel's adjustment), estimates the
first-order index: Var E(output | input) ÷ Var output (Plischke 2010, Reliability Engineering & System Safety
95:354). Interactions are in no share. The interval is that of Olkin & Finn (1995), Psychological Bulletin
118:155; the probability that nothing is there, that of the F test.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DEGREE = 3
RUNS_A_DEGREE = 10
LEAST_RUNS = 20
LOW, HIGH = 0.1, 0.9
Z = 1.959963984540054


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """What one input alone explains of outputs (…).

    ``at_low`` and ``at_high`` are the fitted outputs at its 10th and 90th centile; ``swing`` their difference
    with a 95% interval. ``by_chance``: how likely so good a fit is of an input that does nothing.
    """

    share: Floats
    share_low: Floats
    share_high: Floats
    by_chance: Floats
    at_low: Floats
    at_high: Floats
    swing: Floats
    swing_low: Floats
    swing_high: Floats
    fit: Floats


def shares_of(numbers: Floats, values: Floats) -> Shares | None:
    """Fit outputs ``values`` (runs, …) to one input ``numbers`` (runs,); ``None`` if there is too little."""
    basis = basis_of(numbers)
    if basis is None:
        return None
    runs, terms = basis.shape
    flat = values.reshape(runs, -1)
    coefficients, *_ = np.linalg.lstsq(basis, flat, rcond=None)
    fit = basis @ coefficients
    left = np.square(flat - fit).sum(axis=0)
    whole = np.square(flat - flat.mean(axis=0)).sum(axis=0)
    changes = whole > 1e-18 * np.maximum(np.square(flat).sum(axis=0), 1e-300)
    r2 = np.where(changes, 1 - left / np.where(changes, whole, 1.0), 0.0)
    shape = values.shape[1:]
    share, low, high, by_chance = (
        one.reshape(shape) for one in _explained(r2, runs=runs, terms=terms - 1, changes=changes)
    )
    ends = _legendre(np.array([LOW, HIGH]), terms - 1)
    at_low, at_high = (ends @ coefficients).reshape(2, *shape)
    across = ends[1] - ends[0]
    spread = float(across @ np.linalg.inv(basis.T @ basis) @ across)
    half = (Z * np.sqrt(spread * left / (runs - terms))).reshape(shape)
    return Shares(
        share=share,
        share_low=low,
        share_high=high,
        by_chance=by_chance,
        at_low=at_low,
        at_high=at_high,
        swing=at_high - at_low,
        swing_low=at_high - at_low - half,
        swing_high=at_high - at_low + half,
        fit=fit.reshape(values.shape),
    )


def half_of_fit(numbers: Floats, values: Floats, *, shares: Shares) -> Floats:
    """Give the half of the 95% interval of the mean that ``shares`` has fitted, at every run (runs, …)."""
    basis = basis_of(numbers)
    assert basis is not None, "shares_of has fitted them"
    runs, terms = basis.shape
    leverage = np.einsum("ij,jk,ik->i", basis, np.linalg.inv(basis.T @ basis), basis)
    left = np.square(values - shares.fit).sum(axis=0) / (runs - terms)
    return np.asarray(Z * np.sqrt(np.multiply.outer(leverage, left)))


def basis_of(numbers: Floats) -> Floats | None:
    """Give polynomials of the ranks of an input (runs, terms); ``None`` if it is too short or all alike."""
    distinct = len(np.unique(numbers))
    degree = min(DEGREE, len(numbers) // RUNS_A_DEGREE, distinct - 1)
    if len(numbers) < LEAST_RUNS or degree < 1:
        return None
    return _legendre(ranks(numbers), degree)


def ranks(numbers: Floats) -> Floats:
    """Give the mid-rank of each number, between nought and one; equal ones have equal ranks."""
    _, which, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray(((ends - counts / 2) / len(numbers))[which])


def _legendre(u: Floats, degree: int) -> Floats:
    return np.asarray(np.polynomial.legendre.legvander(2 * u - 1, degree), np.float64)


def _explained(
    r2: Floats, *, runs: int, terms: int, changes: NDArray[np.bool_]
) -> tuple[Floats, Floats, Floats, Floats]:
    """Adjust a share explained for chance, with its interval and how likely chance alone explains it."""
    from scipy.special import fdtrc

    free = runs - terms - 1
    share = np.clip(1 - (1 - r2) * (runs - 1) / free, 0.0, 1.0)
    error = np.sqrt(4 * share * np.square((1 - share) * free) / ((runs**2 - 1) * (runs + 3)))
    with np.errstate(divide="ignore"):
        ratio = np.where(r2 < 1, r2 / terms / np.maximum((1 - r2) / free, 1e-300), np.inf)
    by_chance = np.where(changes, fdtrc(terms, free, np.minimum(ratio, 1e300)), 1.0)
    absent = np.where(changes, 0.0, np.nan)
    return (
        share + absent,
        np.maximum(share - Z * error, 0) + absent,
        np.minimum(share + Z * error, 1) + absent,
        by_chance,
    )
