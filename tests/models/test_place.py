"""The shipped place: what it says, that its people balance, and that its small sister lives."""

from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from simulator.compiler.compile import compile_model
from simulator.compiler.program import Program
from simulator.compiler.window import Window
from simulator.definition import load_experiment, load_model
from simulator.definition.experiment import Experiment
from simulator.definition.model import Model
from simulator.engines.records import ARRIVALS, STARTS, Run
from simulator.engines.run import run
from simulator.units import SECONDS_A_WEEK, SECONDS_A_YEAR

ROOT = Path(__file__).parents[2]
FRAIL = ("mild", "moderate", "severe")
BEDS = ("beds_medicine", "beds_older", "beds_surgery", "beds_children")


@cache
def place() -> Model:
    return load_model(ROOT / "models" / "place.toml")


@cache
def small_run(on: tuple[str, ...]) -> tuple[Program, Run]:
    window = Window(
        starts=date(2025, 4, 1),
        warm_up_seconds=52 * SECONDS_A_WEEK,
        horizon_seconds=52 * SECONDS_A_WEEK,
        period_seconds=4 * SECONDS_A_WEEK,
        population_share=Fraction(1),
    )
    program = compile_model(load_model(ROOT / "models" / "small_place.toml"), window=window, on=on)
    return program, run(program, seed=11, replication=0)


def total_of(program: Program, found: Run, field: int) -> dict[str, int]:
    """Add up one field of every activity over the run."""
    rows = program.activities.row
    homes = len(program.names.homes) + 1
    owner = {
        int(first) + home: name
        for name, groups in zip(program.names.activities, rows, strict=True)
        for first in groups
        if first >= 0
        for home in range(homes)
    }
    totals = dict.fromkeys(program.names.activities, 0)
    for row, values in zip(found.activities.row, found.activities.values, strict=True):
        totals[owner[int(row)]] += int(values[field])
    return totals


def test_the_place_has_275_000_people_a_fifth_of_them_old():
    people = {name: int(one.people.value) for name, one in place().segments.items()}

    assert sum(people.values()) == 275_000
    assert sum(people[name] for name in ("fit", *FRAIL, "care_home")) == 51_400
    assert people["very_high_use"] == 20


def test_the_place_has_nine_practices_in_three_localities_one_of_them_deprived():
    assert len(place().sites) == 9
    assert sorted(one.quintile for one in place().localities.values()) == [1, 3, 5]


def test_the_place_has_498_beds_in_four_pools():
    beds = [int(place().resources[name].capacity.number.value) for name in BEDS]

    assert sum(beds) == 498


@pytest.mark.parametrize(
    "need", ["emergency", "minor", "advice", "gp_same_day", "gp_routine", "nursing", "elective"]
)
def test_every_rate_of_a_need_has_its_evidence(need):
    assert all(rate.source and rate.grade for rate in place().needs[need].rate.values())


@pytest.mark.parametrize("segment", ["children", "working_age", "fit", "mild", "moderate"])
def test_a_segment_gains_about_as_many_people_a_year_as_it_loses(segment):
    segments = place().segments
    joins = float(segments[segment].joiners.value) * SECONDS_A_YEAR
    gains = joins + sum(
        float(one.becomes[segment].value) * float(one.people.value) * SECONDS_A_YEAR
        for one in segments.values()
        if segment in one.becomes
    )
    leaves = sum(float(rate.value) for rate in segments[segment].becomes.values()) * SECONDS_A_YEAR
    losses = leaves * float(segments[segment].people.value)

    # Deaths in hospital and moves to care homes from there come on top of the hazards.
    in_hospital = gains - losses
    assert -0.01 < in_hospital / float(segments[segment].people.value) < 0.06


@pytest.mark.parametrize("name", ["first_look", "sunderland"])
def test_an_experiment_of_the_place_compares_the_switches_with_nothing(name):
    found: Experiment = load_experiment(ROOT / "experiments" / f"{name}.toml")

    assert list(found.scenarios) == ["baseline", "care_plans", "virtual_ward", "both"]
    assert found.scenarios["both"].on == ("mdt_care_plans", "virtual_ward")


def test_everything_in_the_small_place_is_used():
    program, found = small_run(())

    starts = total_of(program, found, STARTS)

    assert [name for name, count in starts.items() if not count] == [
        name for name in starts if name.startswith("review_by") or name == "carer_visit"
    ]


def test_people_of_the_small_place_die_at_home_and_in_care():
    _, found = small_run(())

    assert found.people.transitions[:, :, -1].sum() > 0
    assert found.people.deaths_in_care.sum() > 0


def test_care_plans_are_reviewed_by_three_clinicians_in_turn():
    program, found = small_run(("mdt_care_plans",))

    arrivals = total_of(program, found, ARRIVALS)

    assert arrivals["review_by_gp"] >= arrivals["review_by_matron"] >= arrivals["review_by_social_worker"] > 0


def test_the_virtual_ward_takes_people_who_would_have_lain_in_a_ward():
    _, base = small_run(())
    _, found = small_run(("virtual_ward",))

    assert base.enrolments.moved.sum() == 0
    assert found.enrolments.moved.sum() > 0
