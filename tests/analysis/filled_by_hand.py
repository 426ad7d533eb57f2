"""What fills the small ward's freed beds again, by hand from the records of every run."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.comparison import Comparison
from simulator.engines.records import ACTIVE_AREA, KEPT_AREA, STARTS, USED_AREA

Floats = NDArray[np.float64]
DAY = 86_400
YEARS = (365, 728)  # the days at which each ends


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The ward on the mean over replications, period by period: days, starts, and pounds of the city."""

    days: Floats
    starts: Floats
    pounds: Floats


def world(found: Comparison, scenario: str) -> World:
    seen = [piece.observations[scenario] for piece in found.results.pieces()]
    names = found.results.programs[scenario].names
    ward, beds, city = (
        every.index(one)
        for every, one in (
            (names.activities, "ward"),
            (names.resources, "beds"),
            (names.organisations, "city"),
        )
    )
    assert all((one.activity_series[:, ward, KEPT_AREA] == 0).all() for one in seen)
    days = np.mean([one.activity_series[-26:, ward, ACTIVE_AREA] for one in seen], axis=0) / DAY
    assert (days == np.mean([one.resource_series[-26:, beds, USED_AREA] for one in seen], axis=0) / DAY).all()
    return World(
        days=days,
        starts=np.mean([one.activity_series[-26:, ward, STARTS] for one in seen], axis=0),
        pounds=np.mean([one.cost_series[-26:, ward, city] for one in seen], axis=0) / 100,
    )


def parted(ends: tuple[int, ...]) -> Floats:
    """Give the part of each period of four weeks that lies in each span, by time."""
    closes, begins = 28.0 * np.arange(1, 27), np.array([0, *ends[:-1]])[:, None]
    inside = np.minimum(closes, np.array(ends)[:, None]) - np.maximum(closes - 28, begins)
    return np.maximum(inside, 0) / 28


def again(found: Comparison, scenario: str, *, ends: tuple[int, ...] = YEARS) -> World:
    """Give what comes, by span, if all that is freed is filled by days and stays as that year's."""
    here, there = (world(found, one) for one in (scenario, "baseline"))
    years = parted(YEARS)
    days = parted(ends) @ (years * (there.days - here.days)).T
    starts, pounds = (days * (years @ one) / (years @ here.days) for one in (here.starts, here.pounds))
    return World(days=days.sum(axis=1), starts=starts.sum(axis=1), pounds=pounds.sum(axis=1))
