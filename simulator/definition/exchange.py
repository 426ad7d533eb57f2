"""The exchange of a model file: what the stocks read of the people's side, and what they drive there."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, PlainValidator, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from simulator.definition.effects import read_amount
from simulator.definition.equations import Formula
from simulator.definition.faults import Complaints, wrong
from simulator.definition.noun import Noun, Part
from simulator.definition.quantities import POSITIVE_TIME, Bounds, Parameter, kind_of, parameter_reader
from simulator.definition.words import Id, Text, keys_read, nearest
from simulator.equations.tokens import LONGEST_EQUATION
from simulator.units import SECONDS_A_MINUTE, Dimension, shown

NOW, MEAN, TOTAL = WAYS = ("now", "mean since last", "total since last")
STATES = (NOW, MEAN)
# What may be read, and how. A quantity between two events is a state; what is counted is a total.
OF_RESOURCES = dict.fromkeys(("occupancy", "in_use", "kept", "turnaround", "queue", "capacity"), STATES)
OF_ACTIVITIES = {
    **dict.fromkeys(("waiting", "in_progress", "kept", "present"), STATES),
    **dict.fromkeys(("arrivals", "starts", "ends", "refused", "gave_up", "cost"), (TOTAL,)),
    **dict.fromkeys(("arrivals_per_day", "starts_per_day", "ends_per_day", "refused_per_day"), (MEAN,)),
    **dict.fromkeys(("gave_up_per_day", "wait_mean_days", "kept_mean_days", "cost_per_day"), (MEAN,)),
}
OF_NEEDS = {"happened": (TOTAL,), "per_year": (MEAN,)}
OF_NOBODY = {"deaths": (TOTAL,), "deaths_per_year": (MEAN,)}
QUANTITIES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "resource": OF_RESOURCES,
    "activity": OF_ACTIVITIES,
    "need": OF_NEEDS,
}
PEOPLE = "people"
AT_START = Bounds(dimension=Dimension.NUMBER, least=None)
READ_WORDS = ("of", "at_start", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One thing that the stocks read: of what, which quantity, how; and what it is before the first exchange.

    ``kind`` is ``resource``, ``activity``, ``need``, ``people`` or, of everybody, the quantity's own name.
    """

    kind: str
    name: str
    quantity: str
    way: str
    at_start: Parameter


def read_reading(raw: object) -> Read:
    """Read ``"resource.beds.occupancy, mean since last"``, or a table of it with what holds at the start."""
    if isinstance(raw, Read):
        return raw
    if not isinstance(raw, Mapping):
        return _read_text(raw, Parameter(value=Fraction(0), dimension=Dimension.NUMBER))
    complaints = keys_read(raw, READ_WORDS)
    start = complaints.read(parameter_reader(AT_START), raw.get("at_start", Decimal(0)), "at_start")
    if "of" not in raw:
        complaints.add("is missing; it is required.", "of")
        complaints.raise_any()
    zero = Parameter(value=Fraction(0), dimension=Dimension.NUMBER)
    found = complaints.read(lambda one: _read_text(one, start or zero), raw["of"], "of")
    complaints.raise_any()
    assert found is not None
    return found


def _read_text(raw: object, at_start: Parameter) -> Read:
    example = '"resource.beds.occupancy, mean since last"'
    if not isinstance(raw, str):
        raise wrong(f"{kind_of(raw)} is nothing that can be read; write text such as {example}.")
    said, comma, way = (part.strip() for part in raw.partition(","))
    kind, name, quantity = _parts(said)
    ways = _ways(kind, quantity, said=said)
    if not comma:
        raise wrong(f"{shown(raw)} does not say when; write one of: {_listed(said, ways)}.")
    if way not in ways:
        hint = nearest(way, WAYS) if way not in WAYS else ""
        raise wrong(
            f"{shown(way)} is no way to read {shown(said)}; write one of: {_listed(said, ways)}.{hint}"
        )
    return Read(kind=kind, name=name, quantity=quantity, way=way, at_start=at_start)


def _parts(said: str) -> tuple[str, str, str]:
    """Split a name into kind, whose, and quantity."""
    parts = said.split(".")
    if said in OF_NOBODY:
        return said, "", said
    if parts[0] == PEOPLE and len(parts) == 2:
        return PEOPLE, parts[1], PEOPLE
    if len(parts) == 3 and parts[0] in QUANTITIES:
        return parts[0], parts[1], parts[2]
    raise wrong(
        f"{shown(said)} cannot be read; allowed are resource.<id>.<quantity>, activity.<id>.<quantity>, "
        f"need.<id>.<quantity>, people.<segment>, {' and '.join(OF_NOBODY)}."
    )


def _ways(kind: str, quantity: str, *, said: str) -> tuple[str, ...]:
    if kind == PEOPLE:
        return STATES
    known = QUANTITIES.get(kind, OF_NOBODY)
    if quantity not in known:
        raise wrong(
            f"{shown(said)} cannot be read; of one {kind} there are {', '.join(known)}."
            f"{nearest(quantity, known)}"
        )
    return known[quantity]


def _listed(said: str, ways: tuple[str, ...]) -> str:
    return " or ".join(f'"{said}, {way}"' for way in ways)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The lowest and the highest that something driven may come to, and the unit both are written in.

    ``is_open``: nothing was said, and nothing but nought bounds it; it counts in the stocks' unit of time.
    """

    low: Parameter
    high: Parameter
    unit: str = ""
    is_open: bool = False


NO_RATE = Parameter(value=Fraction(0), dimension=Dimension.RATE)
OPEN = Limits(low=NO_RATE, high=NO_RATE, is_open=True)


def read_limits(raw: object) -> Limits:
    """Read ``[1500, 2600]``, or ``["0.1 per year", "0.9 per year"]``: both in one unit."""
    if isinstance(raw, Limits):
        return raw
    if not isinstance(raw, list) or len(raw) != 2:
        raise wrong(f"{kind_of(raw)} is not the lowest and the highest value, such as [1500, 2600].")
    complaints = Complaints()
    low, high = (complaints.read(read_amount, one, place) for place, one in enumerate(raw))
    complaints.raise_any()
    assert low is not None
    assert high is not None
    units = [_unit(one) for one in raw]
    if units[0] != units[1]:
        raise wrong(f"one is in '{units[0]}', the other in '{units[1]}'; write both in one unit.")
    if low.value < 0:
        raise wrong("is below 0; nothing that is driven may be.", 0)
    if not low.value < high.value:
        raise wrong("the lowest value must be below the highest.")
    return Limits(low=low, high=high, unit=units[0])


def _unit(raw: object) -> str:
    """Give what stands behind the number."""
    return " ".join(raw.split()[1:]) if isinstance(raw, str) else ""


def read_every(raw: object) -> Parameter:
    """Read how often stocks and people meet: whole seconds, a minute or more."""
    found = parameter_reader(POSITIVE_TIME)(raw)
    if found.value < SECONDS_A_MINUTE or found.value.denominator != 1:
        raise wrong(f"{shown(str(raw))} is not allowed; it must be whole seconds, a minute or more.")
    return found


class Drive(Part):
    """What one value of the people's side becomes: a number in its place, or a multiplier of it.

    ``instead`` is of the share of a route: the route that gains what it loses, and gives what it gains.
    """

    by: Formula | None = None
    times: Formula | None = None
    instead: Id | None = None
    between: Annotated[
        Limits,
        PlainValidator(read_limits),
        WithJsonSchema(
            {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": ["number", "string"]}}
        ),
    ]
    source: Text | None = None
    note: Text | None = None

    @property
    def verb(self) -> str:
        """Say whether it takes the value's place or multiplies it."""
        return "by" if self.by is not None else "times"


def read_bare(raw: object) -> object:
    """Read an equation alone as what drives, with no bounds of its own; anything else is read as a table."""
    if isinstance(raw, str | int | Decimal) and not isinstance(raw, bool):
        return {"by": raw, "between": OPEN}
    return raw


class OrBare:
    """Let the schema of a table allow an equation alone in its place."""

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe both."""
        return {
            "anyOf": [{"type": "string", "maxLength": LONGEST_EQUATION}, {"type": "number"}, handler(core)]
        }


RateFrom = Annotated[Drive, BeforeValidator(read_bare), OrBare()]


class Exchange(Noun):
    """Where and how often the model's stocks and its people meet."""

    every: Annotated[
        Parameter,
        PlainValidator(read_every),
        WithJsonSchema({"type": "string", "description": "A time of a minute or more."}),
    ]
    reads: dict[
        Id,
        Annotated[
            Read,
            PlainValidator(read_reading),
            WithJsonSchema(
                {
                    "description": 'Such as "resource.beds.occupancy, mean since last".',
                    "anyOf": [
                        {"type": "string"},
                        {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["of"],
                            "properties": {
                                "of": {"type": "string"},
                                "at_start": {"type": "number"},
                                "note": {"type": "string"},
                            },
                        },
                    ],
                }
            ),
        ],
    ] = Field(default_factory=dict)
    drives: dict[str, Drive] = Field(default_factory=dict)
