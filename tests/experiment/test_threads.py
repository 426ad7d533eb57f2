"""Threads over replications: all is done once, a failure stops the rest, and so does Ctrl-C."""

import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from experiment.ward import ward_experiment
from starting import Started
from watching import PATIENCE_SECONDS

from simulator.errors import Interrupted, RunFailed
from simulator.experiment import threads
from simulator.experiment.progress import Silence
from simulator.experiment.threads import do_in_threads

Piece = Callable[..., object]


class Counts(Silence):
    """Count the runs done."""

    runs = 0

    def advances(self, runs: int) -> None:
        self.runs += runs


@pytest.fixture
def does(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Piece], list[int]]:
    """Give a function that has two threads do six pieces, each as told, and says what was written."""
    written: list[int] = []
    monkeypatch.setattr(threads, "write_piece", lambda folder, piece: written.append(piece))

    def done(piece: Piece, *, workers: int = 2, progress: Silence | None = None) -> list[int]:
        monkeypatch.setattr(threads, "do_piece", piece)
        work = SimpleNamespace(at=lambda replication: None)
        do_in_threads(work, tmp_path, todo=range(6), workers=workers, progress=progress or Silence())
        return written

    done.written = written
    return done


@pytest.mark.parametrize("workers", [1, 2, 7])
def test_every_piece_is_done_once(does: Callable[..., list[int]], workers: int) -> None:
    progress = Counts()

    def piece(work: object, replication: int, *, ran: Callable[[], None], stop: object) -> int:
        ran()
        ran()
        return replication

    assert sorted(does(piece, workers=workers, progress=progress)) == list(range(6))
    assert progress.runs == 12


def test_no_more_are_at_work_than_there_are_workers(does: Callable[..., list[int]]) -> None:
    at_work: list[int] = []
    most: list[int] = []
    both = threading.Barrier(2)

    def piece(work: object, replication: int, **rest: object) -> int:
        at_work.append(replication)
        both.wait(PATIENCE_SECONDS)  # of six pieces each meets another
        most.append(len(at_work))
        both.wait(PATIENCE_SECONDS)
        at_work.remove(replication)
        return replication

    does(piece)

    assert max(most) == 2


def test_a_failure_in_one_stops_the_others(does: Callable[..., list[int]]) -> None:
    stopped = threading.Event()

    def piece(work: object, replication: int, *, ran: object, stop: Callable[[], bool]) -> int:
        if replication == 1:
            raise RunFailed("a ring closed.")
        while not stop():
            time.sleep(0.01)
        stopped.set()
        raise Interrupted("stopped")

    with pytest.raises(RunFailed, match="a ring closed"):
        does(piece)

    assert stopped.wait(timeout=PATIENCE_SECONDS)
    assert does.written == []


def test_what_comes_to_its_end_after_all_must_stop_is_not_written(does: Callable[..., list[int]]) -> None:
    def piece(work: object, replication: int, *, ran: object, stop: Callable[[], bool]) -> int:
        if replication == 1:
            raise RunFailed("a ring closed.")
        while not stop():
            time.sleep(0.01)
        return replication

    with pytest.raises(RunFailed):
        does(piece)

    assert does.written == []


SCRIPT = """
import os, sys, time
from pathlib import Path
import simulator.cli as cli
from simulator.errors import Interrupted
from simulator.experiment import pool, threads

def listens(work, replication, *, ran, stop):
    os.write(1, b"at work\\n")
    while not stop():
        time.sleep(0.05)
    raise Interrupted("stopped")

def deaf(work, replication, *, ran, stop):
    os.write(1, b"at work\\n")
    while True:
        time.sleep(60)

if __name__ == "__main__":
    pool.IN_THREADS = ("people",)
    threads.do_piece = globals()[sys.argv.pop(1)]
    cli.main()
"""


@pytest.mark.parametrize("kind", ["listens", "deaf"])
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_ends_the_command_soon_and_leaves_no_empty_folder(
    tmp_path: Path, kind: str, times: int, workers: str
) -> None:
    experiment = ward_experiment(tmp_path, "horizon='4 weeks'").origin.file
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    words = ["run", experiment, "--out", str(tmp_path / "out"), "--workers", workers]
    command = [sys.executable, str(tmp_path / "script.py"), kind, *words]
    with Started(command) as started:
        assert started.first_line() == "at work"
        for _ in range(times):
            started.send_signal(signal.SIGINT)
            time.sleep(0.1)
        said = started.communicate(timeout=PATIENCE_SECONDS)[1]

    assert started.returncode == 130, said
    assert "Interrupted" in said
    assert "Traceback" not in said
    assert not (tmp_path / "out").exists()
