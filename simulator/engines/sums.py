"""Rows of whole numbers added up by place."""

from simulator.compiler.program import Ints
from simulator.engines.compiled import kernel


@kernel
def add_rows(into: Ints, place: Ints, values: Ints) -> None:
    """Add each row of values (K, columns) to the row of ``into`` that ``place`` (K) says; -1 to none."""
    for row in range(place.shape[0]):
        if place[row] >= 0:
            for column in range(values.shape[1]):
                into[place[row], column] += values[row, column]
