"""Work done by a real scheduler and real workers: what comes back, what is requeued, who is refused."""

import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from experiment.cluster.jobs import CLOSES, FAILS, FILLS, KILLS, KILLS_ONCE, Squares
from experiment.sweep.conftest import written_sweep
from experiment.sweep.test_failed_runs import LATE, swept
from experiment.ward import ward_experiment
from watching import until

from simulator.analysis.sweep.asked import sweep_as_asked
from simulator.definition.experiment import Experiment
from simulator.definition.experiments import load_experiment
from simulator.errors import DefinitionError, RunFailed
from simulator.experiment.cluster import desk, handshake, local, where
from simulator.experiment.cluster.desk import COSTS_WORKERS, NO_ANSWER, OUT_OF_MEMORY, do_each_on_cluster
from simulator.experiment.cluster.where import Cluster, address_of, standing
from simulator.experiment.progress import Progress, Silence
from simulator.experiment.run import run_experiment

pytest.importorskip("distributed", reason="The extra 'cluster' is not installed.")
import distributed

from simulator.experiment.cluster.local import Members, begun

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("default"),  # what dask warns of is not ours
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Begin a scheduler and two workers."""
    with begun(2) as address:
        yield Cluster(address=address)


def done(
    cluster: Cluster, *todo: Sequence[int], flag: Path | None = None, progress: Progress | None = None
) -> dict[int, int | str]:
    found: dict[int, int | str] = {}
    job = Squares(flag=str(flag))
    do_each_on_cluster(todo, job=job, writes=found.update, cluster=cluster, progress=progress or Silence())
    return found


def test_what_workers_did_comes_back(cluster: Cluster) -> None:
    assert done(cluster, *((n, n + 1) for n in range(30, 90, 2))) == {n: n**2 for n in range(30, 90)}


def test_a_piece_whose_worker_was_killed_is_done_by_another(cluster: Cluster, tmp_path: Path) -> None:
    (tmp_path / "flag").touch()

    assert done(cluster, (1, 2), (KILLS_ONCE,), (3,), flag=tmp_path / "flag")[KILLS_ONCE] == KILLS_ONCE**2
    assert not (tmp_path / "flag").exists()


def test_a_piece_that_costs_workers_is_lost_alone(cluster: Cluster) -> None:
    found = done(cluster, (1, KILLS, 2), (3, 4), (5,))

    assert found == {1: 1, 2: 4, 3: 9, 4: 16, 5: 25, KILLS: COSTS_WORKERS}


def test_a_piece_too_large_for_a_worker_is_lost_alone(cluster: Cluster) -> None:
    assert done(cluster, (1, FILLS), (2,)) == {1: 1, 2: 4, FILLS: OUT_OF_MEMORY}


def test_an_answer_lost_on_its_way_is_asked_for_again(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, result = iter(range(10**6)), distributed.Future.result

    def loses_every_third(future: Any) -> Any:
        if next(asked) % 3 == 0:
            raise distributed.comm.CommClosedError("Connection reset by peer")
        return result(future)

    monkeypatch.setattr(distributed.Future, "result", loses_every_third)

    assert done(cluster, *((n,) for n in range(30, 50))) == {n: n**2 for n in range(30, 50)}


def test_a_piece_that_closes_connections_itself_is_not_asked_for_for_ever(cluster: Cluster) -> None:
    assert done(cluster, (1, CLOSES), (2,)) == {1: 1, 2: 4, CLOSES: NO_ANSWER}


def test_what_fails_there_is_raised_here(cluster: Cluster) -> None:
    with pytest.raises(RunFailed, match="places blocked each other"):
        done(cluster, (1, FAILS))


@pytest.mark.parametrize("word", ["numba", "python", handshake.CODE])
def test_a_worker_that_differs_is_refused_by_name(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    other = {**handshake.made_of(), word: "9.9"}
    monkeypatch.setattr(handshake, "made_of", lambda: other)

    with pytest.raises(
        RunFailed, match=rf"Worker tcp://.* would give other numbers: {word} is .* there, 9\.9"
    ):
        done(cluster, (1,))


def test_a_worker_that_comes_later_and_differs_is_refused_too(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "made_of", lambda: {"numpy": "1.0"})

    with pytest.raises(RunFailed, match=r"Worker tcp://.*: numpy is .* there, 1\.0 here"):
        done(cluster, (1,))


def test_where_no_scheduler_answers_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "SECONDS_TO_CONNECT", 0.5)

    with pytest.raises(DefinitionError, match=r"--cluster tcp://127\.0\.0\.1:9: no scheduler answers there"):
        done(Cluster(address="tcp://127.0.0.1:9"), (1,))


def test_without_dask_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(where, "find_spec", lambda _: None)

    with pytest.raises(DefinitionError, match=r"--local-cluster 2: needs dask and distributed.*\[cluster\]"):
        done(Cluster(workers=2), (1,))


def test_what_is_asked_for_at_once_shares_one_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = [f"tcp://127.0.0.1:{port}" for port in (9, 10)]
    ended: list[str] = []

    @contextmanager
    def begins(workers: int) -> Iterator[str]:
        assert workers == 2
        yield (address := addresses.pop())
        ended.append(address)

    monkeypatch.setattr(local, "begun", begins)
    with standing(Cluster(workers=2)) as stays, standing(stays) as again:
        assert not ended
        assert len(addresses) == 2
        for one in (stays, again, stays):
            with address_of(one) as address:
                assert address == "tcp://127.0.0.1:10"

    assert ended == ["tcp://127.0.0.1:10"]


def test_a_worker_that_is_replaced_leaves_no_pipe_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = Members(tmp_path)
    monkeypatch.setattr(members, "_begin", lambda *_: subprocess.Popen(["cat"], stdin=subprocess.PIPE))
    members.scheduler, first = members._begin(), members._begin()
    members._workers = [first]
    members._mending.start()
    try:
        first.kill()
        until(lambda: members._workers[0] is not first)
        assert first.stdin.closed
    finally:
        members.end()


class SlowToGo:
    """A process that is killed and, on a busy machine, not yet gone when nobody waits for it any longer."""

    stdin = None

    def kill(self) -> None:
        """Be killed."""

    def wait(self, seconds: float) -> int:
        """Not be gone."""
        raise subprocess.TimeoutExpired("member", seconds)


def test_members_that_are_slow_to_be_gone_spoil_no_work(tmp_path: Path) -> None:
    members, last = Members(tmp_path), subprocess.Popen(["cat"], stdin=subprocess.PIPE)
    members.scheduler, members._workers = SlowToGo(), [SlowToGo(), last]

    members.end()

    assert last.returncode == -signal.SIGKILL


def test_a_scheduler_that_goes_ends_the_work_and_what_is_there_is_kept(
    tmp_path: Path,
) -> None:
    members, found = Members(tmp_path), dict[int, int | str]()
    try:
        cluster = Cluster(address=members.begin(1))

        def writes(squares: dict[int, int | str]) -> None:
            found.update(squares)
            members.scheduler.kill()

        todo = [(number,) for number in range(500)]
        with pytest.raises(RunFailed, match=r"scheduler is gone. What is finished is kept"):
            do_each_on_cluster(todo, job=Squares(), writes=writes, cluster=cluster, progress=Silence())
    finally:
        members.end()

    assert 0 < len(found) < 500


def test_a_sweep_on_a_cluster_is_the_sweep_of_threads(cluster: Cluster, tmp_path: Path) -> None:
    path = written_sweep(tmp_path, '[design]\nkind = "points"\nfile = "p.csv"\n')
    (tmp_path / "p.csv").write_text(LATE)

    here = swept(path, tmp_path / "here", "may_fail=2")
    there = swept(path, tmp_path / "there", "may_fail=2", workers=cluster)

    assert there == here


def test_a_run_on_a_cluster_is_the_run_of_threads(cluster: Cluster, tmp_path: Path) -> None:
    experiment = ward_experiment(tmp_path, "horizon='4 weeks'", "replications=3")

    assert len(the_same_on(cluster, experiment, tmp_path)) == 6


def test_draws_on_a_cluster_are_those_of_threads(cluster: Cluster, tmp_path: Path) -> None:
    settings = ("horizon='4 weeks'", "draws=2", "replications=1")
    experiment = load_experiment(written_sweep(tmp_path, ""), settings=settings)

    assert len(the_same_on(cluster, experiment, tmp_path)) == 4


def test_draws_confirmed_on_a_cluster_are_those_of_threads(cluster: Cluster, tmp_path: Path) -> None:
    asked = '[vary]\n"resources.beds.capacity" = { values = [9, 14] }\n[design]\nkind = "grid"\n'
    path = written_sweep(tmp_path, f"{asked}[confirm]\neven = 1\nreplications = 1\n")
    settings = ('engine="stocks"', "horizon='4 weeks'", "draws=2", "replications=1")
    found: list[dict[str, bytes]] = []
    for name, workers in (("here", 1), ("there", cluster)):
        folder = tmp_path / name
        sweep_as_asked(load_experiment(path, settings=settings), out=folder, workers=workers)
        found.append({str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("chunk_*")})

    assert found[0] == found[1]
    assert {one.startswith("confirmed") for one in found[0]} == {True, False}


def the_same_on(cluster: Cluster, experiment: Experiment, folder: Path) -> dict[str, bytes]:
    """Run an experiment here and there, and give its parts, which must be the same."""
    found: list[dict[str, bytes]] = []
    for name, workers in (("here", 1), ("there", cluster)):
        run_experiment(experiment, out=folder / name, workers=workers)
        found.append({part.name: part.read_bytes() for part in (folder / name / "parts").iterdir()})
    assert found[0] == found[1]
    return found[0]


def test_dask_is_not_imported_unless_asked_for() -> None:
    asks = "import sys, simulator.cli, simulator.analysis.sweep; print('dask' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)

    assert said.stdout == "False\n"
