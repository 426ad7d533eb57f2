"""A crew: so many worker processes of this machine, each begun when it is first asked for."""

import threading
from types import TracebackType
from typing import Self

from simulator.errors import KEPT, Interrupted, RunFailed
from simulator.experiment.crew.memory import as_memory_allows
from simulator.experiment.crew.worker import Worker
from simulator.experiment.progress import Progress

# A worker that is killed while it begins, as where memory is short, is begun again so often.
BEGINNINGS = 5


class Crew:
    """Worker processes, numbered from nought, that stand until the crew ends.

    Threads may share it, if each asks for a worker of its own.
    """

    def __init__(self, workers: int, *, is_asked: bool = True) -> None:
        """Be of so many at most; unless they were asked for, of no more than memory has room for."""
        self.workers = workers
        self._is_known = is_asked
        self._there: dict[int, Worker] = {}
        self._lock = threading.Lock()
        self._has_ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.ends()

    @property
    def has_begun(self) -> bool:
        """Say whether any of them is there."""
        return bool(self._there)

    def size(self, pieces: int, *, progress: Progress) -> int:
        """Say how many do so many pieces; for how many memory has room is looked up once, before any."""
        if not self._is_known:
            self.workers, self._is_known = as_memory_allows(self.workers, progress=progress), True
        return min(self.workers, pieces)

    def worker(self, number: int) -> Worker:
        """Give the worker of a number, begun if it is not there; raise ``RunFailed`` if none begins."""
        for _ in range(BEGINNINGS):
            worker, is_new = self._there_or_new(number)
            if not is_new or worker.begins():
                return worker
            self.dismisses(number)
        raise RunFailed(f"Worker processes are ended before they have begun, {BEGINNINGS} in a row. {KEPT}")

    def _there_or_new(self, number: int) -> tuple[Worker, bool]:
        with self._lock:
            if self._has_ended:
                raise Interrupted("The worker processes have been ended.")
            if number in self._there:
                return self._there[number], False
            worker = self._there[number] = Worker()
            return worker, True

    def dismisses(self, number: int) -> None:
        """End the worker of a number; another is begun when it is asked for."""
        with self._lock:
            worker = self._there.pop(number, None)
        if worker is not None:
            worker.end()

    def keeps_one(self) -> None:
        """End all but the first, so that it has the machine for itself."""
        for number in range(1, self.workers):
            self.dismisses(number)

    def ends(self) -> None:
        """End them all, and let none begin."""
        with self._lock:
            self._has_ended = True
            there, self._there = list(self._there.values()), {}
        for worker in there:
            worker.end()
