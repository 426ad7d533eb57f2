"""Freed places by hand: what fills again, and when a whole ward is released."""

from dataclasses import replace

import numpy as np
import pytest

from simulator.accounts.beds import Beds, Ward, freed_days, refill_factors, wards_released
from simulator.units import SECONDS_A_DAY

MONTH = 30 * SECONDS_A_DAY
WARD = Ward(
    name="beds",
    owner="city",
    activities=("ward",),
    refills=True,
    size=10.0,
    pence=1.0,
    notice_seconds=9 * MONTH,
)
# Two years of months from April; December, January and February are winter, the first and the second.
IN_WINTER = np.array([1.0 if month in (8, 9, 10) else 0.0 for month in range(12)] * 2)
WINTERS = np.stack([IN_WINTER * (np.arange(24) < 12), IN_WINTER * (np.arange(24) >= 12)], axis=1)


def beds(used: float | np.ndarray) -> Beds:
    seconds = np.full(24, float(MONTH))
    places = np.broadcast_to(used, 24).astype(float)
    return Beds(wards=(WARD,), used=(places * seconds)[:, None], seconds=seconds, winters=WINTERS * MONTH)


def test_freed_days_are_those_that_another_world_uses_more() -> None:
    assert freed_days(beds(90), beds(100)).tolist() == [10 * 24 * 30]


def test_a_ward_goes_when_its_places_were_empty_over_the_notice_and_a_winter() -> None:
    found = wards_released(np.full(24, 10.0), beds(90), ward=WARD)

    # Nine months of notice are over with December, but the winter only with February.
    assert found.tolist() == [0] * 11 + [1] * 13


def test_nothing_goes_before_a_winter_however_short_the_notice() -> None:
    ward = Ward(name="beds", owner="city", activities=(), refills=True, size=10.0, notice_seconds=0.0)

    assert wards_released(np.full(24, 25.0), beds(75), ward=ward).tolist() == [0] * 11 + [2] * 13


def test_a_ward_does_not_go_in_part_of_a_winter_that_needs_it() -> None:
    # December spares twelve places, January and February six each: the winter spares eight, less than a ward.
    fall = np.full(24, 20.0)
    fall[8], fall[9:11] = 12.0, 6.0

    assert wards_released(fall, beds(80), ward=WARD).tolist() == [0] * 23 + [2]


def test_a_winter_that_had_begun_before_the_first_day_is_no_whole_winter() -> None:
    late = replace(beds(90), winters=np.roll(WINTERS, -9, axis=0) * (np.arange(24) < 20)[:, None] * MONTH)

    found = wards_released(np.full(24, 10.0), late, ward=replace(WARD, notice_seconds=0.0))

    # From January: two months of the first winter, then December to February in months 11 to 13.
    assert found.tolist() == [0] * 14 + [1] * 10


def test_a_ward_comes_back_in_a_winter_that_needs_it() -> None:
    fall = np.full(24, 20.0)
    fall[20:] = 5.0  # the second December

    found = wards_released(fall, beds(80), ward=replace(WARD, notice_seconds=0.0))

    assert found.tolist() == [0] * 11 + [2] * 10 + [0] * 3


def test_a_ward_stays_that_winter_needs() -> None:
    fall = np.where(IN_WINTER > 0, 8.0, 20.0)

    assert not wards_released(fall, beds(80), ward=WARD).any()


def test_a_ward_comes_back_when_its_places_are_used_again() -> None:
    fall = np.where(np.arange(24) < 14, 10.0, 0.0)

    found = wards_released(fall, beds(90), ward=WARD)

    assert found[13] == 1
    assert found[15:].tolist() == [0] * 9


def test_less_than_a_whole_ward_releases_nothing() -> None:
    assert not wards_released(np.full(24, 9.9), beds(90), ward=WARD).any()


@pytest.mark.parametrize(("freed", "factor"), [(5.0, 0.8), (0.0, 0.0), (-5.0, 0.0)])
def test_what_is_freed_fills_again_and_a_rise_does_not(freed: float, factor: float) -> None:
    assert refill_factors({"beds": freed}, wards=(WARD,), share=0.8).tolist() == [factor]
