"""Rows of candidates read as columns, for those who do not read row by row (see ``candidates``)."""

import numpy as np

from simulator.compiler.program import Floats, Ints
from simulator.engines.candidates import (
    COLUMN_BITS,
    K_BITS,
    LOWS,
    MOST_COLUMNS,
    MOST_K,
    MOST_PEOPLE,
    PERSON_BITS,
    RANK_BITS,
    RANKS,
    WIDTHS,
    case_of,
)
from simulator.engines.compiled import kernel


def seconds_of(rows: Ints, year_start: int) -> Ints:
    """Give the second of each row."""
    found: Ints = (rows[:, 0] >> (COLUMN_BITS + PERSON_BITS)) + year_start
    return found


def columns_of(rows: Ints) -> Ints:
    """Give what each row is for."""
    found: Ints = (rows[:, 0] >> PERSON_BITS) & (MOST_COLUMNS - 1)
    return found


def people_of(rows: Ints) -> Ints:
    """Give whose each row is."""
    found: Ints = rows[:, 0] & (MOST_PEOPLE - 1)
    return found


def thresholds_of(rows: Ints) -> Floats:
    """Give the threshold of each row."""
    return thresholds(layers_of(rows), rows[:, 1] & ((1 << RANK_BITS) - 1))


def thresholds(layer: Ints, rank: Ints) -> Floats:
    """Give the threshold at each layer and rank."""
    found: Floats = LOWS[layer] + WIDTHS[layer] * ((rank + 0.5) / RANKS)
    return found


def layers_of(rows: Ints) -> Ints:
    """Give the layer of each row."""
    found: Ints = rows[:, 1] >> (K_BITS + RANK_BITS)
    return found


def ks_of(rows: Ints) -> Ints:
    """Give which of its stream each row is."""
    found: Ints = (rows[:, 1] >> RANK_BITS) & MOST_K
    return found


@kernel
def cases_of(rows: Ints, address: Ints, purpose: Ints, year: int) -> Ints:
    """Return the id of the case that each row would open."""
    found = np.empty(rows.shape[0], np.int64)
    for row in range(rows.shape[0]):
        found[row] = case_of(rows[row], address, purpose, year)
    return found
