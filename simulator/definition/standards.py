"""What is looked at: clocks, measures, daily counts and named instants."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from simulator.definition.calendars import ClockTime
from simulator.definition.faults import Complaints, wrong
from simulator.definition.noun import Noun, Part
from simulator.definition.people import Times
from simulator.definition.quantities import Factor, kind_of
from simulator.definition.words import Flag, Text, nearest
from simulator.units import shown

AT_NEED = "need"
POINTS = ("arrival", "start", "ready", "end", "leave")
COUNTED = ("resource", "activity")


@dataclass(frozen=True, slots=True)
class ClockPoint:
    """A moment of a case: its need, or a point of an activity."""

    point: str
    activity: str | None = None


def read_points(raw: object) -> tuple[ClockPoint, ...]:
    """Read one moment of a case, or a list of them: ``"need"`` or ``"ae.arrival"``."""
    if isinstance(raw, tuple):
        return raw
    several = raw if isinstance(raw, list) else [raw]
    if not several:
        raise wrong("an empty list; a clock needs a moment to start and one to stop.")
    complaints = Complaints()
    paths = [(place,) for place in range(len(several))] if isinstance(raw, list) else [()]
    found = [complaints.read(_read_point, one, *path) for path, one in zip(paths, several, strict=True)]
    complaints.raise_any()
    return tuple(point for point in found if point is not None)


def read_counted(raw: object) -> tuple[tuple[str, str], ...]:
    """Read what a count counts: ``"resource.beds"``, ``"activity.ward"``, or a list of such."""
    if isinstance(raw, tuple):
        return raw
    several = raw if isinstance(raw, list) else [raw]
    if not several:
        raise wrong("an empty list; a count needs something to count.")
    complaints = Complaints()
    found: list[tuple[str, str]] = []
    for place, one in enumerate(several):
        kind, dot, name = one.partition(".") if isinstance(one, str) else ("", "", "")
        path = (place,) if isinstance(raw, list) else ()
        if kind not in COUNTED or not dot or not name:
            hint = f" Did you mean 'resource.{one}'?" if isinstance(one, str) and not dot else ""
            allowed = '"resource.<id>" and "activity.<id>"'
            complaints.add(f"{shown(str(one))} cannot be counted; allowed are {allowed}.{hint}", *path)
        elif (kind, name) in found:
            complaints.add(f"{shown(str(one))} is counted twice.", *path)
        else:
            found.append((kind, name))
    complaints.raise_any()
    return tuple(found)


def _read_point(raw: object) -> ClockPoint:
    if not isinstance(raw, str):
        raise wrong(f'{kind_of(raw)} is not a moment of a case, such as "ae.arrival".')
    if raw == AT_NEED:
        return ClockPoint(AT_NEED)
    activity, dot, point = raw.rpartition(".")
    if not dot or point not in POINTS:
        allowed = ", ".join(f"<activity>.{one}" for one in POINTS)
        raise wrong(
            f"{shown(raw)} is not a moment of a case; allowed are need, {allowed}.{nearest(point, POINTS)}"
        )
    return ClockPoint(point, activity)


_TEXTS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
Points = Annotated[tuple[ClockPoint, ...], PlainValidator(read_points), WithJsonSchema(_TEXTS)]
Counted = Annotated[tuple[tuple[str, str], ...], PlainValidator(read_counted), WithJsonSchema(_TEXTS)]


class Clock(Noun):
    """A span that a standard is about, from a moment of a case to another, and its targets."""

    starts: Points
    stops: Points
    targets: Times = ()


class Measure(Noun):
    """A result that matters: what it is, whether it is primary, and from what difference on it matters."""

    of: Text
    primary: Flag = False
    matters_from: Factor | None = None


class Count(Noun):
    """The distribution of a daily count at a clock time, of one thing or the sum of several."""

    of: Counted
    at: ClockTime = 0


class Instants(Part):
    """Moments, counted from second 0, at which the whole state is kept."""

    at: Times
