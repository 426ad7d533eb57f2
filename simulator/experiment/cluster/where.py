"""Where work is done: by how many here, or on a cluster: one that somebody runs, or of our own here."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec

from simulator.errors import DefinitionError
from simulator.experiment.crew.crew import Crew

NEEDED = ("dask", "distributed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """The scheduler at ``address``; without one, a scheduler and so many ``workers`` begun here, which last
    as long as what they are asked for, or as ``stand``."""

    address: str | None = None
    workers: int = 1
    stand: "Stand | None" = None

    @property
    def option(self) -> str:
        """Give it as it was typed."""
        return f"--cluster {self.address}" if self.address else f"--local-cluster {self.workers}"


# So many here (one a core unless told, of processes no more than memory has room for), that many whose
# processes may stand already, or a cluster.
Workers = int | Crew | Cluster | None


def workers_here() -> int:
    """Count the cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def number_of(workers: int | Crew | None) -> int:
    """Count the workers here."""
    if isinstance(workers, Crew):
        return workers.workers
    return workers_here() if workers is None else workers


class Stand:
    """A cluster of our own that stands from its first use on until whoever asked for it is done."""

    def __init__(self, until: ExitStack) -> None:
        self._until = until
        self._address: str | None = None

    def address(self, workers: int) -> str:
        """Give its scheduler's address; begin it if it has not begun."""
        from simulator.experiment.cluster.local import begun

        if self._address is None:
            self._address = self._until.enter_context(begun(workers))
        return self._address


@contextmanager
def standing(workers: Workers) -> Iterator[Workers]:
    """Let all that is asked for within the block share one cluster or one crew, where one is begun here."""
    if not isinstance(workers, Cluster):
        with standing_crew(workers) as crew:
            yield crew
        return
    if workers.address:
        yield workers
        return
    with _stand_of(workers) as stand:
        yield replace(workers, stand=stand)


@contextmanager
def standing_crew(workers: int | Crew | None, *, most: int | None = None) -> Iterator[Crew]:
    """Give the crew that stands already, or else one, of so many at ``most``, that ends with the block."""
    if isinstance(workers, Crew):
        yield workers
        return
    number = number_of(workers)
    with Crew(number if most is None else min(number, most), is_asked=workers is not None) as crew:
        yield crew


@contextmanager
def _stand_of(cluster: Cluster) -> Iterator[Stand]:
    """Give where a cluster stands already, or else a stand that ends with the block."""
    if cluster.stand is not None:
        yield cluster.stand
        return
    with ExitStack() as until:
        yield Stand(until)


@contextmanager
def address_of(cluster: Cluster) -> Iterator[str]:
    """Give the address of a cluster's scheduler; one begun here ends with the block, unless it stands.

    Raises ``DefinitionError`` where dask is not installed, ``RunFailed`` where nothing can be begun.
    """
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise DefinitionError(
            f"{cluster.option}: needs {' and '.join(missing)}, which is not installed here: "
            "pip install 'downstream-simulator[cluster]'."
        )
    if cluster.address:
        yield cluster.address
        return
    with _stand_of(cluster) as stand:
        yield stand.address(cluster.workers)
