"""What stands beside the answer: cost, other differences, settings of every world, places as simulated."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from reports.building import Invented, comparison

from simulator.analysis.comparison import Comparison
from simulator.definition import load_model
from simulator.reports import answer_text, report_html
from simulator.reports.answers import answers
from simulator.reports.assumptions import assumptions_section
from simulator.reports.averted import steps_of
from simulator.reports.beside import COST, beside, paid_once
from simulator.reports.blocks import Paragraph
from simulator.reports.changed import changed_notices, setting_words
from simulator.reports.in_common import common_words, followed_words, paired_words
from simulator.reports.page import page_of, scope
from simulator.reports.places import most_places, places_lines
from simulator.reports.tables import title_with_unit

CLINIC = """
schema_version = 1
starts = 2025-04-01
[resources.rooms]
capacity = 2
[referrals.visit]
rate = "1 per day"
starts_at = "clinic"
[activities.clinic]
resource = "rooms"
duration = "2 hours"
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return comparison(tmp_path_factory.mktemp("beside"))


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return comparison(tmp_path_factory.mktemp("part"), Invented(share=0.02))


def test_a_cost_that_was_seen_stands_in_the_headline(made: Comparison) -> None:
    plans, _ = answers(made)

    assert "Cost of care and schemes, before freed beds fill again, a year: about £" in plans.text


def test_every_answer_has_a_line_of_cost(made: Comparison) -> None:
    for answer in answers(made):
        assert sum(item.lead.startswith("Cost of care") for item in answer.items) == 1


def test_what_is_paid_once_is_told_apart_from_the_yearly_cost(made: Comparison) -> None:
    plans, _ = answers(made)
    (cost,) = (item.text for item in plans.items if item.lead.startswith("Cost of care"))
    set_up = made.difference("plans", "intervention.plans.set_up_per_year")

    assert set_up is not None
    assert set_up.mean == pytest.approx(-73_942, abs=1)
    said = "This holds −£73.9k a year for setting up, paid once and spread over the years shown."
    assert cost.endswith(said)


def test_where_nothing_is_set_up_nothing_is_paid_once(made: Comparison) -> None:
    names = {one: name for one, name in made.names.items() if name.what != "set_up_per_year"}

    assert paid_once(replace(made, names=names), "plans") == ""


def test_other_differences_that_were_seen_are_named_and_decide_nothing(made: Comparison) -> None:
    found = beside(made, "plans", deciding=["need.illness.per_year"])
    plans, _ = answers(made)

    assert found.seen
    assert all(one.is_seen for one in found.seen)
    assert not any(one.title == "Sudden illnesses a year" for one in found.seen)
    assert plans.items[-1].lead.startswith("Also seen to differ")
    assert "by chance alone" in plans.items[-1].text


def test_luck_is_spoken_of_only_where_there_is_chance(made: Comparison) -> None:
    found = beside(made, "plans", deciding=[])
    (people,), (stocks,) = (
        replace(found, seen=tuple(replace(one, has_chance=is_chance) for one in found.seen)).items
        for is_chance in (True, False)
    )

    assert people.text.endswith("one in twenty would look so by chance alone.")
    assert stocks.text.endswith("measures looked at here.")
    assert "chance" not in stocks.text


def test_a_cost_that_decides_is_not_told_twice(made: Comparison) -> None:
    assert beside(made, "plans", deciding=[COST]).cost is None


def test_figures_of_a_part_of_the_place_are_said_to_be_that(part: Comparison, made: Comparison) -> None:
    said = "those of the part that was run, 0.02 of the place"

    assert said in answer_text(part)
    assert said in report_html(part)
    assert "the part that was run" not in answer_text(made)


def test_a_setting_of_every_world_is_told_at_the_top(made: Comparison) -> None:
    experiment = made.results.experiment.model_copy(update={"set": {"resources.beds.capacity": 44}})
    changed = replace(made, results=replace(made.results, experiment=experiment))

    (notice,) = changed_notices(changed)
    assert (
        notice.text == "Changed from the model file, in every world, the baseline too: Beds: capacity is 44."
    )
    assert notice in page_of(changed).notices
    assert changed_notices(made) == ()


@pytest.mark.parametrize(
    ("share", "beds", "ending"),
    [
        (0.02, 1, "come to 1 with it and without: it adds no place in this run."),
        (0.05, 2, "come to 3 in place of 2."),
    ],
)
def test_a_capacity_is_told_as_it_was_simulated(tmp_path: Path, share: float, beds: int, ending: str) -> None:
    part = comparison(tmp_path, Invented(share=share))
    (line,) = places_lines(part)

    assert most_places(part.results.programs["baseline"]) == {"bays": 1, "beds": beds}
    assert line == f"More beds: Beds, at {share:g} of the place and rounded up, {ending}"


def test_the_places_as_simulated_stand_in_who_does_what(part: Comparison, made: Comparison) -> None:
    assert "Places as simulated: 0.02 of the model’s" in report_html(part)
    assert "Places as simulated" not in report_html(made)


def test_shares_are_charted_in_points_as_the_tables_have_them(made: Comparison) -> None:
    charts = {chart.id: chart for chart in page_of(made).charts}
    trace = json.loads(charts["chart-supply-shares"].figure)["data"][0]

    points = made.difference("plans", "clock.four_hour.within.4_hours")
    assert points is not None
    assert "percentage points" in charts["chart-supply-shares"].caption
    assert points.mean is not None
    assert any(x == pytest.approx(100 * points.mean) for x in trace["x"])


def test_every_bar_of_a_waterfall_has_its_interval(made: Comparison) -> None:
    (one,) = made.attribution("plans")
    (chart,) = (chart for chart in page_of(made).charts if chart.id == "chart-averted-0-0")
    figure = json.loads(chart.figure)

    averted = steps_of(made, one)[0]
    assert averted.low == pytest.approx(-(one.averted["plans"].high or 0))
    assert len(figure["data"][0]["error_x"]["array"]) == len(figure["data"][0]["x"])
    assert all(" to " in label for label in figure["layout"]["yaxis"]["ticktext"][:1])


def test_one_world_is_not_said_to_share_its_people(made: Comparison) -> None:
    alone = replace(
        made, results=replace(made.results, programs={"baseline": made.results.programs["baseline"]})
    )

    assert scope(alone).endswith("One world: Baseline. It has five replications.")


def test_the_baseline_of_a_period_has_its_interval(made: Comparison) -> None:
    (chart,) = (chart for chart in page_of(made).charts if chart.id == "chart-time-0")

    assert chart.table is not None
    assert all(" to " in str(row[1]) for row in chart.table.groups[0].rows)


def test_a_title_that_says_its_unit_is_given_no_other() -> None:
    assert title_with_unit("People in A&E who wait for a bed", "places") == "People in A&E who wait for a bed"
    assert title_with_unit("Beds occupied at midnight", "places or people") == "Beds occupied at midnight"
    assert title_with_unit("Medicine: in use", "places") == "Medicine: in use (places)"


def test_a_model_without_people_claims_none(tmp_path: Path) -> None:
    path = tmp_path / "clinic.toml"
    path.write_text(CLINIC, encoding="utf-8")
    clinic = load_model(path)

    said = (common_words(clinic), paired_words(clinic), followed_words(clinic))
    assert not any("person" in words or "people" in words for words in said)


def test_a_model_that_says_nothing_of_its_numbers_is_not_counted_twice(tmp_path: Path) -> None:
    path = tmp_path / "clinic.toml"
    path.write_text(CLINIC, encoding="utf-8")

    first, *_ = assumptions_section(load_model(path)).blocks
    assert isinstance(first, Paragraph)
    assert "of them say" not in first.text


def test_the_baseline_is_not_said_to_be_as_written_where_it_is_not(made: Comparison) -> None:
    experiment = made.results.experiment.model_copy(update={"set": {"resources.beds.capacity": 44}})
    changed = replace(made, results=replace(made.results, experiment=experiment))

    assert "the place goes on as it is" in report_html(made)
    assert "the place goes on as it is" not in report_html(changed)


def test_a_scheme_for_recent_users_is_open_to_people(made: Comparison) -> None:
    assert "Open to people with 2 or more of sudden illness within" in report_html(made)


def test_the_points_of_a_curve_are_set_in_words() -> None:
    points = [(100, Decimal("1.01")), (8000, Decimal("0.99"))]

    assert list(setting_words("lookups.price.points", points)) == [
        ("lookups.price.points", "1.01 at 100 and 0.99 at 8000")
    ]
