"""Consequences: what may befall a person because they were in an activity, or were kept in it."""

from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from simulator.definition.groups import Keyed, keyed_reader, keyed_schema
from simulator.definition.noun import Noun, read_ids
from simulator.definition.quantities import CHANCE, Money, Parameter, parameter_reader
from simulator.definition.words import Id, read_id


def read_after(raw: object) -> tuple[str, ...]:
    """Read the activity after which it may come, or a list of such."""
    return read_ids(raw) if isinstance(raw, list | tuple) else (read_id(raw),)


def _is_parameter(raw: object) -> bool:
    return isinstance(raw, dict) and "value" in raw


_SINGLE = {"type": ["number", "string", "object"], "description": 'A chance: 0.005, or "1 per 200".'}
KeyedChance = Annotated[
    Keyed[Parameter],
    PlainValidator(keyed_reader(parameter_reader(CHANCE), _is_parameter)),
    WithJsonSchema(keyed_schema(_SINGLE)),
]
After = Annotated[
    tuple[str, ...],
    PlainValidator(read_after),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
WAYS = ("chance", "per_day_kept")
WHATS = ("becomes", "cost")


class Consequence(Noun):
    """A chance after an activity, or for each day kept in it: then the person is of another segment, or money
    is spent."""

    after: After
    chance: KeyedChance | None = None
    per_day_kept: KeyedChance | None = None
    becomes: Id | None = None
    cost: Money | None = None
    payer: Id | None = None

    @property
    def chances(self) -> Keyed[Parameter] | None:
        """Give the chance, or that of a day kept."""
        return self.chance if self.chance is not None else self.per_day_kept
