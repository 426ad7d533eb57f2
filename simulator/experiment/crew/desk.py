"""Pieces of work handed to worker processes of this machine, each from a stretch of neighbours.

What comes back is written here, by this process. A piece whose worker is gone is given to a new one. One that
costs two workers is cut into its least pieces, which are tried one at a time with the machine to themselves,
so that none is blamed for another, nor for memory that others took.
"""

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from simulator.errors import Interrupted
from simulator.experiment.backlog import InOrder, Stretches
from simulator.experiment.cluster.handshake import made_of
from simulator.experiment.crew.crew import Crew
from simulator.experiment.crew.messages import Begin, Gone
from simulator.experiment.job import COSTS_WORKERS, OUT_OF_MEMORY, Job
from simulator.experiment.progress import Progress
from simulator.experiment.threads import do_each_by

TRIES = 2
# Before more are tried: where all cost their workers, it is not all of them that must be tried to see it.
MOST_ASIDE = 3

T = TypeVar("T")
Done = TypeVar("Done")


def do_each_by_crew(
    todo: Sequence[T], *, job: Job[T, Done], writes: Callable[[Done], None], crew: Crew, progress: Progress
) -> None:
    """Hand pieces to a crew; ``writes`` gets what each gave, one at a time, and never after all must stop.

    Raises what the job and ``writes`` raise, at the first failure, and ``RunFailed`` where no worker begins.
    """
    if not todo:
        return
    told = Begin(pickle.dumps(job), made_of())
    workers = range(crew.size(len(todo), progress=progress))
    hands = [_Hand(crew=crew, number=number, job=job, told=told) for number in workers]
    backlog = _Backlog(Stretches(todo, workers=len(hands)))

    def keeps(done: Done | _Aside[T]) -> None:
        if isinstance(done, _Aside):
            backlog.aside.append(done)
        else:
            writes(done)

    while len(backlog):
        do_each_by(hands, backlog=backlog, writes=keeps, progress=progress, halts=crew.ends)
        if backlog.aside:
            crew.keeps_one()
            least = [piece for one in backlog.aside for piece in job.apart(one.piece)]
            alone = _Alone(hands[0], runs_told=sum(one.runs_told for one in backlog.aside))
            backlog.aside.clear()
            do_each_by([alone], backlog=InOrder(least), writes=writes, progress=progress, halts=crew.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Aside(Generic[T]):
    """A piece that cost its workers, why, and how many of its runs have been told of."""

    piece: T
    why: str
    runs_told: int


@dataclass(frozen=True, slots=True)
class _Backlog(Generic[T]):
    """What is still to do, of which nothing is given while too much has been set ``aside``."""

    stretches: Stretches[T]
    aside: list[_Aside[T]] = field(default_factory=list)

    def take(self, worker: int) -> tuple[int, T] | None:
        """Give a worker its next piece."""
        return self.stretches.take(worker) if len(self.aside) < MOST_ASIDE else None

    def __len__(self) -> int:
        """Count what is left."""
        return len(self.stretches)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hand(Generic[T, Done]):
    """Whoever has pieces done by the worker of a number."""

    crew: Crew
    number: int
    job: Job[T, Done]
    told: Begin

    def __call__(self, piece: T, /, *, ran: Callable[[], None], stop: Callable[[], bool]) -> Done | _Aside[T]:
        """Have a piece done, by one worker or the next; set it aside where it costs both."""
        marks = _Marks(ran)
        for _ in range(TRIES):
            try:
                worker = self.crew.worker(self.number)
                done: Done = worker.do(piece, job=self.told, ran=marks)
            except (Gone, MemoryError) as fault:
                if stop():
                    raise Interrupted("The worker process has been ended.") from None
                self.crew.dismisses(self.number)
                marks.begins_again()
                last = fault
                continue
            marks.are(self.job.runs(piece))
            return done
        why = OUT_OF_MEMORY if isinstance(last, MemoryError) else COSTS_WORKERS
        return _Aside(piece=piece, why=why, runs_told=marks.told)


class _Alone(Generic[T, Done]):
    """Whoever has the least pieces done of those set aside, of which some runs have been told of already."""

    def __init__(self, hand: _Hand[T, Done], *, runs_told: int) -> None:
        """Have them done by this hand."""
        self._hand = hand
        self._runs_told = runs_told

    def __call__(self, piece: T, /, *, ran: Callable[[], None], stop: Callable[[], bool]) -> Done:
        """Have a piece done; one that costs its workers again is lost."""

        def tells() -> None:
            if self._runs_told:
                self._runs_told -= 1
            else:
                ran()

        done = self._hand(piece, ran=tells, stop=stop)
        if not isinstance(done, _Aside):
            return done
        for _ in range(self._hand.job.runs(piece) - done.runs_told):
            tells()
        return self._hand.job.lost(piece, done.why)


class _Marks:
    """Tell of each run of a piece once, however often it is begun."""

    def __init__(self, ran: Callable[[], None]) -> None:
        """Tell this."""
        self._ran = ran
        self._now = 0
        self.told = 0

    def __call__(self) -> None:
        """Count a run, and tell of it unless it has been told of."""
        self._now += 1
        self.are(self._now)

    def begins_again(self) -> None:
        """Count from nought."""
        self._now = 0

    def are(self, runs: int) -> None:
        """Tell of as many as are wanting to so many."""
        while self.told < runs:
            self.told += 1
            self._ran()
