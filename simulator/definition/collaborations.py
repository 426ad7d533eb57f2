"""Collaborations: who works together, in which way, and with what otherwise than their preset has it."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from simulator.definition.moments import Moment
from simulator.definition.noun import Ids, Noun, Part
from simulator.definition.quantities import Factor, Parameter, PositiveTime, Share
from simulator.definition.words import one_of
from simulator.units import SECONDS_A_YEAR, Dimension

FOLDER = Path(__file__).parent / "collaboration"
DYNAMICS_FILE, PRESETS_FILE = FOLDER / "dynamics.toml", FOLDER / "presets.toml"
TYPICAL = "typical"
PRESETS = (
    "my_road_or_the_high_road",
    "to_me_to_you",
    "lipstick_on_a_pig",
    "forced",
    TYPICAL,
    "mature_alliance",
)


class Character(Part):
    """What a collaboration is like: constants of the shipped stocks (``collaboration/dynamics.toml``).

    What is not said is as the preset has it, and then as ``typical`` has it.
    """

    trust_at_start: Share | None = None
    commitment_at_start: Share | None = None
    practised_at_start: Share | None = None
    dominance: Share | None = None
    politeness: Share | None = None
    substance: Share | None = None
    compulsion: Share | None = None
    time_to_form: PositiveTime | None = None
    time_to_storm: PositiveTime | None = None
    time_to_norm: PositiveTime | None = None
    time_to_relapse: PositiveTime | None = None
    time_to_trust: PositiveTime | None = None
    time_to_commit: PositiveTime | None = None
    time_to_feel_loss: PositiveTime | None = None
    loss_tolerated: Share | None = None
    loss_drains: Factor | None = None
    forum_builds_trust: Share | None = None
    forum_builds_practice: Factor | None = None

    @property
    def said(self) -> Mapping[str, Parameter]:
        """Give what is written, by name."""
        return {name: one for name, one in self.__dict__.items() if isinstance(one, Parameter)}


class Preset(Noun):
    """One way of working together, as shipped."""

    parameters: Character = Character()


PresetName = Annotated[
    str, PlainValidator(lambda raw: one_of(raw, PRESETS)), WithJsonSchema({"enum": list(PRESETS)})
]


class Collaboration(Noun):
    """Organisations that act together: what interventions that name it come to depends on how they do.

    It begins at ``starts``, or with the first day that counts.
    """

    preset: PresetName
    members: Ids
    starts: Moment | None = None
    parameters: Character = Field(default_factory=Character)


@cache
def presets() -> Mapping[str, Preset]:
    """Give the shipped presets by name."""
    raw = tomllib.loads(PRESETS_FILE.read_text("utf-8"), parse_float=Decimal)
    return {name: Preset.model_validate(table) for name, table in raw.items()}


def parameters_of(collaboration: Collaboration) -> Mapping[str, Parameter]:
    """Give all constants of a collaboration: its own, else its preset's, else those of ``typical``."""
    shipped = presets()
    return {
        **shipped[TYPICAL].parameters.said,
        **shipped[collaboration.preset].parameters.said,
        **collaboration.parameters.said,
    }


def in_years(parameter: Parameter) -> float:
    """Give a constant as the shipped stocks count: times in years."""
    value = parameter.value
    return float(value / SECONDS_A_YEAR if parameter.dimension is Dimension.TIME else value)
