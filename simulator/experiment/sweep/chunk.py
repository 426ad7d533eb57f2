"""A chunk: some pieces of a sweep done one after another, and what is kept of them: a pure function."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.definition.consistency import arrivals_a_day
from simulator.definition.experiment import STOCKS, Experiment
from simulator.definition.model import Model
from simulator.engines.simulating import never
from simulator.errors import RunFailed, SelfCheckFailed
from simulator.experiment.piece import do_piece
from simulator.experiment.sweep.compiling import Works, place_of
from simulator.experiment.sweep.failing import ENDS, Failed, said_of
from simulator.experiment.sweep.plan import Piece, Plan
from simulator.experiment.work import replication_key
from simulator.units import SECONDS_A_DAY

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SECONDS_A_CHUNK = 2.0
MOST_PIECES = 256
LEAST_CHUNKS = 32
# What a run costs on paper, only to size chunks by: so much for being there at all, and for each arrival.
SECONDS_A_RUN = 0.01
SECONDS_AN_ARRIVAL = 3e-6
# As stocks the days cost, in steps of an hour, whoever comes.
SECONDS_A_DAY_OF_STOCKS = 24 * 10e-6
# A worker process takes two to three CPU seconds to begin; on paper a short run takes three times its time.
SECONDS_WORTH_BEGINNING = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What is kept of n pieces, and which of the chunk ``failed``.

    ``pieces`` (n, 3): point, draw, replication; ``values`` (n, scenarios, measures). A measure that a run
    does not have (a mean wait where nobody waited) is not-a-number.
    """

    pieces: Ints
    values: Floats
    failed: tuple[Failed, ...] = ()


class Counted:
    """Count runs while telling of each."""

    def __init__(self, ran: Callable[[], None]) -> None:
        """Tell this."""
        self._ran = ran
        self._runs = 0

    def __call__(self) -> None:
        """Tell of one run."""
        self._runs += 1
        self._ran()

    def are(self, runs: int) -> None:
        """Tell of as many as are wanting to so many."""
        while self._runs < runs:
            self()


def do_chunk(
    plan: Plan,
    works: Works,
    *,
    chunk: Sequence[Piece],
    ran: Callable[[], None],
    stop: Callable[[], bool] = never,
) -> Rows:
    """Do the pieces of a chunk; call ``ran`` after each run, those of a failed piece too.

    Raises only what ends a sweep, with where: ``SelfCheckFailed``, ``Interrupted``.
    """
    done: dict[Piece, Floats] = {}
    failed: list[Failed] = []
    for piece in chunk:
        runs = Counted(ran)
        try:
            done[piece] = _values(plan, works, piece=piece, ran=runs, stop=stop)
        except ENDS:
            raise
        except Exception as fault:
            where = place_of(plan, piece.point, draw=piece.draw)
            # What the machine did another try may not meet; what the model did it would.
            passes = isinstance(fault, OSError | MemoryError)
            failed.append(Failed(piece, said_of(fault, where=where), is_lasting=not passes))
            runs.are(len(plan.scenarios))
    return rows_of(plan, done, failed=failed)


def rows_of(plan: Plan, done: Mapping[Piece, Floats], *, failed: Sequence[Failed]) -> Rows:
    """Gather what is kept of pieces, each with its values (scenarios, measures)."""
    pieces = [(one.point, one.draw, one.replication) for one in done]
    shape = (len(done), len(plan.scenarios), len(plan.names))
    return Rows(
        pieces=np.array(pieces, dtype=np.int64).reshape(-1, 3),
        values=np.array(list(done.values()), dtype=np.float64).reshape(shape),
        failed=tuple(failed),
    )


def chunks_of(plan: Plan, pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """Cut pieces into chunks of seconds of work, so many at least that several workers share them."""
    size = max(1, min(int(SECONDS_A_CHUNK / seconds_a_piece(plan)), MOST_PIECES, len(pieces) // LEAST_CHUNKS))
    return [tuple(pieces[first : first + size]) for first in range(0, len(pieces), size)]


def seconds_a_piece(plan: Plan) -> float:
    """Guess on paper how long a piece takes."""
    return len(plan.scenarios) * seconds_a_run(plan.experiment, plan.model)


def seconds_a_run(experiment: Experiment, model: Model) -> float:
    """Guess on paper how long a run of a model takes, so that chunks can be sized and workers begun."""
    days = float(experiment.warm_up.value + experiment.horizon.value) / SECONDS_A_DAY
    if experiment.engine == STOCKS:
        return SECONDS_A_RUN + days * SECONDS_A_DAY_OF_STOCKS
    arrivals = sum(float(rate) for _, rate in arrivals_a_day(model)) * float(experiment.population_share)
    return SECONDS_A_RUN + arrivals * days * SECONDS_AN_ARRIVAL


def are_worth_beginning(plan: Plan, pieces: int) -> bool:
    """Say whether so many pieces take long enough for worker processes to begin."""
    return pieces * seconds_a_piece(plan) >= SECONDS_WORTH_BEGINNING


def _values(
    plan: Plan, works: Works, *, piece: Piece, ran: Callable[[], None], stop: Callable[[], bool]
) -> Floats:
    """Run one piece and measure it (scenarios, measures)."""
    work = works.at(piece.point, piece.draw)
    try:
        done = do_piece(work, replication_key(piece.draw, piece.replication), ran=ran, stop=stop)
    except (RunFailed, SelfCheckFailed) as fault:
        raise type(fault)(f"{place_of(plan, piece.point, draw=piece.draw)}: {fault}") from fault
    return np.array([plan.measures(done.observations[name], work.programs[name]) for name in plan.scenarios])
