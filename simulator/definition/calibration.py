"""What a calibration fits: uncertain values of the model to monthly figures, the last months held back."""

from fractions import Fraction
from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from simulator.definition.faults import Complaints, wrong
from simulator.definition.noun import Part
from simulator.definition.quantities import Bounds, kind_of, read_value
from simulator.definition.words import Id, Text, one_of, read_text
from simulator.units import Dimension, shown

MONTH = "month"
A_YEAR = 12
_POSITIVE = Bounds(dimension=Dimension.NUMBER, above=0, most=1_000_000_000)
_WITHIN = Bounds(dimension=Dimension.NUMBER, above=0, most=1)
_TIMES = Bounds(dimension=Dimension.NUMBER, least=0, most=100_000, is_whole=True)
_MONTHS = Bounds(dimension=Dimension.NUMBER, least=1, most=1200, is_whole=True)


def read_texts(raw: object) -> tuple[str, ...]:
    """Read one text, or a list of them, each once."""
    if isinstance(raw, tuple):
        return raw
    several = raw if isinstance(raw, list) else [raw]
    if not several:
        raise wrong("an empty list; one at least is needed.")
    complaints = Complaints()
    paths = [(place,) for place in range(len(several))] if isinstance(raw, list) else [()]
    found = [complaints.read(read_text, one, *path) for path, one in zip(paths, several, strict=True)]
    complaints.raise_any()
    for place, one in enumerate(found):
        if one in found[:place]:
            raise wrong(f"{shown(str(one))} is named twice.")
    return tuple(str(one) for one in found)


def read_months(raw: object) -> int:
    """Read a number of months."""
    return int(read_value(raw, _MONTHS))


def _read_groups(raw: object) -> tuple[tuple[str, ...], ...]:
    """Read a list of paths or patterns, or of lists of them, each once."""
    if isinstance(raw, tuple):
        return raw
    if not isinstance(raw, list) or not raw:
        found = kind_of(raw) if raw != [] else "an empty list"
        raise wrong(f'{found} is not a list of paths, such as ["needs.emergency.rate.*"].')
    complaints = Complaints()
    found_all = [complaints.read(read_texts, one, place) for place, one in enumerate(raw)]
    complaints.raise_any()
    groups = tuple(one for one in found_all if isinstance(one, tuple))
    seen: set[str] = set()
    for one in (name for group in groups for name in group):
        if one in seen:
            raise wrong(f"{shown(one)} is named twice.")
        seen.add(one)
    return groups


_NUMBER = WithJsonSchema({"type": "number", "exclusiveMinimum": 0})
_LIST: dict[str, object] = {"type": "array", "minItems": 1, "items": {"type": "string"}}
Names = Annotated[
    tuple[str, ...],
    PlainValidator(read_texts),
    WithJsonSchema({"anyOf": [{"type": "string"}, _LIST]}),
]
Groups = Annotated[
    tuple[tuple[str, ...], ...],
    PlainValidator(_read_groups),
    WithJsonSchema({"type": "array", "minItems": 1, "items": {"anyOf": [{"type": "string"}, _LIST]}}),
]
Months = Annotated[int, PlainValidator(read_months), WithJsonSchema({"type": "integer", "minimum": 1})]
Times = Annotated[
    int,
    PlainValidator(lambda raw: int(read_value(raw, _TIMES))),
    WithJsonSchema({"type": "integer", "minimum": 0}),
]
Positive = Annotated[Fraction, PlainValidator(lambda raw: read_value(raw, _POSITIVE)), _NUMBER]
Within = Annotated[Fraction, PlainValidator(lambda raw: read_value(raw, _WITHIN)), _NUMBER]
Per = Annotated[str, PlainValidator(lambda raw: one_of(raw, (MONTH,))), WithJsonSchema({"enum": [MONTH]})]


class TargetColumn(Part):
    """A column of the file of months, and the measure that it is a figure of: one, or the sum of several.

    ``per`` month: the column counts a whole month, and is divided by its days. ``times``: what the figures
    are multiplied by to be this place's. ``within``: how far off, as a share of the column's mean, a month
    is by what no model knows; the measure of a good fit.
    """

    measure: Names
    per: Per | None = None
    times: Positive = Fraction(1)
    within: Within = Fraction(5, 100)


class Calibrate(Part):
    """Fit ``parameters`` to the ``columns`` of ``targets``, the last ``hold_back`` months apart.

    ``confirm``: so many replications of the fitted model by people; nought for none.

    A parameter is the path of a value with a low and a high, a pattern, or a list of these: all that it
    fits move together.
    """

    targets: Text
    parameters: Groups
    hold_back: Months = A_YEAR
    confirm: Times = 0
    columns: dict[Id, TargetColumn] = Field(min_length=1)
