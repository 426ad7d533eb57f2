"""How a command line asks for a cluster, and says how many runs may fail."""

from typing import Annotated

import typer

from simulator.errors import DefinitionError
from simulator.experiment.cluster.where import Cluster

OnCluster = Annotated[
    str | None,
    typer.Option("--cluster", help="Run on the workers of this Dask scheduler.", metavar="tcp://HOST:PORT"),
]
LocalCluster = Annotated[
    int | None,
    typer.Option(
        "--local-cluster",
        min=1,
        help="Run on a Dask cluster begun here, of so many workers.",
        metavar="NUMBER",
    ),
]

MayFail = Annotated[
    str | None, typer.Option(help="How many replications may fail. Default: 1 in 100.", metavar="NUMBER")
]


def asked_for(workers: int, *, cluster: str | None, local_cluster: int | None) -> int | Cluster:
    """Say who does the runs: so many threads here, or a cluster."""
    if cluster is not None and local_cluster is not None:
        raise DefinitionError("--cluster and --local-cluster: say one of them; the runs go to one cluster.")
    if cluster is not None:
        return Cluster(address=cluster)
    return workers if local_cluster is None else Cluster(workers=local_cluster)
