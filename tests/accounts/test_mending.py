"""The smallest transfers leave nobody worse off, cost least, and ask of nobody more than need be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.accounts.mending import smallest_transfers

CHANGES = st.lists(st.floats(-1e9, 1e9, allow_nan=False, width=32), min_size=2, max_size=7)


def test_one_who_gains_makes_good_the_loss_of_another() -> None:
    found = smallest_transfers([-30.0, 100.0, 0.0])

    assert found.paid.tolist() == [[0, 0, 0], [30, 0, 0], [0, 0, 0]]
    assert found.short == 0


def test_two_who_gain_give_the_same_part_of_it() -> None:
    found = smallest_transfers([-30.0, 100.0, 50.0])

    assert found.paid[:, 0] == pytest.approx([0, 20, 10])


def test_where_all_together_lose_what_is_missing_is_said() -> None:
    found = smallest_transfers([-30.0, 10.0, -20.0])

    assert found.paid[1] == pytest.approx([6, 0, 4])
    assert found.short == pytest.approx(40)
    assert smallest_transfers([-3.0, -2.0]).short == 5


def test_where_nobody_loses_nothing_moves() -> None:
    assert not smallest_transfers([3.0, 0.0]).paid.any()


@given(CHANGES)
def test_nobody_is_left_worse_off_where_the_system_gains(change: list[float]) -> None:
    found = smallest_transfers(change)

    after = np.array(change) + found.paid.sum(axis=0) - found.paid.sum(axis=1)
    losses = float(np.maximum(-np.array(change), 0).sum())
    scale = max(1.0, np.abs(change).max())
    assert after.sum() == pytest.approx(sum(change), abs=1e-6 * scale)
    if sum(change) >= 0:
        assert after.min() >= -1e-6 * scale
        assert found.paid.sum() == pytest.approx(losses, abs=1e-6 * scale)
    else:
        assert found.short == pytest.approx(-sum(change), abs=1e-6 * scale)
