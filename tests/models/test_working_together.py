"""Rows 4 and 14 of the catalogue in the shipped place: what each switch touches, and what it leaves alone."""

from fractions import Fraction
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from simulator.analysis.joint_buying import joint_buyers, price_curve
from simulator.compiler.compile import compile_model
from simulator.compiler.program import Program
from simulator.compiler.window import Window
from simulator.definition import load_model
from simulator.definition.model import Model
from simulator.units import SECONDS_A_WEEK

MODEL = Path(__file__).parents[2] / "models" / "place.toml"


@cache
def place() -> Model:
    return load_model(MODEL)


@cache
def compiled(*on: str) -> Program:
    window = Window(
        starts=place().starts,
        warm_up_seconds=SECONDS_A_WEEK * 52,
        horizon_seconds=SECONDS_A_WEEK * 164,
        period_seconds=SECONDS_A_WEEK * 4,
        population_share=Fraction(1, 50),
    )
    return compile_model(place(), window=window, on=on)


def last(program: Program, name: str) -> float:
    pence = program.prices.overheads[-1]
    return float(pence[program.names.overheads.index(name)])


def test_mirrors_merge_overheads_and_change_no_demand() -> None:
    usual, mirror = compiled(), compiled("joint_control_room", "shared_back_office")

    assert mirror.effects.on.tolist() == []
    assert mirror.interventions.set_up_pence.sum() == pytest.approx((1.6e8 + 0.8e8) / 50)
    for name in ("hospital.ict", "community.finance", "fire.control_room", "police.control_room"):
        assert last(mirror, name) == pytest.approx(0.92 * last(usual, name))
    assert last(mirror, "hospital.governance") == last(usual, "hospital.governance")


def test_staff_transfer_delays_what_mirrors_save() -> None:
    usual, mirror = compiled(), compiled("joint_control_room", "shared_back_office")
    place_of = usual.names.overheads.index("hospital.ict")

    saved = 1 - mirror.prices.overheads[:, place_of] / usual.prices.overheads[:, place_of]
    assert not saved[:19].any()  # a year of warm-up, half a year of consultation
    assert (np.diff(saved[20:44]) > 0).all()


def test_nineteen_commissioners_save_and_the_small_gain_most_for_each() -> None:
    results = SimpleNamespace(
        programs={"together": SimpleNamespace(names=SimpleNamespace(interventions=("joint_procurement",)))},
        models={"together": place()},
    )

    buyers, curve = list(joint_buyers(results)), list(price_curve(results))

    assert len(buyers) == 19 == len(curve)
    assert [one.name for one in buyers if one.is_of_the_place] == ["icb"]
    order = sorted(buyers, key=lambda one: one.bought)
    assert order[0].price_together < order[-1].price_together < order[-1].price_alone
    assert (
        0.03 < sum(one.saving for one in buyers) / sum(one.bought * one.price_alone for one in buyers) < 0.07
    )
    assert curve[0].price == pytest.approx(buyers[0].price_alone)
    assert curve[-1].price == pytest.approx(buyers[0].price_together)
