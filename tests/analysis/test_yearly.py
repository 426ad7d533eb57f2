"""Years begin on a window's own day, leap days too; a period over a year's end is divided by time."""

from datetime import date

import numpy as np
import pytest

from simulator.analysis.books_read import winters_of
from simulator.analysis.yearly import anniversary, year_ends, year_shares

DAY = 86_400


def test_a_leap_day_is_followed_by_the_first_of_march_where_there_is_none() -> None:
    leap = date(2024, 2, 29)

    assert [anniversary(leap, years) for years in (0, 1, 4)] == [leap, date(2025, 3, 1), date(2028, 2, 29)]
    assert (year_ends(leap, 500 * DAY) / DAY).tolist() == [366, 500]


def test_a_period_over_a_years_end_is_divided_by_time() -> None:
    ends = year_ends(date(2025, 4, 1), 400 * DAY)

    shares = year_shares(np.array([360, 20, 20]) * DAY, ends)

    assert shares[0] == pytest.approx([1, 0.25, 0])
    assert shares.sum(axis=0) == pytest.approx([1, 1, 1])


def test_a_winter_is_december_to_february_whatever_the_periods_are() -> None:
    # Two years of periods of 100 days from 1 January 2027: the second whole winter has a 29 February.
    found = winters_of(np.full(8, 100.0 * 86_400), date(2027, 1, 1)) / 86_400

    assert found.sum(axis=0).tolist() == [59, 91, 90]
    assert found[:, 1].tolist() == [0, 0, 0, 66, 25, 0, 0, 0]


def test_what_begins_in_a_period_over_a_years_end_is_of_the_time_that_it_runs() -> None:
    ends = np.array([30.0, 60.0])
    lengths = np.array([20, 20, 20])

    def second_period(*during: float) -> list[float]:
        return year_shares(lengths, ends, during=during)[:, 1].tolist()

    assert second_period(-5, 90) == [0.5, 0.5]
    assert second_period(28, 90) == pytest.approx([1 / 6, 5 / 6])
    assert second_period(30, 90) == [0, 1]
    assert second_period(0, 24) == [1, 0]


def test_what_does_not_go_on_in_a_period_is_divided_by_time() -> None:
    assert year_shares(np.array([20, 20]), np.array([30.0, 40.0]), during=(0, 10))[:, 1].tolist() == [
        0.5,
        0.5,
    ]
