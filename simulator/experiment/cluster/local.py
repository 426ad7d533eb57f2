"""A scheduler and workers as processes of this machine, which end with whoever began them, however that ends.

Each has a pipe from us on its standard input: when we are gone it is closed, and they end themselves.
They are of a session of their own, for Ctrl-C is ours to hear. A worker that ends is begun again.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from simulator.errors import RunFailed

# A scheduler that has ended is seen at once: this is for one that hangs, not for a machine that is busy.
SECONDS_TO_BEGIN = 600.0
SECONDS_BETWEEN_LOOKS = 0.2
SECONDS_TO_END = 60.0
SCHEDULER, WORKER = ROLES = "scheduler", "worker"
ADDRESS = "address"


@contextmanager
def begun(workers: int) -> Iterator[str]:
    """Begin a scheduler and so many workers; give the scheduler's address."""
    with tempfile.TemporaryDirectory(prefix="downstream_cluster_", ignore_cleanup_errors=True) as scratch:
        members = Members(Path(scratch))
        try:
            yield members.begin(workers)
        finally:
            members.end()


class Members:
    """The processes of a cluster here."""

    def __init__(self, folder: Path) -> None:
        """Keep what they write in a folder."""
        self._folder = folder
        self._address = ""
        self._workers: list[subprocess.Popen[bytes]] = []
        self.scheduler: subprocess.Popen[bytes] | None = None
        self._is_ending = threading.Event()
        self._mending = threading.Thread(target=self._mend, daemon=True)

    def begin(self, workers: int) -> str:
        """Begin them all and give the scheduler's address; raise ``RunFailed`` if it does not begin."""
        self.scheduler = self._begin(SCHEDULER)
        self._address = self._wait_for_address(self.scheduler)
        self._workers = [self._begin(WORKER, self._address) for _ in range(workers)]
        self._mending.start()
        return self._address

    def end(self) -> None:
        """End them all at once: what they had not finished is lost, and was never written."""
        self._is_ending.set()
        if self._mending.is_alive():
            self._mending.join()
        members = [*self._workers, *([self.scheduler] if self.scheduler else [])]
        for one in members:
            one.kill()
        for one in members:
            with suppress(subprocess.TimeoutExpired):
                one.wait(SECONDS_TO_END)
            if one.stdin is not None:
                one.stdin.close()

    def _begin(self, *words: str) -> subprocess.Popen[bytes]:
        """Begin one process."""
        command = [sys.executable, "-m", "simulator.experiment.cluster.member", str(self._folder), *words]
        with open(self._folder / "log.txt", "ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                start_new_session=True,
            )

    def _wait_for_address(self, scheduler: subprocess.Popen[bytes]) -> str:
        """Wait for the scheduler to say where it is."""
        deadline = time.monotonic() + SECONDS_TO_BEGIN
        while time.monotonic() < deadline and scheduler.poll() is None:
            if (self._folder / ADDRESS).exists():
                return (self._folder / ADDRESS).read_text(encoding="ascii")
            time.sleep(SECONDS_BETWEEN_LOOKS / 4)
        last = (self._folder / "log.txt").read_text(encoding="utf-8", errors="replace").splitlines()[-1:]
        raise RunFailed(f"--local-cluster: the scheduler did not begin: {' '.join(last) or 'no word of it'}.")

    def _mend(self) -> None:
        """Begin a worker for each that has ended, as long as the scheduler is there."""
        while not self._is_ending.wait(SECONDS_BETWEEN_LOOKS):
            if self.scheduler is None or self.scheduler.poll() is not None:
                return
            for place, one in enumerate(self._workers):
                if one.poll() is not None:
                    if one.stdin is not None:
                        one.stdin.close()
                    self._workers[place] = self._begin(WORKER, self._address)
