"""Profiles become running integrals with mean one, and these run back to the second."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from simulator.compiler.calendar import build_calendar
from simulator.compiler.profiles import build_profiles
from simulator.compiler.program import Calendar
from simulator.compiler.window import Window
from simulator.definition.calendars import Profile
from simulator.engines.profile_time import profile_seconds, second_after, second_at
from simulator.engines.year_pace import find_seconds, year_pace

DAY = 86_400


def weights(*values: int) -> tuple[Fraction, ...]:
    """Write weights as a file gives them."""
    return tuple(Fraction(value) for value in values)


OFFICE = Profile(
    hour=weights(*[0] * 8, *[3] * 4, *[5] * 6, *[0] * 6),
    weekday=weights(5, 4, 4, 4, 3, 0, 0),
    month=weights(12, 11, 10, 9, 8, 7, 6, 7, 8, 9, 10, 11),
)
STEPS = Profile(steps=((0, Fraction(1)), (30_600, Fraction(2)), (64_800, Fraction(0))))
HOURS = Profile(hour=weights(*range(1, 25)))
PROFILES = (OFFICE, STEPS, HOURS)
WINDOW = Window(
    starts=date(2024, 2, 1), warm_up_seconds=10 * DAY, horizon_seconds=400 * DAY, period_seconds=7 * DAY
)
CALENDAR = build_calendar(WINDOW)


def clock(calendar: Calendar = CALENDAR, profiles: tuple[Profile, ...] = PROFILES) -> tuple:
    """Give the arrays that profile time is read from."""
    made = build_profiles(profiles, calendar)
    origin = int(calendar.year_start_second[0])
    return (
        *(made.day_start, made.day_weight, made.border_first),
        *(made.border_second, made.border_integral, origin),
    )


def test_a_day_has_its_weekday_times_its_month_and_the_hours_have_mean_one() -> None:
    arrays = clock()
    monday = (date(2024, 2, 5) - date(2024, 1, 22)).days * DAY
    begin, end = (profile_seconds(*arrays, 0, float(monday + extra)) for extra in (0, DAY))

    assert end - begin == pytest.approx(DAY * (5 / (20 / 7)) * (11 / 9))


def test_the_29th_of_february_is_a_day_of_february() -> None:
    made = build_profiles([Profile(month=weights(*[1] * 1, 13, *[1] * 10))], CALENDAR)

    assert len(made.day_weight[0]) == 366 + 365
    assert made.day_weight[0][[30, 31, 59, 60]] == pytest.approx([0.5, 6.5, 6.5, 0.5])


def test_a_profile_of_hours_only_gains_nothing_over_a_year() -> None:
    made = build_profiles(PROFILES, CALENDAR)

    assert made.day_start[2, -1] == pytest.approx((366 + 365) * DAY, rel=1e-12)
    assert made.border_integral[made.border_first[3] - 1] == DAY


def test_steps_and_hours_say_the_same_when_they_do() -> None:
    hours = Profile(hour=weights(*[1] * 6, *[4] * 18))
    steps = Profile(steps=((0, Fraction(2)), (6 * 3600, Fraction(8))))

    one, other = clock(profiles=(hours,)), clock(profiles=(steps,))

    for second in range(0, 3 * DAY, 4999):
        assert profile_seconds(*one, 0, float(second)) == pytest.approx(
            profile_seconds(*other, 0, float(second)), rel=1e-14
        )


@pytest.mark.parametrize("profile", [-1, 0, 1, 2])
def test_profile_time_runs_there_and_back(profile: int) -> None:
    arrays = clock()
    for second in np.linspace(0, CALENDAR.end_second + 30 * DAY, 3001):
        integral = profile_seconds(*arrays, profile, float(second))
        again = second_at(*arrays, profile, integral)
        assert again >= second - 1e-6
        assert profile_seconds(*arrays, profile, again) == pytest.approx(integral, abs=1e-6)


@pytest.mark.parametrize("profile", [0, 1, 2])
def test_a_year_laid_out_reads_as_the_profile_does(profile: int) -> None:
    arrays = clock()
    start, end = CALENDAR.year_start_second[1:3].tolist()
    pace = year_pace(arrays, profile, start=start, end=end)
    moments = np.linspace(pace.begin, pace.end, 2003)[:-1]
    seconds = np.empty(len(moments), np.int64)

    find_seconds(pace.pieces, moments, seconds)

    for moment, second in zip(moments, seconds.tolist(), strict=True):
        exact = second_at(*arrays, profile, moment)
        assert second - 1e-5 <= exact < second + 1 + 1e-5


def test_nothing_happens_in_an_hour_that_has_none() -> None:
    arrays = clock()
    for integral in np.linspace(1.0, profile_seconds(*arrays, 0, 300.0 * DAY), 20_011):
        second = int(np.floor(second_at(*arrays, 0, integral)))
        day = date.fromordinal(CALENDAR.first_day + second // DAY)
        assert day.weekday() < 5
        assert 8 * 3600 <= second % DAY < 18 * 3600


def test_a_leaving_moment_waits_for_the_next_open_hour() -> None:
    arrays = clock()
    friday_evening = (date(2024, 2, 9) - date(2024, 1, 22)).days * DAY + 20 * 3600

    leaves = second_after(*arrays, 0, friday_evening, 0.0)

    assert leaves == (date(2024, 2, 12) - date(2024, 1, 22)).days * DAY + 8 * 3600


def test_without_a_profile_the_wait_is_the_clock_s() -> None:
    assert second_after(*clock(), -1, 1000, 43_200.0) == 44_200


def test_beyond_the_tables_time_runs_at_pace_one() -> None:
    arrays = clock()
    beyond = int(CALENDAR.year_start_second[-1]) + 100

    assert second_after(*arrays, 0, beyond, 50.0) == beyond + 50
