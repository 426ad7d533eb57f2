"""Capacity: places to be had, always the same, by steps, by timetable, without limit, or by place."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from simulator.definition.changes import Growth, RandomOutages
from simulator.definition.faults import Complaints, wrong
from simulator.definition.groups import OTHERWISE
from simulator.definition.noun import Ids, Noun, Part
from simulator.definition.quantities import (
    PLACES,
    TIME,
    Factor,
    OneOrMore,
    Parameter,
    Places,
    kind_of,
    parameter_reader,
)
from simulator.definition.words import Id, ResourceId, keys_read, nearest, one_of, read_id
from simulator.units import shown

UNLIMITED = "unlimited"
CAPACITY_WORDS = ("number", "steps", "timetable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """Places to be had: one ``number``, or ``steps`` of (time, number); neither means no limit.

    ``timetable`` says when it is open. ``by`` gives each site or locality its own, ``otherwise`` to the rest.
    """

    number: Parameter | None = None
    steps: tuple[tuple[Parameter, Parameter], ...] = ()
    timetable: str | None = None
    by: tuple[tuple[str, "Capacity"], ...] = ()

    @property
    def is_unlimited(self) -> bool:
        """Say whether everybody finds a place."""
        return self.number is None and not self.steps and not self.by

    def at(self, place: str) -> "Capacity | None":
        """Give the capacity written for a site or locality, or nothing where none is written by place."""
        written = dict(self.by)
        return written.get(place, written.get(OTHERWISE))


def read_capacity(raw: object) -> Capacity:
    """Read a capacity in any of its forms."""
    if isinstance(raw, Capacity):
        return raw
    if isinstance(raw, Mapping) and "value" not in raw:
        is_whole = any(word in raw for word in CAPACITY_WORDS)
        return _read_table(raw) if is_whole else _read_by_place(raw)
    if isinstance(raw, list):
        return Capacity(steps=_read_steps(raw))
    if raw == UNLIMITED:
        return Capacity()
    if isinstance(raw, str) and not any(letter.isdigit() for letter in raw):
        hint = nearest(raw, [UNLIMITED])
        raise wrong(f'{shown(raw)} is not a capacity; it is {PLACES.allowed}, or "unlimited".{hint}')
    return Capacity(number=parameter_reader(PLACES)(raw))


def _read_table(raw: Mapping[str, object]) -> Capacity:
    complaints = keys_read(raw, CAPACITY_WORDS)
    number = steps = timetable = None
    if "number" in raw and raw["number"] != "unlimited":
        number = complaints.read(parameter_reader(PLACES), raw["number"], "number")
    if "steps" in raw:
        steps = complaints.read(_read_steps, raw["steps"], "steps")
    if "timetable" in raw:
        timetable = complaints.read(read_id, raw["timetable"], "timetable")
    if ("number" in raw) == ("steps" in raw):
        complaints.add("a capacity has either a 'number' or 'steps'.")
    if raw.get("number") == "unlimited" and timetable is not None:
        complaints.add("a capacity without limit keeps no timetable; give a number.", "timetable")
    complaints.raise_any()
    return Capacity(number=number, steps=steps or (), timetable=timetable)


def _read_by_place(raw: Mapping[str, object]) -> Capacity:
    if not raw:
        raise wrong('an empty table; a capacity is a number, "unlimited", steps, or a number for each place.')
    complaints = Complaints()
    found = [(place, complaints.read(read_capacity, one, place)) for place, one in sorted(raw.items())]
    for place, capacity in found:
        if capacity is not None and capacity.by:
            complaints.add("a capacity by place cannot be by place again.", place)
    complaints.raise_any()
    return Capacity(by=tuple((place, capacity) for place, capacity in found if capacity is not None))


def _read_steps(raw: object) -> tuple[tuple[Parameter, Parameter], ...]:
    if not isinstance(raw, list) or not raw:
        raise wrong(f'{kind_of(raw)} is not a list of steps, such as [["0 days", 130], ["90 days", 138]].')
    complaints = Complaints()
    steps: list[tuple[Parameter, Parameter]] = []
    for place, pair in enumerate(raw):
        if not isinstance(pair, list) or len(pair) != 2:
            complaints.add('a step is a time and a number, ["90 days", 138].', place)
            continue
        time = complaints.read(parameter_reader(TIME), pair[0], place, 0)
        number = complaints.read(parameter_reader(PLACES), pair[1], place, 1)
        if time is not None and number is not None:
            steps.append((time, number))
    complaints.raise_any()
    if steps[0][0].value != 0:
        raise wrong('the first step must be at "0 days".', 0)
    if any(later[0].value <= earlier[0].value for earlier, later in pairwise(steps)):
        raise wrong("the steps must go forward in time.")
    return tuple(steps)


SomeCapacity = Annotated[
    Capacity,
    PlainValidator(read_capacity),
    WithJsonSchema(
        {
            "description": 'A number, "unlimited", steps, { number, timetable }, or one for each place.',
            "anyOf": [
                {"type": "integer", "minimum": 0},
                {"const": "unlimited"},
                {"type": "array", "items": {"type": "array"}},
                {"type": "object"},
            ],
        }
    ),
]
Each = Annotated[
    str,
    PlainValidator(lambda raw: one_of(raw, ("site", "locality"))),
    WithJsonSchema({"enum": ["site", "locality"]}),
]


class Reserve(Part):
    """Places that some may not take: they may start only while more than so many are free."""

    places: Places
    against: Ids


class Resource(Noun):
    """Capacity that activities use: beds, clinicians, packages.

    ``staffed_from`` are places that other resources lose while this one has more than it is written with.
    ``capacity_at`` is what some sites or localities have in place of their part of ``capacity``.
    """

    owner: Id | None = None
    capacity: SomeCapacity
    reserved: Reserve | None = None
    room: Places | None = None
    each: Each | None = None
    capacity_at: dict[Id, SomeCapacity] = Field(default_factory=dict)
    ward_size: OneOrMore | None = None
    staff: dict[Id, Factor] = Field(default_factory=dict)
    staffed_from: dict[ResourceId, Places] = Field(default_factory=dict)
    trend: Growth | None = None
    random_outages: RandomOutages | None = None

    @property
    def is_unlimited(self) -> bool:
        """Say whether everybody finds a place, wherever they live."""
        return self.capacity.is_unlimited and all(one.is_unlimited for one in self.capacity_at.values())
