"""Halving finds the smallest value that passes, whatever it is, and asks little."""

from math import ceil, log2

import pytest

from simulator.analysis.seek.bisection import out_of_order, smallest


@pytest.mark.parametrize("first", range(3, 24, 2))
def test_the_smallest_that_passes_is_found_and_the_one_below_was_asked(first: int) -> None:
    asked: list[int] = []

    def passes(value: int) -> bool:
        asked.append(value)
        return value >= first

    assert smallest(range(3, 24, 2), passes) == first
    assert first == 3 or first - 2 in asked
    assert len(asked) == len(set(asked)) <= ceil(log2(11)) + 4


def test_where_none_passes_only_the_largest_is_asked() -> None:
    asked: list[int] = []

    assert smallest(range(5, 50), lambda value: bool(asked.append(value))) is None
    assert asked == [49]


def test_a_value_that_passes_below_one_that_fails_is_told() -> None:
    assert out_of_order({3: False, 4: True, 5: False, 6: True}) == (4, 5)
    assert out_of_order({3: False, 5: True, 6: True}) is None
