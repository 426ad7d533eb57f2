"""A sweep on a cluster begun here, by real processes: killed, interrupted, taken up, it ends the same."""

import os
import signal
import time
from pathlib import Path

import pytest
from experiment.sweep.conftest import written_sweep
from experiment.sweep.test_failed_runs import swept
from experiment.sweep.test_sweep_faults import MANY, command, told
from experiment.test_faults import PATIENCE_SECONDS, is_there, until
from starting import Started, done

from simulator.experiment.cluster.desk import COSTS_WORKERS

pytest.importorskip("distributed", reason="The extra 'cluster' is not installed.")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds processes in /proc"),
]


def on_cluster(experiment: Path, out: Path) -> list[str]:
    return [*command(experiment, out), "--local-cluster", "2", "--replications", "1"]


def members_of(pid: int, role: bytes = b"") -> list[int]:
    """List the processes of a cluster that one began."""
    lists = [one.read_text() for one in Path(f"/proc/{pid}/task").glob("*/children")]
    children = [int(one) for text in lists for one in text.split()]
    words = {one: Path(f"/proc/{one}/cmdline").read_bytes().split(b"\0") for one in children if is_there(one)}
    return [
        one
        for one, said in words.items()
        if b"simulator.experiment.cluster.member" in said and role in (b"", *said)
    ]


def parts_of(folder: Path) -> int:
    return len(list((folder / "parts").glob("*.parquet")))


def test_scheduler_and_worker_killed_it_ends_as_threads_do(tmp_path: Path) -> None:
    experiment = written_sweep(tmp_path, MANY)
    with Started(on_cluster(experiment, tmp_path / "out")) as started:
        until(lambda: parts_of(tmp_path / "out") >= 3)
        os.kill(members_of(started.pid, b"scheduler")[0], signal.SIGKILL)
        said = started.communicate(timeout=PATIENCE_SECONDS)[1]
    assert started.returncode == 3
    assert "The scheduler is gone. What is finished is kept" in said

    there = parts_of(tmp_path / "out")
    with Started(on_cluster(experiment, tmp_path / "out")) as started:
        until(lambda: parts_of(tmp_path / "out") > there)
        os.kill(members_of(started.pid, b"worker")[0], signal.SIGKILL)
        said = started.communicate(timeout=PATIENCE_SECONDS)[1]
    assert started.returncode == 0, said
    assert told(tmp_path / "out") == swept(experiment, tmp_path / "threads", "replications=1", workers=2)


@pytest.mark.parametrize(("how", "code"), [("once", 130), ("twice", 130), ("killed", -signal.SIGKILL)])
def test_the_cluster_ends_with_its_command(tmp_path: Path, how: str, code: int) -> None:
    experiment = written_sweep(tmp_path, MANY)

    with Started(on_cluster(experiment, tmp_path / "out")) as started:
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
    with Started(on_cluster(experiment, out)) as started:
        for _ in range(2):
            there = parts_of(out)
            until(lambda there=there: parts_of(out) > there or not is_there(started.pid))
            for worker in members_of(started.pid, b"worker"):
                os.kill(worker, signal.SIGKILL)  # as the system, and dask's nanny, end what takes too much
        said = started.communicate(timeout=PATIENCE_SECONDS)[1]

    assert "Traceback" not in said
    assert started.returncode == 0 or (started.returncode == 3 and COSTS_WORKERS in said), said
    again = done(on_cluster(experiment, out))
    assert again.returncode == 0, again.communicate()[1]
    assert told(out) == swept(experiment, tmp_path / "threads", "replications=1", workers=2)
