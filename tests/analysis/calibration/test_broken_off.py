"""A calibration that is broken off keeps its runs; one that cannot be written leaves nothing half-written."""

import json
import resource
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from analysis.calibration.clinic import A_DAY, DAYS_STAYED, clinic, figures
from starting import Started
from watching import PATIENCE_SECONDS, until

from simulator.analysis.calibration import calibrate_as_asked, finished_or_not_there, job
from simulator.analysis.calibration.asked import Calibrated
from simulator.analysis.calibration.folder import manifest_of_plan
from simulator.cli import main
from simulator.errors import STOPPED, OutputError
from simulator.experiment import sources
from simulator.experiment.progress import Silence
from simulator.experiment.provenance import read_manifest

# Each run takes as long as that of a large place, so that there is time to break it off.
SLOWLY = """
import time
from simulator.analysis.calibration import job
from simulator.cli import main
run = job.months_of
def slow(*said, **named):
    time.sleep(0.3)
    return run(*said, **named)
job.months_of = slow
main()
"""
# Ctrl-C falls between two runs, while the fit thinks.
BETWEEN_RUNS = """
import signal
from simulator.analysis.calibration import kept
from simulator.cli import main
run = kept.KeptRuns.as_stocks
def and_ctrl_c(*said, **named):
    signal.signal(signal.SIGINT, signal.default_int_handler)
    done = run(*said, **named)
    signal.raise_signal(signal.SIGINT)
    return done
kept.KeptRuns.as_stocks = and_ctrl_c
main()
"""
PAGE_IS_TOO_LONG = 20_000
OUTCOME = {"tables", "calibrated.toml", "summary.json", "report.html"}


class Heard(Silence):
    """Keep what is said."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.lines: list[str] = []

    def says(self, line: str) -> None:
        """Keep it."""
        self.lines.append(line)


def command(found: Calibrated, out: Path, *, script: str) -> list[str]:
    """Give the command that makes the same calibration elsewhere."""
    return [sys.executable, "-c", script, "calibrate", found.plan.experiment.origin.file, "--out", str(out)]


def parts(out: Path) -> set[str]:
    """Name the runs that a folder keeps."""
    return {path.name for path in (out / "parts").glob("*.parquet")}


def test_ctrl_c_keeps_the_runs_and_none_is_run_again(
    found: Calibrated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    with Started(command(found, out, script=SLOWLY)) as started:
        until(lambda: len(parts(out)) >= 3)
        started.send_signal(signal.SIGINT)
        said = started.communicate(timeout=PATIENCE_SECONDS)[1]
    there, ran, run = parts(out), [], job.months_of
    monkeypatch.setattr(job, "months_of", lambda *one, **two: [run(*one, **two), ran.append(None)][0])

    again = calibrate_as_asked(found.plan.experiment, out=out)

    assert started.returncode == 130
    assert "the same command goes on from there" in said
    assert "Traceback" not in said
    assert len(ran) == len(parts(found.folder)) - len(there)
    assert parts(out) == parts(found.folder)
    assert again.fit.z.tobytes() == found.fit.z.tobytes()


def test_ctrl_c_between_two_runs_is_told_in_the_same_words(found: Calibrated, tmp_path: Path) -> None:
    out = tmp_path / "out"

    with Started(command(found, out, script=BETWEEN_RUNS)) as started:
        said = started.communicate(timeout=PATIENCE_SECONDS)[1]

    assert started.returncode == 130
    assert said.rstrip().endswith(STOPPED)
    assert "Traceback" not in said
    assert set() < parts(out) < parts(found.folder)


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """Let this process write no longer file, as where a disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_fills_up_leaves_nothing_half_written(
    found: Calibrated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    shutil.copytree(found.folder, out, ignore=shutil.ignore_patterns(*OUTCOME))
    monkeypatch.setattr(sys, "argv", command(found, out, script="")[2:])

    with no_file_longer_than(PAGE_IS_TOO_LONG), pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 4
    assert "report.html: cannot be written: File too large" in capfd.readouterr().err
    assert not OUTCOME & {path.name for path in out.iterdir()}
    assert not list(out.rglob(".*.part"))
    assert json.loads((out / "manifest.json").read_text())["ended"] is None
    with pytest.raises(SystemExit) as again:
        main()
    assert (again.value.code, OUTCOME - {path.name for path in out.iterdir()}) == (0, set())


@pytest.mark.parametrize("file", ["letter.txt", "manifest.json"])
def test_a_folder_that_is_not_its_own_is_refused_before_anything_is_run(
    file: str, found: Calibrated, tmp_path: Path
) -> None:
    heard, out = Heard(), tmp_path / "out"
    out.mkdir()
    text = (found.folder / "manifest.json").read_text().replace(found.manifest.design, "another")
    (out / file).write_text(text, encoding="utf-8")

    with pytest.raises(OutputError, match=r"holds no results|holds results of another design"):
        calibrate_as_asked(clinic(tmp_path, figures(a_day=A_DAY, days=DAYS_STAYED)), out=out, progress=heard)

    assert (heard.lines, [path.name for path in out.iterdir()]) == ([], [file])


def test_confirming_afterwards_runs_only_people(found: Calibrated, tmp_path: Path) -> None:
    out, heard = tmp_path / "out", Heard()
    shutil.copytree(found.folder, out)

    confirmed = calibrate_as_asked(found.plan.experiment, out=out, confirm=2, progress=heard)

    assert (
        heard.lines[0] == f"Runs that are there already, and are not run again: {len(parts(found.folder))}."
    )
    assert len(parts(out) - parts(found.folder)) == 2
    assert confirmed.people is not None
    assert confirmed.people == pytest.approx(confirmed.after, rel=0.2)


def test_a_second_outcome_that_cannot_be_written_leaves_the_first(found: Calibrated, tmp_path: Path) -> None:
    ended = replace(found.manifest, replications=2, ended="then")
    (tmp_path / "parts").mkdir()
    (tmp_path / "tables").mkdir()
    for name in ("tables/errors.csv", "report.html"):
        (tmp_path / name).write_text("first")

    def write() -> None:
        with finished_or_not_there(tmp_path, ended, replications=3):
            assert json.loads((tmp_path / "manifest.json").read_text())["ended"] is None
            (tmp_path / "summary.json").write_text("second")
            (tmp_path / "report.html").write_text("second")
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        write()

    assert {path.name for path in tmp_path.iterdir()} == {"parts", "tables", "report.html", "manifest.json"}
    assert {(tmp_path / name).read_text() for name in ("tables/errors.csv", "report.html")} == {"first"}
    assert read_manifest((tmp_path / "manifest.json").read_text(), where="") == ended


def test_only_one_at_a_time_writes_an_outcome(found: Calibrated, tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()

    with finished_or_not_there(tmp_path, found.manifest, replications=0):
        second = finished_or_not_there(tmp_path, found.manifest, replications=0)
        with pytest.raises(OutputError, match="another process is at work"):
            second.__enter__()

    assert json.loads((tmp_path / "manifest.json").read_text())["ended"] is not None
    assert not list(tmp_path.glob(".*"))


def test_months_made_by_other_code_are_another_design(
    found: Calibrated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "PACKAGE", tmp_path)
    (tmp_path / "units.py").write_text("")
    (tmp_path / "analysis").mkdir()

    before = manifest_of_plan(found.plan).design
    (tmp_path / "analysis" / "months.py").write_text("")

    assert manifest_of_plan(found.plan).design != before
