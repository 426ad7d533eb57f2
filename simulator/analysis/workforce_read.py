"""How many staff one world has and what their time goes to, read from its observation, year by year.

Two bases, never added up: *posts* follow the places that there are, *time* what is done.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from simulator.analysis.books_read import helped_starts, hour_pence
from simulator.analysis.over_years import OverYears, over_years
from simulator.analysis.reading import Reading
from simulator.analysis.yearly import Floats, year_ends
from simulator.definition.calendars import Timetable
from simulator.definition.capacities import Capacity, Resource
from simulator.definition.model import Model
from simulator.definition.outside import OUTSIDE
from simulator.definition.staff import SECONDS_AN_HOUR, StaffKind
from simulator.engines.records import AVAILABLE_AREA, STARTS, USED_AREA
from simulator.units import SECONDS_A_DAY, SECONDS_A_WEEK, SECONDS_A_YEAR

POSTS, TIME = "posts", "time"
SECONDS_A_MINUTE = 60
DAYS_A_WEEK = 7
USUAL = StaffKind()

Team = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """Whole-time equivalents of one world of one replication, by team: basis, organisation, kind of staff.

    ``seconds`` (Y) is how long each year of the window is; ``equivalents`` by team (Y).
    """

    seconds: Floats
    equivalents: Mapping[Team, Floats]


def keeps_staff(model: Model) -> bool:
    """Say whether a model says anything of staff; the hours of accounts outside are another line."""
    return any(one.staff for one in model.resources.values()) or any(
        is_staff(kind, model) for one in model.activities.values() for kind in one.staff_minutes
    )


def is_staff(kind: str, model: Model) -> bool:
    """Say whether minutes of somebody are staff's: not of carers and others with time of their own."""
    return kind not in OUTSIDE and kind not in hour_pence(model)


def hours_a_year(model: Model, kind: str) -> float:
    """Give the hours that one whole-time equivalent of a kind works in a year."""
    return float(model.staff.get(kind, USUAL).works_a_year.value) / SECONDS_AN_HOUR


def read_staff(
    reading: Reading, *, model: Model, usual: Reading | None = None, since: float = 0.0
) -> Staffing:
    """Read whole-time equivalents by year of the window, of the part of the place that was run.

    ``usual`` is the baseline, from which this world differs from the second ``since`` of the window on.
    """
    ends = year_ends(reading.frame.window_starts, reading.window_seconds)
    by_year = over_years(reading, usual=usual, ends=ends, since=since)
    found: dict[Team, Floats] = defaultdict(lambda: np.zeros(len(ends)))
    for name, resource in sorted(model.resources.items()):
        places = _places(by_year, resource, name=name, model=model) if resource.staff else None
        for kind, one in sorted(resource.staff.items()):
            assert places is not None
            found[POSTS, resource.owner or "", kind] += places * float(one.value)
    seconds = np.diff(ends, prepend=0.0)
    for owner, activity, starts in _starts(by_year, model=model):
        for kind, minutes in sorted(model.activities[activity].staff_minutes.items()):
            if is_staff(kind, model):
                worked = starts * float(minutes.value) * SECONDS_A_MINUTE
                a_year = hours_a_year(model, kind) * SECONDS_AN_HOUR / SECONDS_A_YEAR
                found[TIME, owner, kind] += worked / seconds / a_year
    return Staffing(seconds=seconds, equivalents=dict(found))


def _places(by_year: OverYears, resource: Resource, *, name: str, model: Model) -> Floats:
    """Give the mean number of places of a resource while it is open (Y); of those in use, without a limit."""
    frame, word = by_year.reading.frame, USED_AREA if resource.is_unlimited else AVAILABLE_AREA
    areas = by_year.of(lambda one: one.observation.resource_series[one.first :, :, word])
    found = np.zeros(len(areas))
    for member in frame.members.get(name, []):
        written = _written(resource, frame.program.names.resources[member])
        table = model.timetables.get(written.timetable or "")
        within = by_year.years @ open_by_period(table, frame.seconds, starts=frame.window_starts)
        found += np.divide(areas[:, member], within, out=np.zeros_like(within), where=within > 0)
    return found


def _written(resource: Resource, member: str) -> Capacity:
    """Give the capacity as it is written for one of a family's resources."""
    _, _, place = member.partition("@")
    return resource.capacity_at.get(place) or resource.capacity.at(place) or resource.capacity


def open_by_period(
    table: Timetable | None, lengths: np.ndarray[tuple[int, ...], np.dtype[np.int64]], *, starts: date
) -> Floats:
    """Give how long of each period all places are open (P), in seconds; half open counts half.

    ``lengths`` (P) are the periods' from the day ``starts`` on.
    """
    ends = np.cumsum(lengths).astype(np.float64)
    if table is None:
        return np.asarray(lengths, dtype=np.float64)
    moments, opened = [0.0], [0.0]
    for day in range(DAYS_A_WEEK):
        for one in table.openings(day):
            begin, end = (day * SECONDS_A_DAY + second for second in (one.opens, one.closes))
            moments += [float(begin), float(end)]
            opened += [opened[-1], opened[-1] + float(one.share) * (end - begin)]
    at = np.concatenate([[0.0], ends]) + starts.weekday() * SECONDS_A_DAY
    weeks, rest = np.divmod(at, SECONDS_A_WEEK)
    return np.diff(weeks * opened[-1] + np.interp(rest, moments, opened))


def _starts(by_year: OverYears, *, model: Model) -> list[tuple[str, str, Floats]]:
    """List (organisation, activity, starts (Y)): at home by whose the activity is, at partners by theirs."""
    names, helped = by_year.reading.frame.program.names, helped_starts(by_year)
    starts = by_year.of(lambda one: one.observation.activity_series[one.first :, :, STARTS])
    found = []
    for place, name in enumerate(names.activities):
        activity = model.activities[name]
        resource = model.resources.get(activity.resource)
        owner = (resource.owner if resource is not None else activity.cost_payer) or ""
        elsewhere = helped.get(name, np.zeros((len(starts), len(names.organisations))))
        found.append((owner, name, starts[:, place] - elsewhere.sum(axis=1)))
        found += [
            (names.organisations[one], name, elsewhere[:, one])
            for one in np.flatnonzero(elsewhere.any(axis=0)).tolist()
        ]
    return found
