"""How unevenly people are struck: a person's factor of a calendar year, by a normal score that persists.

The score of the first year of a run is a fresh one; later z′ = ρ z + √(1 − ρ²) ε, so that scores stay
standard normal.
"""

import math

import numpy as np

from simulator.compiler.program import Floats, Ints
from simulator.engines.blocks import units_at
from simulator.engines.compiled import kernel
from simulator.engines.elementary import normal_scores

FIRST_YEAR = 1900
MOST_SCORE = 8.0


def fresh_scores(key: tuple[int, int], address: Ints, *, purpose: int, year: int) -> Floats:
    """Give a standard normal score of each person for a year."""
    return normal_scores(units_at(key, address, purpose=purpose, visit=year - FIRST_YEAR))


def next_scores(scores: Floats, fresh: Floats, *, persistence: float) -> Floats:
    """Give the scores of the next year."""
    return persistence * scores + math.sqrt(1.0 - persistence * persistence) * fresh


@kernel
def read_factors(scores_row: Floats, scores: Floats, found: Floats) -> None:
    """Write a trait's factor at normal scores: straight lines between evenly spaced ones from -8 to 8."""
    last = scores_row.shape[0] - 1
    for person in range(scores.shape[0]):
        place = (scores[person] + MOST_SCORE) * (last / (2.0 * MOST_SCORE))
        place = min(max(place, 0.0), float(last))
        cell = np.uint64(min(np.int64(place), last - 1))
        low = scores_row[cell]
        found[person] = low + (scores_row[cell + np.uint64(1)] - low) * (place - np.float64(cell))
