"""Stocks, flows, auxiliaries and lookups of a model file: what changes slowly, and what it depends on."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from simulator.definition.equations import Condition, Formula, UnitText
from simulator.definition.faults import Complaints, wrong
from simulator.definition.noun import Ids, Noun, Part
from simulator.definition.quantities import (
    Bounds,
    Parameter,
    PositiveTime,
    kind_of,
    number,
    parameter_reader,
    read_value,
)
from simulator.definition.words import Flag, one_of, read_id
from simulator.equations.lookups import MOST_POINTS, Lookup, Outside
from simulator.equations.residence import LEAST_CV, MOST_CV
from simulator.units import Dimension, shown

OUTSIDE_WORLD = "outside"
METHODS = ("rk4", "euler")
TIME_UNITS = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
CV = Bounds(dimension=Dimension.NUMBER, least=None, most=int(MOST_CV))
SET_VALUES = Bounds(dimension=Dimension.NUMBER, least=None)


def read_cv(raw: object) -> Parameter:
    """Read the coefficient of variation of a length of stay."""
    found = parameter_reader(CV)(raw)
    if not LEAST_CV <= float(found.value) <= MOST_CV:
        raise wrong(f"{shown(str(raw))} is not allowed; it must be from {LEAST_CV:g} to {MOST_CV:g}.")
    return found


def read_end(raw: object) -> str:
    """Read one end of a flow: a stock, or ``outside``."""
    return read_id(raw)


def read_points(raw: object) -> tuple[tuple[float, float], ...]:
    """Read the points of a lookup, ``[[0.8, 1.0], [0.95, 1.3]]``, going to the right."""
    if isinstance(raw, tuple):
        return raw
    if not isinstance(raw, list) or not raw:
        raise wrong(f"{kind_of(raw)} is not a list of points, such as [[0.8, 1.0], [0.95, 1.3]].")
    if len(raw) > MOST_POINTS:
        raise wrong(f"{len(raw):,} points; {MOST_POINTS:,} are the most.")
    complaints = Complaints()
    points = []
    for place, pair in enumerate(raw):
        if not isinstance(pair, list) or len(pair) != 2:
            complaints.add("a point is two numbers, [x, y].", place)
            continue
        x, y = (
            complaints.read(lambda one: read_value(one, SET_VALUES), pair[at], place, at) for at in (0, 1)
        )
        if x is not None and y is not None:
            points.append((float(x), float(y)))
    complaints.raise_any()
    made = Lookup(xs=tuple(x for x, _ in points), ys=tuple(y for _, y in points))
    if made.fault:
        raise wrong(made.fault)
    return tuple(points)


def read_changes(raw: object) -> Mapping[str, object]:
    """Read what a check sets: paths and values."""
    if not isinstance(raw, Mapping):
        raise wrong(f"{kind_of(raw)} is not a table of paths and values.")
    return dict(raw)


class Residence(Part):
    """How long people stay in a stock."""

    mean: PositiveTime
    cv: Annotated[
        Parameter,
        PlainValidator(read_cv),
        WithJsonSchema({"type": "number", "minimum": LEAST_CV, "maximum": MOST_CV}),
    ] = number(1)


class Stock(Noun):
    """People, places or anything else that is there until it flows away."""

    initial: Formula
    unit: UnitText | None = None
    over: Ids = ()
    non_negative: Flag = False
    residence: Residence | None = None


class Flow(Noun):
    """What flows from one stock to another, or from or to the outside, a unit of time."""

    from_: Annotated[str, PlainValidator(read_end), WithJsonSchema({"type": "string"})] = Field(alias="from")
    to: Annotated[str, PlainValidator(read_end), WithJsonSchema({"type": "string"})]
    rate: Formula | None = None
    share: Formula | None = None
    biflow: Flag = False
    unit: UnitText | None = None
    over: Ids = ()


class Auxiliary(Noun):
    """A number that follows from others at every moment, or a constant with a name."""

    equation: Formula
    unit: UnitText | None = None
    over: Ids = ()


class LookupTable(Noun):
    """A curve through points, straight between them."""

    points: Annotated[
        tuple[tuple[float, float], ...],
        PlainValidator(read_points),
        WithJsonSchema(
            {
                "type": "array",
                "minItems": 1,
                "items": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
            }
        ),
    ]
    outside: Annotated[
        str,
        PlainValidator(lambda raw: one_of(raw, [one.value for one in Outside])),
        WithJsonSchema({"enum": [one.value for one in Outside]}),
    ] = Outside.HOLD.value


class Strata(Noun):
    """A dimension of a model's own: the elements that arrays over it have."""

    elements: Ids


class Integration(Part):
    """How stocks and flows are carried on in time, and what a run of them alone shows."""

    time_unit: Annotated[
        str, PlainValidator(lambda raw: one_of(raw, TIME_UNITS)), WithJsonSchema({"enum": list(TIME_UNITS)})
    ] = "day"
    method: Annotated[
        str, PlainValidator(lambda raw: one_of(raw, METHODS)), WithJsonSchema({"enum": list(METHODS)})
    ] = METHODS[0]
    step: PositiveTime | None = None
    save_every: PositiveTime | None = None
    horizon: PositiveTime | None = None


class Check(Noun):
    """A partial-model or extreme-condition check: with some values set, something must hold throughout."""

    set: Annotated[Mapping[str, object], PlainValidator(read_changes), WithJsonSchema({"type": "object"})] = (
        Field(default_factory=dict)
    )
    expect: Condition
