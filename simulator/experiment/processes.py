"""Pieces of work done by several processes, one a core: for engines that hold the interpreter's lock."""

import multiprocessing
import os
import signal
import threading
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from typing import Protocol

from simulator.errors import RunFailed
from simulator.experiment.drawn import SomeWork
from simulator.experiment.parts import write_piece
from simulator.experiment.piece import do_piece
from simulator.experiment.progress import Progress

SECONDS_BETWEEN_LOOKS = 0.2


class Ticks(Protocol):
    """A queue of one mark for each run done."""

    def put(self, obj: None) -> None:
        """Add a mark."""

    def get(self) -> None:
        """Take a mark."""

    def empty(self) -> bool:
        """Say whether there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a worker is told once: the work, where its parts go, and where to mark each run."""

    work: SomeWork
    folder: Path
    ticks: Ticks


def do_in_processes(
    work: SomeWork, folder: Path, *, todo: tuple[int, ...], workers: int, progress: Progress
) -> None:
    """Hand the replications, in order, to a pool of processes; at the first failure end them all."""
    context = multiprocessing.get_context("spawn")
    job = Job(work=work, folder=folder, ticks=context.SimpleQueue())
    pool = ProcessPoolExecutor(
        min(workers, len(todo)), mp_context=context, initializer=_begin, initargs=(job,)
    )
    try:
        _follow([pool.submit(_do_one, replication) for replication in todo], job.ticks, progress=progress)
    except BrokenProcessPool as fault:
        raise RunFailed(
            "A worker process ended unexpectedly (killed, or out of memory). What is finished is kept: the "
            "same command goes on from there; --workers 1 needs least memory."
        ) from fault
    except BaseException:
        _end(pool)
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _follow(pieces: list[Future[None]], ticks: Ticks, *, progress: Progress) -> None:
    """Wait for all pieces, passing on each run done; raise what a worker raised."""
    waiting = set(pieces)
    while waiting:
        finished, waiting = wait(waiting, timeout=SECONDS_BETWEEN_LOOKS, return_when=FIRST_EXCEPTION)
        while not ticks.empty():
            ticks.get()
            progress.advances(1)
        progress.waits()
        for piece in pieces:
            if piece in finished:
                piece.result()


def _end(pool: ProcessPoolExecutor) -> None:
    """End the pool's processes at once: what they had not finished is lost, and was never written."""
    for process in list((pool._processes or {}).values()):
        process.terminate()


def _begin(job: Job) -> None:
    """Set up a worker: deaf to Ctrl-C, which its parent hears, and not outliving that parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _JOB.append(job)


def _do_one(replication: int) -> None:
    """Do one replication in a worker and write its part."""
    job = _JOB[0]
    write_piece(job.folder, do_piece(job.work.at(replication), replication, ran=lambda: job.ticks.put(None)))


def _end_with_parent() -> None:
    """End this process when its parent is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


_JOB: list[Job] = []
