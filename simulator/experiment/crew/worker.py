"""One worker process, as seen by whoever began it."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

from simulator.errors import KEPT, RunFailed
from simulator.experiment.crew.environment import environment_of_worker
from simulator.experiment.crew.messages import (
    Begin,
    Do,
    Done,
    Failed,
    Gone,
    Ran,
    Ready,
    hear,
    say,
)

MEMBER = "simulator.experiment.crew.member"
# One that was killed may take this long to be gone where the machine is busy.
SECONDS_TO_END = 60.0


@contextmanager
def unheard(number: int) -> Iterator[None]:
    """Let a signal wait, for this thread and for a process that it begins meanwhile: that one is deaf to it,
    where a signal that came while Python begins would end it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {number})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Worker:
    """A process that does one piece at a time. It ends with us, for its pipes do, however we end."""

    def __init__(self) -> None:
        """Begin the process, with a log of its own for what it complains of."""
        # Without a name, so that none is left behind however this process ends; and not in a ``with``, for
        # it lasts as long as the process.
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._closing = threading.Lock()
        self._job: Begin | None = None
        with unheard(signal.SIGINT):
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", MEMBER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._log,
                env=environment_of_worker(os.environ),
                start_new_session=True,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._asks, self._answers = self._process.stdin, self._process.stdout

    @property
    def pid(self) -> int:
        """Give the number of its process."""
        return self._process.pid

    def begins(self) -> bool:
        """Wait for its first word, and say whether there was one; raise ``RunFailed`` if it cannot begin.

        One that was killed meanwhile may begin another time.
        """
        with suppress(Gone):
            return isinstance(hear(self._answers), Ready)
        with suppress(subprocess.TimeoutExpired):
            if self._process.wait(SECONDS_TO_END) < 0:
                return False
        raise RunFailed(f"A worker process did not begin: {self._last_word() or 'no word of it'}. {KEPT}")

    def _last_word(self) -> str:
        """Give the last line of its log; none once it has been ended, as by whoever ends the whole crew."""
        with self._closing:
            if self._log.closed:
                return ""
            # The process writes where the file was last read or written, so it is only looked at.
            there = os.pread(self._log.fileno(), os.fstat(self._log.fileno()).st_size, 0)
        return "".join(there.decode(errors="replace").splitlines()[-1:])

    def do(self, piece: Any, *, job: Begin, ran: Callable[[], None]) -> Any:
        """Have a piece of a job done; raise what it raised there, ``Gone`` if the process ended.

        A job that says the same as the last is that one: what it remembers there is kept.
        """
        if job != self._job:
            say(self._asks, job)
            self._job = job
        say(self._asks, Do(piece))
        while True:
            message = hear(self._answers)
            if isinstance(message, Ran):
                for _ in range(message.runs):
                    ran()
            elif isinstance(message, Failed):
                # It may be the job that it could not begin: then it would do no piece of it, and say nothing.
                self._job = None
                raise message.fault
            elif isinstance(message, Done):
                return message.done

    def end(self) -> None:
        """End the process at once: what it had not finished is lost, and was never written."""
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(SECONDS_TO_END)
        for pipe in (self._asks, self._answers):
            with suppress(OSError):
                pipe.close()
        with self._closing:
            self._log.close()
