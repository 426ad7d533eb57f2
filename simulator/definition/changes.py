"""What changes of itself over time: growth from year to year, shocks, and places that are lost at random."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator

from simulator.definition.faults import wrong
from simulator.definition.law_names import CONTINUOUS
from simulator.definition.laws import LAW_SCHEMA, Law, NumberLaw, TimeLaw, law_reader
from simulator.definition.noun import Noun, Part
from simulator.definition.quantities import Bounds, Factor, Parameter, Share, number, parameter_reader
from simulator.definition.words import Text
from simulator.units import YEAR, Dimension, shown

GROWTH = Bounds(dimension=Dimension.RATE, least=None)
MOST_GROWTH, MOST_CV = 1, 2
ALL_LOST = number(1)


def read_growth(raw: object) -> Parameter:
    """Read a growth a year, of either sign: what is there shrinks by less than all of itself."""
    found = parameter_reader(GROWTH)(raw)
    for value in (found.value, found.low, found.high):
        if value is not None and not -1 < value * YEAR <= MOST_GROWTH:
            raise wrong(
                f"{float(value * YEAR):g} per year is not allowed; growth is above -1 and at most "
                f'{MOST_GROWTH} per year, such as "0.02 per year".'
            )
    return found


Growth = Annotated[
    Parameter,
    PlainValidator(read_growth),
    WithJsonSchema(
        {"type": ["string", "object"], "description": 'Growth a year, such as "0.02 per year"; or below 0.'}
    ),
]


def read_paths(raw: object) -> tuple[str, ...]:
    """Read a list of dotted paths, each once."""
    if not isinstance(raw, list | tuple) or not raw or not all(isinstance(one, str) for one in raw):
        raise wrong('is a list of dotted paths, such as ["needs.illness.rate"].')
    twice = [one for place, one in enumerate(raw) if one in raw[:place]]
    if twice:
        raise wrong(f"{shown(twice[0])} is named twice.")
    return tuple(raw)


Paths = Annotated[
    tuple[Text, ...],
    PlainValidator(read_paths),
    WithJsonSchema({"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True}),
]


def read_after(raw: object) -> Law:
    """Read the time after 1 April at which a shock begins; one that might be before it begins on it."""
    if isinstance(raw, Mapping) and len(raw) == 1:
        ((name, inner),) = raw.items()
        if name in CONTINUOUS and isinstance(inner, Mapping) and "at_least" not in inner:
            raw = {name: {**inner, "at_least": "0 days"}}
    return law_reader(Dimension.TIME)(raw)


After = Annotated[Law, PlainValidator(read_after), WithJsonSchema(LAW_SCHEMA)]


class Monthly(Part):
    """A multiplier of mean one that wanders from month to month, on a log scale, with correlation ``r``."""

    cv: Factor
    r: Share = number(0)

    @model_validator(mode="after")
    def wanders(self) -> "Monthly":
        """Refuse what would wander beyond reason, and what would never change."""
        if not 0 < self.cv.value <= MOST_CV:
            raise wrong(f"must be above 0 and at most {MOST_CV}.", "cv")
        if self.r.value == 1:
            raise wrong("must be below 1; what never changes is no shock.", "r")
        return self


class Shock(Noun):
    """A multiplier of some values, drawn for each replication and the same in all its scenarios.

    Once a year, from a time after 1 April and for a time, at a level; or month by month.
    """

    on: Paths
    level: NumberLaw | None = None
    from_: After | None = Field(default=None, alias="from")
    lasts: TimeLaw | None = None
    monthly: Monthly | None = None

    @model_validator(mode="after")
    def comes_in_one_way(self) -> "Shock":
        """Refuse a shock that says too little or too much of when it comes."""
        yearly = [self.level, self.from_, self.lasts]
        said = sum(one is not None for one in yearly)
        if self.monthly is not None and said:
            raise wrong("is either 'monthly', or has 'level', 'from' and 'lasts'; not both.")
        if self.monthly is None and said < len(yearly):
            raise wrong("needs 'level', 'from' and 'lasts', or 'monthly'.")
        return self


class RandomOutages(Part):
    """Times at which part of a resource is lost: how long until the next, how long it lasts, what part."""

    every: TimeLaw
    lasts: TimeLaw
    loses: Share = ALL_LOST
