"""Whatever a world does: refill takes its part of what is freed and never makes money of it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.accounts.beds import Beds, Ward
from simulator.accounts.books import Books
from simulator.accounts.fillings import filling
from simulator.accounts.refilling import refilled
from simulator.units import SECONDS_A_YEAR

WARD = Ward(name="beds", owner="city", activities=("ward",), refills=True)
PERIODS = 4
amounts = st.lists(st.integers(0, 10**8), min_size=8, max_size=8)


@st.composite
def worlds(draw: st.DrawFn) -> Books:
    """Draw a world of one year: what ward and home care cost two organisations, and the beds used."""
    activity = np.reshape(draw(amounts), (1, 2, 4)).astype(float)
    used = np.array(draw(st.lists(st.integers(1, 10**6), min_size=PERIODS, max_size=PERIODS)), float)
    seconds = np.full(PERIODS, SECONDS_A_YEAR / PERIODS)
    return Books(
        organisations=("city", "council", "people", "staff_and_suppliers"),
        activities=("ward", "home_care"),
        share=1.0,
        seconds=np.array([float(SECONDS_A_YEAR)]),
        activity=activity,
        schemes=np.zeros((1, 4)),
        overheads=np.zeros((1, 0)),
        overhead_names=(),
        starts={name: np.array([float(draw(st.integers(0, 1000)))]) for name in ("ward", "home_care")},
        cases={},
        people=np.zeros(1),
        beds=Beds(
            wards=(WARD,),
            used=used[:, None],
            seconds=seconds,
            winters=np.eye(PERIODS, 1) * seconds[0],
            turning=np.zeros(1),
        ),
        stays=np.array([[used.sum(), 0.0]]),
    )


def after(world: Books, plan: Books, factor: float) -> Books:
    years = np.ones((1, PERIODS))
    fills = filling([world], [plan], factors=np.array([factor]), years=years)
    return refilled(world, plan, filling=fills, spans=years)


@settings(deadline=None)
@given(worlds(), worlds())
def test_at_full_refill_a_day_costs_what_it_does_and_home_care_is_left_alone(
    world: Books, plan: Books
) -> None:
    found = after(world, plan, 1.0)

    fuller = plan.beds.used.sum() / world.beds.used.sum()
    assert found.care[:, 0] == pytest.approx(world.activity[:, 0] * fuller)
    assert found.care[:, 1] == pytest.approx(world.activity[:, 1])
    assert found.starts["ward"] == pytest.approx(world.starts["ward"] * fuller)


@settings(deadline=None)
@given(worlds(), worlds(), st.floats(0, 1))
def test_what_fills_again_is_never_a_saving(world: Books, plan: Books, share: float) -> None:
    freed = plan.beds.used.sum() - world.beds.used.sum()

    assert after(world, plan, share if freed > 0 else 0.0).refilled.min() >= 0


@settings(deadline=None)
@given(worlds(), worlds(), st.floats(0, 1))
def test_cash_falls_in_proportion_to_refill(world: Books, plan: Books, share: float) -> None:
    none, part, all_of_it = (plan.resources - after(world, plan, one).resources for one in (0.0, share, 1.0))

    assert part == pytest.approx((1 - share) * none + share * all_of_it, abs=1e-3)


@settings(deadline=None)
@given(worlds(), st.floats(0, 1))
def test_a_world_that_changes_nothing_frees_nothing(world: Books, share: float) -> None:
    assert after(world, world, share).resources == pytest.approx(world.resources)


@settings(deadline=None)
@given(worlds(), worlds(), st.floats(0, 1))
def test_hours_of_carers_and_freed_days_are_in_no_sum_of_money(
    world: Books, plan: Books, share: float
) -> None:
    carers = replace(world, hours={"people.home_care": np.array([9e9])}, hour_pence={"people": 2400.0})

    assert after(carers, plan, share).resources == pytest.approx(after(world, plan, share).resources)
