"""What ``downstream seek`` writes and says, goes on from, and refuses."""

import csv
import json
from pathlib import Path

import pytest
from analysis.seek.servers import search
from typer.testing import CliRunner

from simulator.analysis.seek import seek_as_asked
from simulator.cli import app
from simulator.errors import DefinitionError
from simulator.experiment.sweep import chunk

STOCKS = ("engine=stocks", "horizon=20 days")
NEVER = "activity.service.arrivals_per_day <= 1"
OFTEN = "resource.servers.occupancy_mean <= 0.5"


def test_the_command_says_the_answer_and_writes_table_summary_and_page(tmp_path: Path) -> None:
    search(tmp_path, target=OFTEN)
    words = ["--engine", "stocks", "--set", "horizon=20 days", "--out", str(tmp_path / "out")]

    done = CliRunner().invoke(app, ["seek", str(tmp_path / "servers.toml"), *words])

    assert done.exit_code == 0, done.output
    assert "8 is the smallest with which" in done.output
    assert "With 7 the target is missed: 57.1%, not met." in done.output
    assert "probability" not in done.output
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert summary["answer"] == 8
    with (tmp_path / "out" / "tables" / "tried.csv").open(encoding="utf-8") as opened:
        rows = {row["value"]: row for row in csv.DictReader(opened)}
    assert (rows["8"]["meets"], rows["7"]["meets"]) == ("yes", "no")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "What was tried" in page
    assert "Target met" in page
    assert "Student" not in page


def test_a_search_taken_up_again_runs_nothing_twice_and_says_the_same(tmp_path: Path) -> None:
    experiment = search(tmp_path, *STOCKS, target=OFTEN)
    first = seek_as_asked(experiment, out=tmp_path / "out")
    parts = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.parquet")}

    again = seek_as_asked(experiment, out=tmp_path / "out")

    assert again.tried == first.tried
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.parquet")} == parts


def test_a_target_out_of_reach_has_no_answer(tmp_path: Path) -> None:
    found = seek_as_asked(search(tmp_path, *STOCKS, target=NEVER), out=tmp_path / "out")

    assert found.answer is None
    assert [one.value for one in found.tried] == [14]


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("seek.vary=resources.serfs.capacity", "resources has no 'serfs'. Did you mean 'servers'?"),
        ("seek.target=wait < 3", "is not a target; write"),
        ("seek.target=wate <= 3", "wate"),
        ("seek.probability=0.3", "seek.probability"),
        ("seek.from=14", "'to' (14) must be above 'from' (14) by a step (1) at least."),
        ("seek.scenario=more", "no scenario is called 'more'."),
        ("seek.target=wait <= 10%", "'wait' is counted in days, of which a percentage says nothing"),
        ("seek.of=difference", "the baseline does not differ from itself"),
        ("seek.wary=1", "unknown key; allowed are vary, from, to, target, probability, step"),
        ("replications=1", "one replication tells no probability"),
        ("seek.vary=resources.servers.yearly_cost", "yearly_cost"),
    ],
)
def test_a_search_that_cannot_be_is_refused_before_anything_is_written(
    setting: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(DefinitionError) as caught:
        seek_as_asked(search(tmp_path, setting, target=OFTEN), out=tmp_path / "out")

    assert said in str(caught.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("may_fail", "code"), [((), 3), (("--may-fail", "1"), 0)])
def test_as_many_runs_of_a_value_may_fail_as_are_said_to(
    may_fail: tuple[str, ...], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    do_piece = chunk.do_piece

    def breaks(work: object, key: int, **rest: object) -> object:
        return 1 / 0 if key == 1 else do_piece(work, key, **rest)

    monkeypatch.setattr(chunk, "do_piece", breaks)
    search(tmp_path, "horizon=20 days", "seek.to=6", target=NEVER)
    words = ["--set", "horizon=20 days", "--set", "seek.to=6", "--out", str(tmp_path / "out"), *may_fail]

    done = CliRunner().invoke(app, ["seek", str(tmp_path / "servers.toml"), *words])

    assert getattr(done.exception, "exit_code", done.exit_code) == code, done.output
    noted = "resources.servers.capacity = 6: 1 of 5 replications failed and are missing from its figures."
    assert (noted in done.output) == (code == 0)
