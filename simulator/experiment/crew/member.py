"""A worker process: it does one piece after another of what it is told, and ends when nobody tells it more.

It is begun by ``worker``, hears on its standard input and answers on its standard output. What others print
there goes to the standard error.
"""

import gc
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from queue import SimpleQueue
from typing import Any, BinaryIO

from simulator.engines.simulating import never
from simulator.errors import RunFailed
from simulator.experiment.cluster.handshake import made_of
from simulator.experiment.compiled_once import compiled_once
from simulator.experiment.crew.messages import Begin, Do, Done, Gone, Ran, Ready, failed_with, hear, say
from simulator.experiment.job import Job

SECONDS_BETWEEN_MARKS = 0.2
CHANGED = (
    "The simulator, or a library it uses, was changed while it ran: a worker process begun since would give "
    "other numbers. What is finished is kept; begin the command again."
)


def main() -> None:
    """Work to the end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    told: SimpleQueue[object] = SimpleQueue()
    answers = _answers()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, told), daemon=True).start()
    job: Job[Any, Any] | None = None
    say(answers, Ready())
    while True:
        try:
            message = told.get()
            if isinstance(message, Begin):
                job = None
                job = _begun(message)
            elif isinstance(message, Do) and job is not None:
                say(answers, Done(_done(job, message.piece, marks=_Marks(answers))))
        except Gone:
            os._exit(1)
        except BaseException as fault:
            say(answers, failed_with(fault))


def _answers() -> BinaryIO:
    """Keep the standard output for answers, and let whoever prints print to the standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _listen(pipe: BinaryIO, told: "SimpleQueue[object]") -> None:
    """Pass on what is said; end at once when whoever began this is gone, whatever is being done."""
    try:
        while True:
            told.put(hear(pipe))
    except Gone:
        pass
    except BaseException:
        traceback.print_exc()
    os._exit(1)


def _begun(told: Begin) -> Job[Any, Any]:
    """Unpack a job; what lives as long as it need not be looked through for what can be let go of."""
    if made_of() != told.here:
        raise RunFailed(CHANGED)
    gc.unfreeze()
    job: Job[Any, Any] = pickle.loads(told.payload)
    gc.freeze()
    return job


def _done(job: Job[Any, Any], piece: Any, *, marks: "_Marks") -> object:
    """Do a piece; whoever waits ends this process rather than ask it to stop."""
    with compiled_once(job.engine):
        return job.do(piece, ran=marks, stop=never)


class _Marks:
    """Tell of runs that are done, some at a time."""

    def __init__(self, answers: BinaryIO) -> None:
        """Tell this."""
        self._answers = answers
        self._runs = 0
        self._told = time.monotonic()

    def __call__(self) -> None:
        """Count one run, and tell of those since the last time if that is a while ago."""
        self._runs += 1
        if (now := time.monotonic()) - self._told >= SECONDS_BETWEEN_MARKS:
            say(self._answers, Ran(self._runs))
            self._runs, self._told = 0, now


if __name__ == "__main__":
    main()
