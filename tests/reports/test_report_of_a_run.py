"""The report of a real, small experiment, from its folder."""

import json
from pathlib import Path

import pytest
from experiment.ward import ward_experiment

from simulator.analysis import compare, write_tables
from simulator.analysis.comparison import Comparison
from simulator.experiment.run import load_results, run_experiment
from simulator.reports import answer_text, report_html, write_report
from simulator.reports.averted import steps_of
from simulator.reports.page import page_of


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Run the small ward and compare its scenarios."""
    folder = tmp_path_factory.mktemp("ward")
    return compare(run_experiment(ward_experiment(folder), out=folder / "out", workers=1))


def test_a_folder_read_again_gives_the_same_page(ward: Comparison) -> None:
    first = write_report(ward).read_bytes()

    again = write_report(load_results(ward.results.folder)).read_bytes()

    assert again == first


def test_the_answer_agrees_with_the_summary(ward: Comparison) -> None:
    write_tables(ward)
    summary = json.loads((ward.results.folder / "summary.json").read_text(encoding="utf-8"))
    said = dict(line.split(": ", 1) for line in answer_text(ward).splitlines() if ": " in line)

    for scenario, title in (("fewer_beds", "Fewer beds"), ("plans", "Plans")):
        waits = summary["differences"][scenario]["activity.ward.wait_mean_days"]
        is_null = waits["low"] <= 0 <= waits["high"]
        assert is_null == said[title].startswith("No difference that three replications could see")
        assert is_null or ("longer" in said[title]) == (waits["mean"] > 0)


def test_every_waterfall_sums_to_the_paired_difference(ward: Comparison) -> None:
    for scenario in ward.others:
        for one in ward.attribution(scenario):
            difference = ward.difference(scenario, f"need.{one.need}.per_year")
            assert difference is not None
            assert sum(step.value for step in steps_of(ward, one)) == pytest.approx(difference.mean, abs=1e-6)


def test_those_enrolled_are_told_with_naive_and_true(ward: Comparison) -> None:
    html = report_html(ward)

    assert "A before-and-after evaluation would publish a fall of" in html
    assert "In the world without the scheme the same people would have had" in html


def test_what_is_switched_on_and_what_is_set_is_told(ward: Comparison) -> None:
    html = report_html(ward)

    assert "switched on: Care plans." in html
    assert "set otherwise: Beds: capacity is 10." in html
    assert "Open to people in: frail, with 2 or more of illness within 52 weeks." in html
    assert "Illness: how often, for those enrolled" in html


def test_every_chart_of_a_real_run_has_marks(ward: Comparison) -> None:
    charts = page_of(ward).charts

    assert {chart.id for chart in charts} >= {
        "chart-demand",
        "chart-time-0",
        "chart-enrolled-0",
        "chart-money",
    }
    assert all(trace.get("x") for chart in charts for trace in json.loads(chart.figure)["data"])


def test_a_page_holds_nothing_of_the_machine_that_made_it(ward: Comparison) -> None:
    assert str(Path.home()) not in report_html(ward)
    assert str(ward.results.folder.parent) not in report_html(ward)
