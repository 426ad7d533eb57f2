"""Pieces of work done by threads of this process: for engines that let go of the interpreter's lock.

The threads are daemons: one that is deep in a kernel when somebody wants to stop is not waited for. What it
was at is lost, and was never written: nothing is written once it is said that all must stop.
"""

import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue

from simulator.errors import Interrupted
from simulator.experiment.parts import write_piece
from simulator.experiment.piece import do_piece
from simulator.experiment.progress import Progress
from simulator.experiment.work import Work

SECONDS_BETWEEN_LOOKS = 0.2
SECONDS_TO_STOP = 0.8
A_RUN, THROUGH = range(2)


def do_in_threads(work: Work, folder: Path, *, todo: Sequence[int], workers: int, progress: Progress) -> None:
    """Hand the replications, in order, to threads; at the first failure stop them all, and raise it."""
    desk = _Desk(work=work, folder=folder, todo=deque(todo))
    threads = [threading.Thread(target=_works, args=(desk,), daemon=True) for _ in range(workers)]
    try:
        for thread in threads:
            thread.start()
        _follow(desk, len(threads), progress=progress)
    finally:
        desk.stops()
        _wait(threads)
    if desk.failures:
        raise min(desk.failures.items())[1]


@dataclass(slots=True, kw_only=True)
class _Desk:
    """What the threads share: the work, what is still to do, and what went wrong.

    ``marks``: one for each run done, and ``THROUGH`` for each thread that has come to its end.
    """

    work: Work
    folder: Path
    todo: deque[int]
    marks: SimpleQueue[int] = field(default_factory=SimpleQueue)
    failures: dict[int, BaseException] = field(default_factory=dict)
    has_stopped: threading.Event = field(default_factory=threading.Event)
    writes: threading.Lock = field(default_factory=threading.Lock)

    def stops(self) -> None:
        """Let nobody begin or write anything from now on."""
        with self.writes:
            self.has_stopped.set()

    def does(self, replication: int) -> None:
        """Do one replication and write its part, unless all must stop."""
        piece = do_piece(
            self.work, replication, ran=lambda: self.marks.put(A_RUN), stop=self.has_stopped.is_set
        )
        with self.writes:
            if not self.has_stopped.is_set():
                write_piece(self.folder, piece)


def _works(desk: _Desk) -> None:
    """Do one replication after another until there are no more, one fails, or all must stop."""
    while not desk.has_stopped.is_set():
        try:
            replication = desk.todo.popleft()
        except IndexError:
            break
        try:
            desk.does(replication)
        except BaseException as fault:
            if not (desk.has_stopped.is_set() and isinstance(fault, Interrupted)):
                desk.failures[replication] = fault
            desk.has_stopped.set()
    desk.marks.put(THROUGH)


def _follow(desk: _Desk, threads: int, *, progress: Progress) -> None:
    """Pass on each run done, until all threads are through or one of them has failed."""
    while threads and not desk.has_stopped.is_set():
        try:
            mark = desk.marks.get(timeout=SECONDS_BETWEEN_LOOKS)
        except Empty:
            progress.waits()
            continue
        threads -= mark == THROUGH
        progress.advances(int(mark == A_RUN))


def _wait(threads: Sequence[threading.Thread]) -> None:
    """Give those threads that have begun a moment to come to their end."""
    deadline = time.monotonic() + SECONDS_TO_STOP
    for thread in threads:
        if thread.is_alive():
            thread.join(max(0.0, deadline - time.monotonic()))
