"""Costs beside an activity's price: wards, fixed sums, what is bought, hours; and what refills."""

from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator

from simulator.definition.faults import wrong
from simulator.definition.noun import Ids, Noun, Part
from simulator.definition.quantities import (
    TIME,
    Factor,
    Money,
    MoneyRate,
    Parameter,
    Share,
    number,
    parameter_reader,
)
from simulator.definition.words import Id
from simulator.units import Dimension

AT_ONCE = number(0, Dimension.TIME)
Notice = Annotated[
    Parameter,
    PlainValidator(parameter_reader(TIME)),
    WithJsonSchema({"type": ["string", "object"], "description": 'A time, such as "9 months".'}),
]
KINDS = ("variable", "stepped", "fixed", "average", "hour")


class Stepped(Part):
    """What a whole ward costs a year, and for how long its places must be empty before it is released."""

    ward: MoneyRate
    notice: Notice = AT_ONCE


class CostLine(Noun):
    """What an activity, a ward's places, something bought outside, or an hour of somebody's time costs.

    The id of the line names what it is about: an activity or a resource; an organisation or an account
    outside for ``hour``; anything else for what is ``bought_by`` organisations. ``others`` are buyers that
    are no organisations of the place. ``average`` is the full cost of a start: what a naive case uses.
    """

    variable: MoneyRate | None = None
    stepped: Stepped | None = None
    fixed: MoneyRate | None = None
    average: Money | None = None
    hour: Money | None = None
    payer: Id | None = None
    bought_by: dict[Id, Factor] = Field(default_factory=dict)
    others: dict[Id, Factor] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _says_a_cost(self) -> "CostLine":
        if all(getattr(self, kind) is None for kind in KINDS):
            raise wrong(f"says no cost; give one of {', '.join(KINDS)}.")
        if self.others and not self.bought_by:
            raise wrong("'others' buy together with somebody; say bought_by.")
        if self.bought_by and self.variable is None:
            raise wrong('what is bought has a price: variable = "£640 per year" for each.')
        return self


class Refill(Part):
    """The share of freed bed-days that fill again; ``of`` which resources: if not said, those with wards."""

    share: Share
    of: Ids = ()
