"""The order of scenarios in a file is the order a reader sees them in, and changes no number."""

import csv
import json
from pathlib import Path

import pytest
from experiment.ward import EXPERIMENT, ward_experiment

from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.analysis.tables import write_tables
from simulator.definition.experiments import load_experiment
from simulator.experiment.run import load_results, run_experiment
from simulator.reports.answers import answers
from simulator.reports.page import page_of

HEAD, PLANS, FEWER = EXPERIMENT.partition("[scenarios.plans]")[0], "plans", "fewer_beds"
TEXTS = {
    PLANS: '[scenarios.plans]\non = ["plans"]\n',
    FEWER: EXPERIMENT[EXPERIMENT.index("[scenarios.few") :],
}


def run_in_order(folder: Path, *order: str) -> Comparison:
    """Run the ward for some weeks with its scenarios written in an order."""
    ward_experiment(folder)
    (folder / "plans.toml").write_text(HEAD + "".join(TEXTS[name] for name in order), encoding="utf-8")
    experiment = load_experiment(folder / "plans.toml", settings=("horizon='8 weeks'", "replications=2"))
    comparison = compare(run_experiment(experiment, out=folder / "out", workers=1))
    write_tables(comparison)
    return comparison


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Comparison, Comparison]:
    """Run both orders, each in a folder of its own."""
    return (
        run_in_order(tmp_path_factory.mktemp("plans_first"), PLANS, FEWER),
        run_in_order(tmp_path_factory.mktemp("beds_first"), FEWER, PLANS),
    )


def files(comparison: Comparison, pattern: str) -> dict[str, bytes]:
    """Read the files of a results folder that match a pattern."""
    return {path.name: path.read_bytes() for path in comparison.results.folder.glob(pattern)}


def rows(comparison: Comparison, table: str) -> list[dict[str, str]]:
    """Read a table."""
    with open(comparison.results.folder / "tables" / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_parts_and_summary_are_the_same_bytes_in_either_order(both: tuple[Comparison, Comparison]) -> None:
    one, other = both

    assert one.results.manifest.design == other.results.manifest.design
    assert files(one, "parts/*") == files(other, "parts/*")
    assert files(one, "summary.json") == files(other, "summary.json")


def test_tables_have_the_same_rows_in_the_order_of_the_file(both: tuple[Comparison, Comparison]) -> None:
    one, other = both

    for table in ("measures", "differences", "replications", "series", "groups", "needs", "log"):
        alike = [sorted(map(str, rows(comparison, table))) for comparison in both]
        assert alike[0] == alike[1]
    assert list(dict.fromkeys(row["scenario"] for row in rows(one, "measures"))) == ["baseline", PLANS, FEWER]
    assert list(dict.fromkeys(row["scenario"] for row in rows(other, "series"))) == ["baseline", FEWER, PLANS]


def test_a_report_shows_scenarios_in_the_order_of_the_file(both: tuple[Comparison, Comparison]) -> None:
    titles = [[one.title for one in answers(comparison)] for comparison in both]

    assert titles[0] == ["Plans", "Fewer beds"] == titles[1][::-1]
    assert "Baseline; Plans; Fewer beds" in page_of(both[0]).scope


def test_a_folder_read_again_keeps_the_order(both: tuple[Comparison, Comparison]) -> None:
    again = load_results(both[0].results.folder)

    assert again.scenarios == ("baseline", PLANS, FEWER)
    assert list(json.loads(files(both[0], "summary.json")["summary.json"])["differences"]) == [FEWER, PLANS]


def test_a_folder_of_the_same_scenarios_in_another_order_is_taken_up_again(
    both: tuple[Comparison, Comparison],
) -> None:
    one, other = both
    before = files(one, "parts/*")

    taken_up = run_experiment(other.results.experiment, out=one.results.folder, workers=1)

    assert taken_up.scenarios == ("baseline", FEWER, PLANS)
    assert files(one, "parts/*") == before
