"""Options that several commands share, and how a command tells what it found."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.errors import DefinitionError
from simulator.experiment.cluster.where import Cluster

if TYPE_CHECKING:
    from simulator.definition.settings import Setting

ExperimentFile = Annotated[Path, typer.Argument(help="An experiment file (TOML).", show_default=False)]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        help="Override a value: resources.beds.capacity=140. Repeatable.",
        metavar="PATH=VALUE",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        help="The results folder. Default: results/ and the name of the experiment file without .toml."
    ),
]
Seed = Annotated[str | None, typer.Option(help="The study seed, a whole number.", metavar="NUMBER")]
Replications = Annotated[str | None, typer.Option(help="How many replications.", metavar="NUMBER")]
Engine = Annotated[str | None, typer.Option(help="people, stocks or readable.", metavar="ENGINE")]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1,
        help="Runs at work at once. Default: one a core, or fewer worker processes where memory is short.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print summary.json instead of sentences.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback when something goes wrong.")]
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


def asked_settings(settings: list[str] | None, **options: str | None) -> "list[str | Setting]":
    """Make settings of options, which faults then call by what was typed, and put those typed behind."""
    from simulator.definition.settings import option_setting

    named = [option_setting(name, value) for name, value in options.items() if value is not None]
    return [*named, *(settings or ())]


def asked_for(workers: int | None, *, cluster: str | None, local_cluster: int | None) -> int | Cluster | None:
    """Say who does the runs: so many workers here, or a cluster; nothing where nobody said so."""
    if cluster is not None and local_cluster is not None:
        raise DefinitionError("--cluster and --local-cluster: say one of them; the runs go to one cluster.")
    if cluster is not None:
        return Cluster(address=cluster)
    return workers if local_cluster is None else Cluster(workers=local_cluster)


def tell(folder: Path, text: str, *, as_json: bool) -> None:
    """Print what was found: the summary of a results folder, or sentences."""
    if as_json:
        typer.echo((folder / "summary.json").read_text(encoding="utf-8"), nl=False)
    else:
        typer.echo(text)
