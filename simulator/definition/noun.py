"""What every noun of a model file has in common."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, PlainValidator, WithJsonSchema

from simulator.definition.faults import Complaints, wrong
from simulator.definition.groups import Keyed, keyed_reader, keyed_schema
from simulator.definition.quantities import (
    FACTOR,
    MONEY,
    RATE,
    Bounds,
    Parameter,
    kind_of,
    parameter_reader,
)
from simulator.definition.words import Text, read_id, read_resource_id
from simulator.units import Dimension, shown

T = TypeVar("T")


class Noun(BaseModel):
    """A thing that a file names; it cannot be changed, and knows every word that may stand in it."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)

    title: Text | None = None
    note: Text | None = None


class Part(BaseModel):
    """A table inside a noun."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


def read_ids(raw: object, *, read_one: Callable[[object], str] = read_id) -> tuple[str, ...]:
    """Read a list of ids, each once."""
    if isinstance(raw, str):
        raise wrong(f'{shown(raw)} is one id; write a list, ["{raw[:40]}"].')
    if not isinstance(raw, list | tuple):
        raise wrong(f"{kind_of(raw)} is not a list of ids.")
    complaints = Complaints()
    found = [complaints.read(read_one, one, place) for place, one in enumerate(raw)]
    for place, name in enumerate(found):
        if name is not None and name in found[:place]:
            complaints.add(f"{shown(name)} is named twice.", place)
    complaints.raise_any()
    return tuple(name for name in found if name is not None)


def read_date(raw: object) -> date:
    """Read a date without a time of day."""
    if not isinstance(raw, date) or hasattr(raw, "hour"):
        raise wrong(f"{kind_of(raw)} is not a date; write it as 2025-04-01, without quotation marks.")
    if not 1900 <= raw.year <= 2200:
        raise wrong(f"{raw} is out of range; allowed are the years 1900 to 2200.")
    return raw


def _is_parameter(raw: object) -> bool:
    return isinstance(raw, dict) and "value" in raw


def _keyed(bounds: Bounds, description: str) -> tuple[PlainValidator, WithJsonSchema]:
    reader = keyed_reader(parameter_reader(bounds), _is_parameter)
    kinds = ["number", "object"] if bounds.dimension is Dimension.NUMBER else ["string", "object"]
    return PlainValidator(reader), WithJsonSchema(keyed_schema({"type": kinds, "description": description}))


_RATE = _keyed(RATE, 'A rate, such as "0.08 per year".')
_MONEY = _keyed(MONEY, 'Money, such as "£45".')
_FACTOR = _keyed(FACTOR, "A number of nought or more.")
_ORDER = _keyed(
    Bounds(dimension=Dimension.NUMBER, least=-1000, most=1000, is_whole=True), "Lower goes first."
)

KeyedRate = Annotated[Keyed[Parameter], *_RATE]
KeyedMoney = Annotated[Keyed[Parameter], *_MONEY]
KeyedNumber = Annotated[Keyed[Parameter], *_FACTOR]
KeyedOrder = Annotated[Keyed[Parameter], *_ORDER]

Ids = Annotated[
    tuple[str, ...],
    PlainValidator(read_ids),
    WithJsonSchema({"type": "array", "items": {"type": "string"}, "uniqueItems": True}),
]
ResourceIds = Annotated[
    tuple[str, ...],
    PlainValidator(partial(read_ids, read_one=read_resource_id)),
    WithJsonSchema({"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True}),
]
Date = Annotated[date, PlainValidator(read_date), WithJsonSchema({"type": "string", "format": "date"})]
