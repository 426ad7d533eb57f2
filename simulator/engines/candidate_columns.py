"""Rows of candidates read as columns, for those who do not read row by row."""

import numpy as np

from simulator.compiler.program import Floats, Ints
from simulator.engines.candidates import (
    case_of,
    column_of,
    k_of,
    layer_of,
    person_of,
    second_of,
    threshold_of,
)
from simulator.engines.compiled import kernel


@kernel
def seconds_of(rows: Ints, year_start: int) -> Ints:
    """Return the second of each row."""
    found = np.empty(rows.shape[0], np.int64)
    for row in range(rows.shape[0]):
        found[row] = second_of(rows[row], year_start)
    return found


@kernel
def columns_of(rows: Ints) -> Ints:
    """Return what each row is for."""
    found = np.empty(rows.shape[0], np.int64)
    for row in range(rows.shape[0]):
        found[row] = column_of(rows[row])
    return found


@kernel
def people_of(rows: Ints) -> Ints:
    """Return whose each row is."""
    found = np.empty(rows.shape[0], np.int64)
    for row in range(rows.shape[0]):
        found[row] = person_of(rows[row])
    return found


@kernel
def thresholds_of(rows: Ints) -> Floats:
    """Return the threshold of each row."""
    found = np.empty(rows.shape[0])
    for row in range(rows.shape[0]):
        found[row] = threshold_of(rows[row])
    return found


@kernel
def layers_of(rows: Ints) -> Ints:
    """Return the layer of each row."""
    found = np.empty(rows.shape[0], np.int64)
    for row in range(rows.shape[0]):
        found[row] = layer_of(rows[row])
    return found


@kernel
def ks_of(rows: Ints) -> Ints:
    """Return which of its stream each row is."""
    found = np.empty(rows.shape[0], np.int64)
    for row in range(rows.shape[0]):
        found[row] = k_of(rows[row])
    return found


@kernel
def cases_of(rows: Ints, address: Ints, purpose: Ints, year: int) -> Ints:
    """Return the id of the case that each row would open."""
    found = np.empty(rows.shape[0], np.int64)
    for row in range(rows.shape[0]):
        found[row] = case_of(rows[row], address, purpose, year)
    return found
