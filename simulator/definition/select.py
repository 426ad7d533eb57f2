"""What a choice asks for: which scenario and point is best by a measure, with which probability."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from simulator.definition.faults import wrong
from simulator.definition.noun import Part, read_ids
from simulator.definition.quantities import Bounds, kind_of, read_value
from simulator.definition.seek import KINDS, LEVEL
from simulator.definition.words import keys_read, one_of, read_flag, read_text
from simulator.units import Dimension, shown

NEEDED = ("best", "least")
WORDS = (*NEEDED, "of", "among", "within", "probability", "at_most", "fresh")
LEAST_FIRST = 10
_WITHIN = Bounds(dimension=Dimension.NUMBER, above=0)
_SHARE = Bounds(dimension=Dimension.NUMBER, above=0, most=1)
_COUNT = Bounds(dimension=Dimension.NUMBER, least=2, most=100_000, is_whole=True)
_LEAST, _MOST = Fraction(1, 2), Fraction(9999, 10_000)


class Select(Part):
    """The scenario and point at which ``best`` is ``least`` (or most), of a level or a difference.

    ``among`` these scenarios, all if none is named. Chosen with so much ``probability`` if it is better than
    all others by ``within`` (the measure's ``matters_from`` unless said), by ``at_most`` so many
    replications; then run again, so many ``fresh`` times.
    """

    best: str
    least: bool
    of: str = LEVEL
    among: tuple[str, ...] = ()
    within: Fraction | None = None
    probability: Fraction = Fraction(19, 20)
    at_most: int = 200
    fresh: int = 20


def read_select(raw: object) -> Select:
    """Read ``[select]``."""
    if isinstance(raw, Select):
        return raw
    if not isinstance(raw, Mapping):
        raise wrong(f"{kind_of(raw)} is not a table with {', '.join(NEEDED)}.")
    complaints = keys_read(raw, WORDS, needed=NEEDED)
    found = {
        word: complaints.read(reader, raw[word], word) for word, reader in READERS.items() if word in raw
    }
    complaints.raise_any()
    return Select.model_validate(found)


def _read_probability(raw: object) -> Fraction:
    found = read_value(raw, _SHARE)
    if not _LEAST < found <= _MOST:
        raise wrong(f"{shown(str(raw))} is no probability to choose with; write one above 0.5, to 0.9999.")
    return found


def _count(raw: object) -> int:
    return int(read_value(raw, _COUNT))


READERS: Mapping[str, Callable[[object], object]] = {
    "best": read_text,
    "least": read_flag,
    "of": lambda raw: one_of(raw, KINDS),
    "among": read_ids,
    "within": lambda raw: read_value(raw, _WITHIN),
    "probability": _read_probability,
    "at_most": _count,
    "fresh": _count,
}

SomeSelect = Annotated[
    Select,
    PlainValidator(read_select),
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": False,
            "required": list(NEEDED),
            "properties": {
                "best": {"type": "string", "description": "A measure: its full name, or one of a file's."},
                "least": {"type": "boolean"},
                "of": {"enum": list(KINDS)},
                "among": {"type": "array", "items": {"type": "string"}},
                "within": {"type": "number", "exclusiveMinimum": 0},
                "probability": {"type": "number", "exclusiveMinimum": 0.5, "maximum": 0.9999},
                "at_most": {"type": "integer", "minimum": 2},
                "fresh": {"type": "integer", "minimum": 2},
            },
        }
    ),
]
