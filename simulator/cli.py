"""The command ``downstream``: files in, results out, plain words and exit codes when something is wrong.

Exit: 0 done; 2 bad input or usage (nothing written); 3 a run failed; 4 output or disk; 5 a self-check failed; 130 interrupted, resumable.
Progress goes to stderr, results to stdout. No traceback unless ``--debug``.
"""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from simulator.errors import SimulatorError

INTERRUPTED = 130
DEFECT = 5

app = typer.Typer(
    name="downstream",
    help="What happens downstream in an English health-and-care place if we act upstream, and how sure are we?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

ExperimentFile = Annotated[Path, typer.Argument(help="An experiment file (TOML).", show_default=False)]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", help="Override a value: --set resources.beds.capacity=140. May be repeated.", metavar="PATH=VALUE"),
]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback when something goes wrong.")]


@app.command()
def run(
    experiment: ExperimentFile,
    out: Annotated[Path | None, typer.Option(help="The results folder. Default: results/NAME.")] = None,
    settings: Settings = None,
    seed: Annotated[str | None, typer.Option(help="The study seed, a whole number.")] = None,
    replications: Annotated[str | None, typer.Option(help="How many replications.")] = None,
    engine: Annotated[str | None, typer.Option(help="people or readable.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes at work. Default: one a core.")] = os.cpu_count() or 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print summary.json instead of sentences.")] = False,
    debug: Debug = False,
) -> None:
    """Run an experiment: the baseline and its scenarios, paired, with a report."""
    from simulator.definition import load_experiment
    from simulator.experiment.run_experiment import run_experiment
    from simulator.reports import write_report

    asked = [*_named("seed", seed), *_named("replications", replications), *_named("engine", engine), *(settings or ())]
    loaded = load_experiment(experiment, settings=asked)
    results = run_experiment(loaded, out=out, workers=workers)
    page = write_report(results)
    _say_results(results.folder, page, as_json=as_json)


@app.command()
def report(
    results: Annotated[Path, typer.Argument(help="A results folder.", show_default=False)],
    debug: Debug = False,
) -> None:
    """Write the report of a results folder anew."""
    from simulator.experiment.run_experiment import open_results
    from simulator.reports import write_report

    typer.echo(f"Report: {write_report(open_results(results))}")


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Model or experiment files.", show_default=False)],
    settings: Settings = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show what the laws in the files imply.")] = False,
    debug: Debug = False,
) -> None:
    """Check model and experiment files: every fault with its file, line and path."""
    from simulator.checking import check_files

    faults = 0
    for found in check_files(files, settings=tuple(settings or ()), verbose=verbose):
        faults += found.is_fault
        typer.echo(str(found), err=found.is_fault)
    if faults:
        raise typer.Exit(2)


@app.command()
def schema(
    kind: Annotated[str, typer.Argument(help="model or experiment.")] = "model",
    debug: Debug = False,
) -> None:
    """Print the JSON Schema of model or experiment files, for editors."""
    from simulator.definition.schema import schema_of

    typer.echo(json.dumps(schema_of(kind), indent=2, ensure_ascii=False))


def _named(name: str, value: str | None) -> Iterable[str]:
    return () if value is None else (f"{name}={value}",)


def _say_results(folder: Path, page: Path, *, as_json: bool) -> None:
    if as_json:
        typer.echo((folder / "summary.json").read_text(encoding="utf-8"), nl=False)
        typer.echo(f"Report: {page}", err=True)
        return
    typer.echo((folder / "answer.txt").read_text(encoding="utf-8"), nl=False)
    typer.echo(f"Report: {page}")


def main() -> None:
    """Run the command and end with the exit code that says how it went."""
    try:
        app()
    except SimulatorError as error:
        _fail(str(error), code=error.exit_code)
    except KeyboardInterrupt:
        _fail("Interrupted. What was finished is kept; run the same command again to go on.", code=INTERRUPTED)
    except OSError as error:
        _fail(f"{error.filename or 'output'}: {error.strerror or error}.", code=4)
    except Exception as error:
        _fail(
            f"A defect of ours: {type(error).__name__}: {error}. Please report it with the output of the same "
            "command and --debug.",
            code=DEFECT,
        )


def _fail(message: str, *, code: int) -> None:
    if "--debug" in sys.argv:
        raise
    sys.stderr.write(message.rstrip() + "\n")
    raise SystemExit(code)
