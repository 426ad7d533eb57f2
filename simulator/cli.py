"""The command ``downstream``: files in, results out, plain words and exit codes when something is wrong.

Exit: 0 done; 2 bad input or usage (nothing written); 3 a run failed; 4 output or disk; 5 a self-check failed;
130 interrupted, resumable. Progress goes to stderr, results to stdout. No traceback unless ``--debug``.
"""

import os
import signal
import sys
import threading
from pathlib import Path
from typing import Annotated

import typer

from simulator.cli_models import models
from simulator.cli_options import (
    Debug,
    Engine,
    ExperimentFile,
    Json,
    LocalCluster,
    MayFail,
    OnCluster,
    Out,
    Replications,
    Seed,
    Settings,
    Workers,
    asked_for,
    asked_settings,
    tell,
)
from simulator.cli_searches import searches
from simulator.errors import STOPPED, SimulatorError, came_of_ctrl_c

INTERRUPTED = 130
RUN_FAILED = 3
DEFECT = 5
OUT_OF_MEMORY = (
    "Out of memory. What is finished is kept. A smaller population_share, fewer arrivals, a shorter horizon "
    "or --workers 1 need less; 'downstream check' says how many arrivals a day there are."
)

app = typer.Typer(
    name="downstream",
    help="If we act upstream in a health-and-care place, what happens downstream, and how sure are we?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _say_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"downstream {version('downstream-simulator')}")
        raise typer.Exit


@app.callback()
def downstream(
    version: Annotated[
        bool, typer.Option("--version", help="Say the version.", callback=_say_version, is_eager=True)
    ] = False,
) -> None:
    """If we act upstream in a health-and-care place, what happens downstream, and how sure are we?"""


@app.command()
def run(
    experiment: ExperimentFile,
    out: Out = None,
    settings: Settings = None,
    seed: Seed = None,
    replications: Replications = None,
    engine: Engine = None,
    workers: Workers = None,
    cluster: OnCluster = None,
    local_cluster: LocalCluster = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Run an experiment: the baseline and its scenarios, paired, with a report.

    Example: downstream run experiments/first_look.toml --replications 10 --out results/ten
    """
    from simulator.analysis import compare, write_tables
    from simulator.analysis.precision import run_as_asked
    from simulator.definition import load_experiment
    from simulator.experiment.progress import progress_on
    from simulator.reports import answer_text, left_over_line, write_report

    asked = asked_settings(settings, seed=seed, replications=replications, engine=engine)
    where = asked_for(workers, cluster=cluster, local_cluster=local_cluster)
    progress = progress_on()
    progress.says("Reading the model…")
    loaded = load_experiment(experiment, settings=asked)
    results = run_as_asked(loaded, out=out, workers=where, progress=progress)
    progress.says("Writing the tables and the report…")
    comparison = compare(results)
    write_tables(comparison)
    page = write_report(comparison)
    tell(comparison.results.folder, answer_text(comparison), as_json=as_json)
    if line := left_over_line(comparison.results):
        typer.echo(line, err=as_json)
    typer.echo(f"Report: {page}", err=as_json)


@app.command()
def sweep(
    experiment: ExperimentFile,
    out: Out = None,
    settings: Settings = None,
    seed: Seed = None,
    replications: Replications = None,
    engine: Engine = None,
    workers: Workers = None,
    cluster: OnCluster = None,
    local_cluster: LocalCluster = None,
    may_fail: MayFail = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Run every point of a sweep, or every draw of uncertain parameters: tables, what drives them, a report.

    Example: downstream sweep experiments/virtual_ward_size.toml --out results/sizes
    """
    from simulator.analysis.sweep import sweep_as_asked, write_sweep_tables
    from simulator.definition import load_experiment
    from simulator.experiment.progress import progress_on
    from simulator.reports.sweep import sweep_text, write_sweep_report

    asked = asked_settings(settings, seed=seed, replications=replications, engine=engine, may_fail=may_fail)
    where = asked_for(workers, cluster=cluster, local_cluster=local_cluster)
    progress = progress_on()
    progress.says("Reading the model…")
    loaded = load_experiment(experiment, settings=asked)
    results = sweep_as_asked(loaded, out=out, workers=where, progress=progress)
    progress.says("Writing the tables and the report…")
    found = write_sweep_tables(results)
    page = write_sweep_report(found)
    tell(results.folder, sweep_text(found), as_json=as_json)
    typer.echo(f"Tables: {results.folder / 'tables'}", err=as_json)
    typer.echo(f"Report: {page}", err=as_json)


app.registered_commands.extend(searches.registered_commands)


@app.command()
def report(
    results: Annotated[Path, typer.Argument(help="A results folder.", show_default=False)],
    debug: Debug = False,
) -> None:
    """Write the report of a results folder anew: of a run, or of a sweep."""
    from simulator.experiment.folder import finished_manifest
    from simulator.experiment.progress import progress_on
    from simulator.experiment.provenance import SWEEP
    from simulator.experiment.run import load_results
    from simulator.reports import left_over_line, write_report

    progress_on().says("Reading the results…")
    if finished_manifest(results).kind == SWEEP:
        typer.echo(f"Report: {_report_of_sweep(results)}")
        return

    found = load_results(results)
    page = write_report(found)
    if line := left_over_line(found):
        typer.echo(line)
    typer.echo(f"Report: {page}")


@app.command(name="compare")
def compare_folders(
    results: Annotated[list[Path], typer.Argument(help="Two results folders or more.", show_default=False)],
    out: Annotated[Path, typer.Option(help="The page.")] = Path("comparison.html"),
    debug: Debug = False,
) -> None:
    """Set the scenarios of several results folders side by side, on one page: of runs, of sweeps, or both.

    Measures are compared only where they mean the same in all folders; the page says what differs, and of
    sweeps what drives each. Or designs over stocks alone (downstream stocks --vary) beside each other.
    Example: downstream compare results/contracts results/behaviours --out both.html
    """
    from simulator.analysis.folders import check_names, read_together
    from simulator.analysis.stock_sweep.together import are_designs_over_stocks
    from simulator.experiment.progress import progress_on
    from simulator.reports.compare import together_text, write_together

    check_names(results)
    progress_on().says(f"Reading {len(results)} results folders…")
    if are_designs_over_stocks(results):
        _compare_designs(results, out)
        return
    found = read_together(results)
    page = write_together(found, out)
    typer.echo(together_text(found))
    typer.echo(f"Comparison: {page}")


@app.command()
def follow(
    experiment: ExperimentFile,
    person: Annotated[
        int | None,
        typer.Option(help="The person's number. Default: a frequent user whom it enrols."),
    ] = None,
    scenario: Annotated[str | None, typer.Option(help="The scenario. Default: the first.")] = None,
    replication: Annotated[int, typer.Option(min=1, help="Which replication.")] = 1,
    out: Annotated[Path | None, typer.Option(help="Write a page there, too.")] = None,
    settings: Settings = None,
    debug: Debug = False,
) -> None:
    """Follow one person through two worlds: their diary in the baseline and in a scenario, side by side.

    Example: downstream follow experiments/sunderland.toml --scenario care_plans --out diary.html
    """
    from simulator.definition import load_experiment
    from simulator.experiment.follow import follow as follow_one
    from simulator.experiment.progress import progress_on
    from simulator.reports.diary import TwoDiaries, diary_text, write_diary

    progress = progress_on()
    progress.says("Reading the model…")
    loaded = load_experiment(experiment, settings=settings or ())
    progress.says("Running the two worlds…")
    two = TwoDiaries(follow_one(loaded, scenario=scenario, person=person, replication=replication))
    typer.echo(diary_text(two))
    if out is not None:
        write_diary(two, out)
        typer.echo(f"Diary: {out}")


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Model or experiment files.", show_default=False)],
    settings: Settings = None,
    engine: Engine = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Show loads on paper and what the laws imply.")
    ] = False,
    checks: Annotated[bool, typer.Option("--checks", help="Run a model's own [checks] too.")] = False,
    debug: Debug = False,
) -> None:
    """Check model and experiment files: every fault with its file, line and path."""
    from simulator.experiment.examine import tell_all
    from simulator.experiment.progress import progress_on

    if sys.stderr.isatty():
        progress_on().says("Reading…")
    if not tell_all(files, settings=settings or (), engine=engine, verbose=verbose, tell=typer.echo):
        raise typer.Exit(2)
    if checks:
        from simulator.analysis.model_checks import tell_checks

        tell_checks(files, settings=tuple(settings or ()), tell=typer.echo)


app.add_typer(models)


def _compare_designs(results: list[Path], out: Path) -> None:
    """Set designs over stocks side by side."""
    from simulator.analysis.stock_sweep.together import read_stocks_together
    from simulator.reports.compare_stocks import stocks_together_text, write_stocks_together

    found = read_stocks_together(results)
    page = write_stocks_together(found, out)
    typer.echo(stocks_together_text(found))
    typer.echo(f"Comparison: {page}")


def _report_of_sweep(folder: Path) -> Path:
    """Write the report of a sweep's folder."""
    from simulator.analysis.sweep import load_sweep
    from simulator.analysis.sweep.estimates import estimates_of
    from simulator.reports.sweep import write_sweep_report

    return write_sweep_report(estimates_of(load_sweep(folder)))


def main() -> None:
    """Run the command and end with the exit code that says how it went."""
    there_before = set(threading.enumerate())
    try:
        _run_the_command()
    except SystemExit as left:
        if isinstance(left.code, int) and left.code and not there_before.issuperset(threading.enumerate()):
            # A thread deep in a kernel is not waited for; the interpreter's own end would trip over it.
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(left.code)
        raise


def _run_the_command() -> None:
    try:
        app()
    except SimulatorError as error:
        _fail(str(error), code=error.exit_code)
    except KeyboardInterrupt:
        _fail(STOPPED, code=INTERRUPTED)
    except SystemExit as left:
        # What a command says of Ctrl-C where no room has caught it.
        if left.code != INTERRUPTED:
            raise
        _fail(STOPPED, code=INTERRUPTED)
    except OSError as error:
        _fail(f"{error.filename or 'output'}: {error.strerror or error}.", code=4)
    except MemoryError:
        _fail(OUT_OF_MEMORY, code=RUN_FAILED)
    except Exception as error:
        if came_of_ctrl_c(error):
            _fail(STOPPED, code=INTERRUPTED)
        _fail(
            f"A defect of ours: {type(error).__name__}: {error}. Please report it with what the same command "
            "says with --debug.",
            code=DEFECT,
        )


def _fail(message: str, *, code: int) -> None:
    if code == INTERRUPTED:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    if "--debug" in sys.argv:
        raise
    sys.stderr.write(message.rstrip() + "\n")
    raise SystemExit(code)
