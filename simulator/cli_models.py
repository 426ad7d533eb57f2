"""The commands of ``downstream`` that read a model and run nothing with chance in it.

They stand on the same command line as the others of ``cli.py``, which takes them in.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from simulator.cli_options import Debug, Settings

models = typer.Typer()


@models.command()
def describe(
    model: Annotated[
        Path, typer.Argument(help="A model (TOML) or XMILE file (.xmile, .stmx).", show_default=False)
    ],
    out: Annotated[
        Path | None,
        typer.Option(help="The page. Default: the model's name with .html, in the folder you are in."),
    ] = None,
    settings: Settings = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the model card (STRESS) as JSON instead of sentences.")
    ] = False,
    debug: Debug = False,
) -> None:
    """Describe a model on one page: who and what is in it, pathways, stocks, loops, and a model card.

    A page that it wrote before is written over, any other file is not.
    Example: downstream describe models/place.toml --out place.html
    """
    from simulator.experiment.stock_command import say_nothing
    from simulator.reports.describe import default_page, describe_file, write_description

    def tell(line: str) -> None:
        typer.echo(line, err=True)

    described = describe_file(model, settings=settings or (), tell=say_nothing if as_json else tell)
    page = default_page(model) if out is None else out
    write_description(described, page)
    typer.echo(described.card if as_json else "\n".join(described.lines), nl=not as_json)
    typer.echo(f"Description: {page}", err=as_json)


@models.command()
def stocks(
    model: Annotated[
        Path, typer.Argument(help="A model (TOML) or XMILE file (.xmile, .stmx).", show_default=False)
    ],
    out: Annotated[Path | None, typer.Option(help="The CSV file. Default: standard output.")] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set", help="Override a variable, dt, stop or method. Repeatable.", metavar="NAME=VALUE"
        ),
    ] = None,
    halving: Annotated[bool, typer.Option(help="Say what half the step would change.")] = True,
    points: Annotated[
        Path | None,
        typer.Option(help="A CSV file, variables over its columns: a run for each row, in one batch."),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(help="With --points: a variable wanted in the table. Repeatable.", metavar="NAME"),
    ] = None,
    vary: Annotated[
        Path | None,
        typer.Option(
            help="A design (TOML): constants to vary, at which points. Tables and a page in the folder --out."
        ),
    ] = None,
    debug: Debug = False,
) -> None:
    """Run a file's stocks and flows by themselves: a table of the time and every variable.

    With --vary: many runs by a design, what drives them, a report. Default of --out: results/ and its name.
    """
    from simulator.errors import DefinitionError
    from simulator.experiment.stock_command import run_points_command, run_stocks_command

    def tell(line: str) -> None:
        typer.echo(line, err=True)

    said = settings or ()
    if vary is not None:
        if points is not None or keep:
            raise DefinitionError(
                "--vary: stands without --points and --keep; the design says what is run and kept "
                '(kind = "points", [measures]).'
            )
        _vary_stocks(model, vary, settings=said, out=out)
        return
    if points is not None:
        text = run_points_command(model, points, settings=said, keep=keep or (), out=out, tell=tell)
    elif keep:
        raise DefinitionError("--keep: goes with --points; a single run gives every variable.")
    else:
        text = run_stocks_command(model, settings=said, out=out, halve=halving, tell=tell)
    typer.echo(text, nl=False)


def _vary_stocks(model: Path, design: Path, *, settings: Iterable[str], out: Path | None) -> None:
    """Run a design over a file's stocks and flows, write tables and a page, and tell what was found."""
    from simulator.analysis.stock_sweep import stock_sweep_as_asked, write_stock_sweep_tables
    from simulator.experiment.progress import progress_on
    from simulator.experiment.stock_command import planned_command
    from simulator.reports.stock_sweep import stock_sweep_text, write_stock_sweep_report

    progress = progress_on()
    plan, notes = planned_command(model, design, settings=settings, tell=progress.says)
    asked = stock_sweep_as_asked(plan, out=out, settings=settings, notes=notes, progress=progress)
    with asked as found:
        write_stock_sweep_tables(found)
        page = write_stock_sweep_report(found)
    typer.echo(stock_sweep_text(found))
    typer.echo(f"Tables: {found.folder / 'tables'}")
    typer.echo(f"Report: {page}")


@models.command()
def export(
    model: Annotated[Path, typer.Argument(help="A model (TOML) with stocks and flows.", show_default=False)],
    xmile: Annotated[Path, typer.Option(help="The XMILE file to write.", show_default=False)],
    settings: Settings = None,
    debug: Debug = False,
) -> None:
    """Write a model's stocks and flows as an XMILE file, which other programs run."""
    from simulator.experiment.stock_command import export_command

    export_command(model, settings=settings or (), out=xmile)
    typer.echo(f"Written: {xmile}")


@models.command()
def schema(
    kind: Annotated[str, typer.Argument(help="model, experiment or stock_design.")] = "model",
    debug: Debug = False,
) -> None:
    """Print the JSON Schema of model, experiment or design files, for editors."""
    from simulator.definition.schema import text_of

    typer.echo(text_of(kind), nl=False)
