"""Pieces of work done at once, one a core: in threads or by worker processes, as the engine allows."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from simulator.engines.readiness import must_be_compiled
from simulator.engines.simulating import IN_THREADS
from simulator.errors import Interrupted
from simulator.experiment.cluster.desk import do_each_on_cluster
from simulator.experiment.cluster.where import Cluster, Workers, number_of, standing_crew
from simulator.experiment.crew.desk import do_each_by_crew
from simulator.experiment.drawn import SomeWork
from simulator.experiment.parts import Piece, write_piece
from simulator.experiment.piece import do_piece
from simulator.experiment.progress import Progress
from simulator.experiment.run_job import RunJob
from simulator.experiment.threads import do_in_threads

COMPILING = (
    "Compiling the engine for this machine, once: half a minute if it has nothing else to do, longer "
    "otherwise…"
)


def do_all(
    work: SomeWork, folder: Path, *, todo: Iterable[int], workers: Workers, progress: Progress
) -> None:
    """Do the replications in ``todo`` and write their parts; what is written never depends on ``workers``."""
    todo, job = tuple(todo), RunJob(work)

    def writes(piece: Piece) -> None:
        write_piece(folder, piece)

    if isinstance(workers, Cluster):
        do_each_on_cluster(todo, job=job, writes=writes, cluster=workers, progress=progress)
        return
    count = min(number_of(workers), len(todo))
    with told(progress, len(todo) * work.scenarios, engine=work.engine):
        if work.engine in IN_THREADS:
            do_in_threads(work, folder, todo=todo, workers=count, progress=progress)
        elif count > 1:
            with standing_crew(workers, most=count) as crew:
                do_each_by_crew(todo, job=job, writes=writes, crew=crew, progress=progress)
        else:
            for replication in todo:
                writes(do_piece(work.at(replication), replication, ran=lambda: progress.advances(1)))


@contextmanager
def told(progress: Progress, runs: int, *, engine: str) -> Iterator[None]:
    """Tell somebody of so many runs from beginning to end; Ctrl-C raises ``Interrupted``."""
    if runs and must_be_compiled(engine):
        progress.says(COMPILING)
    try:
        progress.begins(runs, ready=lambda: not must_be_compiled(engine))
        yield
    except KeyboardInterrupt:
        raise Interrupted from None
    finally:
        progress.ends()
