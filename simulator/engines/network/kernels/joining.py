"""The sum of two spans, by bin."""

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel


@kernel
def joins(one: Floats, other: Floats, bins: Ints, found: Floats) -> None:
    """Add up what is in each bin of a sum; ``bins`` (bins, bins) says in which a sum of two lies."""
    for row in range(one.shape[0]):
        if one[row] > 0.0:
            for column in range(other.shape[0]):
                if other[column] > 0.0:
                    found[bins[row, column]] += one[row] * other[column]
