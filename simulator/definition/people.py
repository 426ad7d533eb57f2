"""Who there is and what they come to need: organisations, homes, segments, traits, needs, referrals."""

from itertools import pairwise
from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from simulator.definition.changes import Growth
from simulator.definition.exchange import RateFrom
from simulator.definition.faults import Complaints, wrong
from simulator.definition.laws import NumberLaw, TimeLaw
from simulator.definition.noun import KeyedRate, Noun
from simulator.definition.quantities import (
    TIME,
    Bounds,
    Factor,
    Money,
    Parameter,
    People,
    Quality,
    Rate,
    Share,
    kind_of,
    number,
    parameter_reader,
    read_value,
)
from simulator.definition.routes import KeyedRoutes
from simulator.definition.words import Flag, Id, Text, one_of
from simulator.units import Dimension

SECTORS = (
    "primary",
    "community",
    "ambulance",
    "acute",
    "social",
    "commissioner",
    "voluntary",
    "blue_light",
    "household",
)
QUINTILES = Bounds(dimension=Dimension.NUMBER, least=1, most=5, is_whole=True)
NEVER = number(0, Dimension.RATE)
ONE = number(1)


def _read_times(raw: object) -> tuple[Parameter, ...]:
    if isinstance(raw, tuple):
        return raw
    if not isinstance(raw, list) or not raw:
        raise wrong(f'{kind_of(raw)} is not a list of times, such as ["1 h", "2 h"].')
    complaints = Complaints()
    found = [complaints.read(parameter_reader(TIME), one, place) for place, one in enumerate(raw)]
    complaints.raise_any()
    times = tuple(time for time in found if time is not None)
    if any(later.value < earlier.value for earlier, later in pairwise(times)):
        raise wrong("the times must not go back.")
    return times


Times = Annotated[
    tuple[Parameter, ...],
    PlainValidator(_read_times),
    WithJsonSchema({"type": "array", "items": {"type": "string"}, "minItems": 1}),
]
Sector = Annotated[
    str, PlainValidator(lambda raw: one_of(raw, SECTORS)), WithJsonSchema({"enum": list(SECTORS)})
]
Quintile = Annotated[
    int,
    PlainValidator(lambda raw: int(read_value(raw, QUINTILES))),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 5}),
]


class Organisation(Noun):
    """Somebody with money of their own; overheads are a year's, by function."""

    name: Text | None = None
    sector: Sector | None = None
    overheads: dict[Id, Money] = Field(default_factory=dict)
    yearly_spend: Money | None = None


class Locality(Noun):
    """A part of the place that people live in; the shares of all localities add to one."""

    name: Text | None = None
    share: Share
    quintile: Quintile | None = None
    needs_times: dict[Id, Factor] = Field(default_factory=dict)
    uptake_times: Factor = ONE


class Site(Noun):
    """A practice or a hospital site; the shares of the sites of one locality add to one."""

    name: Text | None = None
    locality: Id | None = None
    share: Share


class Segment(Noun):
    """A group of the population; ``becomes`` are hazards outside resident activities, ``dead`` among them.

    ``trend`` is the growth of its joiners.
    """

    people: People
    quality_of_life: Quality | None = None
    becomes: dict[Id, Rate] = Field(default_factory=dict)
    joiners: Rate = NEVER
    trend: Growth | None = None


class Trait(Noun):
    """How unevenly people are struck: a positive law, scaled to mean one, with persistence over the years."""

    law: NumberLaw
    persistence: Share = ONE


class Need(Noun):
    """A moment of demand that befalls people, at a rate for each."""

    rate: KeyedRate
    starts_at: KeyedRoutes
    trait: Id | None = None
    profile: Id | None = None
    one_at_a_time: Flag | None = None
    trend: Growth | None = None


class Referral(Noun):
    """Arrivals with no population behind them: at a rate, with gaps of a law, or at stated times.

    With an exchange a rate may come from the stocks, cases may take their heads out of a stock, and those
    who exit may return to one.
    """

    rate: Rate | None = None
    rate_from: RateFrom | None = None
    takes_from: Id | None = None
    returns_to: Id | None = None
    between: TimeLaw | None = None
    at: Times | None = None
    batch: NumberLaw | None = None
    profile: Id | None = None
    starts_at: KeyedRoutes
    trend: Growth | None = None

    @property
    def comes_at_a_rate(self) -> bool:
        """Say whether cases come at random, not one after another or as written."""
        return self.rate is not None or self.rate_from is not None

    @property
    def usual_rate(self) -> Parameter | None:
        """Give the rate written, or the middle of what the stocks may make of it; nothing if that is open."""
        if self.rate_from is None or self.rate_from.between.is_open:
            return self.rate
        limits = self.rate_from.between
        return number((limits.low.value + limits.high.value) / 2, Dimension.RATE)
