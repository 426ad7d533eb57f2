"""A law of a file becomes a sampling table; a law of a trait becomes factors by normal score.

``table_of`` makes the table of one law, ``excess_table`` that of what remains of it, ``pack_tables`` puts
tables into the arrays of a program. All raise ``DefinitionError`` that names the law where a law cannot be.
"""

import numpy as np

from simulator.compiler.law_curves import shape_of
from simulator.compiler.law_excess import excess_table
from simulator.compiler.law_tables import (
    Curve,
    LawTable,
    Steps,
    curve_table,
    ordered_table,
    pack_tables,
    step_table,
)
from simulator.compiler.program import Floats
from simulator.definition.laws import Law
from simulator.errors import DefinitionError

__all__ = ["LawTable", "excess_table", "pack_tables", "table_of", "trait_scores"]

MOST_SCORE = 8.0
SCORES = np.linspace(-MOST_SCORE, MOST_SCORE, 1025)


def table_of(law: Law) -> LawTable:
    """Tabulate a law."""
    if law.name == "in_order":
        least = -np.inf if law.at_least is None else float(law.at_least)
        return ordered_table([max(float(value), least) for value in law.values])
    shape = shape_of(law)
    return step_table(shape) if isinstance(shape, Steps) else curve_table(shape)


def trait_scores(law: Law) -> Floats:
    """Give a trait's factors at evenly spaced normal scores from -8 to 8, their mean one.

    Raises ``DefinitionError`` where the law can be negative or is always nought.
    """
    shape = shape_of(law)
    factors = score_values(shape)
    mean = score_mean(factors)
    if factors[0] < 0.0 or not (np.isfinite(mean) and mean > 0.0):
        raise DefinitionError(
            f"'{law.name}' is no law of a trait: its values must be 0 or more, and not all 0."
        )
    return factors / mean


def score_values(shape: Curve | Steps) -> Floats:
    """Read a law at normal scores."""
    from scipy.special import ndtr

    if isinstance(shape, Steps):
        place = np.searchsorted(np.cumsum(shape.chances), ndtr(SCORES), side="right")
        values: Floats = shape.values[np.minimum(place, len(shape.values) - 1)]
        return values
    is_low = SCORES < 0.0
    low, high = shape.lower(ndtr(SCORES[is_low])), shape.upper(ndtr(-SCORES[~is_low]))
    return np.concatenate([low, high])


def score_mean(factors: Floats) -> float:
    """Give the mean, under a standard normal score, of straight lines through the factors."""
    from scipy.special import ndtr

    density = np.exp(-SCORES * SCORES / 2.0) / np.sqrt(2.0 * np.pi)
    slopes = np.diff(factors) / np.diff(SCORES)
    shares, firsts = np.diff(ndtr(SCORES)), density[:-1] - density[1:]
    inside = (factors[:-1] - slopes * SCORES[:-1]) * shares + slopes * firsts
    return float(inside.sum() + (factors[0] + factors[-1]) * ndtr(-MOST_SCORE))
