"""One process at a time works on a results folder: the lock goes with the process, however it ends."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from simulator.errors import OutputError

NAME = ".lock"
MOST_TRIES = 100


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
def alone_in(folder: Path, *, asked: Path | None = None) -> Iterator[None]:
    """Keep others out of a folder, to the end of what is ``alone_throughout`` if that is around it.

    The folder is made if it is not there. Raises ``OutputError`` if one is at work in it, which names the
    folder that was ``asked`` for where this is but a part of it.

    The lock is the operating system's: a process that was killed holds none, so none goes stale. Where the
    system has no such lock (Windows, some network disks) nobody is kept out.
    """
    kept, place = _KEPT.get(), folder.resolve()
    if kept is None:
        with _locked(folder, asked or folder):
            yield
        return
    if place not in kept.folders:
        kept.stack.enter_context(_locked(folder, asked or folder))
        kept.folders.add(place)
    yield


def take_away(folder: Path) -> None:
    """Take the file of our own lock away, where the system lets go of an open one; others make theirs."""
    with suppress(OSError):
        (folder / NAME).unlink()


@contextmanager
def _locked(folder: Path, asked: Path) -> Iterator[None]:
    """Hold the lock of a folder; its file goes when the lock is let go of, or was half taken at Ctrl-C."""
    held: list[IO[str]] = []
    try:
        _take(folder, asked, held=held)
        yield
    finally:
        _let_go(folder, held=held)


def _take(folder: Path, asked: Path, *, held: list[IO[str]]) -> None:
    """Make a folder and lock a file in it, which stays open in ``held``.

    Whoever held it may take the file away, and the folder too, between any two steps of ours: then what is
    locked is no longer there for others to find, and all is done again.
    """
    for _ in range(MOST_TRIES):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Not in a ``with``: the lock lasts as long as the file is open.
            held.append(open(folder / NAME, "w", encoding="ascii"))  # noqa: SIM115
        except FileNotFoundError:
            continue
        except OSError as fault:
            raise OutputError(f"{asked}: cannot be made: {fault.strerror or fault}.") from fault
        if not _lock(held[-1]):
            raise OutputError(
                f"{asked}: another process is at work on it; wait for it, or choose another with --out."
            )
        if _is_at(folder / NAME, held[-1]):
            return
        held.pop().close()
    raise OutputError(f"{asked}: cannot be made: it is taken away again and again.")


def _let_go(folder: Path, *, held: list[IO[str]]) -> None:
    """Close the file that is locked and take it away, unless another has locked it."""
    # Where Ctrl-C fell as it was being opened it may be there without our knowing.
    with suppress(OSError), held.pop() if held else open(folder / NAME, "r+", encoding="ascii") as file:
        if _lock(file) and _is_at(folder / NAME, file):
            take_away(folder)


def _lock(file: IO[str]) -> bool:
    """Lock a file; say whether nobody else has. Where files have no locks, nobody has."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _is_at(path: Path, file: IO[str]) -> bool:
    """Say whether an open file is the one that stands at a path."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except OSError:
        return False
