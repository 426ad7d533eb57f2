"""How unevenly people are struck: a person's factor of a calendar year, by a normal score that persists.

The score of the first year of a run is a fresh one; later z′ = ρ z + √(1 − ρ²) ε, so that scores stay
standard normal.
"""

import math

import numpy as np

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.draws import uniform
from simulator.engines.elementary import normal_score
from simulator.engines.variates import trait_factor

FIRST_YEAR = 1900


@kernel
def fresh_scores(key: tuple[int, int], address: Ints, purpose: int, year: int) -> Floats:
    """Return a standard normal score of each person for a year."""
    scores = np.empty(address.shape[0])
    for person in range(address.shape[0]):
        scores[person] = normal_score(uniform(key[0], key[1], address[person], purpose, year - FIRST_YEAR, 0))
    return scores


@kernel
def next_scores(scores: Floats, fresh: Floats, persistence: float) -> Floats:
    """Return the scores of the next year."""
    anew = math.sqrt(1.0 - persistence * persistence)
    found = np.empty(scores.shape[0])
    for person in range(scores.shape[0]):
        found[person] = persistence * scores[person] + anew * fresh[person]
    return found


@kernel
def factors(scores_row: Floats, scores: Floats) -> Floats:
    """Return the factor of each person."""
    found = np.empty(scores.shape[0])
    for person in range(scores.shape[0]):
        found[person] = trait_factor(scores_row, scores[person])
    return found
