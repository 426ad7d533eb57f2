"""Workers that dask has paused for want of memory: told in bounded time, not waited for until for ever."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from experiment.cluster.jobs import Squares

from simulator.errors import KEPT, RunFailed
from simulator.experiment.cluster import starving
from simulator.experiment.cluster.desk import do_each_on_cluster
from simulator.experiment.cluster.starving import all_paused, starving_words
from simulator.experiment.cluster.where import Cluster
from simulator.experiment.progress import Silence

pytest.importorskip("distributed", reason="The extra 'cluster' is not installed.")

from simulator.experiment.cluster.local import Members

PAUSED = {"status": "paused", "memory_limit": 2_000_000_000, "metrics": {"memory": 1_700_000_000}}
AT_WORK = PAUSED | {"metrics": {"memory": 1_700_000_000, "task_counts": {"executing": 1}}}
RUNNING = PAUSED | {"status": "running"}


@contextmanager
def scheduler_with_a_worker_of(folder: Path, *, memory: str) -> Iterator[str]:
    """Begin a scheduler, and a worker of so little memory, as somebody with a cluster of their own does."""
    members = Members(folder)
    address = members.begin(0)
    words = [*(address, "--no-nanny", "--nthreads", "1", "--no-dashboard"), "--memory-limit", memory]
    command = [sys.executable, "-m", "distributed.cli.dask_worker", *words]
    with open(folder / "worker.txt", "wb") as log:
        worker = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            yield address
        finally:
            worker.kill()
            worker.wait()
            members.end()


def test_workers_that_starve_for_memory_end_the_command_and_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starving, "SECONDS_STARVING", 3.0)
    monkeypatch.setattr(starving, "SECONDS_BETWEEN_LOOKS", 0.5)
    written: list[object] = []

    # Python and dask alone take more than this: paused from the first look at its memory.
    with scheduler_with_a_worker_of(tmp_path, memory="60 MB") as address:
        cluster = Cluster(address=address)
        with pytest.raises(RunFailed) as found:
            do_each_on_cluster(
                [(one,) for one in range(5_000)],
                job=Squares(),
                writes=written.append,
                cluster=cluster,
                progress=Silence(),
            )

    said = str(found.value)
    assert said.startswith(f"--cluster {address}: for 0.05 minutes no worker has taken any work")
    assert "GB used of 0.06 GB at tcp://" in said
    assert said.endswith(KEPT)
    assert found.value.exit_code == 3
    assert len(written) < 5_000


@pytest.mark.parametrize(
    ("workers", "are_starving"),
    [
        ({}, 0),
        ({"a": PAUSED}, 1),
        ({"a": PAUSED, "b": PAUSED}, 2),
        ({"a": PAUSED, "b": RUNNING}, 0),
        ({"a": PAUSED, "b": AT_WORK}, 0),
    ],
)
def test_only_where_all_are_paused_and_none_is_at_work_do_they_starve(
    workers: dict[str, dict[str, object]], are_starving: int
) -> None:
    assert len(all_paused(workers)) == are_starving


def test_the_fullest_are_named_and_what_would_do() -> None:
    found = all_paused({f"tcp://{place}": PAUSED for place in range(5)})

    said = starving_words("--local-cluster 5", found)

    assert said.startswith("--local-cluster 5: for 3 minutes no worker has taken any work")
    assert "dask has paused all 5, near the end of its memory (1.7 GB used of 2 GB at tcp://0;" in said
    assert "and 2 more). Fewer workers with more memory each" in said


class Scheduler:
    """A client whose workers are told."""

    def __init__(self) -> None:
        self.workers = {"a": PAUSED}

    def scheduler_info(self, n_workers: int = 5) -> dict[str, object]:
        """Tell of five unless asked for more, as dask did for a while; of all where asked for −1."""
        told = list(self.workers.items())
        return {"workers": dict(told if n_workers < 0 else told[:n_workers])}


def test_one_that_is_at_work_behind_many_that_are_paused_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starving, "SECONDS_STARVING", 0.0)
    client = Scheduler()
    client.workers = {f"a{place}": PAUSED for place in range(7)}

    assert len(starving.Watch().starved(client)) == 7
    assert not starving.Watch().starved(client_with(client, AT_WORK))


def client_with(client: Scheduler, worker: dict[str, object]) -> Scheduler:
    """Let a client tell of one worker more."""
    client.workers = {**client.workers, "last": worker}
    return client


def test_what_is_finished_meanwhile_or_goes_on_begins_the_time_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 60))
    monkeypatch.setattr(starving.time, "monotonic", lambda: float(next(clock)) + 1000)
    watch, client = starving.Watch(), Scheduler()

    first = [bool(watch.starved(client)) for _ in range(3)]
    watch.fed()
    second = [bool(watch.starved(client)) for _ in range(3)]
    client.workers = {"a": RUNNING}
    went_on = bool(watch.starved(client))
    client.workers = {"a": PAUSED}
    third = [bool(watch.starved(client)) for _ in range(4)]

    assert (first, second, went_on) == ([False] * 3, [False] * 3, False)
    assert third == [False, False, False, True]


def test_of_a_scheduler_that_is_gone_nobody_starves() -> None:
    class Gone:
        def scheduler_info(self, n_workers: int) -> dict[str, str]:
            return {"type": "Scheduler"}

    assert starving.Watch(looked=-100.0).starved(Gone()) == ()
