"""Laws of waits and of spans that a clock measures, from means: as counts in the bins of the records."""

import math
from functools import cache

import numpy as np

from simulator.compiler.program import Floats, Ints
from simulator.engines.network.kernels.joining import joins
from simulator.engines.records import WAIT_BINS

BINS_AN_OCTAVE = 16


@cache
def edges() -> Floats:
    """Give the seconds at which bins 1, 2, … end."""
    return np.asarray(2.0 ** (np.arange(1, WAIT_BINS) / BINS_AN_OCTAVE))


@cache
def middles() -> Floats:
    """Give the middle of every bin, in seconds."""
    return np.append(0.0, 2.0 ** ((np.arange(1, WAIT_BINS) - 0.5) / BINS_AN_OCTAVE))


def binned(below: Floats) -> Floats:
    """Turn the chances of lying below the ends of bins 1, 2, … into shares by bin; nobody is in bin 0."""
    shares = np.diff(below, prepend=0.0, axis=-1)
    shares[..., -1] += 1.0 - below[..., -1]
    return np.concatenate([np.zeros((*below.shape[:-1], 1)), shares], axis=-1)


@cache
def exponential() -> Floats:
    """Give, for a mean in each bin (rows), the shares of an exponential law over all bins."""
    return binned(-np.expm1(-edges()[None, :] / np.maximum(middles(), 1.0)[:, None]))


def wait_law(starts: float, waited: float, *, counts: Floats) -> Floats:
    """Give the counts by bin of the waits of those who started; ``counts`` (2, bins) of those who waited, by
    the bin of their wait, and of the mean of an exponential wait."""
    found = counts[0] + counts[1] @ exponential()
    found[0] += max(starts - waited, 0.0)
    return np.asarray(found)


def span_law(mean: float, square: float) -> Floats:
    """Give the shares by bin of a lognormal law of this mean and mean square."""
    if mean < 1.0:
        return np.asarray(np.eye(1, WAIT_BINS)[0])
    from scipy.special import ndtr

    spread = math.log(max(square / (mean * mean), 1.0 + 1e-9))
    centre, deviation = math.log(mean) - spread / 2, math.sqrt(spread)
    return binned(np.asarray(ndtr((np.log(edges()) - centre) / deviation)))


def law_shares(values: Floats, above: Floats) -> Floats:
    """Give the shares by bin of a law from its survival, straight lines between its points."""
    return binned(1.0 - np.interp(edges(), values, above, right=0.0))


def joined(one: Floats, other: Floats) -> Floats:
    """Give the counts by bin of the sum of two spans that have nothing to do with each other.

    ``one`` are counts, ``other`` shares; a bin stands for its middle.
    """
    found = np.zeros(WAIT_BINS)
    joins(one, other, _sums(), found)
    return found


@cache
def _sums() -> Ints:
    """Give the bin (bins, bins) of the sum of a span in one bin and one in another."""
    middle = middles()
    total = middle[:, None] + middle[None, :]
    place = np.where(total < 1, 0, 1 + np.floor(BINS_AN_OCTAVE * np.log2(np.maximum(total, 1.0))))
    return np.minimum(place, WAIT_BINS - 1).astype(np.int64)
