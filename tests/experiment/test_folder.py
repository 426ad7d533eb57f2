"""A results folder is made, taken up again or refused; nothing half-written stays."""

import errno
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.definition.experiment import Experiment
from simulator.errors import OutputError
from simulator.experiment.files import write_whole
from simulator.experiment.folder import manifest_of, results_folder, sweep
from simulator.experiment.lock import alone_in
from simulator.experiment.manifests import begun
from simulator.experiment.provenance import SWEEP, Manifest
from simulator.experiment.run import load_results

TEXTS = {"experiment.toml": "a", "model.toml": "b"}
MANIFEST = Manifest(
    format=1,
    design="aaa",
    experiment="e",
    title="E",
    engine="people",
    seed=1,
    replications=2,
    population_share=1.0,
    fingerprints={"baseline": "f"},
    versions={},
    notes=(),
    began="2026-01-01T00:00:00+00:00",
    ended=None,
)


def test_a_manifest_begins_with_what_its_experiment_says(ward: Callable[..., Experiment]) -> None:
    experiment = ward("seed=7", "population_share=0.5", "title='Trial'")

    found = begun(experiment, kind=SWEEP, design="abc", replications=9)

    said = found.kind, found.design, found.experiment, found.title, found.seed, found.replications
    assert said == (SWEEP, "abc", "plans", "Trial", 7, 9)
    assert (found.population_share, found.points, found.draws, found.ended) == (0.5, 1, 0, None)


def make(folder: Path, manifest: Manifest = MANIFEST) -> Manifest:
    with results_folder(folder, manifest, texts=TEXTS) as found:
        return found


def test_a_new_folder_gets_its_manifest_and_files(tmp_path: Path) -> None:
    make(tmp_path / "results" / "e")

    found = tmp_path / "results" / "e"
    assert sorted(path.name for path in found.iterdir()) == [
        "experiment.toml",
        "manifest.json",
        "model.toml",
        "parts",
    ]
    assert manifest_of(found) == MANIFEST


def test_a_folder_of_the_same_design_is_taken_up_again(tmp_path: Path) -> None:
    make(tmp_path / "e")

    found = make(tmp_path / "e", replace(MANIFEST, began="later", replications=9))

    assert found.began == MANIFEST.began


def test_a_folder_of_another_design_is_refused_untouched(tmp_path: Path) -> None:
    make(tmp_path / "e")

    with pytest.raises(OutputError, match=r"another design \(aaa; this one is bbb\)"):
        make(tmp_path / "e", replace(MANIFEST, design="bbb"))

    assert manifest_of(tmp_path / "e") == MANIFEST


def test_a_refusal_says_whose_results_there_are_and_what_differs(tmp_path: Path) -> None:
    before = {
        "experiment.toml": "seed = 1\nreplications = 2",
        "model.toml": "[a]\nb = 1\nc = 2\nd = 1\ne = 1",
    }
    after = {"experiment.toml": "seed = 2\nreplications = 5", "model.toml": "[a]\nb = 1\nc = 3\nd = 2"}
    with results_folder(tmp_path / "e", MANIFEST, texts=before):
        pass

    other = replace(MANIFEST, design="bbb")
    with pytest.raises(OutputError) as refused, results_folder(tmp_path / "e", other, texts=after):
        pass

    assert (
        "experiment 'e', begun 2026-01-01 00:00. There and here: seed is 1, not 2; a.c is 2, not 3; "
        in str(refused.value)
    )
    assert "a.d is 1, not 2; and 1 more. Choose another folder" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "says"), [("nowhere", "there is no such folder"), ("letters", "holds no results; name a folder")]
)
def test_what_is_no_results_folder_has_no_report(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("Dear")

    with pytest.raises(OutputError, match=says):
        load_results(tmp_path / name)


def test_a_folder_of_something_else_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear")

    with pytest.raises(OutputError, match="is not empty and holds no results"):
        make(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("where", ["file", "file/below"])
def test_a_file_in_the_way_is_an_output_error(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("here")

    with pytest.raises(OutputError, match="file"):
        make(tmp_path / where)

    assert (tmp_path / "file").read_text() == "here"


def test_a_manifest_that_is_none_of_ours_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}")

    with pytest.raises(OutputError, match="not the manifest of a results folder"):
        make(tmp_path)


def test_an_error_before_anything_is_done_takes_the_new_folder_away(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), results_folder(tmp_path / "a" / "b", MANIFEST, texts=TEXTS):
        raise KeyboardInterrupt

    assert list(tmp_path.iterdir()) == []


def test_a_folder_among_the_parts_does_not_hide_the_error_that_began_it(tmp_path: Path) -> None:
    def interrupted() -> None:
        (tmp_path / "e" / "parts" / "below").mkdir()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), results_folder(tmp_path / "e", MANIFEST, texts=TEXTS):
        interrupted()

    assert make(tmp_path / "e") == MANIFEST


def test_a_file_in_the_place_of_the_folder_does_not_hide_the_error_that_began_it(tmp_path: Path) -> None:
    def interrupted() -> None:
        shutil.rmtree(tmp_path / "e")
        (tmp_path / "e").write_text("here")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), results_folder(tmp_path / "e", MANIFEST, texts=TEXTS):
        interrupted()

    assert (tmp_path / "e").read_text() == "here"


def test_a_folder_in_use_is_refused_by_the_name_that_was_asked_for(tmp_path: Path) -> None:
    with alone_in(tmp_path / "e" / "parts"), pytest.raises(OutputError) as refused:
        make(tmp_path / "e")

    assert str(refused.value).startswith(f"{tmp_path / 'e'}: another process is at work on it;")


def test_an_error_after_a_part_is_done_keeps_the_folder(tmp_path: Path) -> None:
    def interrupted() -> None:
        (tmp_path / "e" / "parts" / "replication_00001.parquet").touch()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), results_folder(tmp_path / "e", MANIFEST, texts=TEXTS):
        interrupted()

    assert manifest_of(tmp_path / "e") == MANIFEST


def test_scratch_of_a_killed_process_is_swept_and_that_of_a_living_one_is_not(tmp_path: Path) -> None:
    make(tmp_path / "e")
    gone = subprocess.Popen(["true"])
    gone.wait()
    parts = tmp_path / "e" / "parts"
    for process in (gone.pid, os.getppid(), os.getpid()):
        (parts / f".replication_00001.parquet.{process}.part").touch()

    sweep(tmp_path / "e")

    assert not (parts / f".replication_00001.parquet.{gone.pid}.part").exists()
    assert len(list(parts.iterdir())) == 2


def test_a_full_disk_leaves_the_old_file_and_no_half_of_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "summary.json").write_text("old")
    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OutputError, match=r"summary.json: cannot be written: No space left on device"):
        write_whole(tmp_path / "summary.json", b"new")

    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("summary.json", "old")]
