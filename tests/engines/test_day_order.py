"""Rows of candidates come out of their pool sorted, whatever day and order they were put in."""

import numpy as np
import pytest

from simulator.engines.day_order import CHUNK, DAY, SECOND_SHIFT, Pool, new_pool, put_in_order, take_chunk


def random_rows(number: int, *, days: int, seconds: int) -> np.ndarray:
    """Make rows on any of some days, in the first seconds of each, with little else in them."""
    chance = np.random.default_rng(number)
    second = chance.integers(0, days, number) * DAY + chance.integers(0, seconds, number)
    return np.stack([(second << SECOND_SHIFT) | chance.integers(0, 3, number), chance.permutation(number)], 1)


def put(pool: Pool, row: np.ndarray) -> bool:
    """Put a row into the pool as the streams do; say whether there was room."""
    rows, tops, days = pool
    day = int(row[0] >> SECOND_SHIFT) // DAY
    if tops[day] % CHUNK == 0:
        tops[day] = take_chunk(tops, days, day)
    if tops[day] < 0:
        return False
    rows[tops[day]] = row
    tops[day] += 1
    return True


@pytest.mark.parametrize(("number", "days"), [(0, 3), (1, 1), (700, 366), (5 * CHUNK, 1), (9000, 7)])
@pytest.mark.parametrize("seconds", [1, 300, DAY])
def test_rows_come_out_sorted_by_both_numbers(number: int, days: int, seconds: int) -> None:
    rows = random_rows(number, days=days, seconds=seconds)
    pool = new_pool(number, days)

    assert all(put(pool, row) for row in rows)

    assert np.array_equal(put_in_order(pool), rows[np.lexsort((rows[:, 1], rows[:, 0]))])


def test_a_pool_has_room_for_the_rows_asked_for_and_says_when_it_is_full() -> None:
    pool = new_pool(2 * CHUNK, 1)
    row = np.zeros(2, np.int64)

    held = sum(put(pool, row) for _ in range(2 * CHUNK))

    assert held == 2 * CHUNK
    assert sum(put(pool, row) for _ in range(8 * CHUNK)) < 8 * CHUNK
    assert not put(pool, row)
