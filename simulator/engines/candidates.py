"""Candidates: moments at which somebody would come to need something, if their rate were high enough.

One person, one need, one calendar year and one layer of rate make a stream of their own. In profile time
its gaps are unit exponentials over (layer width × the person's factor of the year); the second word of each
block says at which rate in the layer the candidate comes true. Layers are 0–½, ½–1, 1–2, 2–4 … a year.
Whole years are drawn from 1 January, and what lies outside the run is dropped: so nothing moves when a
horizon, a neighbour or a layer is added.

A candidate is a row of two whole numbers whose order is the order in which candidates are read: second of
the year, column (need) and person; layer, k and rank in the layer (kept to 2⁻⁴⁰).
"""

import numpy as np

from simulator.compiler.program import Ints
from simulator.engines.compiled import kernel
from simulator.engines.draws import need_case

COLUMN_BITS, PERSON_BITS, LAYER_BITS, K_BITS, RANK_BITS = 10, 28, 4, 16, 40
MOST_COLUMNS, MOST_PEOPLE, MOST_K = 1 << COLUMN_BITS, 1 << PERSON_BITS, (1 << K_BITS) - 1
RANKS = float(1 << RANK_BITS)
MOST_LAYERS = VISITS_A_YEAR = 1 << LAYER_BITS
SECONDS_A_YEAR = 31557600.0
FIRST_YEAR = 1900
# Lower edges and widths of the layers, a year.
LOWS = np.array([0.0, *(2.0 ** (layer - 2) for layer in range(1, MOST_LAYERS))])
WIDTHS = np.array([0.5, *(2.0 ** (layer - 2) for layer in range(1, MOST_LAYERS))])


@kernel
def layer_low(layer: int) -> float:
    """Return the lower edge of a layer, a year."""
    return 0.0 if layer == 0 else 0.25 * float(1 << layer)


@kernel
def layer_width(layer: int) -> float:
    """Return the width of a layer, a year."""
    return 0.5 if layer == 0 else 0.25 * float(1 << layer)


@kernel
def second_of(row: Ints, year_start: int) -> int:
    """Return the second of a candidate."""
    return year_start + (row[0] >> (COLUMN_BITS + PERSON_BITS))


@kernel
def column_of(row: Ints) -> int:
    """Return what a candidate is for."""
    return (row[0] >> PERSON_BITS) & (MOST_COLUMNS - 1)


@kernel
def person_of(row: Ints) -> int:
    """Return whose candidate it is."""
    return row[0] & (MOST_PEOPLE - 1)


@kernel
def layer_of(row: Ints) -> int:
    """Return the layer of a candidate."""
    return row[1] >> (K_BITS + RANK_BITS)


@kernel
def k_of(row: Ints) -> int:
    """Return which candidate of its stream it is, from 0."""
    return (row[1] >> RANK_BITS) & MOST_K


@kernel
def threshold_of(row: Ints) -> float:
    """Return the intensity, a year, above which a candidate comes true."""
    layer = layer_of(row)
    rank = row[1] & ((1 << RANK_BITS) - 1)
    return layer_low(layer) + layer_width(layer) * ((rank + 0.5) / RANKS)


@kernel
def case_of(row: Ints, address: Ints, purpose: Ints, year: int) -> int:
    """Return the id of the case that a candidate would open."""
    person, column = person_of(row), column_of(row)
    return need_case(address[person], purpose[column], year, layer_of(row), k_of(row))
