"""Schemes are told as each scenario has them: who pays, what is charged, what a check would note."""

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.analysis import compare
from simulator.analysis.comparison import Comparison
from simulator.definition import load_experiment
from simulator.experiment.results import Results
from simulator.experiment.run import load_results, run_experiment
from simulator.reports.answers import answer_text
from simulator.reports.blocks import Chart, Heading, Items, Paragraph
from simulator.reports.money import money_section
from simulator.reports.page import page_of
from simulator.reports.switches import switches_section

MODEL = """
schema_version = 1
starts = 2025-04-01
[organisations.city]
name = "City hospital"
sector = "acute"
[organisations.comm]
name = "Community trust"
sector = "community"
[segments.well]
people = 50
[needs.illness]
rate = "1 per year"
starts_at = "ward"
[resources.beds]
owner = "city"
capacity = 2
[resources.rooms]
owner = "comm"
capacity = 9
[activities.clinic]
resource = "rooms"
duration = "2 days"
[referrals.visit]
rate = "1 per day"
starts_at = "clinic"
[referrals.hip]
rate = "1 per day"
starts_at = "ward"
[activities.ward]
resource = "beds"
duration = "1 day"
[interventions.extra]
title = "Extra beds"
lead = "comm"
adds = [{ resource = "beds", capacity = 1 }]
cost = { set_up = "£1000" }
"""
EXPERIMENT = """
schema_version = 1
model = "model.toml"
horizon = "4 weeks"
engine = "readable"
seed = 1
"""
Run = Callable[[str], Comparison]


@pytest.fixture
def results(tmp_path: Path) -> Callable[[str], Results]:
    """Give a function that runs the model with these scenarios."""

    def run(scenarios: str) -> Results:
        (tmp_path / "model.toml").write_text(MODEL, encoding="utf-8")
        (tmp_path / "trial.toml").write_text(EXPERIMENT + scenarios, encoding="utf-8")
        return run_experiment(load_experiment(tmp_path / "trial.toml"), out=tmp_path / "out", workers=1)

    return run


@pytest.fixture
def told(results: Callable[[str], Results]) -> Run:
    """Give a function that runs the model with these scenarios and compares them."""
    return lambda scenarios: compare(results(scenarios))


def lines_of_money(comparison: Comparison) -> list[str]:
    (chart,) = (block for block in money_section(comparison).blocks if isinstance(block, Chart))
    assert chart.table is not None
    return [group.header for group in chart.table.groups]


def words_of_switches(comparison: Comparison) -> list[str]:
    found = []
    for block in switches_section(comparison).blocks:
        found += [one.text for one in block.items] if isinstance(block, Items) else []
        found += [block.text] if isinstance(block, Heading | Paragraph) else []
    return found


def test_the_payer_is_the_one_that_a_scenario_sets(told: Run) -> None:
    comparison = told('[scenarios.a]\non = ["extra"]\nset = { "interventions.extra.lead" = "city" }\n')

    assert "Of this: Extra beds, setting up, paid by City hospital" in lines_of_money(comparison)
    assert any("to set it up, paid by City hospital" in words for words in words_of_switches(comparison))


def test_two_payers_are_told_with_their_scenarios(told: Run) -> None:
    comparison = told(
        '[scenarios.a]\non = ["extra"]\n'
        '[scenarios.b]\non = ["extra"]\nset = { "interventions.extra.lead" = "city" }\n'
    )

    assert lines_of_money(comparison)[-1] == (
        "Of this: Extra beds, setting up, paid by Community trust in A; paid by City hospital in B"
    )
    headings = [words for words in words_of_switches(comparison) if words.startswith("Extra beds")]
    assert headings == ["Extra beds, in: A", "Extra beds, in: B"]


def test_two_scenarios_alike_describe_an_intervention_once(told: Run) -> None:
    words = words_of_switches(told('[scenarios.a]\non = ["extra"]\n[scenarios.b]\non = ["extra"]\n'))

    assert words.count("Extra beds") == 1
    assert not any(one.startswith("Extra beds, in") for one in words)


def test_a_cost_that_only_a_scenario_sets_is_told(told: Run) -> None:
    comparison = told(
        '[scenarios.a]\non = ["extra"]\n'
        'set = { "interventions.extra.cost" = { set_up = "£5000", enrolment = "£3" } }\n'
    )

    words = " ".join(words_of_switches(comparison))
    assert "set otherwise: Extra beds: cost set up is £5000, Extra beds: cost enrolment is £3" in words
    assert "it costs £5,000 once to set it up and £3 an enrolment" in words


def test_a_cost_that_comes_to_nothing_is_not_promised_a_line(told: Run) -> None:
    comparison = told(
        '[scenarios.a]\non = ["extra"]\nset = { "interventions.extra.cost" = { place_year = "£1000" } }\n'
    )

    words = " ".join(words_of_switches(comparison))
    assert "For places nothing came to be charged in the years shown." in words
    assert "in lines of its own" not in words


def test_what_a_check_notes_stands_beside_every_figure(results: Callable[[str], Results]) -> None:
    found = results(
        '[scenarios.a]\non = ["extra"]\nset = { "resources.beds.capacity" = 0, '
        '"interventions.extra.cost" = { place_year = "£1000" } }\n'
    )
    note = (
        "interventions.extra.cost.place_year: costs nothing: nobody is enrolled, so no place is taken. "
        "(In 'a'.)"
    )

    assert note in found.notes
    assert note in load_results(found.folder).notes
    assert f"Note: {note}" in answer_text(compare(found))
    assert note in [one.text for one in page_of(compare(found)).notices]


def test_demand_above_capacity_is_flagged_once_for_all_worlds(results: Callable[[str], Results]) -> None:
    found = results('set = { "resources.beds.capacity" = 1 }\n[scenarios.a]\non = ["extra"]\n')

    flagged = [note for note in found.notes if "places asked for, above the mean" in note]
    assert len(flagged) == 1
    assert flagged[0].startswith("Beds: 1.")


def test_demand_above_many_capacities_is_one_notice(results: Callable[[str], Results]) -> None:
    found = results('set = { "resources.beds.capacity" = 1, "resources.rooms.capacity" = 1 }\n')

    (flagged,) = (note for note in found.notes if "places asked for" in note)
    assert flagged.count("above the mean of 1; ") == 2
    assert flagged.endswith(
        "above the mean of 1; queues would grow if nobody were diverted, gave up or died first."
    )
