"""What a search looks for: the smallest whole number with which a target is met, surely enough."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from simulator.definition.faults import Wrong, wrong
from simulator.definition.noun import Part
from simulator.definition.quantities import Bounds, kind_of, number_of, read_value
from simulator.definition.words import keys_read, one_of, read_id, read_text
from simulator.units import Dimension, shown

AT_MOST, AT_LEAST = RELATIONS = ("<=", ">=")
LEVEL, DIFFERENCE = KINDS = ("level", "difference")
NEEDED = ("vary", "from", "to", "target", "probability")
WORDS = (*NEEDED, "step", "scenario", "of")
MOST_TRIED = 1_000_000
_WHOLE = Bounds(dimension=Dimension.NUMBER, least=0, most=1_000_000_000, is_whole=True)
_STEP = Bounds(dimension=Dimension.NUMBER, least=1, most=1_000_000_000, is_whole=True)
_PROBABILITY = Bounds(dimension=Dimension.NUMBER, above=0, most=1)
_LEAST, _MOST = Fraction(1, 2), Fraction(9999, 10_000)
_EXAMPLE = '"activity.ward.wait_mean_days <= 0.1"'


class Target(Part):
    """A measure, by its name or one that a file gives it, and the limit that it must keep.

    ``is_percentage``: the limit, a share, was written in per cent.
    """

    measure: str
    relation: str
    limit: Fraction
    is_percentage: bool = False


class Seek(Part):
    """The smallest of ``low``, ``low + step``, … up to ``high`` with which ``target`` is met.

    ``of`` a level of ``scenario``, or its difference from the baseline; with so much ``probability``.
    """

    vary: str
    low: int
    high: int
    step: int = 1
    target: Target
    scenario: str | None = None
    of: str = LEVEL
    probability: Fraction

    @property
    def values(self) -> range:
        """Give every value that may be the answer, in rising order."""
        return range(self.low, self.high + 1, self.step)


def read_target(raw: object) -> Target:
    """Read ``measure <= limit`` or ``measure >= limit``."""
    if not isinstance(raw, str):
        raise wrong(f"{kind_of(raw)} is not a target, such as {_EXAMPLE}.")
    for relation in RELATIONS:
        measure, found, limit = (part.strip() for part in raw.partition(relation))
        if found and measure and limit:
            return Target(
                measure=measure,
                relation=relation,
                limit=_read_limit(limit),
                is_percentage=limit.endswith("%"),
            )
    raise wrong(f"{shown(raw)} is not a target; write {_EXAMPLE}, with <= or >=.")


def read_seek(raw: object) -> Seek:
    """Read ``[seek]``."""
    if isinstance(raw, Seek):
        return raw
    if not isinstance(raw, Mapping):
        raise wrong(f"{kind_of(raw)} is not a table with {', '.join(NEEDED)}.")
    complaints = keys_read(raw, WORDS, needed=NEEDED)
    complaints.raise_any()
    found = {
        name: complaints.read(reader, raw.get(word, usual), word)
        for name, (word, reader, usual) in READERS.items()
    }
    if "scenario" in raw:
        found["scenario"] = complaints.read(read_id, raw["scenario"], "scenario")
    complaints.raise_any()
    return _checked(Seek.model_validate(found))


def _checked(seek: Seek) -> Seek:
    """Say what is wrong with a search whose words are right one by one."""
    low, high, step = seek.low, seek.high, seek.step
    if low + step > high:
        raise wrong(f"'to' ({high}) must be above 'from' ({low}) by a step ({step}) at least.")
    if (high - low) // step > MOST_TRIED:
        raise wrong(f"{(high - low) // step:,} values to choose from; {MOST_TRIED:,} are the most.")
    return seek


def _read_limit(text: str) -> Fraction:
    """Read a number, or a percentage as a share."""
    try:
        number, _ = number_of(Decimal(text.removesuffix("%").strip()))
    except (Wrong, InvalidOperation):
        raise wrong(f"{shown(text)} is not a number; write {_EXAMPLE}.") from None
    return number / 100 if text.endswith("%") else number


def _read_probability(raw: object) -> Fraction:
    found = read_value(raw, _PROBABILITY)
    if not _LEAST <= found <= _MOST:
        raise wrong(f"{shown(str(raw))} is no probability to be sure with; write one from 0.5 to 0.9999.")
    return found


def _whole(raw: object) -> int:
    return int(read_value(raw, _WHOLE))


# By field: its word in the file, how it is read, and what it is where the file is silent.
READERS: Mapping[str, tuple[str, Callable[[object], object], object]] = {
    "vary": ("vary", read_text, None),
    "low": ("from", _whole, None),
    "high": ("to", _whole, None),
    "step": ("step", lambda raw: int(read_value(raw, _STEP)), 1),
    "target": ("target", read_target, None),
    "probability": ("probability", _read_probability, None),
    "of": ("of", lambda raw: one_of(raw, KINDS), LEVEL),
}

SomeSeek = Annotated[
    Seek,
    PlainValidator(read_seek),
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": False,
            "required": list(NEEDED),
            "properties": {
                "vary": {"type": "string", "description": "A dotted path of the model."},
                "from": {"type": "integer", "minimum": 0},
                "to": {"type": "integer", "minimum": 1},
                "step": {"type": "integer", "minimum": 1},
                "target": {"type": "string", "description": "measure <= limit, or measure >= limit."},
                "scenario": {"type": "string"},
                "of": {"enum": list(KINDS)},
                "probability": {"type": "number", "minimum": 0.5, "maximum": 0.9999},
            },
        }
    ),
]
