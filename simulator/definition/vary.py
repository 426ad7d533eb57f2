"""What a sweep varies: values of the model, between two ends, out of a list, or as uncertain as they are."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from simulator.definition.faults import Complaints, Wrong, wrong
from simulator.definition.noun import Part
from simulator.definition.quantities import ONE_OR_MORE, kind_of, number_of, read_value
from simulator.definition.words import keys_read, read_flag
from simulator.units import Dimension, shown

UNCERTAIN = "uncertain"
_WORDS = ("from", "to", "steps", "log", "values")
_WAYS = f'{{ from = 10, to = 80 }}, {{ values = [10, 20, 40] }} or "{UNCERTAIN}"'


class Variation(Part):
    """How one value of the model is varied.

    Between two ends (``low``, ``high``, in the unit of ``dimension``), evenly or, with ``is_log``, by
    proportion, on a grid in so many ``steps``; or over ``values``; or, with neither, over its own range.
    ``is_of_pattern``: nobody named this path, a pattern fits it.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    dimension: Dimension = Dimension.NUMBER
    steps: int | None = None
    is_log: bool = False
    values: tuple[object, ...] = ()
    is_of_pattern: bool = False

    @property
    def is_uncertain(self) -> bool:
        """Say whether the value is varied as its own low and high say."""
        return self.low is None and not self.values


def read_vary(raw: object) -> dict[str, Variation]:
    """Read ``[vary]``: a dotted path of the model, and how it is varied.

    Raises :class:`Wrong` with what is wrong of each row, and with the rows that are right.
    """
    if not isinstance(raw, Mapping):
        raise wrong(f'{kind_of(raw)} is not a table, such as {{ "resources.beds.capacity" = {_WAYS[:22]} }}.')
    complaints = Complaints()
    found = {path: complaints.read(_read_variation, one, *way) for path, way, one in _spelt(raw)}
    right = {path: one for path, one in found.items() if one is not None}
    if complaints.faults:
        raise Wrong(*complaints.faults, right=right)
    return right


def rows_meant(raw: object) -> frozenset[str]:
    """Name the paths that ``[vary]`` of a file has a row of, right or wrong."""
    return frozenset(path for path, _, _ in _spelt(raw)) if isinstance(raw, Mapping) else frozenset()


def _spelt(raw: Mapping[str, object]) -> list[tuple[str, tuple[str, ...], object]]:
    """Give dotted path, the way there in the file, and how it is varied; paths may be quoted or nested."""
    found: list[tuple[str, tuple[str, ...], object]] = []
    for key, one in raw.items():
        if isinstance(one, Mapping) and not any(word in one for word in _WORDS):
            found += [(f"{key}.{path}", (key, *way), inner) for path, way, inner in _spelt(one)]
        else:
            found.append((key, (key,), one))
    return found


def _read_variation(raw: object) -> Variation:
    if isinstance(raw, Variation):
        return raw
    if raw == UNCERTAIN:
        return Variation()
    if not isinstance(raw, Mapping):
        raise wrong(f"{kind_of(raw)} does not say between what; write {_WAYS}.")
    complaints = keys_read(raw, _WORDS)
    complaints.raise_any()
    if "values" in raw:
        return _read_values(raw)
    if "from" not in raw or "to" not in raw:
        raise wrong(f"'from' and 'to' go together; write {_WAYS}.")
    return _read_ends(raw)


def _read_values(raw: Mapping[str, object]) -> Variation:
    values = raw["values"]
    if len(raw) > 1:
        raise wrong("'values' stands alone, without from, to, steps or log.")
    if not isinstance(values, list) or not values:
        raise wrong(f"{kind_of(values)} is not a list of values, such as [10, 20, 40].", "values")
    if any(one in values[:place] for place, one in enumerate(values)):
        raise wrong("holds a value twice.", "values")
    return Variation(values=tuple(values))


def _read_ends(raw: Mapping[str, object]) -> Variation:
    complaints = Complaints()
    low = complaints.read(number_of, raw["from"], "from")
    high = complaints.read(number_of, raw["to"], "to")
    steps = is_log = None
    if "steps" in raw:
        steps = complaints.read(lambda one: int(read_value(one, ONE_OR_MORE)), raw["steps"], "steps")
        if steps == 1:
            complaints.add("1 is too few: the ends are two.", "steps")
    if "log" in raw:
        is_log = complaints.read(read_flag, raw["log"], "log")
    complaints.raise_any()
    assert low is not None
    assert high is not None
    if low[1] is not high[1]:
        raise wrong(f"'from' is {low[1].value} and 'to' is {high[1].value}.")
    if low[0] >= high[0]:
        raise wrong(f"'to' ({shown(str(raw['to']))}) must be above 'from' ({shown(str(raw['from']))}).")
    if is_log and low[0] <= 0:
        raise wrong("with log = true 'from' must be above 0.", "from")
    return Variation(low=low[0], high=high[0], dimension=low[1], steps=steps, is_log=bool(is_log))


_ENDS = {"type": ["number", "string"]}
_VARIATION: dict[str, object] = {
    "anyOf": [
        {"const": UNCERTAIN},
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["values"],
            "properties": {"values": {"type": "array", "minItems": 1}},
        },
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["from", "to"],
            "properties": {
                "from": _ENDS,
                "to": _ENDS,
                "steps": {"type": "integer", "minimum": 2},
                "log": {"type": "boolean"},
            },
        },
    ]
}
Vary = Annotated[
    dict[str, Variation],
    PlainValidator(read_vary),
    WithJsonSchema(
        {
            "type": "object",
            "description": "Dotted paths of the model, each with how it is varied.",
            "additionalProperties": {"anyOf": [_VARIATION, {"type": "object"}]},
        }
    ),
]
