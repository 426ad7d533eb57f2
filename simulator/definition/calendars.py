"""What the clock on the wall changes: profiles of demand and leaving, and timetables of opening."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from simulator.definition.faults import Complaints, wrong
from simulator.definition.noun import Noun
from simulator.definition.quantities import FACTOR, SHARE, kind_of, read_value
from simulator.errors import UnitError
from simulator.units import SECONDS_A_DAY, clock_seconds, shown

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_GROUPS = {"weekdays": DAYS[:5], "weekend": DAYS[5:], "every_day": DAYS}

Weights = tuple[Fraction, ...]
Steps = tuple[tuple[int, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """A stretch of a day, in seconds after midnight, with the share of capacity that is open in it."""

    opens: int
    closes: int
    share: Fraction = Fraction(1)


Openings = tuple[Opening, ...]


def read_clock(raw: object) -> int:
    """Read a clock time such as ``"08:30"`` as seconds after midnight."""
    if not isinstance(raw, str):
        raise wrong(f'{kind_of(raw)} is not a time of day; write it as "08:30".')
    try:
        return clock_seconds(raw)
    except UnitError as error:
        raise wrong(str(error)) from None


def weights_reader(count: int, unit: str) -> Callable[[object], Weights]:
    """Make the reader of so many weights, one for each hour, weekday or month."""

    def read(raw: object) -> Weights:
        if isinstance(raw, tuple):
            return raw
        if not isinstance(raw, list) or len(raw) != count:
            found = f"{len(raw)} numbers" if isinstance(raw, list) else kind_of(raw)
            raise wrong(f"{found}; a list of {count} numbers is needed, one for each {unit}.")
        complaints = Complaints()
        found_all = [complaints.read(_read_weight, one, place) for place, one in enumerate(raw)]
        complaints.raise_any()
        weights = tuple(weight for weight in found_all if weight is not None)
        if not sum(weights):
            raise wrong("all numbers are 0; a profile needs a mean above 0.")
        return weights

    return read


def read_steps(raw: object) -> Steps:
    """Read ``[["00:00", 1.0], ["08:30", 2.0]]``: from each clock time on, a weight."""
    if isinstance(raw, tuple):
        return raw
    if not isinstance(raw, list) or not raw:
        raise wrong(f'{kind_of(raw)} is not a list of ["08:30", weight].')
    complaints = Complaints()
    steps: list[tuple[int, Fraction]] = []
    for place, pair in enumerate(raw):
        if not isinstance(pair, list) or len(pair) != 2:
            complaints.add('a step is a clock time and a weight, ["08:30", 2.0].', place)
            continue
        clock = complaints.read(read_clock, pair[0], place, 0)
        weight = complaints.read(_read_weight, pair[1], place, 1)
        if clock is not None and weight is not None:
            steps.append((clock, weight))
    complaints.raise_any()
    if steps[0][0] != 0:
        raise wrong('the first step must be at "00:00".', 0)
    if any(later[0] <= earlier[0] for earlier, later in pairwise(steps)) or steps[-1][0] >= SECONDS_A_DAY:
        raise wrong('the steps must go forward, and begin before "24:00".')
    if not any(weight for _, weight in steps):
        raise wrong("all weights are 0; a profile needs a mean above 0.")
    return tuple(steps)


def read_openings(raw: object) -> Openings:
    """Read ``["08:00-18:30"]`` or ``[["08:00-18:30", 0.5]]``: when it is open, and with what share."""
    if isinstance(raw, tuple):
        return raw
    if not isinstance(raw, list):
        raise wrong(f'{kind_of(raw)} is not a list of opening hours, such as ["08:00-18:30"].')
    complaints = Complaints()
    found = [complaints.read(_read_opening, one, place) for place, one in enumerate(raw)]
    complaints.raise_any()
    openings = sorted((one for one in found if one is not None), key=lambda one: one.opens)
    if any(later.opens < earlier.closes for earlier, later in pairwise(openings)):
        raise wrong("opening hours overlap.")
    return tuple(openings)


def _read_opening(raw: object) -> Opening:
    span, share = raw if isinstance(raw, list) and len(raw) == 2 else (raw, 1)
    opens, dash, closes = span.partition("-") if isinstance(span, str) else ("", "", "")
    if not dash:
        raise wrong(f'{shown(str(span))} is not a stretch of a day; write it as "08:00-18:30".')
    opening = Opening(read_clock(opens.strip()), read_clock(closes.strip()), read_value(share, SHARE))
    if opening.closes <= opening.opens:
        raise wrong(
            f'{shown(str(span))} ends before it begins; write a night as two, to "24:00" and from "00:00".'
        )
    return opening


def _read_weight(raw: object) -> Fraction:
    return read_value(raw, FACTOR)


def _numbers_schema(count: int) -> WithJsonSchema:
    items = {"type": "number", "minimum": 0}
    return WithJsonSchema({"type": "array", "items": items, "minItems": count, "maxItems": count})


HourWeights = Annotated[Weights, PlainValidator(weights_reader(24, "hour")), _numbers_schema(24)]
DayWeights = Annotated[
    Weights, PlainValidator(weights_reader(7, "weekday, Monday first")), _numbers_schema(7)
]
MonthWeights = Annotated[Weights, PlainValidator(weights_reader(12, "month")), _numbers_schema(12)]
DaySteps = Annotated[
    Steps, PlainValidator(read_steps), WithJsonSchema({"type": "array", "items": {"type": "array"}})
]
Hours = Annotated[
    Openings,
    PlainValidator(read_openings),
    WithJsonSchema({"type": "array", "items": {"type": ["string", "array"]}}),
]
ClockTime = Annotated[
    int, PlainValidator(read_clock), WithJsonSchema({"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"})
]


class Profile(Noun):
    """How demand, or leaving, goes up and down over day, week and year; each part has mean one."""

    hour: HourWeights | None = None
    weekday: DayWeights | None = None
    month: MonthWeights | None = None
    steps: DaySteps | None = None


class Timetable(Noun):
    """When a resource is open; a day's own hours go before those of weekdays, weekend and every day."""

    monday: Hours | None = None
    tuesday: Hours | None = None
    wednesday: Hours | None = None
    thursday: Hours | None = None
    friday: Hours | None = None
    saturday: Hours | None = None
    sunday: Hours | None = None
    weekdays: Hours | None = None
    weekend: Hours | None = None
    every_day: Hours | None = None

    def openings(self, weekday: int) -> Openings:
        """Give the opening hours of a day of the week, Monday being 0; none where it is closed."""
        day = DAYS[weekday]
        groups = [group for group, days in DAY_GROUPS.items() if day in days]
        for name in (day, *groups):
            hours: Openings | None = getattr(self, name)
            if hours is not None:
                return hours
        return ()
