"""Laws: how long something takes, or how many come at once, as a distribution by its scipy name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from simulator.definition.arguments import ARGUMENT_WORDS, Arguments, read_arguments
from simulator.definition.faults import Complaints, wrong
from simulator.definition.groups import Keyed, keyed_reader, keyed_schema
from simulator.definition.law_names import CONTINUOUS, DISCRETE, LAW_NAMES, OTHER_NAMES
from simulator.definition.quantities import (
    LONGEST_TIME,
    Bounds,
    Parameter,
    kind_of,
    parameter_reader,
    read_value,
)
from simulator.definition.words import nearest
from simulator.units import Dimension, shown

MOST_VALUES = 1_000_000
MOST_PARTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A distribution of times (seconds) or of plain numbers.

    ``name`` is a scipy name, or ``constant`` (the one of ``values``), ``empirical`` (any of ``values``,
    equally likely), ``in_order`` (``values`` by case number) or ``mixture`` (``parts``, whose ``weights``
    add to one). ``arguments`` stand by name in alphabetical order: mean, sd, cv, median, loc, scale and
    shapes. The shape of ``lognorm`` is called ``log_sd``; with ``log_mean`` a value is ``scale`` × exp(a
    normal). ``quantiles`` are (chance, value), ascending.
    """

    name: str
    dimension: Dimension
    arguments: tuple[tuple[str, Parameter], ...] = ()
    values: tuple[Parameter, ...] = ()
    weights: tuple[Fraction, ...] = ()
    parts: tuple["Law", ...] = ()
    quantiles: tuple[tuple[Fraction, Parameter], ...] = ()
    at_least: Parameter | None = None

    def argument(self, name: str) -> Parameter | None:
        """Give one argument, or nothing where it is not written."""
        return dict(self.arguments).get(name)

    @property
    def is_discrete(self) -> bool:
        """Say whether the law counts."""
        return self.name in DISCRETE


def is_law(raw: Mapping[str, object]) -> bool:
    """Say whether a table is one law (or one parameter) rather than laws by group."""
    if "value" in raw or any(key in LAW_NAMES or key in OTHER_NAMES for key in raw):
        return True
    return any(isinstance(inner, Mapping) and ARGUMENT_WORDS & inner.keys() for inner in raw.values())


def law_reader(dimension: Dimension) -> Callable[[object], Law]:
    """Make the reader of laws of one dimension."""
    most = LONGEST_TIME if dimension is Dimension.TIME else None
    bounds = Bounds(dimension=dimension, least=0, most=most)
    read_one = parameter_reader(bounds)

    def read(raw: object) -> Law:
        if isinstance(raw, Law):
            return raw
        if not isinstance(raw, Mapping) or "value" in raw:
            return Law(name="constant", dimension=dimension, values=(read_one(raw),))
        if len(raw) != 1:
            raise wrong(f"a law is a table with one key, its name; found {_listed(raw)}.")
        ((name, inner),) = raw.items()
        if name == "constant":
            return Law(name=name, dimension=dimension, values=(read_part(read_one, inner, key=name),))
        if name in ("empirical", "in_order"):
            return Law(name=name, dimension=dimension, values=_read_values(inner, name, bounds=bounds))
        if name == "mixture":
            return _read_mixture(inner, read, dimension=dimension)
        return _read_named(name, inner, dimension=dimension)

    return read


def read_part(reader: Callable[[object], Parameter], raw: object, *, key: str) -> Parameter:
    """Read what stands under one key, saying so when it is wrong."""
    complaints = Complaints()
    found = complaints.read(reader, raw, key)
    complaints.raise_any()
    assert found is not None
    return found


def _read_named(name: str, inner: object, *, dimension: Dimension) -> Law:
    if name not in CONTINUOUS and name not in DISCRETE:
        raise wrong(f"there is no law called {shown(name)}.{_law_hint(name)}")
    if name in DISCRETE and dimension is not Dimension.NUMBER:
        raise wrong(f"'{name}' counts whole things and has no unit; a time needs a continuous law.", name)
    if not isinstance(inner, Mapping):
        raise wrong(f"{kind_of(inner)} is not a law; write {{ {name} = {{ mean = … }} }}.", name)
    complaints = Complaints()
    found = complaints.read(lambda _: read_arguments(name, inner, dimension=dimension), inner, name)
    complaints.raise_any()
    assert isinstance(found, Arguments)
    return Law(
        name=name,
        dimension=dimension,
        arguments=found.named,
        quantiles=found.quantiles,
        at_least=found.at_least,
    )


def _read_values(raw: object, name: str, *, bounds: Bounds) -> tuple[Parameter, ...]:
    if not isinstance(raw, list | tuple) or not raw:
        file_too = " or the name of a file beside the model" if name == "empirical" else ""
        raise wrong(f"{kind_of(raw)} is not a list of values{file_too}.", name)
    if len(raw) > MOST_VALUES:
        raise wrong(f"{len(raw):,} values; {MOST_VALUES:,} are the most.", name)
    complaints = Complaints()
    read_one = parameter_reader(bounds)
    found = [complaints.read(read_one, one, name, place) for place, one in enumerate(raw)]
    complaints.raise_any()
    return tuple(value for value in found if value is not None)


def _read_mixture(raw: object, reader: Callable[[object], Law], *, dimension: Dimension) -> Law:
    if not isinstance(raw, list | tuple) or not 1 <= len(raw) <= MOST_PARTS:
        raise wrong("a mixture is a list of [weight, law].", "mixture")
    complaints = Complaints()
    weight_bounds = Bounds(dimension=Dimension.NUMBER, most=1)
    weights: list[Fraction | None] = []
    parts: list[Law | None] = []
    for place, pair in enumerate(raw):
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            complaints.add("a part of a mixture is [weight, law].", "mixture", place)
            continue
        weights.append(
            complaints.read(lambda one: read_value(one, weight_bounds), pair[0], "mixture", place, 0)
        )
        parts.append(complaints.read(reader, pair[1], "mixture", place, 1))
    complaints.raise_any()
    known = tuple(weight for weight in weights if weight is not None)
    if sum(known) != 1:
        raise wrong(f"the weights add to {decimal_of(sum(known, Fraction()))}, not to exactly 1.", "mixture")
    written = tuple(part for part in parts if part is not None)
    return Law(name="mixture", dimension=dimension, weights=known, parts=written)


def decimal_of(value: Fraction) -> str:
    """Write an exact fraction of decimal origin as a decimal, without an exponent."""
    return f"{(Decimal(value.numerator) / Decimal(value.denominator)).normalize():f}"


def _listed(raw: Mapping[str, object]) -> str:
    return ", ".join(shown(key) for key in list(raw)[:6]) or "none"


def _law_hint(name: str) -> str:
    if name in OTHER_NAMES:
        return f" Did you mean '{OTHER_NAMES[name]}'?"
    return (
        nearest(name, LAW_NAMES)
        or " Allowed are the names of scipy.stats, constant, empirical, mixture, in_order."
    )


LAW_SCHEMA: dict[str, object] = {
    "x-shared": "law",
    "description": "A time or number, or a table with one key: the scipy.stats name of a law.",
    "anyOf": [
        {"type": ["string", "number"]},
        {
            "type": "object",
            "minProperties": 1,
            "properties": {
                name: {"type": ["object", "array", "string", "number"]} for name in sorted(LAW_NAMES)
            }
            | {word: {} for word in ("value", "low", "high", "source", "grade", "note")},
            "additionalProperties": False,
        },
    ],
}

TimeLaw = Annotated[Law, PlainValidator(law_reader(Dimension.TIME)), WithJsonSchema(LAW_SCHEMA)]
NumberLaw = Annotated[Law, PlainValidator(law_reader(Dimension.NUMBER)), WithJsonSchema(LAW_SCHEMA)]
KeyedTimeLaw = Annotated[
    Keyed[Law],
    PlainValidator(keyed_reader(law_reader(Dimension.TIME), is_law)),
    WithJsonSchema(keyed_schema(LAW_SCHEMA)),
]
