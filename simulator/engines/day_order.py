"""A year's candidates in the order in which they are read: rows of two whole numbers, sorted by both.

As they are made they are put into chunks, each chunk of one day. The chunks of each day are then brought
together where they lie, so that no second copy of a year is needed, and each day is sorted by second: by the
lower digit of the second and then by the upper one (a radix sort, Knuth 1998, 5.2.5), each pass within what
a processor holds at hand. What falls into one second is sorted by insertion: made column by column, little
of it is out of order.
"""

import numpy as np

from simulator.compiler.program import Ints
from simulator.engines.candidates import COLUMN_BITS, PERSON_BITS
from simulator.engines.compiled import kernel
from simulator.engines.profile_time import DAY

CHUNK = 128
DIGIT_BITS = 9
MOST_DIGIT = (1 << DIGIT_BITS) - 1
SECOND_SHIFT = COLUMN_BITS + PERSON_BITS

U64 = np.uint64
ONE = U64(1)

# Rows (chunks × ``CHUNK``, 2); by day the place of its next row, and behind them how many chunks are taken;
# the day of each chunk.
Pool = tuple[Ints, Ints, Ints]


def new_pool(room: int, days: int) -> Pool:
    """Make room for so many rows of so many days."""
    chunks = room // CHUNK + days + 1
    return np.empty((chunks * CHUNK, 2), np.int64), np.zeros(days + 1, np.int64), np.empty(chunks, np.int64)


@kernel
def take_chunk(tops: Ints, days: Ints, day: int) -> int:
    """Take a new chunk for a day; return the place of its first row, or -1 where there is no chunk left."""
    taken = tops[-1]
    if taken == days.shape[0]:
        return -1
    days[taken] = day
    tops[-1] = taken + 1
    return taken * CHUNK


def put_in_order(pool: Pool) -> Ints:
    """Sort all rows of a pool, at its front."""
    rows, tops, days = pool
    taken = int(tops[-1])
    chunks = np.bincount(days[:taken], minlength=len(tops) - 1)
    sizes = np.where(chunks > 0, chunks * CHUNK - (-tops[:-1]) % CHUNK, 0)
    bring_together(rows.reshape(-1), np.argsort(days[:taken], kind="stable"))
    spare = np.empty((int(sizes.max(initial=0)), 2), np.int64)
    digits = np.empty(MOST_DIGIT + 2, np.int64)
    order_days(rows, (np.cumsum(chunks) - chunks) * CHUNK, sizes, spare, digits)
    return rows[: int(sizes.sum())]


@kernel
def bring_together(words: Ints, order: Ints) -> None:
    """Exchange chunks until the one that ``order`` names for a place is there; ``order`` is used up."""
    for begin in range(order.shape[0]):
        place = begin
        while order[place] != begin:
            source = order[place]
            for word in range(2 * CHUNK):
                here, there = U64(place * 2 * CHUNK + word), U64(source * 2 * CHUNK + word)
                words[here], words[there] = words[there], words[here]
            order[place] = place
            place = source
        order[place] = place


@kernel
def order_days(rows: Ints, begins: Ints, sizes: Ints, spare: Ints, digits: Ints) -> None:
    """Sort the rows of each day and move them up to those of the day before."""
    to = 0
    for day in range(sizes.shape[0]):
        begin, size, start = begins[day], sizes[day], day * DAY
        out = rows[to : to + size]
        deal(rows[begin : begin + size], spare, start, 0, digits)
        deal(spare[:size], out, start, DIGIT_BITS, digits)
        insert_all(out)
        to += size


@kernel
def deal(rows: Ints, out: Ints, start: int, shift: int, digits: Ints) -> None:
    """Write rows in order of one digit of the second since ``start``, and else in the order they have."""
    for digit in range(digits.shape[0]):
        digits[digit] = 0
    for row in range(rows.shape[0]):
        digits[U64(((((rows[row, 0] >> SECOND_SHIFT) - start) >> shift) & MOST_DIGIT) + 1)] += 1
    for digit in range(1, digits.shape[0]):
        digits[digit] += digits[digit - 1]
    for row in range(rows.shape[0]):
        here = U64((((rows[row, 0] >> SECOND_SHIFT) - start) >> shift) & MOST_DIGIT)
        goal = U64(digits[here])
        out[goal, 0], out[goal, 1] = rows[row, 0], rows[row, 1]
        digits[here] += 1


@kernel
def insert_all(rows: Ints) -> None:
    """Sort rows that are nearly in order."""
    for row in range(1, rows.shape[0]):
        one, two = rows[row, 0], rows[row, 1]
        place = U64(row)
        while place > U64(0):
            before, before_too = rows[place - ONE, 0], rows[place - ONE, 1]
            if before < one or (before == one and before_too < two):
                break
            rows[place, 0], rows[place, 1] = before, before_too
            place -= ONE
        rows[place, 0], rows[place, 1] = one, two
