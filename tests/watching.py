"""Other processes, as the system tells of them: any may be gone between one look and the next."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
# Nobody waits so long but where what is waited for never comes: a busy machine may be thirty times slower.
PATIENCE_SECONDS = 900.0


def until(true: Callable[[], object]) -> None:
    """Wait until something is true."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_there(pid: int) -> bool:
    """Say whether a process has not ended yet."""
    return state_and_parent(pid)[0] not in ("Z", "X", "")


def children_of(pid: int, *words: str) -> list[int]:
    """List the processes that one began, whose command has all these words, in the order of their numbers."""
    others = sorted(int(one) for one in os.listdir(PROC) if one.isdigit())
    children = [one for one in others if state_and_parent(one)[1] == str(pid)]
    return [one for one in children if {*words} <= {*told(one, "cmdline").split("\0")}]


def kill(pid: int) -> None:
    """End a process at once, if it is there."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def state_and_parent(pid: int) -> tuple[str, str]:
    """Give the letter of a process's state, and the number of whoever began it; nothing if it is gone."""
    state, parent = [*told(pid, "stat").rpartition(")")[2].split()[:2], "", ""][:2]
    return state, parent


def told(pid: int, name: str) -> str:
    """Read what the system tells of a process; nothing if it is gone."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return (PROC / str(pid) / name).read_text(errors="replace")
    return ""
