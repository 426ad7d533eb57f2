"""Harms: what a delay does to people, reckoned from records and never mixed into what is simulated.

A harm has one dose (how long somebody waited, was kept or stayed, how full the beds were) and one or more
outcomes: expected deaths, expected readmissions, people who become of another segment, quality of life lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from simulator.definition.faults import Complaints, wrong
from simulator.definition.noun import Ids, Noun, Part
from simulator.definition.quantities import (
    CHANCE,
    FACTOR,
    RATE,
    TIME,
    Parameter,
    Share,
    kind_of,
    parameter_reader,
)
from simulator.definition.words import Flag, Id, one_of
from simulator.units import Dimension

SETTINGS = ("ae", "hospital", "leaving", "home", "list")
BY_CLOCK, BY_OCCUPANCY = "clock", "occupancy"
BY_DAYS = ("waiting_for", "kept_in", "time_in")
DOSES = (BY_CLOCK, *BY_DAYS, BY_OCCUPANCY)
OUTCOMES = ("expected_deaths", "expected_readmissions", "expected_people", "lost_quality")
LOST_QUALITY = OUTCOMES[-1]

Setting = Annotated[
    str, PlainValidator(lambda raw: one_of(raw, SETTINGS)), WithJsonSchema({"enum": list(SETTINGS)})
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much harm a dose does: by how long a clock ran (``points``), or the same for each unit of it.

    ``points`` are (time, chance), each from its time until the next; of two of one time the later holds.
    """

    single: Parameter | None = None
    points: tuple[tuple[Parameter, Parameter], ...] = ()

    def steps(self) -> tuple[tuple[Fraction, Parameter], ...]:
        """Give (second, chance) in order of time, one for each time."""
        found = {at.value: amount for at, amount in self.points}
        return tuple(sorted(found.items(), key=lambda one: one[0]))


def read_amount(raw: object) -> Amount:
    """Read an amount: points of a clock, a rate for time spent, or a plain number."""
    if isinstance(raw, Amount):
        return raw
    if isinstance(raw, list):
        return Amount(points=_read_points(raw))
    said = raw.get("value") if isinstance(raw, Mapping) else raw
    bounds = RATE if isinstance(said, str) else FACTOR
    return Amount(single=parameter_reader(bounds)(raw))


def _read_points(raw: list[object]) -> tuple[tuple[Parameter, Parameter], ...]:
    if not raw:
        raise wrong('an empty list; give points, such as [["6 hours", "1 per 82"], ["8 hours", "1 per 72"]].')
    complaints = Complaints()
    found: list[tuple[Parameter, Parameter]] = []
    for place, one in enumerate(raw):
        if not isinstance(one, list) or len(one) != 2:
            complaints.add(f'{kind_of(one)} is not a point, such as ["6 hours", "1 per 82"].', place)
            continue
        at = complaints.read(parameter_reader(TIME), one[0], place, 0)
        amount = complaints.read(parameter_reader(CHANCE), one[1], place, 1)
        if at is not None and amount is not None:
            if found and at.value < found[-1][0].value:
                complaints.add("the times must not go back.", place)
            found.append((at, amount))
    complaints.raise_any()
    return tuple(found)


_AMOUNT: dict[str, object] = {
    "x-shared": "harm",
    "description": 'Points of a clock, [["6 hours", "1 per 82"], …]; a rate, for time spent; a number.',
    "type": ["array", "string", "number", "object"],
}
SomeAmount = Annotated[Amount, PlainValidator(read_amount), WithJsonSchema(_AMOUNT)]


class Whom(Part):
    """Whose dose counts: those admitted from where the clock runs, and cases of these groups."""

    admitted: Flag = False
    groups: Ids = ()


class Dose(Part):
    """What harm follows from: the span of a clock, time waiting, kept or there, or how full beds are."""

    clock: Id | None = None
    waiting_for: Ids = ()
    kept_in: Ids = ()
    time_in: Ids = ()
    occupancy: Ids = ()
    above: Share | None = None
    stays: Ids = ()
    of: Whom | None = None

    @property
    def ways(self) -> list[str]:
        """Name the ways in which the dose is given; a right one has exactly one."""
        return [way for way in DOSES if getattr(self, way, None)]

    @property
    def activities(self) -> tuple[str, ...]:
        """Name the activities whose time or whose stays count."""
        return (*self.waiting_for, *self.kept_in, *self.time_in, *self.stays)


class Harm(Noun):
    """What a dose does to people, where they are while it does so."""

    setting: Setting
    dose: Dose
    expected_deaths: SomeAmount | None = None
    expected_readmissions: SomeAmount | None = None
    expected_people: SomeAmount | None = None
    becomes: Id | None = None
    lost_quality: SomeAmount | None = None

    def amounts(self) -> dict[str, Amount]:
        """Give the outcomes that are written, by word."""
        found = {word: getattr(self, word, None) for word in OUTCOMES}
        return {word: one for word, one in found.items() if one is not None}


def fits(word: str, amount: Amount, *, way: str) -> bool:
    """Say whether an amount is of the kind that its dose asks for."""
    if way == BY_CLOCK:
        return bool(amount.points)
    if amount.single is None:
        return False
    wants_rate = way in BY_DAYS and word != LOST_QUALITY
    return (amount.single.dimension is Dimension.RATE) == wants_rate
