"""Fidelity while nobody loses: time scales, how each preset goes wrong, and what it scales."""

import numpy as np
import pytest
from compiler.conftest import Compile
from compiler.models import PEOPLE

from simulator.compiler.carrying import Carried
from simulator.compiler.fidelity import begun, path_of, row_of
from simulator.compiler.program import Effects
from simulator.definition.collaborations import PRESETS, Collaboration, in_years, parameters_of
from simulator.definition.dynamics import SHOWN, dynamics, dynamics_plan
from simulator.engines.stocks.stepper import stepper_of

YEAR = 52
ALLIANCE = """
[organisations.city]
sector = "acute"
[organisations.council]
sector = "social"
[collaborations.alliance]
preset = "typical"
members = ["city", "council"]
[interventions.visits]
starts = "2 weeks"
"""
EFFECT = """
[[interventions.visits.effects]]
times = "needs.illness.rate"
value = 0.5
"""
FOLLOWS = f'{ALLIANCE}collaboration = "alliance"\n'


def constants(preset: str, **own: float) -> dict[str, float]:
    known = parameters_of(Collaboration(preset=preset, members=("a", "b")))
    return {name: in_years(one) for name, one in known.items()} | own


def path(preset: str, *, years: int, forum: float = 0.0, **own: float) -> dict[str, list[float]]:
    found = path_of(constants(preset, **own), forum=[forum] * (years * YEAR + 1))
    return dict(zip(SHOWN, map(list, zip(*found, strict=True)), strict=True))


def with_loss(preset: str, *, loss: float, years: int) -> float:
    stocks = begun(constants(preset))
    stocks.set("loss", loss)
    for _ in range(years * YEAR):
        stocks.advance()
    return stocks.read("fidelity")


def test_a_typical_collaboration_comes_to_one_and_takes_two_to_six_years() -> None:
    fidelity = path("typical", years=40)["fidelity"]
    nine_tenths = next(week for week, one in enumerate(fidelity) if one >= 0.9)

    assert fidelity[-1] == pytest.approx(1.0, abs=2e-4)
    assert 2 * YEAR <= nine_tenths <= 6 * YEAR


def test_a_mature_alliance_keeps_its_fidelity() -> None:
    fidelity = path("mature_alliance", years=10)["fidelity"]

    assert min(fidelity) == fidelity[0] > 0.75
    assert fidelity[-1] > 1.05


def test_my_road_or_the_high_road_stops_at_norms_that_one_has_set_and_loses_the_others() -> None:
    found = path("my_road_or_the_high_road", years=5)

    assert found["norming"][-1] > 0.8 > 0.2 > found["performing"][-1]
    assert found["commitment"][-1] < 0.6 * found["commitment"][0]
    assert found["fidelity"][-1] < 0.3


def test_to_me_to_you_keeps_its_members_and_never_leaves_storming() -> None:
    found = path("to_me_to_you", years=5)

    assert found["storming"][-1] == max(found[name][-1] for name in ("forming", "storming", "norming"))
    assert found["commitment"][-1] > found["commitment"][0]
    assert found["fidelity"][-1] < 0.5


def test_lipstick_on_a_pig_begins_with_trust_and_wears_it_away() -> None:
    found = path("lipstick_on_a_pig", years=5)

    assert found["trust"][-1] < 0.6 * found["trust"][0]
    assert found["fidelity"][-1] < max(found["fidelity"]) < 0.4


def test_a_forced_collaboration_drains_the_little_commitment_it_has() -> None:
    found = path("forced", years=5)

    assert found["commitment"][0] < path("typical", years=1)["commitment"][0]
    assert found["commitment"][-1] < found["commitment"][0]
    assert found["fidelity"][-1] < 0.5


def test_a_loss_that_nobody_makes_good_drains_a_typical_collaboration_sooner_than_a_mature_one() -> None:
    found = {name: with_loss(name, loss=0.01, years=5) for name in ("typical", "mature_alliance")}

    assert found["typical"] < 0.3 < 0.5 < found["mature_alliance"] < 0.8
    assert with_loss("typical", loss=0.001, years=5) == path("typical", years=5)["fidelity"][-1]


@pytest.mark.parametrize("preset", ["typical", "forced", "to_me_to_you"])
def test_a_forum_builds_trust_and_practice(preset: str) -> None:
    with_it, without = (path(preset, years=3, forum=forum) for forum in (1.0, 0.0))

    assert with_it["trust"][-1] > without["trust"][-1]
    assert with_it["fidelity"][-1] > without["fidelity"][-1]


@pytest.mark.parametrize("preset", PRESETS)
def test_carried_by_hand_the_stocks_are_those_of_the_stock_engine(preset: str) -> None:
    inputs = {**constants(preset), "loss": 0.01, "forum": 0.5}
    here, there = Carried(dynamics_plan(), inputs), stepper_of(dynamics(), inputs, is_compiled=False)

    for _ in range(30):
        here.advance()
        there.advance(1)

    assert row_of(here) == tuple(float(there.read(name)[0]) for name in SHOWN)


def test_an_intervention_is_as_strong_as_its_collaboration_on_each_monday(compile_text: Compile) -> None:
    program = compile_text(PEOPLE + FOLLOWS + EFFECT, on=["visits"], horizon_days=70)
    fidelity = path("typical", years=1)["fidelity"]

    assert program.interventions.strength[0].tolist() == [fidelity[2], *fidelity[3:11]]
    assert program.collaborations is not None
    assert program.collaborations.week_of[0].tolist() == [2, *range(3, 11)]


def test_a_collaboration_that_nothing_depends_on_leaves_no_trace(compile_text: Compile) -> None:
    organisations, _, rest = ALLIANCE.partition("[collaborations.alliance]")
    _, _, switch = rest.partition("[interventions.visits]")
    bare = f"{organisations}[interventions.visits]{switch}"

    with_it, without = (compile_text(PEOPLE + text + EFFECT, on=["visits"]) for text in (ALLIANCE, bare))

    assert with_it.collaborations is None
    assert with_it.fingerprint == without.fingerprint


def effects(compile_text: Compile, effect: str) -> Effects:
    text = f"[[interventions.visits.effects]]\n{effect}\n"
    return compile_text(PEOPLE + FOLLOWS + text, on=["visits"], horizon_days=1000).effects


def test_fidelity_scales_benefit_and_leaves_harm_at_full_strength(compile_text: Compile) -> None:
    found = effects(compile_text, 'times = "needs.illness.rate"\nby_year = { 1 = 1.2, 2 = 0.8 }')
    benefit, harm = found.value

    assert found.full_strength.tolist() == [False, True]
    assert (benefit.max(), benefit.min(), harm.max(), harm.min()) == (1.0, 0.8, 1.2, 1.0)
    assert np.all((benefit == 1.0) | (harm == 1.0))


def test_a_harm_alone_and_a_benefit_alone_are_one_effect_each(compile_text: Compile) -> None:
    harm = effects(compile_text, 'times = "needs.illness.rate"\nvalue = 1.1')
    benefit = effects(compile_text, 'plus = "activities.ward.duration"\nvalue = "-12 hours"')

    assert (harm.full_strength.tolist(), benefit.full_strength.tolist()) == ([True], [False])
