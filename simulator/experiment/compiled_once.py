"""One process of a machine compiles an engine while others wait until it is there."""

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from simulator.engines.readiness import must_be_compiled

SECONDS_BETWEEN_LOOKS = 0.5


@contextlib.contextmanager
def compiled_once(engine: str) -> Iterator[None]:
    """Let one process of a machine compile the engine while others wait until it is there."""
    lock = Path(tempfile.gettempdir()) / f"downstream_compiling_{os.getuid() if hasattr(os, 'getuid') else 0}"
    with contextlib.ExitStack() as held:
        while must_be_compiled(engine):
            if taken := _taken(lock):
                held.enter_context(taken)
                break
            time.sleep(SECONDS_BETWEEN_LOOKS)
        yield


def _taken(lock: Path) -> Any:
    """Give the file whose lock is ours, or nothing; where there are no such locks nobody waits."""
    try:
        import fcntl
    except ImportError:
        return contextlib.nullcontext()
    file = lock.open("w", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file
