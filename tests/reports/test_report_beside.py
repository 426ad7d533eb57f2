"""What stands beside the answer: cost, other differences, settings of every world, places as simulated."""

from dataclasses import replace
from pathlib import Path

import pytest
from reports.building import Invented, comparison

from simulator.analysis.comparison import Comparison
from simulator.reports import answer_text, report_html
from simulator.reports.answers import answers
from simulator.reports.beside import COST, beside
from simulator.reports.changed import changed_notices
from simulator.reports.page import page_of
from simulator.reports.places import most_places, places_lines


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return comparison(tmp_path_factory.mktemp("beside"))


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return comparison(tmp_path_factory.mktemp("part"), Invented(share=0.02))


def test_a_cost_that_was_seen_stands_in_the_headline(made: Comparison) -> None:
    plans, _ = answers(made)

    assert "Variable cost of activity, and of schemes, a year: about £" in plans.text


def test_every_answer_has_a_line_of_cost(made: Comparison) -> None:
    for answer in answers(made):
        assert sum(item.lead.startswith("Variable cost") for item in answer.items) == 1


def test_other_differences_that_were_seen_are_named_and_decide_nothing(made: Comparison) -> None:
    found = beside(made, "plans", deciding=["need.illness.per_year"])
    plans, _ = answers(made)

    assert found.seen
    assert all(one.is_seen for one in found.seen)
    assert not any(one.title == "Sudden illnesses a year" for one in found.seen)
    assert plans.items[-1].lead.startswith("Also seen to differ")
    assert "by chance alone" in plans.items[-1].text


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
