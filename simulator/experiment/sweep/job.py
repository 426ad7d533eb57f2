"""A sweep as a job for workers on other machines: they get the plan, and give the rows of chunks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from simulator.experiment.sweep.chunk import Rows, do_chunk, rows_of
from simulator.experiment.sweep.compiling import Works, place_of
from simulator.experiment.sweep.failing import Failed
from simulator.experiment.sweep.plan import Piece, Plan


@dataclass(frozen=True)
class SweepJob:
    """Do chunks of a plan, as threads here would."""

    plan: Plan

    @property
    def engine(self) -> str:
        """Name the engine."""
        return self.plan.experiment.engine

    @cached_property
    def _works(self) -> Works:
        """Give what is compiled; it is made where it is used, and never sent."""
        return Works(self.plan)

    def do(self, chunk: Sequence[Piece], /, *, ran: Callable[[], None], stop: Callable[[], bool]) -> Rows:
        """Do a chunk."""
        return do_chunk(self.plan, self._works, chunk=chunk, ran=ran, stop=stop)

    def runs(self, chunk: Sequence[Piece], /) -> int:
        """Count its runs."""
        return len(chunk) * len(self.plan.scenarios)

    def apart(self, chunk: Sequence[Piece], /) -> list[Sequence[Piece]]:
        """Cut a chunk into its pieces."""
        return [(piece,) for piece in chunk]

    def lost(self, chunk: Sequence[Piece], /, why: str) -> Rows:
        """Count a piece that cannot be done as failed; the same command will try it again."""
        (piece,) = chunk
        where = f"{place_of(self.plan, piece.point, draw=piece.draw)}, replication {piece.replication + 1}"
        return rows_of(self.plan, {}, failed=[Failed(piece, f"{where}: {why}", is_lasting=False)])
