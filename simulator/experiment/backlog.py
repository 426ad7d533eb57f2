"""Pieces of work still to do, and who takes which: one after another, or each worker from its own stretch."""

import threading
from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


class Backlog(Protocol[T_co]):
    """What is still to do; several may take from it at once."""

    def take(self, worker: int) -> tuple[int, T_co] | None:
        """Give a worker its next piece, with the piece's place among all; nothing when there is no more."""


class InOrder(Backlog[T]):
    """Pieces in their order, whoever takes them: for workers that share what they have worked out."""

    def __init__(self, todo: Sequence[T]) -> None:
        """Begin with all of them."""
        self._left = deque(enumerate(todo))

    def take(self, _: int, /) -> tuple[int, T] | None:
        """Give the next."""
        try:
            return self._left.popleft()
        except IndexError:
            return None


class Stretches(Backlog[T]):
    """Pieces in as many stretches as there are workers, who each do their own from its beginning.

    So neighbours, which have most in common, come to one worker, which remembers. Whoever is through with its
    own takes the later half of the longest that is left.
    """

    def __init__(self, todo: Sequence[T], *, workers: int) -> None:
        """Cut them into stretches that differ by one piece at most."""
        all_of_them = list(enumerate(todo))
        ends = [len(all_of_them) * one // workers for one in range(workers + 1)]
        self._left = [deque(all_of_them[first:end]) for first, end in pairwise(ends)]
        self._lock = threading.Lock()

    def take(self, worker: int) -> tuple[int, T] | None:
        """Give the next of the worker's own stretch, or of what it takes over."""
        with self._lock:
            if not self._left[worker]:
                self._left[worker] = _later_half(max(self._left, key=len))
            return self._left[worker].popleft() if self._left[worker] else None

    def __len__(self) -> int:
        """Count what is left."""
        return sum(map(len, self._left))


def _later_half(stretch: deque[T]) -> deque[T]:
    """Take the later half of a stretch off it: all, of a single piece."""
    taken = deque[T]()
    for _ in range((len(stretch) + 1) // 2):
        taken.appendleft(stretch.pop())
    return taken
