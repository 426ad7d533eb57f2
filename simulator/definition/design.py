"""Which points a sweep runs, and which values go together."""

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from simulator.definition.faults import Complaints, wrong
from simulator.definition.noun import Part
from simulator.definition.quantities import Bounds, kind_of, read_value
from simulator.definition.words import nearest, one_of, read_flag, read_text
from simulator.units import Dimension

GRID, LATIN_HYPERCUBE, SOBOL, MORRIS, POINTS = KINDS = (
    "grid",
    "latin_hypercube",
    "sobol",
    "morris",
    "points",
)
# What each kind of design must say, and what it may say besides.
NEEDS: Mapping[str, tuple[str, ...]] = {
    GRID: (),
    LATIN_HYPERCUBE: ("runs",),
    SOBOL: ("runs",),
    MORRIS: ("trajectories",),
    POINTS: ("file",),
}
MAY: Mapping[str, tuple[str, ...]] = {MORRIS: ("levels",), SOBOL: ("indices",)}
MOST_RUNS = 1_000_000
MOST_LEVELS = 100


_RUNS = Bounds(dimension=Dimension.NUMBER, least=1, most=MOST_RUNS, is_whole=True)
_LEVELS = Bounds(dimension=Dimension.NUMBER, least=2, most=MOST_LEVELS, is_whole=True)
_RANK = Bounds(dimension=Dimension.NUMBER, least=-1, most=1)


class Design(Part):
    """Which points a sweep runs; ``only`` these of them, by number from 1, if any are named."""

    kind: str
    runs: int | None = None
    trajectories: int | None = None
    levels: int = 4
    indices: bool = False
    file: str | None = None
    only: tuple[int, ...] = ()


class Correlation(Part):
    """Two values that go together: ``rank`` is the correlation of their ranks."""

    of: tuple[str, str]
    rank: Fraction


def read_design(raw: object) -> Design:
    """Read ``[design]``: a kind, and what that kind needs."""
    if isinstance(raw, Design):
        return raw
    if not isinstance(raw, Mapping):
        raise wrong(f'{kind_of(raw)} is not a design, such as {{ kind = "sobol", runs = 256 }}.')
    if "kind" not in raw:
        raise wrong(f"'kind' is missing; allowed are {', '.join(KINDS)}.")
    complaints = Complaints()
    kind = complaints.read(lambda one: one_of(one, KINDS), raw["kind"], "kind")
    if kind is None:
        complaints.raise_any()
    assert kind is not None
    allowed = ("kind", *NEEDS[kind], *MAY.get(kind, ()), "only")
    for word in raw:
        if word not in allowed:
            said = f"unknown key; a design of kind '{kind}' has {', '.join(allowed)}."
            complaints.add(f"{said}{nearest(word, allowed)}", word)
    for word in NEEDS[kind]:
        if word not in raw:
            complaints.add(f"a design of kind '{kind}' needs '{word}'.")
    whole = {
        word: complaints.read(partial(_whole, limits), raw[word], word)
        for word, limits in (("runs", _RUNS), ("trajectories", _RUNS), ("levels", _LEVELS))
        if word in raw and word in allowed
    }
    if (levels := whole.get("levels")) is not None and levels % 2:
        complaints.add(f"{levels} is odd; write an even number of levels, such as 4.", "levels")
    file = complaints.read(read_text, raw["file"], "file") if "file" in raw and "file" in allowed else None
    indices = (
        complaints.read(read_flag, raw["indices"], "indices")
        if "indices" in raw and "indices" in allowed
        else None
    )
    only = complaints.read(read_point_numbers, raw["only"], "only") if "only" in raw else None
    complaints.raise_any()
    return Design(
        kind=kind,
        file=file,
        only=only or (),
        indices=bool(indices),
        **{word: one for word, one in whole.items() if one is not None},
    )


def read_point_numbers(raw: object) -> tuple[int, ...]:
    """Read a list of points by their numbers, from 1; each once, in rising order."""
    if isinstance(raw, tuple):
        return raw
    if not isinstance(raw, list) or not raw:
        raise wrong("is no list of points by their numbers, from 1, such as [1, 4].")
    complaints = Complaints()
    found = [complaints.read(partial(_whole, _RUNS), one, place) for place, one in enumerate(raw)]
    complaints.raise_any()
    return tuple(sorted({one for one in found if one is not None}))


def read_correlations(raw: object) -> tuple[Correlation, ...]:
    """Read ``[[correlations]]``: pairs of values and the correlation of their ranks."""
    if isinstance(raw, tuple):
        return raw
    if not isinstance(raw, list):
        raise wrong(f'{kind_of(raw)} is not a list of {{ of = ["…", "…"], rank = 0.5 }}.')
    complaints = Complaints()
    found = [complaints.read(_read_correlation, one, place) for place, one in enumerate(raw)]
    pairs: list[frozenset[str]] = []
    for place, one in enumerate(found):
        if one is not None and frozenset(one.of) in pairs:
            complaints.add(f"{one.of[0]} and {one.of[1]} are correlated twice.", place)
        pairs.append(frozenset(one.of) if one is not None else frozenset())
    complaints.raise_any()
    return tuple(one for one in found if one is not None)


def _whole(limits: Bounds, raw: object) -> int:
    return int(read_value(raw, limits))


def _read_correlation(raw: object) -> Correlation:
    if not isinstance(raw, Mapping) or set(raw) != {"of", "rank"}:
        raise wrong('a correlation is { of = ["path.one", "path.two"], rank = 0.5 }.')
    complaints = Complaints()
    of, rank = raw["of"], complaints.read(lambda one: read_value(one, _RANK), raw["rank"], "rank")
    if not isinstance(of, list) or len(of) != 2 or not all(isinstance(one, str) for one in of):
        complaints.add("names two paths of the model.", "of")
    elif of[0] == of[1]:
        complaints.add("names the same path twice.", "of")
    complaints.raise_any()
    assert isinstance(of, list)
    assert rank is not None
    return Correlation(of=(of[0], of[1]), rank=rank)


SomeDesign = Annotated[
    Design,
    PlainValidator(read_design),
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["kind"],
            "properties": {
                "kind": {"enum": list(KINDS)},
                "runs": {"type": "integer", "minimum": 1},
                "trajectories": {"type": "integer", "minimum": 1},
                "levels": {"type": "integer", "minimum": 2, "multipleOf": 2},
                "indices": {"type": "boolean"},
                "file": {"type": "string", "pattern": r"\.csv$"},
                "only": {"type": "array", "items": {"type": "integer", "minimum": 1}, "minItems": 1},
            },
        }
    ),
]
Correlations = Annotated[
    tuple[Correlation, ...],
    PlainValidator(read_correlations),
    WithJsonSchema(
        {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["of", "rank"],
                "properties": {
                    "of": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
                    "rank": {"type": "number", "minimum": -1, "maximum": 1},
                },
            },
        }
    ),
]
