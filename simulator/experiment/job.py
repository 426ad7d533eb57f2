"""A job: what a worker does with a piece of work, and what to do here with one that cannot be done there."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")
Done_co = TypeVar("Done_co", covariant=True)
COSTS_WORKERS = "the workers that tried it ended, more than once (out of memory, killed, or a crash)."
OUT_OF_MEMORY = "there was not memory enough for it on a worker, more than once."


class Job(Protocol[T, Done_co]):
    """Whoever does a piece of work, and can be sent to another process or machine."""

    @property
    def engine(self) -> str:
        """Name the engine."""

    def do(self, piece: T, /, *, ran: Callable[[], None], stop: Callable[[], bool]) -> Done_co:
        """Do a piece, there."""

    def runs(self, piece: T, /) -> int:
        """Count the runs of a piece, here."""

    def apart(self, piece: T, /) -> Sequence[T]:
        """Cut a piece into the least there are, here."""

    def lost(self, piece: T, /, why: str) -> Done_co:
        """Say, here, what is left of one of the least that cannot be done; may raise."""
