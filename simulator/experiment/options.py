"""Options that several commands share."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
Workers = Annotated[int, typer.Option(min=1, help="Runs at work at once; one a core.")]
Json = Annotated[bool, typer.Option("--json", help="Print summary.json instead of sentences.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback when something goes wrong.")]
CORES = os.cpu_count() or 1


def asked_settings(settings: list[str] | None, **options: str | None) -> "list[str | Setting]":
    """Make settings of options, which faults then call by what was typed, and put those typed behind."""
    from simulator.definition.settings import option_setting

    named = [option_setting(name, value) for name, value in options.items() if value is not None]
    return [*named, *(settings or ())]
