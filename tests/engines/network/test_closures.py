"""Closures: exact at rest, against Erlang's formulas and the chain itself."""

import math

import numpy as np
import pytest

from simulator.engines.network.matching import CELLS, busy_at, matching
from simulator.engines.network.moments import served_and_waiting, slopes
from simulator.engines.network.stationary import stationary


def erlang_b(places: int, load: float) -> float:
    blocked = 1.0
    for number in range(1, places + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked


@pytest.mark.parametrize(("places", "load"), [(1, 0.5), (5, 4.0), (30, 27.6), (120, 111.6)])
def test_the_stationary_queue_is_erlangs(places: int, load: float) -> None:
    found = stationary(places, np.array([load]))

    blocked = erlang_b(places, load)
    delayed = blocked / (1.0 - load / places * (1.0 - blocked))
    queue = delayed * load / (places - load)
    assert found.delayed[0] == pytest.approx(delayed, rel=1e-9)
    assert found.present[0] - found.busy[0] == pytest.approx(queue, rel=1e-6)


@pytest.mark.parametrize(("places", "load"), [(1, 0.5), (5, 9.0), (61, 50.0)])
def test_without_room_the_stationary_queue_turns_erlangs_share_away(places: int, load: float) -> None:
    found = stationary(places, np.array([load]), room=0)

    assert found.refused[0] == pytest.approx(erlang_b(places, load), rel=1e-9)


@pytest.mark.parametrize("patience", [0.0, 0.1, 3.0])
@pytest.mark.parametrize("places", [5, 30, 500])
def test_matching_gives_the_stationary_queue_back(places: int, patience: float) -> None:
    true = stationary(places, np.array([0.92 * places]), patience=patience)

    assert busy_at(matching(places, patience=patience), true.present[0]) == pytest.approx(
        true.busy[0], rel=2e-4
    )


def test_matching_never_has_more_busy_than_present() -> None:
    table = matching(30)
    present = 30 * np.linspace(0, 1, CELLS + 1)[:-1] / (1 - np.linspace(0, 1, CELLS + 1)[:-1])

    assert (table.busy[:-1] <= present + 1e-4).all()
    assert (np.diff(table.busy) >= -1e-12).all()
    assert table.busy[-1] == 30


def test_a_wider_spread_of_stays_makes_a_longer_queue() -> None:
    plain, wide = matching(30), matching(30, spread=1.6)

    assert busy_at(wide, 34.0) < busy_at(plain, 34.0)


def test_the_normal_law_serves_what_its_integral_says() -> None:
    grid = np.linspace(-60, 120, 400_001)
    density = np.exp(-0.5 * ((grid - 28) / 6) ** 2) / (6 * math.sqrt(2 * math.pi))

    served, waiting, full = served_and_waiting(28.0, 36.0, places=30.0)

    assert served == pytest.approx(np.trapezoid(np.minimum(grid, 30) * density, grid), rel=1e-7)
    assert waiting == pytest.approx(np.trapezoid(np.maximum(grid - 30, 0) * density, grid), rel=1e-6)
    assert full == pytest.approx(0.36944, abs=1e-4)


def test_mean_and_variance_of_an_uncrowded_queue_come_to_rest_at_the_load() -> None:
    assert slopes(20.0, 20.0, load=20.0, places=500.0) == pytest.approx((0.0, 0.0), abs=1e-9)
