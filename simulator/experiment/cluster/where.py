"""Which cluster: the scheduler that somebody runs, or one of our own on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec

from simulator.errors import DefinitionError

NEEDED = ("dask", "distributed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """The scheduler at ``address``; without one, a scheduler and so many ``workers`` begun here."""

    address: str | None = None
    workers: int = 1

    @property
    def option(self) -> str:
        """Give it as it was typed."""
        return f"--cluster {self.address}" if self.address else f"--local-cluster {self.workers}"


# So many threads here (one a core unless told), or a cluster.
Workers = int | Cluster | None


@contextmanager
def address_of(cluster: Cluster) -> Iterator[str]:
    """Give the address of a cluster's scheduler; one begun here ends with the block.

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
    from simulator.experiment.cluster.local import begun

    with begun(cluster.workers) as address:
        yield address
