"""The command itself: what it says where, and what it leaves alone."""

import json
import threading
from pathlib import Path

import pytest
from experiment.ward import ward_experiment
from typer.testing import CliRunner, Result

from simulator import cli
from simulator.cli import app


def run(experiment: str, out: Path, *words: str) -> Result:
    """Run an experiment into a folder, and hold that it went well."""
    done = CliRunner().invoke(app, ["run", experiment, "--out", str(out), "--workers", "1", *words])
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture(scope="module")
def folder_of_three(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Give an experiment file and a folder that holds three replications of it."""
    home = tmp_path_factory.mktemp("three")
    experiment = ward_experiment(home, "horizon='8 weeks'").origin.file
    run(experiment, home / "out", "--set", "horizon='8 weeks'")
    return experiment, home / "out"


def test_fewer_replications_than_there_are_is_said_and_none_is_lost(
    folder_of_three: tuple[str, Path],
) -> None:
    experiment, out = folder_of_three
    parts = {path.name: path.read_bytes() for path in (out / "parts").iterdir()}
    summary = (out / "summary.json").read_bytes()

    fewer = run(experiment, out, "--set", "horizon='8 weeks'", "--replications", "2")

    assert "show the first 2 replications only. 1 more of the same design are kept" in fewer.stdout
    assert f"{out / 'parts'}, untouched: ask for --replications 3" in fewer.stdout
    assert json.loads((out / "summary.json").read_text())["replications"] == 2
    assert "2; 1 more kept in parts/, not used" in (out / "report.html").read_text(encoding="utf-8")
    assert {path.name: path.read_bytes() for path in (out / "parts").iterdir()} == parts

    assert "1 more of the same design are kept" in CliRunner().invoke(app, ["report", str(out)]).stdout
    again = run(experiment, out, "--set", "horizon='8 weeks'", "--replications", "3")

    assert "are kept" not in again.stdout
    assert (out / "summary.json").read_bytes() == summary


def test_with_json_what_is_kept_is_said_beside_the_json(folder_of_three: tuple[str, Path]) -> None:
    experiment, out = folder_of_three

    done = run(experiment, out, "--set", "horizon='8 weeks'", "--replications", "1", "--json")

    assert json.loads(done.stdout)["replications"] == 1
    assert "2 more of the same design are kept" in done.stderr


def test_the_experiment_in_a_folder_runs_again_to_the_same_summary(
    folder_of_three: tuple[str, Path], tmp_path: Path
) -> None:
    first, again = tmp_path / "first", tmp_path / "again"
    run(folder_of_three[0], first, "--set", "horizon='8 weeks'", "--replications", "1")

    run(str(first / "experiment.toml"), again, "--replications", "1")

    assert (again / "summary.json").read_bytes() == (first / "summary.json").read_bytes()


def test_what_takes_a_while_before_and_after_the_runs_is_said(folder_of_three: tuple[str, Path]) -> None:
    experiment, out = folder_of_three

    done = run(experiment, out, "--set", "horizon='8 weeks'", "--json")

    assert done.stderr.startswith("Reading the model…\n")
    assert "Writing the tables and the report…\n" in done.stderr
    assert json.loads(done.stdout)


def test_out_of_memory_is_a_run_that_failed_with_advice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def app_without_memory() -> None:
        raise MemoryError

    monkeypatch.setattr(cli, "app", app_without_memory)

    with pytest.raises(SystemExit) as left:
        cli.main()

    assert left.value.code == 3
    assert "A smaller population_share, fewer arrivals, a shorter horizon" in capsys.readouterr().err


def test_a_thread_of_the_caller_does_not_make_a_fault_end_the_caller(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["downstream", "schema", "medel"])
    waits = threading.Event()
    thread = threading.Thread(target=waits.wait)
    thread.start()

    with pytest.raises(SystemExit) as left:
        cli.main()
    waits.set()
    thread.join()

    assert left.value.code == 2
    assert "medel" in capsys.readouterr().err


def test_a_sweep_says_where_a_measure_is_least_and_most(tmp_path: Path) -> None:
    grid = '[vary]\n"resources.beds.capacity" = { values = [9, 14] }\n[design]\nkind = "grid"\n'
    experiment = Path(ward_experiment(tmp_path, "horizon='8 weeks'").origin.file)
    text = experiment.read_text().replace("log = { first = 5 }", "").split("[scenarios.fewer_beds]")[0]
    experiment.write_text(text + grid)

    words = ["sweep", str(experiment), "--out", str(tmp_path / "out"), "--set", "horizon='8 weeks'"]
    done = CliRunner().invoke(app, words)

    assert done.exit_code == 0, done.output
    assert "Plans on a ward: two points, three replications." in done.stdout
    assert "points of “Beds: capacity” the difference" in done.stdout
    assert " at 9 to 0, in all three replications at 14." in done.stdout
    header = (tmp_path / "out" / "tables" / "points.csv").read_text().splitlines()
    assert header == ["point,resources.beds.capacity", "1,9", "2,14"]
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert summary["scenarios"]["baseline"]["wait"]["most"]["point"] == 1


def test_what_breaks_while_ctrl_c_is_answered_is_an_interruption(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def app_interrupted_twice() -> None:
        try:
            raise KeyboardInterrupt
        finally:
            raise RuntimeError("release unlocked lock")

    monkeypatch.setattr(cli, "app", app_interrupted_twice)
    monkeypatch.setattr(cli.signal, "signal", lambda *_: None)

    with pytest.raises(SystemExit) as left:
        cli.main()

    assert left.value.code == 130
    assert capsys.readouterr().err.startswith("Interrupted. What is finished is kept")
