"""Numbers added up: rows of whole numbers by place, and real numbers as a kernel adds them."""

from collections.abc import Iterable
from functools import reduce
from operator import add

from simulator.compiler.program import Ints
from simulator.engines.compiled import kernel


@kernel
def add_rows(into: Ints, place: Ints, values: Ints) -> None:
    """Add each row of values (K, columns) to the row of ``into`` that ``place`` (K) says; -1 to none."""
    for row in range(place.shape[0]):
        if place[row] >= 0:
            for column in range(values.shape[1]):
                into[place[row], column] += values[row, column]


def one_by_one(values: Iterable[float]) -> float:
    """Add up real numbers in order, rounding after each, as a kernel does.

    From Python 3.12 on the built-in ``sum`` makes up for what rounding loses: another last bit.
    """
    return reduce(add, values, 0.0)
