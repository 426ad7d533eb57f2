"""Folders with nothing in common: that is said first, and nothing is drawn of it."""

from pathlib import Path

import pytest
from experiment.sweep.conftest import written_sweep
from reports.compare.sweeping import section_of, swept
from typer.testing import CliRunner

from simulator.analysis.folders import Together, read_together
from simulator.cli import app
from simulator.definition.experiments import load_experiment
from simulator.experiment.run import run_experiment
from simulator.reports.compare.page import page_of, together_text

VARIED = '[vary]\n"resources.beds.capacity" = { values = [8, 14] }\n[design]\nkind = "grid"\n'
STAY = '[measures.deaths]\nof = "deaths_per_year"\nprimary = true\n'
WAIT = '[measures.wait]\nof = "activity.ward.queue_time_mean_days"\nprimary = true\n'
PLANS = '[scenarios.plans]\non = ["plans"]\n'
SAID = (
    "Nothing in these folders can be compared: no measure means the same in all of them. Not in all folders: "
)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    home = tmp_path_factory.mktemp("nothing")
    money = "measures.cost.of='activity.ward.queue_time_mean_days'"
    return [
        swept(home / "waits", WAIT + VARIED, money),
        swept(home / "dead", STAY + VARIED, "measures.cost.of='deaths_per_year'"),
    ]


@pytest.fixture(scope="module")
def found(folders: list[Path]) -> Together:
    return read_together(folders)


def test_the_page_says_first_that_nothing_can_be_compared_and_why(found: Together) -> None:
    page = page_of(found)

    (answer,) = page.answers
    assert answer.text.startswith(SAID)
    assert "activity.ward.queue_time_mean_days" in answer.text
    assert (page.over, page.remarks) == ((), ())
    assert [one.id for one in page.sections] == ["effects", "left-out", "folders"]


def test_in_what_they_differ_stands_with_the_folders(found: Together) -> None:
    said = str(section_of(found, "folders"))

    assert found.notes
    assert all(note in said for note in found.notes)


def test_the_command_says_it_first_writes_the_page_and_is_done(folders: list[Path], tmp_path: Path) -> None:
    page = tmp_path / "both.html"

    result = CliRunner().invoke(app, ["compare", *map(str, folders), "--out", str(page)])

    assert result.exit_code == 0
    assert result.stdout.startswith(SAID)
    assert "Nothing in these folders can be compared" in page.read_text("utf-8")


def test_folders_without_scenarios_have_nothing_to_compare(tmp_path: Path) -> None:
    folders = []
    for name in ("a", "b"):
        (tmp_path / f"{name}_files").mkdir()
        path = written_sweep(tmp_path / f"{name}_files", WAIT)
        path.write_text(path.read_text("utf-8").replace(PLANS, ""), "utf-8")
        run_experiment(load_experiment(path), out=tmp_path / name, workers=1)
        folders.append(tmp_path / name)
    found = read_together(folders)

    said = "Nothing in these folders can be compared: no folder has a scenario besides its baseline."
    assert page_of(found).answers[0].text == said
    assert together_text(found).startswith(said)
