"""Lists become arrays: whole numbers, flags, rows of equal length, and rows of any length laid end to end."""

from collections.abc import Iterable, Sequence

import numpy as np

from simulator.compiler.program import Flags, Floats, Ints


def integers(values: Iterable[int]) -> Ints:
    """Make an array of 64-bit integers."""
    return np.array(list(values), dtype=np.int64)


def flags(values: Iterable[bool]) -> Flags:
    """Make an array of true and false."""
    return np.array(list(values), dtype=np.bool_)


def integer_rows(rows: Sequence[Sequence[int]], width: int) -> Ints:
    """Make a table of integers of so many columns, rows or not."""
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)


def float_rows(rows: Sequence[Sequence[float]], width: int) -> Floats:
    """Make a table of numbers of so many columns, rows or not."""
    return np.array(rows, dtype=np.float64).reshape(len(rows), width)


def held(rows: Sequence[list[float]]) -> Floats:
    """Make a table as wide as the longest row, the last value of each other row held."""
    width = max((len(row) for row in rows), default=0)
    return float_rows([row + row[-1:] * (width - len(row)) for row in rows], width)


def starts_of(sizes: Iterable[int]) -> Ints:
    """Give where each of some rows laid end to end begins, and where the last ends."""
    return np.concatenate([[0], np.cumsum(list(sizes), dtype=np.int64)]).astype(np.int64)
