"""Who bears what in the shipped place, and whom its contracts count in."""

from functools import cache
from pathlib import Path

import pytest

from simulator.definition import load_model
from simulator.definition.model import Model

ROOT = Path(__file__).parents[2]


@cache
def place() -> Model:
    return load_model(ROOT / "models" / "place.toml")


@pytest.mark.parametrize("contract", ["alliance", "guarantee"])
def test_whoever_can_lead_or_host_a_scheme_is_a_member(contract):
    leads = {one.lead for one in place().interventions.values() if one.lead}

    assert leads <= set(place().organisations) == set(place().contracts[contract].members)


def test_an_outlier_is_paid_as_a_stay_in_a_ward():
    for contract, name in (("tariff", "ward_medicine"), ("blended", "ward_medicine")):
        prices = place().contracts[contract].payees["hospital"].variable
        assert prices["outlier"].price.value == prices[name].price.value

    averages = place().costs
    assert averages["outlier"].average.value == averages["ward_medicine"].average.value


@pytest.mark.parametrize("activity", ["same_day_appointment", "routine_appointment", "hot_clinic"])
def test_the_board_pays_for_what_is_prescribed(activity):
    ((_, shares),) = place().activities[activity].paid_by.bands

    assert {who: float(share.value) for who, share in shares} == pytest.approx(
        {"icb": 28 / 35, "practices": 7 / 35}
    )


def test_a_month_in_a_care_home_is_charged_wherever_the_place_is_run():
    rate = place().needs["care_home_month"].rate

    assert float(rate.by["care_home"].value) * 365.25 * 86_400 == pytest.approx(12)
