"""Where risk sits, the triple aim and its gaps: read from a small ward that was run."""

from pathlib import Path

import pytest
from experiment.ward import EXPERIMENT, MODEL
from reports.building import comparison

from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.analysis.gaps import CARE, FINANCE, HEALTH, gaps
from simulator.analysis.gaps_table import gaps_table
from simulator.definition.experiments import load_experiment
from simulator.experiment.run import run_experiment
from simulator.reports.blocks import Items, Table
from simulator.reports.harm import _said, harm_section
from simulator.reports.scorecard import scorecard_section

HARM = """
[harms.waiting]
title = "Waiting for the ward"
setting = "home"
dose = { waiting_for = ["ward"] }
expected_deaths = { value = "0 per year", low = "0 per year", high = "2 per year" }
[harms.in_bed]
setting = "hospital"
dose = { time_in = ["ward"] }
lost_quality = { value = 0.2, low = 0.1, high = 0.3 }
[consequences.decline]
title = "Weaker for good"
after = "ward"
chance = { frail = 0.1, otherwise = 0 }
cost = "£100"
payer = "city"
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Give the small ward compared, with harms, a consequence and the quality of life of its people."""
    folder = tmp_path_factory.mktemp("harm")
    model = MODEL.replace("people = 60", "people = 60\nquality_of_life = 0.5").replace(
        "people = 240", "people = 240\nquality_of_life = 0.9"
    )
    (folder / "ward.toml").write_text(model + HARM, encoding="utf-8")
    experiment = EXPERIMENT.replace("= 10 }", "= 6 }").replace("replications = 3", "replications = 7")
    (folder / "plans.toml").write_text(experiment, encoding="utf-8")
    return compare(run_experiment(load_experiment(folder / "plans.toml"), out=folder / "results"))


def mean(found: Comparison, name: str, scenario: str = "baseline") -> float:
    level = found.measure(scenario, name)
    assert level is not None
    assert level.mean is not None
    return level.mean


def change(found: Comparison, name: str, scenario: str) -> float:
    difference = found.difference(scenario, name)
    assert difference is not None
    assert difference.mean is not None
    return difference.mean


def test_a_harm_of_waiting_is_its_rate_times_those_who_wait(found: Comparison) -> None:
    waiting = mean(found, "activity.ward.waiting_mean")

    assert waiting > 0
    assert mean(found, "expected_deaths_per_year.waiting") == 0
    assert mean(found, "expected_deaths_per_year.waiting.at_high") == pytest.approx(2 * waiting)


def test_days_in_bed_take_from_quality_of_life_and_expected_deaths_do_not(found: Comparison) -> None:
    lived = 0.5 * mean(found, "people.frail") + 0.9 * mean(found, "people.well")
    lost = mean(found, "lost_qalys_per_year.in_bed")

    assert 0 < lost < 0.2 * mean(found, "activity.ward.present_mean") + 1e-9
    assert mean(found, "qalys_per_year") < lived
    assert mean(found, "qalys_per_year") > lived - 0.2 * mean(found, "activity.ward.in_progress_mean") - 1e-9


def test_net_benefits_differ_by_the_worth_of_a_qaly(found: Comparison) -> None:
    worth = [change(found, f"net_benefit_per_year.at_{one}", "plans") for one in (15_000, 25_000, 70_000)]
    gained = change(found, "qalys_per_year.discounted_1_5", "plans")

    assert worth[1] - worth[0] == pytest.approx(10_000 * gained)
    assert worth[2] - worth[0] == pytest.approx(55_000 * gained)


def test_fewer_beds_are_said_to_make_waiting_do_more_harm(found: Comparison) -> None:
    section = harm_section(found)

    assert section is not None
    (items,) = (block for block in section.blocks if isinstance(block, Items))
    assert items.items[1].lead == "Fewer beds:"
    assert items.items[1].text == "more harm could be done at home, and nowhere less was seen."


def test_the_table_of_harm_says_where_and_at_either_end(found: Comparison) -> None:
    section = harm_section(found)

    assert section is not None
    table, befallen = (block for block in section.blocks if isinstance(block, Table))
    assert [group.header.split(".")[0] for group in table.groups] == ["In hospital", "At home"]
    assert all("least: " in str(row[-1]) for group in table.groups for row in group.rows)
    assert [group.header for group in befallen.groups] == ["Weaker for good"]


def test_a_model_without_harms_has_no_such_section(tmp_path: Path) -> None:
    assert harm_section(comparison(tmp_path)) is None


def test_a_gap_is_the_most_deprived_less_the_least_per_person_in_every_replication(found: Comparison) -> None:
    gap = next(one for one in gaps(found) if one.row.name.text == "qalys_per_year")
    values = found.values["baseline"]

    def per_person(quintile: int) -> list[float]:
        people = zip(
            *(values[f"people.{one}.by.quintile.{quintile}"] for one in ("frail", "well")), strict=True
        )
        lived = values[f"qalys_per_year.by.quintile.{quintile}"]
        return [
            float(one or 0) / sum(float(head or 0) for head in heads)
            for one, heads in zip(lived, people, strict=True)
        ]

    by_hand = [one - other for one, other in zip(per_person(1), per_person(5), strict=True)]
    assert gap.absolute.mean == pytest.approx(sum(by_hand) / len(by_hand))


def test_every_aim_has_a_gap_and_a_part_of_the_scorecard(found: Comparison) -> None:
    section = scorecard_section(found)

    assert {one.row.aim for one in gaps(found)} == {HEALTH, CARE, FINANCE}
    assert section is not None
    captions = [block.caption for block in section.blocks if isinstance(block, Table)]
    assert [one.partition(":")[0] for one in captions[:3]] == [
        "Health and wellbeing",
        "Care and quality",
        "Finance and efficiency",
    ]
    assert gaps_table(found) is not None


def test_a_setting_with_less_of_one_harm_and_more_of_another_is_told_apart() -> None:
    said = _said(["in A&E"], more=["at home", "on a list"], mixed={"at home"})

    assert said == (
        "risk is moved as well as removed: less harm is to be expected in A&E, and more could be done "
        "at home and on a list (at home some of it less, some more)."
    )
