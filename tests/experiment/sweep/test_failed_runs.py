"""Runs that fail are recorded and the sweep goes on, as long as no more fail than may."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from experiment.sweep.conftest import written_sweep

from simulator.analysis.sweep import sweep_as_asked, write_sweep_tables
from simulator.analysis.sweep.asked import planned
from simulator.definition.experiment import Experiment
from simulator.definition.experiments import load_experiment
from simulator.errors import DefinitionError, RunFailed, SelfCheckFailed
from simulator.experiment.cluster.where import Workers
from simulator.experiment.progress import Lines
from simulator.experiment.run import run_experiment
from simulator.experiment.scenarios import compile_scenarios
from simulator.experiment.sweep import chunk
from simulator.experiment.sweep.failing import may_fail

Make = Callable[..., Experiment]
LATE = "interventions.plans.starts\n0 days\n1 days\n2 days\n500 days\n"


@pytest.fixture(scope="module")
def one_bad_point(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a sweep of four points, the last of which cannot be: two replications fail."""
    folder = tmp_path_factory.mktemp("bad")
    path = written_sweep(folder, '[design]\nkind = "points"\nfile = "p.csv"\n')
    (folder / "p.csv").write_text(LATE)
    return path


def swept(path: Path, out: Path, *settings: str, workers: Workers = 1) -> dict[str, bytes]:
    write_sweep_tables(sweep_as_asked(load_experiment(path, settings=settings), out=out, workers=workers))
    return {one.name: one.read_bytes() for one in (*(out / "tables").iterdir(), out / "summary.json")}


def test_as_many_as_may_fail_are_recorded_and_left_out(one_bad_point: Path, tmp_path: Path) -> None:
    results = sweep_as_asked(
        load_experiment(one_bad_point, settings=["may_fail=2"]), out=tmp_path / "out", workers=1
    )
    write_sweep_tables(results)

    table = (tmp_path / "out" / "tables" / "failed_runs.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(table.splitlines()))
    assert [[*row.values()][:3] for row in rows] == [["4", "0", "1"], ["4", "0", "2"]]
    assert all("point 4 (interventions.plans.starts = 500 days): " in row["why"] for row in rows)
    assert np.isnan(results.values[3]).all()
    assert not np.isnan(results.values[:3]).any()
    assert any(note.startswith("2 of 8 replications failed") for note in results.notes)


def test_one_more_than_may_fail_ends_the_sweep_with_the_first(one_bad_point: Path, tmp_path: Path) -> None:
    with pytest.raises(RunFailed, match=r"2 replications failed, and 1 may \(--may-fail\).*point 4 \("):
        swept(one_bad_point, tmp_path / "out", "may_fail=1")


def test_unless_told_one_in_a_hundred_may_fail(sizes: Make) -> None:
    many = sizes("replications=120")

    assert may_fail(planned(many, compile_scenarios(many))) == 4


def test_of_fewer_than_a_hundred_none_may_fail(one_bad_point: Path, tmp_path: Path) -> None:
    with pytest.raises(RunFailed, match=r"point 4 \(.* No run may fail here; --may-fail 1 "):
        swept(one_bad_point, tmp_path / "out")


def test_tables_with_failed_runs_are_the_same_however_they_came_about(
    one_bad_point: Path, tmp_path: Path
) -> None:
    whole = swept(one_bad_point, tmp_path / "whole", "may_fail=2", workers=2)
    with pytest.raises(RunFailed):
        swept(one_bad_point, tmp_path / "resumed", "may_fail=1")

    assert swept(one_bad_point, tmp_path / "resumed", "may_fail=2") == whole


def test_a_failure_that_would_only_be_repeated_is_not_tried_again(
    one_bad_point: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = swept(one_bad_point, tmp_path / "out", "may_fail=2")
    monkeypatch.setattr(chunk, "_values", None)

    assert swept(one_bad_point, tmp_path / "out", "may_fail=2") == whole


def test_a_defect_in_one_run_is_a_failed_run(
    sizes: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    do_piece = chunk.do_piece

    def breaks(work: object, key: int, **rest: object) -> object:
        return 1 / 0 if key == 1 else do_piece(work, key, **rest)

    monkeypatch.setattr(chunk, "do_piece", breaks)
    results = sweep_as_asked(sizes("may_fail=4"), out=tmp_path / "out", workers=1)

    assert [one.piece.replication for one in results.failed] == [1, 1, 1, 1]
    assert "a defect of ours: ZeroDivisionError" in results.failed[0].message


def test_a_broken_self_check_ends_the_sweep_whatever_may_fail(
    sizes: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> object:
        raise SelfCheckFailed("people were lost.")

    monkeypatch.setattr(chunk, "do_piece", breaks)

    with pytest.raises(SelfCheckFailed, match=r"point 1 \(.*people were lost"):
        sweep_as_asked(sizes("may_fail=8"), out=tmp_path / "out", workers=1)


def test_what_may_fail_is_no_part_of_the_design(sizes: Make, tmp_path: Path) -> None:
    swept_once = sweep_as_asked(sizes(), out=tmp_path / "out", workers=1)
    again = sweep_as_asked(sizes("may_fail=3"), out=tmp_path / "out", workers=1)

    assert again.manifest.design == swept_once.manifest.design
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["ended"]


def test_a_run_of_one_point_refuses_the_word(sizes: Make, tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="may_fail: is for downstream sweep"):
        run_experiment(sizes("may_fail=1", more=""), out=tmp_path / "out", workers=1)


def test_an_identical_design_is_not_run_again(
    sizes: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    sweep_as_asked(sizes(), out=tmp_path / "out", workers=1)
    sweep_as_asked(sizes(), out=tmp_path / "out", workers=1, progress=Lines(sys.stderr))
    sweep_as_asked(sizes("replications=3"), out=tmp_path / "out", workers=1, progress=Lines(sys.stderr))

    said = capsys.readouterr().err
    assert "16 of 16 runs are there already, and none is run again." in said
    assert "16 of 24 runs are there already; 8 are left." in said
