"""Mean and variance: the other closure, in which the number present is taken to be normal.

With L normal of mean m and variance v and β = (c − m) ÷ √v, the parts of the normal law give the mean served,
E min(L, c), the mean waiting, E (L − c)⁺, and how they vary with L (Stein's lemma), so that m and v
follow two equations (Rothkopf and Oren 1979; Massey and Pender 2013, the first of their closures). Kept
beside matching for the comparison in docs/closures.md; matching is what the network runs on, and
``normal.py`` has the same closure as tables that it can run on.
"""

import math

ROOT_TWO = math.sqrt(2.0)
ROOT_TWO_PI = math.sqrt(2.0 * math.pi)


def served_and_waiting(mean: float, variance: float, *, places: float) -> tuple[float, float, float]:
    """Give the mean served, the mean waiting and the chance that all places are busy."""
    if variance <= 0:
        return min(mean, places), max(mean - places, 0.0), float(mean > places)
    deviation = math.sqrt(variance)
    beta = (places - mean) / deviation
    above = 0.5 * math.erfc(beta / ROOT_TWO)
    waiting = deviation * (math.exp(-0.5 * beta * beta) / ROOT_TWO_PI - beta * above)
    return mean - waiting, waiting, above


def slopes(
    mean: float, variance: float, *, load: float, places: float, patience: float = 0.0
) -> tuple[float, float]:
    """Give the slopes of mean and variance a stay, under a load of so many arrivals a stay."""
    served, waiting, full = served_and_waiting(mean, variance, places=places)
    leaving = served + patience * waiting
    pull = (1.0 - full) + patience * full
    return load - leaving, load + leaving - 2.0 * variance * pull
