"""Pieces of work done by threads of this process: for engines that let go of the interpreter's lock.

The threads are daemons: one that is deep in a kernel when somebody wants to stop is not waited for. What it
was at is lost, and was never written: nothing is written once it is said that all must stop.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Generic, Protocol, TypeVar

from simulator.errors import Interrupted
from simulator.experiment.backlog import Backlog, InOrder
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
    hands = [does] * workers
    do_each_by(hands, backlog=InOrder(todo), writes=writes, progress=progress)


def do_each_by(
    hands: Sequence[Does[T, Done]],
    *,
    backlog: Backlog[T],
    writes: Callable[[Done], None],
    progress: Progress,
    halts: Callable[[], None] = lambda: None,
) -> None:
    """Let each of ``hands`` work in a thread of its own, on what it takes from the backlog.

    Otherwise as ``do_each_in_threads``. ``halts`` ends what the threads may be waiting for, where all must
    stop before they are through.
    """
    desk = _Desk(writes=writes, backlog=backlog)
    threads = [
        threading.Thread(target=_works, args=(desk, does), kwargs={"place": place}, daemon=True)
        for place, does in enumerate(hands)
    ]
    are_through = False
    try:
        for thread in threads:
            thread.start()
        are_through = _follow(desk, len(threads), progress=progress)
    finally:
        desk.stops()
        if not are_through:
            halts()
        _wait(threads)
    if desk.failures:
        raise min(desk.failures.items())[1]


@dataclass(slots=True, kw_only=True)
class _Desk(Generic[T, Done]):
    """What the threads share: what is still to do, where what is done goes, and what went wrong.

    ``marks``: one for each run done, and ``THROUGH`` for each thread that has come to its end.
    """

    writes: Callable[[Done], None]
    backlog: Backlog[T]
    marks: SimpleQueue[int] = field(default_factory=SimpleQueue)
    failures: dict[int, BaseException] = field(default_factory=dict)
    has_stopped: threading.Event = field(default_factory=threading.Event)
    writing: threading.Lock = field(default_factory=threading.Lock)

    def stops(self) -> None:
        """Let nobody begin or write anything from now on."""
        with self.writing:
            self.has_stopped.set()

    def do(self, piece: T, does: Does[T, Done]) -> None:
        """Have one piece done and write its part, unless all must stop."""
        done = does(piece, ran=lambda: self.marks.put(A_RUN), stop=self.has_stopped.is_set)
        with self.writing:
            if not self.has_stopped.is_set():
                self.writes(done)


def _works(desk: _Desk[T, Done], does: Does[T, Done], *, place: int) -> None:
    """Do one piece after another until there are no more, one fails, or all must stop."""
    while not desk.has_stopped.is_set() and (taken := desk.backlog.take(place)):
        number, piece = taken
        try:
            desk.do(piece, does)
        except BaseException as fault:
            if not (desk.has_stopped.is_set() and isinstance(fault, Interrupted)):
                desk.failures[number] = fault
            desk.has_stopped.set()
    desk.marks.put(THROUGH)


def _follow(desk: _Desk[T, Done], threads: int, *, progress: Progress) -> bool:
    """Pass on each run done, until one of the threads has failed or, it says then, all are through."""
    while threads and not desk.has_stopped.is_set():
        try:
            mark = desk.marks.get(timeout=SECONDS_BETWEEN_LOOKS)
        except Empty:
            progress.waits()
            continue
        threads -= mark == THROUGH
        progress.advances(int(mark == A_RUN))
    return not threads


def _wait(threads: Sequence[threading.Thread]) -> None:
    """Give those threads that have begun a moment to come to their end."""
    deadline = time.monotonic() + SECONDS_TO_STOP
    for thread in threads:
        if thread.is_alive():
            thread.join(max(0.0, deadline - time.monotonic()))
