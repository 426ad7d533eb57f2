"""The calendar of a run: real dates, counted in seconds."""

from datetime import date

import pytest

from simulator.compiler.calendar import build_calendar
from simulator.compiler.program import Calendar
from simulator.compiler.window import Window

DAY, WEEK = 86_400, 604_800


def calendar(starts: date, *, warm_up: int = 0, horizon: int = 365 * DAY, period: int = WEEK) -> Calendar:
    """Lay out a calendar."""
    return build_calendar(
        Window(starts=starts, warm_up_seconds=warm_up, horizon_seconds=horizon, period_seconds=period)
    )


def test_years_begin_on_the_first_of_january_leap_years_included() -> None:
    found = calendar(date(2024, 1, 11), warm_up=10 * DAY, horizon=800 * DAY)

    assert found.first_year == 2024
    assert found.year_start_second.tolist() == [0, 366 * DAY, 731 * DAY, 1096 * DAY]
    assert date.fromordinal(found.first_day) == date(2024, 1, 1)


def test_the_first_year_may_have_begun_before_the_run() -> None:
    found = calendar(date(2025, 4, 1), warm_up=52 * WEEK)

    assert found.first_year == 2024
    assert found.year_start_second[0] == -(date(2024, 4, 2) - date(2024, 1, 1)).days * DAY


def test_the_years_go_on_for_leaving_moments_after_the_end() -> None:
    found = calendar(date(2025, 1, 1), horizon=350 * DAY)

    assert len(found.year_start_second) == 3
    assert found.year_start_second[-1] > found.end_second + 8 * WEEK


def test_a_period_closes_exactly_at_the_end_of_warm_up_and_at_the_end() -> None:
    found = calendar(date(2025, 4, 1), warm_up=10 * DAY, horizon=15 * DAY)

    assert found.period_close_second.tolist() == [3 * DAY, 10 * DAY, 17 * DAY, 24 * DAY, 25 * DAY]


def test_without_warm_up_no_period_closes_at_second_nought() -> None:
    found = calendar(date(2025, 4, 1), horizon=14 * DAY)

    assert found.period_close_second.tolist() == [7 * DAY, 14 * DAY]


def test_quarters_are_counted_from_starts_both_ways() -> None:
    found = calendar(date(2025, 4, 1), warm_up=20 * WEEK, horizon=30 * WEEK)

    assert (found.quarter_second // WEEK).tolist() == [7, 20, 33, 46]
    assert found.quarter_number.tolist() == [-1, 0, 1, 2]


@pytest.mark.parametrize(
    ("starts", "first"), [(date(2025, 3, 31), 0), (date(2025, 4, 1), 6 * DAY), (date(2025, 3, 30), DAY)]
)
def test_mondays_are_mondays(starts: date, first: int) -> None:
    found = calendar(starts, horizon=21 * DAY)

    assert found.monday_second.tolist() == list(range(first, 21 * DAY, WEEK))


def test_a_run_may_begin_within_a_day() -> None:
    found = calendar(date(2025, 4, 1), warm_up=90 * 60, horizon=DAY)

    assert date.fromordinal(found.first_day) == date(2025, 3, 31)
    assert found.year_start_second[0] == -(89 * DAY + DAY - 90 * 60)
