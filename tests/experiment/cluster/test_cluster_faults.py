"""A sweep on a cluster begun here, by real processes: killed, interrupted, taken up, it ends the same."""

import signal
import time
from pathlib import Path

import pytest
from experiment.held import hold_at, parts_of
from experiment.sweep.conftest import written_sweep
from experiment.sweep.test_failed_runs import swept
from experiment.sweep.test_sweep_faults import MANY, command, held, told
from starting import Started, done
from watching import PATIENCE_SECONDS, children_of, is_there, kill, until

from simulator.experiment.cluster.desk import COSTS_WORKERS

pytest.importorskip("distributed", reason="The extra 'cluster' is not installed.")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds processes in /proc"),
]


ON_CLUSTER = ("--local-cluster", "2", "--replications", "1")


def on_cluster(experiment: Path, out: Path) -> list[str]:
    return [*command(experiment, out), *ON_CLUSTER]


def held_there(experiment: Path, out: Path, *, at: int) -> list[str]:
    """Give the command that is held up at so many parts."""
    return [*held(experiment, out, at=at), *ON_CLUSTER]


def members_of(pid: int, *role: str) -> list[int]:
    """List the processes of a cluster that one began."""
    return children_of(pid, "simulator.experiment.cluster.member", *role)


def test_scheduler_and_worker_killed_it_ends_as_threads_do(tmp_path: Path) -> None:
    experiment = written_sweep(tmp_path, MANY)
    with Started(held_there(experiment, tmp_path / "out", at=6)) as started:
        until(lambda: parts_of(tmp_path / "out") >= 3)
        kill(members_of(started.pid, "scheduler")[0])
        said = started.communicate(timeout=PATIENCE_SECONDS)[1]
    assert started.returncode == 3
    assert "The scheduler is gone. What is finished is kept" in said

    there = parts_of(tmp_path / "out")
    with Started(held_there(experiment, tmp_path / "out", at=there + 4)) as started:
        until(lambda: parts_of(tmp_path / "out") > there)
        kill(members_of(started.pid, "worker")[0])
        (tmp_path / "out.hold").unlink()
        said = started.communicate(timeout=PATIENCE_SECONDS)[1]
    assert started.returncode == 0, said
    assert told(tmp_path / "out") == swept(experiment, tmp_path / "threads", "replications=1", workers=2)


@pytest.mark.parametrize(("how", "code"), [("once", 130), ("twice", 130), ("killed", -signal.SIGKILL)])
def test_the_cluster_ends_with_its_command(tmp_path: Path, how: str, code: int) -> None:
    experiment = written_sweep(tmp_path, MANY)

    with Started(held_there(experiment, tmp_path / "out", at=6)) as started:
        until(lambda: parts_of(tmp_path / "out") >= 1)
        members = members_of(started.pid)
        for _ in range(2 if how == "twice" else 1):
            started.send_signal(signal.SIGKILL if how == "killed" else signal.SIGINT)
            time.sleep(0.1)
        said = started.communicate(timeout=PATIENCE_SECONDS)[1]

    assert (started.returncode, len(members)) == (code, 3)
    assert ("Interrupted. What" in said) == (code == 130)
    assert "Traceback" not in said
    until(lambda: not any(map(is_there, members)))


def test_workers_ended_again_and_again_for_want_of_memory_cost_a_second_start_and_no_figure(
    tmp_path: Path,
) -> None:
    experiment, out = written_sweep(tmp_path, MANY), tmp_path / "out"
    with Started(held_there(experiment, out, at=6)) as started:
        for count in (6, 12):
            hold_at(tmp_path / "out.hold", count)
            there = parts_of(out)
            until(lambda there=there: parts_of(out) > there or not is_there(started.pid))
            for worker in members_of(started.pid, "worker"):
                kill(worker)  # as the system, and dask's nanny, end what takes too much
        (tmp_path / "out.hold").unlink()
        said = started.communicate(timeout=PATIENCE_SECONDS)[1]

    assert "Traceback" not in said
    assert started.returncode == 0 or (started.returncode == 3 and COSTS_WORKERS in said), said
    again = done(on_cluster(experiment, out))
    assert again.returncode == 0, again.communicate()[1]
    assert told(out) == swept(experiment, tmp_path / "threads", "replications=1", workers=2)
