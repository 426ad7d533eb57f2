"""A year's rows are asked for and kept by whole numbers, as exact as the thresholds that they stand for."""

import numpy as np
import pytest
from small_program import NeedSpec, Small, build

from simulator.engines import year_rows
from simulator.engines.candidate_columns import thresholds
from simulator.engines.candidates import LOWS, RANK_BITS, WIDTHS
from simulator.engines.demand import Demand
from simulator.engines.streams import WORD_BITS
from simulator.engines.year_rows import ranks_below

TOP = 1 << RANK_BITS


def kept_ranks(bound: float, layers: int) -> list[int]:
    """Count the ranks below one bound in each layer."""
    found = ranks_below(np.array([[layers]]), np.array([[bound]]))
    return (found[0, :, 0] >> (WORD_BITS - RANK_BITS)).tolist()


@pytest.mark.parametrize("bound", [1e-13, 0.3, 0.49999999999999994, 0.7, 1.9, 12.010000000012, 7.2756])
def test_the_ranks_kept_are_those_with_thresholds_below_the_bound(bound: float) -> None:
    for layer, kept in enumerate(kept_ranks(bound, 5)):
        if kept > 0:
            assert thresholds(np.array(layer), np.array(kept - 1)) < bound
        if kept < TOP:
            assert thresholds(np.array(layer), np.array(kept)) >= bound


def test_below_a_bound_at_an_edge_all_ranks_are_kept_and_above_it_none() -> None:
    edges = [*(LOWS[:5] + WIDTHS[:5]).tolist()]

    assert edges == [0.5, 1.0, 2.0, 4.0, 8.0]
    assert kept_ranks(2.0, 5) == [TOP, TOP, TOP, 0, 0]
    assert kept_ranks(float("inf"), 2) == [TOP, TOP]


def test_rows_for_which_there_was_not_room_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    small = Small(people={"well": 400}, needs={"illness": NeedSpec(rate={"well": 30.0})}, days=200)
    expected = Demand(build(small), seed=1, replication=0).year(0).rows
    true_pool, asked = year_rows.new_pool, []

    def scant(room: int, days: int) -> object:
        asked.append(room)
        rows, tops, chunks = true_pool(room, days)
        return rows, tops, chunks[: len(chunks) // 4]

    monkeypatch.setattr(year_rows, "new_pool", scant)
    found = Demand(build(small), seed=1, replication=0).year(0).rows

    assert len(asked) > 1
    assert np.array_equal(found, expected)
