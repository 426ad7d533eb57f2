"""One process at a time works on a results folder: the lock goes with the process, however it ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulator.errors import OutputError

NAME = ".lock"


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep others out of a folder; raise ``OutputError`` if one is at work in it.

    The lock is the operating system's: a process that was killed holds none, so none goes stale. Where the
    system has no such lock (Windows) nobody is kept out.
    """
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
