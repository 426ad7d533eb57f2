"""What comes into freed beds, by hand: days at the scenario's price, stays of the scenario's length."""

from dataclasses import replace

import numpy as np
import pytest

from simulator.accounts.beds import Beds, Ward
from simulator.accounts.books import Books
from simulator.accounts.fillings import filling
from simulator.accounts.local import Local
from simulator.accounts.refilling import refilled
from simulator.units import SECONDS_A_DAY, SECONDS_A_YEAR

WARDS = (Ward(name="beds", owner="city", activities=("ward", "recovery"), refills=True),)
A_YEAR = np.ones((1, 1))


def world(
    *, days: float, stays: float, pounds: float, recovery: tuple[float, float, float] = (0, 0, 0)
) -> Books:
    """Give one year: bed-days, stays and cost of the ward; the same of recovery in the same beds."""
    of_ward = (days, stays, pounds)
    by_kind = np.array([of_ward, recovery], dtype=float)
    return Books(
        organisations=("city",),
        activities=("ward", "recovery"),
        share=1.0,
        seconds=np.array([float(SECONDS_A_YEAR)]),
        activity=by_kind[None, :, 2:] * 100,
        schemes=np.zeros((1, 1)),
        overheads=np.zeros((1, 0)),
        overhead_names=(),
        starts={"ward": by_kind[:1, 1], "recovery": by_kind[1:, 1]},
        cases={},
        people=np.zeros(1),
        stays=by_kind[None, :, 0] * SECONDS_A_DAY,
        beds=Beds(
            wards=WARDS,
            used=np.array([[by_kind[:, 0].sum() * SECONDS_A_DAY]]),
            seconds=np.array([float(SECONDS_A_YEAR)]),
            winters=np.zeros((1, 1)),
            turning=np.zeros(1),
        ),
    )


def after(here: Books, there: Books, *, share: float) -> Books:
    fills = filling([here], [there], factors=np.array([share]), years=A_YEAR)
    return refilled(here, there, filling=fills, spans=A_YEAR)


def pounds_again(found: Books) -> list[float]:
    assert found.refilled is not None
    return (found.refilled[0, :, 0] / 100).tolist()


# 2,875 bed-days of 10 at £133.33 become 1,725 of 6 at £240: 1,150 are freed, 690 fill again.
BEFORE = world(days=2875, stays=287.5, pounds=2875 * 400 / 3)
SHORTER_AND_DEARER = world(days=1725, stays=287.5, pounds=1725 * 240)


def test_days_that_fill_again_cost_what_a_day_costs_in_the_scenario() -> None:
    found = after(SHORTER_AND_DEARER, BEFORE, share=0.6)

    assert pounds_again(found) == pytest.approx([690 * 240, 0])


def test_beds_freed_by_shorter_stays_bring_new_stays_of_that_length() -> None:
    found = after(SHORTER_AND_DEARER, BEFORE, share=0.6)

    assert found.starts["ward"].tolist() == pytest.approx([287.5 + 690 / 6])


def test_each_new_stay_costs_what_a_stay_costs_by_itself() -> None:
    here, there = (world(days=days, stays=100, pounds=days * 80 + 100 * 45) for days in (600.0, 1000.0))

    assert pounds_again(after(here, there, share=0.5)) == pytest.approx([200 * 80 + 200 / 6 * 45, 0])


def test_turnaround_that_fills_again_is_no_day_of_care() -> None:
    here = SHORTER_AND_DEARER
    tenth = replace(here, beds=replace(here.beds, turning=np.array([0.1])))  # type: ignore[type-var]

    assert pounds_again(after(tenth, BEFORE, share=0.6)) == pytest.approx([690 * 0.9 * 240, 0])


def test_who_comes_is_like_those_who_stayed_away() -> None:
    there = world(days=1000, stays=100, pounds=100_000, recovery=(500, 100, 10_000))
    here = world(days=400, stays=40, pounds=40_000, recovery=(700, 140, 14_000))

    # 400 fewer in all: half of that comes as the ward's, at £100 a day; what recovery took on stays as it is.
    found = after(here, there, share=0.5)

    assert pounds_again(found) == pytest.approx([200 * 100, 0])
    assert found.starts["recovery"].tolist() == [140]


def test_of_what_is_no_longer_done_days_are_as_they_were() -> None:
    nobody = world(days=0, stays=0, pounds=0)

    assert pounds_again(after(nobody, BEFORE, share=0.6)) == pytest.approx([0.6 * 2875 * 400 / 3, 0])


@pytest.mark.parametrize(("share", "wards"), [(0.0, 2), (0.5, 1), (0.6, 0)])
def test_wards_of_two_are_released_by_what_stays_empty_of_four_places(share: float, wards: int) -> None:
    seconds, years = np.array([90.0, 275.0]) * SECONDS_A_DAY, np.ones((1, 2))
    ward = replace(WARDS[0], size=2.0, pence=100.0, line="city.wards")
    beds = Beds(wards=(ward,), used=years.T, seconds=seconds, winters=years.T * 0, turning=np.zeros(1))
    beds.winters[0] = seconds[0]  # the winter is over, so wards may go in the second period
    here, there = (
        replace(
            SHORTER_AND_DEARER,
            overheads=np.zeros((1, 1)),
            overhead_names=("city.wards",),
            beds=replace(beds, used=places * seconds[:, None]),
        )
        for places in (4, 8)
    )
    fills = filling([here], [there], factors=np.array([share]), years=years)

    found = refilled(here, there, filling=fills, spans=years)

    assert found.overheads.tolist() == [[pytest.approx(-wards * 100 * seconds[1])]]


def test_a_length_and_a_price_are_those_of_all_replications() -> None:
    rare = world(days=1, stays=10, pounds=100)
    usual = world(days=1999, stays=190, pounds=199_900)
    fills = filling([rare, usual], [BEFORE, BEFORE], factors=np.array([1.0]), years=A_YEAR)

    found = refilled(rare, BEFORE, filling=fills, spans=A_YEAR)

    assert pounds_again(found) == pytest.approx([2874 * 100, 0])
    assert found.starts["ward"].tolist() == pytest.approx([10 + 2874 / 10])


def by_locality(found: Books, *, days: tuple[float, float]) -> Books:
    """Say how many of the ward's days are of those who live in the east and in the west."""
    nothing = np.zeros((1, 2, 2))
    stays = nothing.copy()
    stays[0, :, 0] = np.array(days) * SECONDS_A_DAY
    local = Local(
        names=("east", "west"),
        parts=np.array([0.5, 0.5]),
        activity=np.zeros((1, 2, 2, 1)),
        schemes=np.zeros((1, 2, 1)),
        starts=nothing,
        cases=np.zeros((1, 2, 0)),
        stays=stays,
        people=np.zeros((1, 2)),
    )
    return replace(found, local=local)


def test_whoever_fills_a_free_bed_lives_where_those_live_who_are_in_such_beds() -> None:
    # Of 1,725 days 1,035 are the east's and 345 the west's: three fifths and a fifth; the rest is nobody's.
    here = by_locality(SHORTER_AND_DEARER, days=(1035, 345))
    found = after(here, by_locality(BEFORE, days=(2000, 800)), share=0.6)

    assert found.local is not None
    assert found.local.starts[0, :, 0] == pytest.approx([0.6 * 115, 0.2 * 115])
    east, both = (found.within(where) for where in (["east"], ["east", "west"]))
    assert pounds_again(east) == pytest.approx([0.6 * 690 * 240, 0])
    assert pounds_again(both) == pytest.approx([0.8 * 690 * 240, 0])


def test_of_what_is_no_longer_done_days_are_where_they_were() -> None:
    nobody = by_locality(world(days=0, stays=0, pounds=0), days=(0, 0))

    found = after(nobody, by_locality(BEFORE, days=(2300, 575)), share=1)

    assert pounds_again(found.within(["west"])) == pytest.approx([0.2 * 2875 * 400 / 3, 0])
