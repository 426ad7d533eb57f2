"""Pieces of work handed to a cluster, a few at a time; what comes back is written here, by this process.

So workers need no disk in common with us. A piece whose worker is gone is handed out again by the scheduler;
one that costs workers again and again is cut into its least pieces, which are tried one at a time when all
else is done, so that none is blamed for another.
"""

import logging
import pickle
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

from simulator.errors import KEPT, DefinitionError, Interrupted, RunFailed
from simulator.experiment.cluster.handshake import compiling, greet_all, made_of
from simulator.experiment.cluster.job import do_there
from simulator.experiment.cluster.starving import Watch, starving_words
from simulator.experiment.cluster.where import Cluster, address_of
from simulator.experiment.job import COSTS_WORKERS, OUT_OF_MEMORY, Job
from simulator.experiment.progress import Progress

SECONDS_BETWEEN_LOOKS = 0.2
SECONDS_TO_CONNECT = 10
SECONDS_TO_SEE_A_WORKER = 120
# Those begun here are on their way, and begun again where they end; a busy machine takes minutes over it.
SECONDS_TO_SEE_OURS = 600
SECONDS_BETWEEN_COUNTS = 2.0
AHEAD_A_THREAD = 2
NO_ANSWER = "its answer was lost on its way, again and again, or it closes connections of its own."
# As often as dask itself asks again, unless told, for one whose worker was lost.
ASKED_AGAIN = 3

T = TypeVar("T")
Done = TypeVar("Done")


def do_each_on_cluster(
    todo: Sequence[T],
    *,
    job: Job[T, Done],
    writes: Callable[[Done], None],
    cluster: Cluster,
    progress: Progress,
) -> None:
    """Hand pieces to the workers of a cluster, in order; ``writes`` gets what each gave, in this process.

    Raises ``DefinitionError`` where no scheduler answers, ``RunFailed`` where a worker is not made of what we
    are, the scheduler goes or all workers starve for memory, ``Interrupted``, and what the job and
    ``writes`` raise.
    """
    if not todo:
        return
    try:
        with address_of(cluster) as address, _connected(cluster, address) as client:
            _wait_for_a_worker(client, cluster, progress=progress)
            machines = list(compiling(greet_all(client, engine=job.engine)))
            if machines:
                progress.says(
                    f"Compiling the engine on {', '.join(machines)}, once each: half a minute or more…"
                )
            try:
                progress.begins(sum(map(job.runs, todo)), ready=lambda: not machines)
                _Desk(
                    client=client,
                    job=job,
                    writes=writes,
                    progress=progress,
                    todo=deque(todo),
                    option=cluster.option,
                ).follow()
            finally:
                progress.ends()
    except KeyboardInterrupt:
        raise Interrupted from None


@dataclass(slots=True, kw_only=True)
class _Desk(Generic[T, Done]):
    """What is still to do, what is with the workers, and what they are not trusted with any more.

    ``option`` is how the cluster was asked for. ``suspects``: the least pieces of those that cost workers,
    done one at a time. ``unanswered``: those whose answer was lost, once for each time.
    """

    client: Any
    job: Job[T, Done]
    writes: Callable[[Done], None]
    progress: Progress
    todo: deque[T]
    option: str
    suspects: deque[T] = field(default_factory=deque)
    unanswered: list[T] = field(default_factory=list)
    out: dict[Any, tuple[T, bool]] = field(default_factory=dict)
    back: "SimpleQueue[Any]" = field(default_factory=SimpleQueue)
    threads: int = 1
    counted: float = 0.0
    payload: Any = None
    memory: Watch = field(default_factory=Watch)

    def follow(self) -> None:
        """Go on until all is done."""
        while self.todo or self.suspects or self.out:
            self._hand_out()
            try:
                future = self.back.get(timeout=SECONDS_BETWEEN_LOOKS)
            except Empty:
                self._look()
                continue
            self.memory.fed()
            piece, is_suspect = self.out.pop(future)
            self._take(future, piece, is_suspect=is_suspect)
            future.release()

    def _look(self) -> None:
        """See whether the scheduler is still there, and its workers not at the end of their memory."""
        self.progress.waits()
        if self.client.status in ("closing", "closed"):
            raise RunFailed(f"The scheduler is gone. {KEPT}")
        if starved := self.memory.starved(self.client):
            raise RunFailed(f"{starving_words(self.option, starved)} {KEPT}")

    def _hand_out(self) -> None:
        """Hand out as many pieces as keep the workers busy; suspects one by one, after all others."""
        if self.client.status != "running":
            return
        while self.todo and len(self.out) < self._most():
            self._submit(self.todo.popleft(), is_suspect=False)
        if self.suspects and not self.out:
            self._submit(self.suspects.popleft(), is_suspect=True)

    def _submit(self, piece: T, *, is_suspect: bool) -> None:
        """Hand out one piece; the job itself goes to each worker once."""
        if self.payload is None or self.payload.cancelled():
            self.payload = self.client.submit(bytes, pickle.dumps(self.job), pure=False)
        future = self.client.submit(do_there, self.payload, piece, here=made_of(), pure=False)
        self.out[future] = piece, is_suspect
        future.add_done_callback(self.back.put)

    def _take(self, future: Any, piece: T, *, is_suspect: bool) -> None:
        """Write what a piece gave, or see to it that it is done otherwise."""
        from distributed import KilledWorker
        from distributed.comm import CommClosedError

        try:
            done = future.result()
        except BaseException as fault:
            is_closed = isinstance(fault, CommClosedError)
            if future.cancelled() or (is_closed and self._may_ask_again(piece)):
                # The scheduler forgot us, or was lost while it answered; if it comes back, it is told again.
                (self.suspects if is_suspect else self.todo).appendleft(piece)
                time.sleep(SECONDS_BETWEEN_LOOKS)
                self._look()
                return
            if not (is_closed or isinstance(fault, (KilledWorker, MemoryError))):
                raise
            if not is_suspect:
                self.suspects.extend(self.job.apart(piece))
                return
            killed = COSTS_WORKERS if isinstance(fault, KilledWorker) else OUT_OF_MEMORY
            done = self.job.lost(piece, NO_ANSWER if is_closed else killed)
        self.writes(done)
        self.progress.advances(self.job.runs(piece))

    def _may_ask_again(self, piece: T) -> bool:
        """Count an answer that was lost; say whether it was not the last, after which it is counted anew."""
        self.unanswered.append(piece)
        if self.unanswered.count(piece) <= ASKED_AGAIN:
            return True
        self.unanswered = [one for one in self.unanswered if one != piece]
        return False

    def _most(self) -> int:
        """Say how many pieces may be out at once: it follows the number of workers."""
        now = time.monotonic()
        if now - self.counted > SECONDS_BETWEEN_COUNTS:
            with suppress(OSError):
                self.threads = max(1, sum(self.client.nthreads().values()))
            self.counted = now
        return AHEAD_A_THREAD * self.threads


@contextmanager
def _connected(cluster: Cluster, address: str) -> Iterator[Any]:
    """Connect to a scheduler; raise ``DefinitionError`` if none answers. Dask itself keeps silent."""
    import dask

    dask.config.set({"logging.distributed": "critical"})
    from distributed import Client

    # What breaks in their loops while a command is being ended is no news: a run says how it ended itself.
    for name in ("distributed", "tornado.application", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            client = Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
        except (OSError, ValueError) as fault:
            told = str(fault).splitlines()[0]
            raise DefinitionError(f"{cluster.option}: no scheduler answers there: {told}") from fault
        try:
            yield client
        finally:
            with suppress(Exception):
                client.close(timeout=2)


def _wait_for_a_worker(client: Any, cluster: Cluster, *, progress: Progress) -> None:
    """Wait for the first worker; for all that were asked for, where they begin here."""
    wanted = 1 if cluster.address else cluster.workers
    if len(client.nthreads()) < wanted:
        progress.says("Waiting for the workers…")
    patience = SECONDS_TO_SEE_A_WORKER if cluster.address else SECONDS_TO_SEE_OURS
    deadline = time.monotonic() + patience
    while len(client.nthreads()) < wanted:
        if time.monotonic() > deadline:
            raise RunFailed(f"{cluster.option}: no worker has come in {patience} seconds.")
        time.sleep(SECONDS_BETWEEN_LOOKS)
