"""How an intervention grows to full strength, or fades."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from simulator.definition.faults import Complaints, wrong
from simulator.definition.quantities import (
    POSITIVE_TIME,
    SHARE,
    TIME,
    Parameter,
    kind_of,
    parameter_reader,
    read_value,
)
from simulator.definition.words import one_of
from simulator.units import shown

STEP, LINEAR, LOGISTIC, POINTS = "step", "linear", "logistic", "points"
OVER_A_SPAN = (LINEAR, LOGISTIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramp:
    """Strength from 0 to 1 since the start: at once, over a ``span``, or through ``points``."""

    kind: str
    span: Parameter | None = None
    points: tuple[tuple[Parameter, Fraction], ...] = ()


AT_ONCE = Ramp(kind=STEP)


def read_ramp(raw: object) -> Ramp:
    """Read ``"step"``, ``{ linear = "1 year" }``, ``{ logistic = "2 years" }`` or points."""
    if isinstance(raw, Ramp):
        return raw
    if isinstance(raw, list):
        return Ramp(kind=POINTS, points=_read_points(raw))
    if isinstance(raw, Mapping):
        if len(raw) != 1:
            raise wrong('a ramp is one of "step", { linear = … }, { logistic = … } and points.')
        ((kind, span),) = raw.items()
        one_of(kind, OVER_A_SPAN)
        complaints = Complaints()
        found = complaints.read(parameter_reader(POSITIVE_TIME), span, kind)
        complaints.raise_any()
        return Ramp(kind=kind, span=found)
    if raw in OVER_A_SPAN:
        raise wrong(f'{shown(str(raw))} needs a time; write {{ {raw} = "1 year" }}.')
    return Ramp(kind=one_of(raw, [STEP]))


def _read_points(raw: list[object]) -> tuple[tuple[Parameter, Fraction], ...]:
    complaints = Complaints()
    points: list[tuple[Parameter, Fraction]] = []
    for place, pair in enumerate(raw):
        if not isinstance(pair, list) or len(pair) != 2:
            complaints.add(f'{kind_of(pair)} is not a point, such as ["1 year", 0.6].', place)
            continue
        time = complaints.read(parameter_reader(TIME), pair[0], place, 0)
        strength = complaints.read(_read_share, pair[1], place, 1)
        if time is not None and strength is not None:
            points.append((time, strength))
    complaints.raise_any()
    if not points or any(later[0].value <= earlier[0].value for earlier, later in pairwise(points)):
        raise wrong("the points of a ramp must go forward in time.")
    return tuple(points)


def _read_share(raw: object) -> Fraction:
    return read_value(raw, SHARE)


SomeRamp = Annotated[
    Ramp,
    PlainValidator(read_ramp),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": STEP},
                {
                    "type": "object",
                    "properties": {kind: {"type": ["string", "object"]} for kind in OVER_A_SPAN},
                    "additionalProperties": False,
                    "minProperties": 1,
                    "maxProperties": 1,
                },
                {"type": "array", "items": {"type": "array"}},
            ]
        }
    ),
]
