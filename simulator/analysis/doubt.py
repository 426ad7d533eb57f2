"""What draws say of a value where part of what they differ by is chance: the one rule of all that read draws.

Of the variance B between D draws' means, C = min(B, W) is chance, W being the variance of one draw's mean by
the chance within draws; B − C is doubt about values. An interval is never narrower than Student's t of the
mean of all draws, which C and few draws leave unsure. The probability that a value lies below nought is the
mean over draws of that of Student's t about the draw's mean, chance taken out, with the standard error that
chance leaves in the mean of all, √(C ÷ D): without chance the share of draws, where all is chance Student's t
of the mean.
"""

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.student import students

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def chance_in(between: Floats, within: Floats) -> Floats:
    """Give C: what is chance of the variance between draws' means."""
    return np.asarray(np.minimum(between, within))


def half_of_mean(between: Floats, *, draws: Ints, share: float) -> Floats:
    """Give half the width of Student's interval of the mean of draws; not-a-number of fewer than two."""
    return np.asarray(students(draws, share) * np.sqrt(between / np.maximum(draws, 1)))


def below_nought(means: Floats, *, chance: Floats, draws: Ints) -> Floats:
    """Give the probability that a value lies below nought, of draws' means without chance (…, D).

    Means may be not-a-number, and are not among the ``draws`` then; fewer than two give no probability.
    """
    from scipy.special import stdtr

    error = np.sqrt(chance / np.maximum(draws, 1))[..., None]
    freedom = np.maximum(draws - 1, 1)[..., None]
    surely = np.where(means < 0, 1.0, 0.0)
    each = np.where(error > 0, stdtr(freedom, -means / np.where(error > 0, error, 1.0)), surely)
    each = np.where(np.isnan(means), 0.0, each)
    return np.where(draws > 1, each.sum(axis=-1) / np.maximum(draws, 1), np.nan)
