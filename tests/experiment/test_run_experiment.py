"""Experiments give the same bytes however they are run, and can be taken up again."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.definition.experiment import Experiment
from simulator.errors import DefinitionError, Interrupted, OutputError
from simulator.experiment import pool, threads
from simulator.experiment.folder import manifest_of
from simulator.experiment.parts import part_path
from simulator.experiment.progress import Lines
from simulator.experiment.run import load_results, run_experiment
from simulator.experiment.scenarios import compile_scenarios
from simulator.experiment.work import work_of

Make = Callable[..., Experiment]


def parts_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "parts").iterdir())}


@pytest.fixture(scope="module")
def folder(ward: Make, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of three replications, run by one worker."""
    folder = tmp_path_factory.mktemp("results") / "one"
    run_experiment(ward(), out=folder, workers=1)
    return folder


def test_two_workers_write_the_same_parts_as_one(ward: Make, folder: Path, tmp_path: Path) -> None:
    run_experiment(ward(), out=tmp_path / "two", workers=2)

    assert parts_of(tmp_path / "two") == parts_of(folder)
    assert len(parts_of(folder)) == 6


def test_one_more_replication_reuses_those_there(ward: Make, folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "more")
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "more" / "parts").iterdir()}

    results = run_experiment(ward("replications=4"), out=tmp_path / "more", workers=1)

    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "more" / "parts").iterdir()}
    assert results.replications == (0, 1, 2, 3)
    assert before.items() <= after.items()
    assert len(after) == 8


def test_a_lost_part_is_done_again_to_the_same_bytes(ward: Make, folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "lost")
    part_path(tmp_path / "lost", 1).unlink()

    run_experiment(ward(), out=tmp_path / "lost", workers=1)

    assert parts_of(tmp_path / "lost") == parts_of(folder)


def test_an_interrupted_experiment_keeps_what_is_finished(
    ward: Make, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    do_piece = pool.do_piece

    def interrupted(work: object, replication: int, **rest: object) -> object:
        if replication == 2:
            raise KeyboardInterrupt
        return do_piece(work, replication, **rest)

    for room in (pool, threads):
        monkeypatch.setattr(room, "do_piece", interrupted)
    with pytest.raises(Interrupted, match="the same command goes on from there"):
        run_experiment(ward(), out=tmp_path / "cut", workers=1)
    assert manifest_of(tmp_path / "cut").ended is None
    monkeypatch.undo()
    run_experiment(ward(), out=tmp_path / "cut", workers=1)

    assert parts_of(tmp_path / "cut") == parts_of(folder)


@pytest.mark.parametrize(("is_cold", "todo"), [(True, 1), (True, 0), (False, 1)])
def test_compiling_is_announced_when_it_is_to_be_waited_for(
    ward: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_cold: bool, todo: int
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(pool, "must_be_compiled", lambda engine: is_cold and engine == "people")
    monkeypatch.setattr(threads, "do_piece", lambda *_, **__: None)
    monkeypatch.setattr(threads, "write_piece", lambda *_: None)
    experiment = ward()
    work = work_of(experiment, compile_scenarios(experiment).programs)

    pool.do_all(work, tmp_path, todo=range(todo), workers=1, progress=Lines(stream))

    assert ("Compiling the engine for this machine, once: " in stream.getvalue()) == (is_cold and todo > 0)


@pytest.mark.parametrize(
    "setting", ["seed=2", "horizon='100 weeks'", "resources.beds.capacity=13", "log=none"]
)
def test_another_design_is_refused(ward: Make, folder: Path, setting: str) -> None:
    before = parts_of(folder)

    with pytest.raises(OutputError, match="holds results of another design"):
        run_experiment(ward(setting), out=folder, workers=1)

    assert parts_of(folder) == before


def test_a_wrong_measure_is_found_before_anything_is_written(ward: Make, tmp_path: Path) -> None:
    wrong = ward("measures.wait.of='activity.wrad.wait_mean_days'")

    with pytest.raises(DefinitionError, match=r"measures.wait.of: .*Did you mean 'ward'"):
        run_experiment(wrong, out=tmp_path / "none", workers=1)

    assert list(tmp_path.iterdir()) == []


def test_results_are_read_again_from_their_own_folder(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "elsewhere")

    found = load_results(tmp_path / "elsewhere")

    assert found.scenarios == ("baseline", "plans", "fewer_beds")
    assert [piece.replication for piece in found.pieces()] == [0, 1, 2]
    assert found.model.title == "A ward and its people"


def test_the_manifest_says_where_results_come_from(folder: Path) -> None:
    found = json.loads((folder / "manifest.json").read_text())

    assert found["experiment"] == "plans"
    assert (found["seed"], found["replications"], found["engine"]) == (20250401, 3, "people")
    assert set(found["fingerprints"]) == {"baseline", "plans", "fewer_beds"}
    assert {"python", "simulator", "numpy", "simpy"} <= set(found["versions"])
    assert found["ended"]


def test_a_share_of_the_population_leaves_a_notice(ward: Make, tmp_path: Path) -> None:
    results = run_experiment(
        ward("population_share=0.5", "replications=1", "horizon='4 weeks'"),
        out=tmp_path / "half",
        workers=1,
    )

    assert "another system" in results.notes[0]
    assert "another system" in json.loads((tmp_path / "half" / "manifest.json").read_text())["notes"][0]
