"""A year's candidates in the order in which they are read: rows of two whole numbers, sorted by both.

They are dealt out to the days of the year where they lie (McIlroy, Bostic & McIlroy 1993, "Engineering
radix sort"), so that no second copy of them is needed; within a day they are dealt out to small stretches
and sorted there by insertion.
"""

import numpy as np

from simulator.compiler.program import Ints
from simulator.engines.candidates import COLUMN_BITS, PERSON_BITS
from simulator.engines.compiled import kernel

DAY = 86400
IN_A_STRETCH = 4
MOST_STRETCHES = 1 << 14
SECOND_SHIFT = COLUMN_BITS + PERSON_BITS


@kernel
def put_in_order(rows: Ints) -> None:
    """Sort rows where they lie."""
    first = day_borders(rows)
    deal_out(rows, first)
    most = 0
    for day in range(first.shape[0] - 1):
        most = max(most, first[day + 1] - first[day])
    spare = np.empty((most, 2), np.int64)
    for day in range(first.shape[0] - 1):
        order_day(rows[first[day] : first[day + 1]], spare, day * DAY)


@kernel
def day_borders(rows: Ints) -> Ints:
    """Return where each day's rows are to begin, and where the last ends."""
    last = -1
    for row in range(rows.shape[0]):
        last = max(last, (rows[row, 0] >> SECOND_SHIFT) // DAY)
    first = np.zeros(last + 2, np.int64)
    for row in range(rows.shape[0]):
        first[(rows[row, 0] >> SECOND_SHIFT) // DAY + 1] += 1
    for day in range(last + 1):
        first[day + 1] += first[day]
    return first


@kernel
def deal_out(rows: Ints, first: Ints) -> None:
    """Bring each row to its day, exchanging rows until all are there."""
    place = first.copy()
    for day in range(first.shape[0] - 1):
        while place[day] < first[day + 1]:
            here = place[day]
            one, two = rows[here, 0], rows[here, 1]
            goal = (one >> SECOND_SHIFT) // DAY
            while goal != day:
                there = place[goal]
                place[goal] += 1
                held, held_too = rows[there, 0], rows[there, 1]
                rows[there, 0], rows[there, 1] = one, two
                one, two = held, held_too
                goal = (one >> SECOND_SHIFT) // DAY
            rows[here, 0], rows[here, 1] = one, two
            place[day] += 1


@kernel
def order_day(rows: Ints, spare: Ints, start: int) -> None:
    """Sort the rows of one day that begins at a second of the year."""
    stretches = max(1, min(rows.shape[0] // IN_A_STRETCH, MOST_STRETCHES))
    share = stretches / DAY
    first = np.zeros(stretches + 1, np.int64)
    for row in range(rows.shape[0]):
        first[int(((rows[row, 0] >> SECOND_SHIFT) - start) * share) + 1] += 1
    for stretch in range(stretches):
        first[stretch + 1] += first[stretch]
    for row in range(rows.shape[0]):
        stretch = int(((rows[row, 0] >> SECOND_SHIFT) - start) * share)
        spare[first[stretch], 0], spare[first[stretch], 1] = rows[row, 0], rows[row, 1]
        first[stretch] += 1
    begin = 0
    for stretch in range(stretches):
        insert_all(spare, rows, begin, first[stretch])
        begin = first[stretch]


@kernel
def insert_all(rows: Ints, out: Ints, begin: int, end: int) -> None:
    """Write the rows of one stretch into the same places of ``out``, sorted by insertion."""
    for row in range(begin, end):
        one, two = rows[row, 0], rows[row, 1]
        place = row
        while place > begin and (
            out[place - 1, 0] > one or (out[place - 1, 0] == one and out[place - 1, 1] > two)
        ):
            out[place, 0], out[place, 1] = out[place - 1, 0], out[place - 1, 1]
            place -= 1
        out[place, 0], out[place, 1] = one, two
