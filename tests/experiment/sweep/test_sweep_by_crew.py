"""A sweep by worker processes is the sweep of threads, and outlives what its runs do to their workers."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from experiment.sweep.conftest import written_sweep
from experiment.sweep.few_servers import few_servers
from experiment.sweep.poison import PoisonedJob
from experiment.sweep.test_failed_runs import LATE, swept
from experiment.sweep.test_sweep_until_precise import UNTIL

from simulator.analysis.sweep import sweep_as_asked
from simulator.analysis.sweep.asked import planned
from simulator.definition.experiment import Experiment
from simulator.definition.experiments import load_experiment
from simulator.errors import RunFailed
from simulator.experiment.crew import crew as crew_room
from simulator.experiment.crew.worker import Worker
from simulator.experiment.job import COSTS_WORKERS, OUT_OF_MEMORY
from simulator.experiment.progress import Silence
from simulator.experiment.scenarios import compile_scenarios
from simulator.experiment.sweep import chunk
from simulator.experiment.sweep import run as sweep_run
from simulator.experiment.sweep.chunk import are_worth_beginning

Make = Callable[..., Experiment]
Begun = list[object]
POINTS = '[design]\nkind = "points"\nfile = "p.csv"\n'

pytestmark = pytest.mark.slow


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Begun:
    """Have every sweep begin worker processes, and list them."""
    found: Begun = []

    class Counted(Worker):
        def __init__(self) -> None:
            super().__init__()
            found.append(self.pid)

    monkeypatch.setattr(crew_room, "Worker", Counted)
    monkeypatch.setattr(chunk, "SECONDS_WORTH_BEGINNING", 0.0)
    return found


@pytest.fixture
def points(tmp_path: Path) -> Path:
    """Give a sweep of four points, the last of which cannot be."""
    (tmp_path / "p.csv").write_text(LATE)
    return written_sweep(tmp_path, POINTS)


def parts_of(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted((folder / "parts").glob("chunk_*"))}


@pytest.mark.parametrize("engine", ["people", "stocks", "readable"])
def test_it_is_the_sweep_of_threads_failures_too(
    points: Path, tmp_path: Path, engine: str, begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = (f"engine={engine}", "horizon='4 weeks'", "may_fail=2")
    by_crew = [swept(points, tmp_path / f"crew_{n}", *settings, workers=n) for n in (1, 2)]
    assert len(begun) == 3
    monkeypatch.setattr(chunk, "SECONDS_WORTH_BEGINNING", 1e9)

    here = swept(points, tmp_path / "here", *settings, workers=2)

    assert by_crew == [here, here]
    assert len(begun) == 3
    assert parts_of(tmp_path / "crew_1") == parts_of(tmp_path / "crew_2") == parts_of(tmp_path / "here")


def test_draws_are_those_of_threads(
    sizes: Make, tmp_path: Path, begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = sizes("draws=3", "replications=1", "horizon='4 weeks'", more="")
    sweep_as_asked(drawn, out=tmp_path / "crew", workers=2)
    assert len(begun) == 2
    monkeypatch.setattr(chunk, "SECONDS_WORTH_BEGINNING", 1e9)

    sweep_as_asked(drawn, out=tmp_path / "here", workers=1)

    assert parts_of(tmp_path / "crew") == parts_of(tmp_path / "here")


def test_of_a_sweep_of_moments_nobody_begins(sizes: Make) -> None:
    few, many = sizes("replications=2"), sizes("replications=2000")

    assert not are_worth_beginning(planned(few, compile_scenarios(few)), 8)
    assert are_worth_beginning(planned(many, compile_scenarios(many)), 8000)


def test_rounds_share_one_crew(tmp_path: Path, begun: Begun) -> None:
    sweep_as_asked(few_servers(tmp_path, UNTIL), out=tmp_path / "out", workers=2)

    assert 0 < len(begun) <= 2


@pytest.mark.parametrize(("fills", "why"), [(False, COSTS_WORKERS), (True, OUT_OF_MEMORY)])
def test_a_replication_that_costs_workers_fails_alone_and_is_tried_again_by_the_same_command(
    tmp_path: Path, begun: Begun, monkeypatch: pytest.MonkeyPatch, fills: bool, why: str
) -> None:
    path, out, cured = written_sweep(tmp_path), tmp_path / "out", tmp_path / "cured"
    monkeypatch.setattr(sweep_run, "SweepJob", partial(PoisonedJob, cured=cured, fills=fills))
    with pytest.raises(RunFailed, match=rf"point 3 \(.*\), replication 2: {why[:40]}.*No run may fail here"):
        sweep_as_asked(load_experiment(path), out=out, workers=2)

    results = sweep_as_asked(load_experiment(path, settings=["may_fail=1"]), out=out, workers=2)
    assert [one.message.partition(": ")[2] for one in results.failed] == [why]

    cured.touch()
    again = swept(path, out, workers=2)
    assert again == swept(path, tmp_path / "cured_from_the_start", workers=2)


def test_progress_tells_of_every_run_once(sizes: Make, tmp_path: Path, begun: Begun) -> None:
    class Counts(Silence):
        runs = 0

        def advances(self, runs: int) -> None:
            self.runs += runs

    progress = Counts()
    sweep_as_asked(sizes("horizon='4 weeks'"), out=tmp_path / "out", workers=2, progress=progress)

    assert progress.runs == 16
