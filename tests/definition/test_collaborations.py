"""Collaborations in a file: shipped presets, what they may have otherwise, and what is refused."""

from collections.abc import Callable

import pytest

from simulator.definition import Model
from simulator.definition.collaborations import (
    PRESETS,
    TYPICAL,
    Character,
    Collaboration,
    in_years,
    parameters_of,
    presets,
)
from simulator.definition.dynamics import INPUTS, dynamics
from simulator.equations.system import Role

TWO = """
[organisations.city]
sector = "acute"
[organisations.council]
sector = "social"
[collaborations.alliance]
preset = "typical"
members = ["city", "council"]
"""


def constants(preset: str) -> dict[str, float]:
    known = parameters_of(Collaboration(preset=preset, members=("a", "b")))
    return {name: in_years(one) for name, one in known.items()}


def test_every_preset_is_shipped_and_typical_writes_every_constant() -> None:
    assert sorted(presets()) == sorted(PRESETS)
    assert list(presets()[TYPICAL].parameters.said) == list(Character.model_fields)


def test_every_constant_of_a_preset_has_its_source_and_grade() -> None:
    written = [one for preset in presets().values() for one in preset.parameters.said.values()]

    assert all(one.source and one.grade == "E" for one in written)


def test_the_constants_of_the_shipped_stocks_are_those_of_typical() -> None:
    from simulator.definition.collaborations import DYNAMICS_FILE
    from simulator.definition.loading import load_model

    file = load_model(DYNAMICS_FILE)
    said = {name: file.auxiliaries[name].equation.tree for name in Character.model_fields}

    assert {name: tree.value for name, tree in said.items()} == pytest.approx(constants(TYPICAL))


def test_constants_and_what_comes_from_outside_are_inputs() -> None:
    inputs = {name for name, one in dynamics().variables.items() if one.role is Role.INPUT}

    assert inputs == {*Character.model_fields, *INPUTS}


def test_a_collaboration_has_its_own_constants_before_those_of_its_preset(
    model: Callable[..., Model],
) -> None:
    found = model(more=f"{TWO}parameters = {{ politeness = 0.7 }}\n").collaborations["alliance"]

    assert in_years(parameters_of(found)["politeness"]) == 0.7
    assert in_years(parameters_of(found)["time_to_form"]) == 0.25


def test_a_ramp_beside_a_collaboration_is_refused_where_it_stands(faults: Callable[..., str]) -> None:
    said = faults(more=f'{TWO}[interventions.x]\ncollaboration = "alliance"\nramp = "step"\n')

    assert said.startswith("model.toml:20: interventions.x.collaboration: is given beside 'ramp'; keep one")
