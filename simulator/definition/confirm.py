"""Which points, or draws, of a sweep as stocks are run by people too."""

from collections.abc import Callable, Mapping
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from simulator.definition.design import read_point_numbers
from simulator.definition.faults import wrong
from simulator.definition.noun import Part
from simulator.definition.quantities import Bounds, kind_of, read_value
from simulator.definition.words import keys_read
from simulator.units import Dimension

CHOICES = ("best", "even", "points")
WORDS = (*CHOICES, "draws", "replications")
_COUNT = Bounds(dimension=Dimension.NUMBER, least=1, most=100_000, is_whole=True)


class Confirm(Part):
    """The ``best`` so many points, so many ``even``ly spaced, or these ``points``; all if none is said.

    Each so many ``replications``, of the first so many ``draws`` where values are drawn.
    """

    best: int | None = None
    even: int | None = None
    points: tuple[int, ...] = ()
    draws: int | None = None
    replications: int


def read_confirm(raw: object) -> Confirm:
    """Read ``[confirm]``."""
    if isinstance(raw, Confirm):
        return raw
    if not isinstance(raw, Mapping):
        raise wrong(f"{kind_of(raw)} is not a table, such as {{ even = 5, replications = 5 }}.")
    complaints = keys_read(raw, WORDS)
    if "replications" not in raw:
        complaints.add("'replications' is missing: how often each is run by people.")
    if len(said := [word for word in CHOICES if word in raw]) > 1:
        complaints.add(f"says {' and '.join(said)}; choose points in one way.")
    found = {
        word: complaints.read(reader, raw[word], word) for word, reader in READERS.items() if word in raw
    }
    complaints.raise_any()
    return Confirm.model_validate(found)


def _count(raw: object) -> int:
    return int(read_value(raw, _COUNT))


READERS: Mapping[str, Callable[[object], object]] = {
    "best": _count,
    "even": _count,
    "points": read_point_numbers,
    "draws": _count,
    "replications": _count,
}
_WHOLE = {"type": "integer", "minimum": 1}

SomeConfirm = Annotated[
    Confirm,
    PlainValidator(read_confirm),
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["replications"],
            "properties": {
                "best": _WHOLE,
                "even": _WHOLE,
                "points": {"type": "array", "items": _WHOLE, "minItems": 1},
                "draws": _WHOLE,
                "replications": _WHOLE,
            },
        }
    ),
]
