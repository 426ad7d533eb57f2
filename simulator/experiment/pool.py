"""Pieces of work done at once, one a core: in threads or in processes, as the engine allows."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from simulator.engines.readiness import must_be_compiled
from simulator.engines.simulating import IN_THREADS
from simulator.errors import Interrupted
from simulator.experiment.cluster.desk import do_each_on_cluster
from simulator.experiment.cluster.where import Cluster, Workers, number_of
from simulator.experiment.crew.memory import as_memory_allows
from simulator.experiment.drawn import SomeWork
from simulator.experiment.parts import write_piece
from simulator.experiment.piece import do_piece
from simulator.experiment.processes import do_in_processes
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
    todo = tuple(todo)
    if isinstance(workers, Cluster):
        do_each_on_cluster(
            todo,
            job=RunJob(work),
            writes=lambda piece: write_piece(folder, piece),
            cluster=workers,
            progress=progress,
        )
        return
    count = min(number_of(workers), len(todo))
    with told(progress, len(todo) * work.scenarios, engine=work.engine):
        if work.engine in IN_THREADS:
            do_in_threads(work, folder, todo=todo, workers=count, progress=progress)
        elif count > 1:
            count = as_memory_allows(count, progress=progress) if workers is None else count
            do_in_processes(work, folder, todo=todo, workers=count, progress=progress)
        else:
            for replication in todo:
                piece = do_piece(work.at(replication), replication, ran=lambda: progress.advances(1))
                write_piece(folder, piece)


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
