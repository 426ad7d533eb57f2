"""Pieces of work done by several processes, one a core: for engines that hold the interpreter's lock."""

import multiprocessing
import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from queue import Empty, SimpleQueue
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
    """Hand the replications, in order, to a pool of processes; at the first failure end them all.

    Ctrl-C is heard by the main thread, between any two steps of its own: of a lock of the pool that it took
    just then it would never let go, and whoever ends the pool would wait for that without end. So another
    thread hands out, and the pool's own tells what has become of each piece.
    """
    context = multiprocessing.get_context("spawn")
    job = Job(work=work, folder=folder, ticks=context.SimpleQueue())
    pool = ProcessPoolExecutor(
        min(workers, len(todo)), mp_context=context, initializer=_begin, initargs=(job,)
    )
    desk = _Desk(pool=pool, todo=todo)
    hands = threading.Thread(target=desk.hands_out, daemon=True)
    try:
        hands.start()
        _follow(desk, job.ticks, progress=progress)
    except BrokenProcessPool as fault:
        raise RunFailed(
            "A worker process ended unexpectedly (killed, or out of memory). What is finished is kept: the "
            "same command goes on from there; --workers 1 needs least memory."
        ) from fault
    except BaseException:
        desk.has_stopped.set()
        if hands.is_alive():
            hands.join()
        _end(pool)
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What is handed out, and what has become of each piece: nothing, or what it raised."""

    pool: ProcessPoolExecutor
    todo: tuple[int, ...]
    ended: "SimpleQueue[BaseException | None]" = field(default_factory=SimpleQueue)
    has_stopped: threading.Event = field(default_factory=threading.Event)

    def hands_out(self) -> None:
        """Hand out one piece after another until all must stop.

        The processes are begun here, and begin with what this thread is deaf to. Ctrl-C in a terminal is for
        them too; heard before they can be told not to hear it, it would end them with a traceback each.
        """
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            for replication in self.todo:
                if self.has_stopped.is_set():
                    return
                self.pool.submit(_do_one, replication).add_done_callback(self._ends)
        except BaseException as fault:
            self.ended.put(fault)

    def _ends(self, piece: Future[None]) -> None:
        self.ended.put(None if piece.cancelled() else piece.exception())


def _follow(desk: _Desk, ticks: Ticks, *, progress: Progress) -> None:
    """Wait for all pieces, passing on each run done; raise what a worker raised."""
    left = len(desk.todo)
    while left:
        try:
            fault = desk.ended.get(timeout=SECONDS_BETWEEN_LOOKS)
            left -= 1
        except Empty:
            fault = None
        while not ticks.empty():
            ticks.get()
            progress.advances(1)
        progress.waits()
        if fault is not None:
            raise fault


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
