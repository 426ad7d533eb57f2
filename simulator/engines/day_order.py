"""Putting a year's candidates into the order in which they are read: by second, then column, person, layer and k.

They are dealt out to the days of the year, then to small stretches of each day, and these are sorted by
insertion.
"""

import numpy as np

from simulator.compiler.program import Ints
from simulator.engines.candidates import Candidates, layer_of
from simulator.engines.compiled import kernel

DAY = 86400
IN_A_STRETCH = 4
MOST_STRETCHES = 1 << 14


@kernel
def in_order(rows: Candidates, sorted_rows: Candidates, start: int) -> None:
    """Write rows in order into ``sorted_rows``; ``start`` is at or before their first second."""
    second = rows["second"]
    last = 0
    for row in range(rows.shape[0]):
        last = max(last, (second[row] - start) // DAY)
    first = np.zeros(last + 2, np.int64)
    deal_out(rows, sorted_rows, first, start, DAY)
    spare = np.empty_like(rows[: largest(first)])
    for day in range(last + 1):
        of_day = sorted_rows[first[day] : first[day + 1]]
        order_day(of_day, spare[: of_day.shape[0]], start + day * DAY)


@kernel
def largest(first: Ints) -> int:
    """Return the size of the largest bucket."""
    most = 0
    for bucket in range(first.shape[0] - 1):
        most = max(most, first[bucket + 1] - first[bucket])
    return most


@kernel
def deal_out(rows: Candidates, out: Candidates, first: Ints, start: int, length: int) -> None:
    """Copy rows into buckets of ``length`` seconds, in order within each; ``first`` becomes where each bucket begins."""
    second = rows["second"]
    for row in range(rows.shape[0]):
        first[(second[row] - start) // length + 1] += 1
    for bucket in range(1, first.shape[0]):
        first[bucket] += first[bucket - 1]
    place = first.copy()
    for row in range(rows.shape[0]):
        bucket = (second[row] - start) // length
        out[place[bucket]] = rows[row]
        place[bucket] += 1


@kernel
def order_day(rows: Candidates, spare: Candidates, start: int) -> None:
    """Sort the rows of one day."""
    stretches = max(1, min(rows.shape[0] // IN_A_STRETCH, MOST_STRETCHES))
    length = DAY // stretches + 1
    first = np.zeros(DAY // length + 2, np.int64)
    deal_out(rows, spare, first, start, length)
    for stretch in range(first.shape[0] - 1):
        insert_all(spare, rows, first[stretch], first[stretch + 1])


@kernel
def insert_all(rows: Candidates, out: Candidates, begin: int, end: int) -> None:
    """Write a stretch of rows into the same places of ``out``, sorted."""
    for row in range(begin, end):
        place = row
        while place > begin and goes_before(rows, row, out, place - 1):
            out[place] = out[place - 1]
            place -= 1
        out[place] = rows[row]


@kernel
def goes_before(rows: Candidates, row: int, others: Candidates, other: int) -> bool:
    """Say whether a row goes before another."""
    if rows["second"][row] != others["second"][other]:
        return rows["second"][row] < others["second"][other]
    if rows["column"][row] != others["column"][other]:
        return rows["column"][row] < others["column"][other]
    if rows["person"][row] != others["person"][other]:
        return rows["person"][row] < others["person"][other]
    layer, other_layer = layer_of(rows["threshold"][row]), layer_of(others["threshold"][other])
    if layer != other_layer:
        return layer < other_layer
    return rows["k"][row] < others["k"][other]
