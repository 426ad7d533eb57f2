"""Experiments counted as stocks: the ordinary folder, summary and report, without chance."""

import json
from pathlib import Path

import pytest

from simulator.analysis import compare, write_tables
from simulator.definition import load_experiment
from simulator.experiment.run import run_experiment
from simulator.reports import write_report

MODEL = """
schema_version = 1
starts = 2025-04-07
[segments.frail]
people = 2_000
[needs.fall]
rate = "0.5 per year"
one_at_a_time = false
starts_at = "ae"
[resources.spaces]
capacity = 3
[activities.ae]
resource = "spaces"
duration = { expon = { mean = "4 h" } }
routes = { ward = 0.4, exit = 0.6 }
[resources.beds]
capacity = 8
[activities.ward]
resource = "beds"
duration = { expon = { mean = "5 days" } }
[clocks.four_hour]
starts = "ae.arrival"
stops = "ae.leave"
targets = ["4 hours"]
[clocks.to_bed]
starts = "ae.arrival"
stops = "ward.start"
targets = ["12 hours"]
[counts.midnight]
of = ["resource.beds"]
at = "00:00"
[measures.waits]
of = "activity.ward.wait_mean_days"
primary = true
"""
EXPERIMENT = """
schema_version = 1
model = "model.toml"
warm_up = "4 weeks"
horizon = "12 weeks"
engine = "stocks"
seed = 1
replications = 5
[scenarios.more_beds]
set = { "resources.beds.capacity" = 10 }
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the experiment once, with report."""
    files = tmp_path_factory.mktemp("files")
    (files / "model.toml").write_text(MODEL, encoding="utf-8")
    (files / "experiment.toml").write_text(EXPERIMENT, encoding="utf-8")
    found = compare(run_experiment(load_experiment(files / "experiment.toml"), out=files / "out", workers=1))
    write_tables(found)
    write_report(found)
    return files


def summary(folder: Path) -> dict[str, dict[str, dict[str, float]]]:
    told = json.loads((folder / "out" / "summary.json").read_text(encoding="utf-8"))
    assert told["engine"] == "stocks"
    return {
        name: {one: row["mean"] for one, row in table.items()} for name, table in told["scenarios"].items()
    }


def test_there_is_one_run_whatever_the_file_says(folder: Path) -> None:
    assert len(list((folder / "out" / "parts").glob("*.parquet"))) == 1


def test_every_measure_has_a_number(folder: Path) -> None:
    assert [name for name, mean in summary(folder)["baseline"].items() if mean is None] == []


def test_more_beds_mean_shorter_waits(folder: Path) -> None:
    told = summary(folder)

    assert told["more_beds"]["waits"] < 0.5 * told["baseline"]["waits"]


def test_clocks_measure_waits_and_stays(folder: Path) -> None:
    told = summary(folder)["baseline"]

    stay = told["activity.ae.wait_mean_days"] + 4 / 24
    assert told["clock.four_hour.mean"] == pytest.approx(stay, rel=0.02)
    assert 0.5 < told["clock.four_hour.within.4_hours"] < 0.7
    assert told["clock.to_bed.mean"] == pytest.approx(stay + told["activity.ward.wait_mean_days"], rel=0.05)


def test_the_report_says_that_there_is_no_chance(folder: Path) -> None:
    page = (folder / "out" / "report.html").read_text(encoding="utf-8")

    assert "no chance in this engine" in page
    assert "one replication cannot say" not in page


def test_the_same_input_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    run_experiment(load_experiment(folder / "experiment.toml"), out=tmp_path / "again", workers=2)

    one, other = (next((at / "parts").glob("*.parquet")) for at in (folder / "out", tmp_path / "again"))
    assert one.read_bytes() == other.read_bytes()


def test_a_line_says_what_half_the_step_would_change(folder: Path) -> None:
    page = (folder / "out" / "report.html").read_text(encoding="utf-8")

    assert "Half the step (30 minutes) changes the baseline" in page
