"""One process at a time works on a results folder: the lock goes with the process, however it ends."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from simulator.errors import OutputError

NAME = ".lock"


@dataclass(frozen=True, slots=True)
class _Kept:
    """The locks that are kept until all rounds are done, and of which folders they are."""

    stack: ExitStack
    folders: set[Path] = field(default_factory=set)


_KEPT: ContextVar[_Kept | None] = ContextVar("kept", default=None)


@contextmanager
def alone_throughout() -> Iterator[None]:
    """Let nobody in between rounds: what is locked within is let go only at the end of this."""
    if _KEPT.get() is not None:
        yield
        return
    with ExitStack() as stack:
        token = _KEPT.set(_Kept(stack))
        try:
            yield
        finally:
            _KEPT.reset(token)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep others out of a folder, to the end of what is ``alone_throughout`` if that is around it.

    Raises ``OutputError`` if one is at work in it.

    The lock is the operating system's: a process that was killed holds none, so none goes stale. Where the
    system has no such lock (Windows) nobody is kept out.
    """
    kept, place = _KEPT.get(), folder.resolve()
    if kept is None:
        with _locked(folder):
            yield
        return
    if place not in kept.folders:
        kept.stack.enter_context(_locked(folder))
        kept.folders.add(place)
    yield


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with open(folder / NAME, "w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise OutputError(
                f"{folder}: another process is at work on it; wait for it, or choose another with --out."
            ) from None
        yield
