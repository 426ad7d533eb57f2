"""A job: what a worker does with a piece, and what to do here with one that cannot be done there."""

import contextlib
import os
import pickle
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from simulator.engines.readiness import must_be_compiled
from simulator.experiment.cluster.handshake import made_of, refuse_others

SECONDS_BETWEEN_LOOKS = 0.5

T = TypeVar("T")
Done_co = TypeVar("Done_co", covariant=True)


class Job(Protocol[T, Done_co]):
    """Whoever does a piece of work, and can be sent to another machine."""

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


def do_there(payload: bytes, piece: object, *, here: Mapping[str, str]) -> object:
    """Do a piece of the job in ``payload`` on a worker, if it is made of what ``here`` says."""
    from distributed import get_worker
    from distributed.worker import thread_state

    worker, key = get_worker(), thread_state.key
    refuse_others(made_of(), here=here, name=worker.address)
    job = _job(payload)

    def stop() -> bool:
        """Say whether nobody waits for it any more."""
        task = worker.state.tasks.get(key)
        return task is None or task.state == "cancelled"

    with compiled_once(job.engine):
        return job.do(piece, ran=lambda: None, stop=stop)


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


def _job(payload: bytes) -> Job[Any, Any]:
    """Unpack a job; a worker keeps the last one."""
    with _LOCK:
        if payload not in _KEPT:
            _KEPT.clear()
            _KEPT[payload] = pickle.loads(payload)
        return _KEPT[payload]


_LOCK = threading.Lock()
_KEPT: dict[bytes, Job[Any, Any]] = {}
