"""Effects: what an intervention does to rates, times, hazards and routes, with source and grade."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator

from simulator.definition.changes import ALL_LOST
from simulator.definition.faults import Complaints, wrong
from simulator.definition.moments import Moment
from simulator.definition.mutual_aid import Moving, Sharing
from simulator.definition.noun import Ids, Part, ResourceIds
from simulator.definition.quantities import (
    GRADES,
    LONGEST_TIME,
    SHARE,
    Bounds,
    Money,
    OneOrMore,
    Parameter,
    PositiveTime,
    Share,
    kind_of,
    parameter_reader,
)
from simulator.definition.ranged import alike
from simulator.definition.words import Id, Text, one_of
from simulator.errors import UnitError
from simulator.units import Dimension, parse_quantity, shown

VERBS = ("times", "plus", "diverts", "step_down", "shares", "moves", "prices", "outage")
SINCE = ("scheme", "enrolment")
WHOM = ("enrolled", "everyone", "segments")
MOST_YEARS = 100
_MOST = {Dimension.TIME: LONGEST_TIME}


def read_amount(raw: object) -> Parameter:
    """Read what an effect multiplies by or adds: a number, or a quantity of any dimension, either sign."""
    if isinstance(raw, Parameter):
        return raw
    said = raw.get("value") if isinstance(raw, Mapping) else raw
    dimension = Dimension.NUMBER
    if isinstance(said, str):
        try:
            dimension = parse_quantity(said.removeprefix("-"))[1]
        except UnitError as error:
            raise wrong(str(error)) from None
    bounds = Bounds(dimension=dimension, least=None, most=_MOST.get(dimension))
    return parameter_reader(bounds)(raw)


def read_years(raw: object) -> tuple[tuple[int, Parameter], ...]:
    """Read values by year, ``{ 1 = 1.03, 3 = 0.98 }``, in order of year."""
    if isinstance(raw, tuple):
        return raw
    if not isinstance(raw, Mapping) or not raw:
        raise wrong(f"{kind_of(raw)} is not a table by year, such as {{ 1 = 1.03, 3 = 0.98 }}.")
    complaints = Complaints()
    found: list[tuple[int, Parameter]] = []
    for year, one in raw.items():
        if (
            not (year.isascii() and year.isdigit())
            or not 0 < len(year) < 4
            or not 1 <= int(year) <= MOST_YEARS
        ):
            complaints.add(f"{shown(year)} is not a year; allowed are 1 to {MOST_YEARS}.", year)
            continue
        amount = complaints.read(read_amount, one, year)
        if amount is not None:
            found.append((int(year), amount))
    complaints.raise_any()
    return tuple(sorted(found, key=lambda pair: pair[0]))


def read_for(raw: object) -> str | tuple[str, ...]:
    """Read whom an effect is for: ``enrolled``, ``everyone``, ``segments`` or a list of segments."""
    if isinstance(raw, list | tuple):
        return tuple(one if isinstance(one, str) else one_of(one, ()) for one in raw)
    return one_of(raw, WHOM)


Amount = Annotated[
    Parameter, PlainValidator(read_amount), WithJsonSchema({"type": ["number", "string", "object"]})
]
ByYear = Annotated[
    tuple[tuple[int, Parameter], ...],
    PlainValidator(read_years),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": ["number", "string", "object"]}}),
]
ForWhom = Annotated[
    str | tuple[str, ...],
    PlainValidator(read_for),
    WithJsonSchema({"anyOf": [{"enum": list(WHOM)}, {"type": "array", "items": {"type": "string"}}]}),
]
Since = Annotated[str, PlainValidator(lambda raw: one_of(raw, SINCE)), WithJsonSchema({"enum": list(SINCE)})]
Grade = Annotated[
    str, PlainValidator(lambda raw: one_of(raw, GRADES)), WithJsonSchema({"enum": list(GRADES)})
]


class Diversion(Part):
    """Of those leaving ``at`` for ``away_from``, a share goes to ``to`` instead, if a place is free there."""

    at: Id
    from_: Id = Field(alias="from")
    to: Id
    share: Share


class StepDown(Part):
    """The last of a stay in ``from`` is spent in ``to``, by a share of those going home."""

    from_: Id = Field(alias="from")
    to: Id
    last: PositiveTime
    share: Share


class JointPrice(Part):
    """Several buy together: the unit price of a cost follows a lookup over the volume bought together.

    ``by_partners`` is a lookup over how many buy; ``partners`` says how many, where it is not all that the
    cost line names. ``negotiation`` is paid once by each, when the price begins to fall.
    """

    cost: Id
    lookup: Id
    by_partners: Id | None = None
    partners: OneOrMore | None = None
    negotiation: Money | None = None


class Outage(Part):
    """A time at which part of some resources is lost, their places of every site where none is named."""

    resources: ResourceIds
    from_: Moment = Field(alias="from")
    lasts: PositiveTime
    loses: Share = ALL_LOST


class Effect(Part):
    """One thing that an intervention does; exactly one of the verbs is written.

    ``value`` (or ``by_year``) is the multiplier of ``times``, the amount of ``plus``. ``low`` and ``high``
    may stand beside ``value`` and are then part of it.
    """

    times: Text | None = None
    plus: Text | None = None
    diverts: Diversion | None = None
    step_down: StepDown | None = None
    prices: JointPrice | None = None
    outage: Outage | None = None
    shares: Sharing | None = None
    moves: Moving | None = None
    value: Amount | None = None
    by_year: ByYear | None = None
    since: Since = SINCE[0]
    for_: ForWhom | None = Field(default=None, alias="for")
    segments: Ids = ()
    instead: Id | None = None
    substitution: Annotated[Parameter, PlainValidator(parameter_reader(SHARE)), WithJsonSchema({})] | None = (
        None
    )
    source: Text | None = None
    grade: Grade | None = None
    note: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def gather(cls, raw: object) -> object:
        """Take low and high that stand beside a bare value into it."""
        if not isinstance(raw, Mapping) or "value" not in raw or isinstance(raw["value"], Mapping):
            return raw
        beside = {word: raw[word] for word in ("low", "high") if word in raw}
        rest = {word: one for word, one in raw.items() if word not in beside}
        return {**rest, "value": alike(raw, {"value": raw["value"], **beside})} if beside else raw

    @property
    def verb(self) -> str:
        """Name the verb."""
        return next((verb for verb in VERBS if getattr(self, verb) is not None), "")

    @property
    def aided(self) -> tuple[tuple[str, ...], str]:
        """List the resources that ``shares`` or ``moves`` is among, and the word that lists them."""
        if self.shares is not None:
            return self.shares.resources, "resources"
        return (self.moves.from_, "from") if self.moves is not None else ((), "")

    @property
    def path(self) -> str:
        """Give the dotted path that ``times`` or ``plus`` acts on, or nothing."""
        return self.times or self.plus or ""
