"""Pieces of work done by threads of this process: for engines that let go of the interpreter's lock.

The threads are daemons: one that is deep in a kernel when somebody wants to stop is not waited for. What it
was at is lost, and was never written: nothing is written once it is said that all must stop.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Generic, Protocol, TypeVar

from simulator.errors import Interrupted
from simulator.experiment.drawn import SomeWork
from simulator.experiment.parts import Piece, write_piece
from simulator.experiment.piece import do_piece
from simulator.experiment.progress import Progress

SECONDS_BETWEEN_LOOKS = 0.2
SECONDS_TO_STOP = 0.8
A_RUN, THROUGH = range(2)

T = TypeVar("T")
Done = TypeVar("Done")
T_contra = TypeVar("T_contra", contravariant=True)
Done_co = TypeVar("Done_co", covariant=True)


class Does(Protocol[T_contra, Done_co]):
    """Whoever does a piece of work."""

    def __call__(self, piece: T_contra, /, *, ran: Callable[[], None], stop: Callable[[], bool]) -> Done_co:
        """Do a piece; call ``ran`` after each run, and raise ``Interrupted`` soon after ``stop`` says so."""


def do_in_threads(
    work: SomeWork, folder: Path, *, todo: Sequence[int], workers: int, progress: Progress
) -> None:
    """Hand the replications, in order, to threads; at the first failure stop them all, and raise it."""

    def does(replication: int, *, ran: Callable[[], None], stop: Callable[[], bool]) -> Piece:
        return do_piece(work.at(replication), replication, ran=ran, stop=stop)

    def writes(piece: Piece) -> None:
        write_piece(folder, piece)

    do_each_in_threads(todo, does=does, writes=writes, workers=workers, progress=progress)


def do_each_in_threads(
    todo: Sequence[T],
    *,
    does: Does[T, Done],
    writes: Callable[[Done], None],
    workers: int,
    progress: Progress,
) -> None:
    """Hand pieces of work, in order, to threads; at the first failure stop them all, and raise it.

    ``does`` gets a piece, what to call after each run, and what to ask whether to stop; ``writes`` gets what
    it gave, one at a time, and never after all must stop.
    """
    desk = _Desk(does=does, writes=writes, todo=deque(enumerate(todo)))
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
class _Desk(Generic[T, Done]):
    """What the threads share: how to do a piece, what is still to do, and what went wrong.

    ``marks``: one for each run done, and ``THROUGH`` for each thread that has come to its end.
    """

    does: Does[T, Done]
    writes: Callable[[Done], None]
    todo: deque[tuple[int, T]]
    marks: SimpleQueue[int] = field(default_factory=SimpleQueue)
    failures: dict[int, BaseException] = field(default_factory=dict)
    has_stopped: threading.Event = field(default_factory=threading.Event)
    writing: threading.Lock = field(default_factory=threading.Lock)

    def stops(self) -> None:
        """Let nobody begin or write anything from now on."""
        with self.writing:
            self.has_stopped.set()

    def do(self, piece: T) -> None:
        """Do one piece and write its part, unless all must stop."""
        done = self.does(piece, ran=lambda: self.marks.put(A_RUN), stop=self.has_stopped.is_set)
        with self.writing:
            if not self.has_stopped.is_set():
                self.writes(done)


def _works(desk: _Desk[T, Done]) -> None:
    """Do one piece after another until there are no more, one fails, or all must stop."""
    while not desk.has_stopped.is_set():
        try:
            place, piece = desk.todo.popleft()
        except IndexError:
            break
        try:
            desk.do(piece)
        except BaseException as fault:
            if not (desk.has_stopped.is_set() and isinstance(fault, Interrupted)):
                desk.failures[place] = fault
            desk.has_stopped.set()
    desk.marks.put(THROUGH)


def _follow(desk: _Desk[T, Done], threads: int, *, progress: Progress) -> None:
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
