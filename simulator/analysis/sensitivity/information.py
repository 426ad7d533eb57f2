"""What it would be worth to know: expected value of perfect information, of all and of one parameter.

A decision takes the scenario with the most benefit on average. Who knew a parameter would choose by what is
expected at its value; the gain, on average over its draws, is its expected value of partial perfect
information. What is expected at a value is a regression on it (Strong, Oakley & Brennan 2014, Medical
Decision Making 34:311; here on polynomials of its rank). A regression fits chance too: ``by_chance`` is what
the same comes to, on average, of the parameter dealt out anew, and a worth not well above it is none.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.sensitivity.given_data import basis_of

Floats = NDArray[np.float64]
DEALS = 20


@dataclass(frozen=True, slots=True)
class Worth:
    """What knowing is worth, in the unit of the benefit, and what chance alone makes of it."""

    value: float
    by_chance: float


def perfect_information(benefits: Floats) -> float:
    """Give the worth of knowing all parameters: ``benefits`` (draws, choices)."""
    return float(benefits.max(axis=1).mean() - benefits.mean(axis=0).max())


def partial_information(numbers: Floats, benefits: Floats) -> Worth | None:
    """Give the worth of knowing one parameter (draws,); ``None`` where there are too few draws."""
    basis = basis_of(numbers)
    if basis is None:
        return None
    projector = basis @ np.linalg.pinv(basis)
    deal = np.random.Generator(np.random.PCG64(len(numbers)))
    dealt = [_gain(projector @ benefits[deal.permutation(len(benefits))]) for _ in range(DEALS)]
    return Worth(_gain(projector @ benefits), float(np.mean(dealt)))


def _gain(expected: Floats) -> float:
    """Give what choosing by the expected benefits (draws, choices) gains; never below nought."""
    return max(0.0, perfect_information(expected))
