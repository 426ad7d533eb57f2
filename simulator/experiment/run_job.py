"""An experiment as a job for other processes, here or not: they get the programs, and give replications."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from simulator.errors import RunFailed
from simulator.experiment.drawn import SomeWork
from simulator.experiment.parts import Piece
from simulator.experiment.piece import do_piece
from simulator.experiment.work import run_words


@dataclass(frozen=True)
class RunJob:
    """Do replications of every scenario."""

    work: SomeWork

    @property
    def engine(self) -> str:
        """Name the engine."""
        return self.work.engine

    def do(self, replication: int, /, *, ran: Callable[[], None], stop: Callable[[], bool]) -> Piece:
        """Do a replication."""
        return do_piece(self.work.at(replication), replication, ran=ran, stop=stop)

    def runs(self, _: int, /) -> int:
        """Count its runs."""
        return self.work.scenarios

    def apart(self, replication: int, /) -> Sequence[int]:
        """Give it: there is nothing less."""
        return (replication,)

    def lost(self, replication: int, /, why: str) -> Piece:
        """Raise ``RunFailed``: an experiment goes on without none of its replications."""
        raise RunFailed(f"{run_words(replication)}: {why}")
