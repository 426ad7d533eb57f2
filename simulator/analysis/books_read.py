"""The books of one world read from its observation, year by year."""

from datetime import date, timedelta

import numpy as np

from simulator.accounts import starts_by_owner
from simulator.accounts.beds import Beds, Ward
from simulator.accounts.books import Books
from simulator.accounts.scheme_cost import ENROLMENTS, PLACES, SET_UP
from simulator.analysis.local_read import read_local
from simulator.analysis.over_years import OverYears, over_years
from simulator.analysis.ratios import over
from simulator.analysis.reading import Reading
from simulator.analysis.yearly import Floats, year_ends, year_shares
from simulator.compiler.standing_names import WARDS, bearer_of
from simulator.definition.cost_references import warded
from simulator.definition.model import Model
from simulator.engines.records import ACTIVE_AREA, KEPT_AREA, STARTS, TURNING_AREA, USED_AREA
from simulator.units import SECONDS_A_DAY

MINUTES_AN_HOUR = 60


def keeps_books(model: Model) -> bool:
    """Say whether a model has money or wards that are read beyond the cost of activity."""
    return bool(model.contracts or model.costs or wards_of(model, share=1.0))


def read_books(
    reading: Reading,
    *,
    model: Model,
    share: float,
    ends: Floats | None = None,
    usual: Reading | None = None,
    since: float = 0.0,
) -> Books:
    """Read costs, starts, needs and people by year of the window; ``share`` is the population's.

    With ``ends`` by other spans: they are the seconds of the window at which each ends. ``usual`` is the
    baseline, from which this world differs from the second ``since`` of the window on.
    """
    names = reading.frame.program.names
    if ends is None:
        ends = year_ends(reading.frame.window_starts, reading.window_seconds)
    by_year = over_years(reading, usual=usual, ends=ends, since=since)
    starts = by_year.of(lambda one: one.observation.activity_series[one.first :, :, STARTS])
    needs = np.zeros((len(ends), 0))
    if len(names.needs):
        needs = by_year.of(lambda one: one.observation.need_series[one.first :, :, 0])
    by_name = {name: starts[:, place] for place, name in enumerate(names.activities)}
    return Books(
        organisations=names.organisations,
        activities=names.activities,
        share=share,
        seconds=np.diff(ends, prepend=0.0),
        activity=by_year.of(lambda one: one.observation.cost_series[one.first :]),
        schemes=_schemes(reading, ends),
        set_up=_schemes(reading, ends, kinds=(SET_UP,)),
        overheads=by_year.of(lambda one: one.frame.program.prices.overheads[one.first :]),
        overhead_names=names.overheads,
        starts=by_name,
        cases={name: needs[:, place] for place, name in enumerate(names.needs)},
        people=by_year.of(lambda one: one.observation.people_series[one.first :].sum(axis=1)),
        beds=_beds(reading, model, share=share),
        hours=_hours(model, by_name),
        hour_pence=hour_pence(model),
        helped=helped_starts(by_year),
        stays=by_year.of(_stays),
        local=read_local(
            by_year, model=model, schemes=lambda place: _schemes(reading, ends, only=slice(place, place + 1))
        ),
    )


def wards_of(model: Model, *, share: float) -> tuple[Ward, ...]:
    """List the resources whose freed days count: those that refill, and those that have wards."""
    named = {} if model.refill is None else dict.fromkeys(model.refill.of)
    sized = [name for name, one in model.resources.items() if one.ward_size is not None and not one.each]
    lines = {warded(model, key): key for key, one in model.costs.items() if one.stepped is not None}
    return tuple(
        _ward(model, name, share=share, refills=name in (named or sized), line=lines.get(name))
        for name in sorted({*named, *sized})
    )


def hour_pence(model: Model) -> dict[str, float]:
    """Give what an hour of each account's own time is worth, in pence."""
    return {name: float(one.hour.value) for name, one in model.costs.items() if one.hour is not None}


def _ward(model: Model, name: str, *, share: float, refills: bool, line: str | None) -> Ward:
    resource, stepped = model.resources[name], model.costs[line].stepped if line else None
    bearer = bearer_of(model, line) if line else None
    return Ward(
        name=name,
        owner=resource.owner or "",
        activities=tuple(sorted(key for key, one in model.activities.items() if one.resource == name)),
        refills=refills,
        size=0.0 if resource.ward_size is None else float(resource.ward_size.value) * share,
        pence=0.0 if stepped is None else float(stepped.ward.value),
        notice_seconds=0.0 if stepped is None else float(stepped.notice.value),
        line=f"{bearer}.{WARDS}:{name}" if stepped is not None and bearer else "",
    )


def _beds(reading: Reading, model: Model, *, share: float) -> Beds | None:
    """Read the use of wards by period of the window; nothing where no freed day counts."""
    wards = wards_of(model, share=share)
    if not wards:
        return None
    names = reading.frame.program.names.resources
    series = reading.observation.resource_series[reading.first :]
    held, turning = (np.zeros((len(series), len(wards))) for _ in range(2))
    for place, ward in enumerate(wards):
        mine = [index for index, name in enumerate(names) if name.partition("@")[0] == ward.name]
        held[:, place] = series[:, mine][:, :, USED_AREA].sum(axis=1)
        turning[:, place] = series[:, mine][:, :, TURNING_AREA].sum(axis=1)
    seconds = reading.frame.seconds.astype(np.float64)
    return Beds(
        wards=wards,
        used=held + turning,
        seconds=seconds,
        winters=winters_of(seconds, reading.frame.window_starts),
        turning=np.nan_to_num(over(turning.sum(axis=0), (held + turning).sum(axis=0))),
    )


def winters_of(seconds: Floats, starts: date) -> Floats:
    """Give what of each period lies in each winter, December to February (P, winters), in seconds."""
    ends = np.cumsum(seconds) / SECONDS_A_DAY
    begins = ends - seconds / SECONDS_A_DAY
    years = range(starts.year - 1, (starts + timedelta(days=float(ends[-1]))).year + 1)
    spans = [((date(year, 12, 1) - starts).days, (date(year + 1, 3, 1) - starts).days) for year in years]
    days = [np.clip(np.minimum(ends, last) - np.maximum(begins, first), 0.0, None) for first, last in spans]
    return np.asarray(np.array([one for one in days if one.any()]).reshape(-1, len(ends)).T * SECONDS_A_DAY)


def _hours(model: Model, starts: dict[str, Floats]) -> dict[str, Floats]:
    """Give the hours of own time that accounts with a price of an hour spend on each activity (Y)."""
    priced = hour_pence(model)
    return {
        f"{who}.{name}": starts[name] * float(minutes.value) / MINUTES_AN_HOUR
        for name, one in sorted(model.activities.items())
        for who, minutes in sorted(one.staff_minutes.items())
        if who in priced
    }


def _stays(one: Reading) -> Floats:
    series = one.observation.activity_series[one.first :]
    return np.asarray(series[:, :, ACTIVE_AREA] + series[:, :, KEPT_AREA], dtype=np.float64)


def helped_starts(by_year: OverYears) -> dict[str, Floats]:
    """Give what was started in places of partners (Y, O) by activity; nothing where nobody shares.

    The baseline, which may have no partners, is then nought.
    """
    program, mine = by_year.reading.frame.program, by_year.reading.observation.helped_series
    if program.pacts is None or mine is None:
        return {}
    nobody = np.zeros_like(mine)

    def helped(one: Reading) -> Floats:
        series = one.observation.helped_series
        return np.asarray((nobody if series is None else series)[one.first :], dtype=np.float64)

    return starts_by_owner(program, program.pacts, starts=by_year.of(helped))


def _schemes(
    reading: Reading,
    ends: Floats,
    *,
    kinds: tuple[int, ...] = (SET_UP, PLACES, ENROLMENTS),
    only: slice = slice(None),
) -> Floats:
    """Give what the interventions themselves cost their leads (Y, O): all of them, or ``only`` some.

    Setting up belongs to the year of its day; what runs, in a period over a year's end, to each by the time
    that the scheme runs in it.
    """
    program, seconds = reading.frame.program, reading.frame.seconds
    schemes, warm_up = program.interventions, program.calendar.warm_up_seconds
    found = np.zeros((len(ends), len(program.names.organisations)))
    for place in range(len(schemes.lead))[only]:
        lead = schemes.lead[place]
        begins = float(schemes.first_second[place] - warm_up)
        spent = reading.observation.scheme_series[reading.first :, place]
        for kind in kinds if lead >= 0 else ():
            stops = begins + 1 if kind == SET_UP else float(schemes.last_second[place] - warm_up)
            found[:, lead] += year_shares(seconds, ends, during=(begins, stops)) @ spent[:, kind]
    return found
