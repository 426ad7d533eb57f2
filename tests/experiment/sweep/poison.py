"""A sweep one of whose replications ends the process that runs it: workers import it by this name."""

import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.experiment.sweep.chunk import Rows
from simulator.experiment.sweep.job import SweepJob
from simulator.experiment.sweep.plan import Piece

POISON = Piece(point=2, draw=0, replication=1)


@dataclass(frozen=True)
class PoisonedJob(SweepJob):
    """Do chunks of a plan as long as ``cured`` is not there; ``fills`` memory rather than be killed."""

    cured: Path = Path("cured")
    fills: bool = False

    def do(self, chunk: Sequence[Piece], /, *, ran: Callable[[], None], stop: Callable[[], bool]) -> Rows:
        """Do a chunk, or end."""
        if POISON in chunk and not self.cured.exists():
            if self.fills:
                raise MemoryError
            os.kill(os.getpid(), signal.SIGKILL)
        return super().do(chunk, ran=ran, stop=stop)
