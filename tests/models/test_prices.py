"""Prices of the shipped place: of one year, and adding up to what the evidence says."""

from functools import cache
from pathlib import Path

import pytest

from simulator.definition import load_model
from simulator.definition.model import Model

ROOT = Path(__file__).parents[2]
TO_2024_25 = {"2022/23": 1.092, "2023/24": 1.037}  # gdp_uprate_to_2425
REVIEWS = ("review_by_gp", "review_by_matron", "review_by_social_worker")


@cache
def model(name: str) -> Model:
    return load_model(ROOT / "models" / f"{name}.toml")


def pounds_a_contact(name: str, activity: str) -> float:
    cost = model(name).activities[activity].cost
    return float(cost.contact.single.value) / 100 if cost and cost.contact else 0.0


@pytest.mark.parametrize("name", ["place", "small_place"])
@pytest.mark.parametrize(
    ("activity", "then"), [("home_with_support", 125), ("rehabilitation_bed", 150), ("step_down_bed", 164)]
)
def test_a_day_after_hospital_is_priced_in_2024_25(name, activity, then):
    day = model(name).activities[activity].cost.day

    assert float(day.single.value) / 100 == pytest.approx(then * TO_2024_25["2022/23"], abs=0.5)


@pytest.mark.parametrize("activity", ["same_day_appointment", "routine_appointment"])
def test_a_gp_contact_is_the_variable_part_of_2024_25_and_its_prescription(activity):
    asked = 48 * 0.15 + 27 * TO_2024_25["2023/24"]

    assert pounds_a_contact("place", activity) == pytest.approx(asked, abs=0.5)


@pytest.mark.parametrize("name", ["place", "small_place"])
def test_a_care_plans_year_costs_what_the_evidence_says_in_all(name):
    plans = model(name).interventions["mdt_care_plans"]
    reviews = 4 * sum(pounds_a_contact(name, review) for review in REVIEWS)
    enrolments = float(plans.cost.enrolment.value) / 100 / 2  # two years' stay

    found = float(plans.cost.place_year.value) / 100 + reviews + enrolments
    assert found == pytest.approx(550 * TO_2024_25["2023/24"], abs=5)


def test_setting_up_a_virtual_ward_is_a_judgement_of_two_months_of_its_team():
    set_up = model("place").interventions["virtual_ward"].cost.set_up
    days = 25 * 0.782 * 365.25 / 6

    assert set_up.grade == "C"
    assert float(set_up.value) / 100 == pytest.approx(days * 150 * 0.85, rel=0.02)


@pytest.mark.parametrize(
    ("name", "activity", "average"),
    [
        ("place", "ward_medicine", 830),
        ("home_care", "getting_ready", 830),
        ("learning_disability", "ward_west", 830),
        ("learning_disability", "assessment_unit", 719),
    ],
)
def test_a_freed_bed_spares_what_varies_with_it_and_fills_again(name, activity, average):
    of = model(name).activities[activity]
    day, refill = of.cost.day.single, model(name).refill

    assert float(day.value) / 100 == pytest.approx(average * 0.15, abs=0.6)
    assert float(refill.share.value) == 0.8
    assert not refill.of or of.resource in refill.of


def test_a_second_team_stands_whatever_it_does():
    after = model("learning_disability").interventions["learning_disability_service"]

    assert {one.plus for one in after.effects if one.plus} == {
        "organisations.mental_health.overheads.crisis_team",
        "organisations.council.overheads.brokers",
    }
