"""Series by reporting period become years of the window."""

import math
from calendar import isleap
from datetime import date

import numpy as np
from numpy.typing import NDArray

from simulator.units import SECONDS_A_DAY

Floats = NDArray[np.float64]
Span = tuple[float, float]
ALWAYS: Span = (-math.inf, math.inf)
MILLIONTHS = 6  # of a pound: finer is what sums of floats leave
DISCOUNT = 0.035  # HM Treasury and NICE: costs at 3.5% a year


def year_ends(first: date, seconds: int) -> Floats:
    """Give the second at which each year of a window ends, from its beginning; the last may be cut short.

    Years begin on the window's own day of the year, so they are financial years where it begins on 1 April;
    29 February is followed by 1 March where there is none.
    """
    ends: list[float] = []
    while not ends or ends[-1] < seconds:
        after = anniversary(first, len(ends) + 1)
        ends.append(min(float((after - first).days * SECONDS_A_DAY), float(seconds)))
    return np.array(ends)


def month_ends(first: date, seconds: int) -> Floats:
    """Give the second at which each calendar month of a window ends; the first and last may be cut short."""
    ends: list[float] = []
    year, month = first.year, first.month
    while not ends or ends[-1] < seconds:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        ends.append(min(float((date(year, month, 1) - first).days * SECONDS_A_DAY), float(seconds)))
    return np.array(ends)


def anniversary(first: date, years: int) -> date:
    """Give the same day so many years later; 1 March for 29 February where there is none."""
    year = first.year + years
    is_leap_day = (first.month, first.day) == (2, 29) and not isleap(year)
    return date(year, 3, 1) if is_leap_day else first.replace(year=year)


def year_shares(lengths: NDArray[np.int64], ends: Floats, *, during: Span = ALWAYS) -> Floats:
    """Give the part of each period that lies in each year (Y, periods); one over a year's end is divided.

    By time; where something goes on for a part of a period only, ``during`` so much of the window, by the
    time that it goes on in each year.
    """
    closes = np.cumsum(lengths).astype(np.float64)
    opens = closes - lengths
    begins = np.concatenate([[0.0], ends[:-1]])
    by_time = _inside((opens, closes), (begins, ends)) / lengths
    if during == ALWAYS:
        return np.asarray(by_time)
    going_on = np.maximum(opens, during[0]), np.minimum(closes, during[1])
    inside = _inside(going_on, (begins, ends))
    whole = inside.sum(axis=0)
    return np.asarray(np.where(whole > 0, inside / np.where(whole > 0, whole, 1.0), by_time))


def _inside(period: tuple[Floats, Floats], years: tuple[Floats, Floats]) -> Floats:
    """Give how long each period (from, to) is in each year (Y, periods)."""
    inside = np.minimum(period[1], years[1][:, None]) - np.maximum(period[0], years[0][:, None])
    return np.asarray(np.maximum(inside, 0.0))


def together(pounds: Floats, columns: list[int]) -> Floats:
    """Add up what some purses (R, Y, O) have in each year (R, Y): what some pay others comes to exactly 0."""
    return np.asarray(np.round(pounds[:, :, columns].sum(axis=2), MILLIONTHS) + 0.0)


def sum_so_far(pounds: Floats) -> Floats:
    """Add up what each year (R, Y) has brought since the first, discounted to it."""
    return np.asarray(np.cumsum(pounds / (1 + DISCOUNT) ** np.arange(pounds.shape[1]), axis=1))
