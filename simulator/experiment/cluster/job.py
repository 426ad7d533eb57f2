"""What a worker of a cluster does with a piece that it is handed."""

import pickle
import threading
from collections.abc import Mapping
from typing import Any

from simulator.experiment.cluster.handshake import made_of, refuse_others
from simulator.experiment.compiled_once import compiled_once
from simulator.experiment.job import Job


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


def _job(payload: bytes) -> Job[Any, Any]:
    """Unpack a job; a worker keeps the last one."""
    with _LOCK:
        if payload not in _KEPT:
            _KEPT.clear()
            _KEPT[payload] = pickle.loads(payload)
        return _KEPT[payload]


_LOCK = threading.Lock()
_KEPT: dict[bytes, Job[Any, Any]] = {}
