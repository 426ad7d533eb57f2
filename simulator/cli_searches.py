"""Commands of ``downstream`` that look for something: how many are enough, which values fit."""

from typing import Annotated

import typer

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

searches = typer.Typer()


@searches.command()
def seek(
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
    """Look for the smallest number, of places say, that meets a target with a stated probability.

    Example: downstream seek question.toml --out results/places
    """
    from simulator.analysis.seek import seek_as_asked, write_seek_tables
    from simulator.definition import load_experiment
    from simulator.experiment.progress import progress_on
    from simulator.reports.seek import seek_text, write_seek_report

    asked = asked_settings(settings, seed=seed, replications=replications, engine=engine, may_fail=may_fail)
    where = asked_for(workers, cluster=cluster, local_cluster=local_cluster)
    progress = progress_on()
    progress.says("Reading the model…")
    found = seek_as_asked(
        load_experiment(experiment, settings=asked), out=out, workers=where, progress=progress
    )
    write_seek_tables(found)
    page = write_seek_report(found)
    tell(found.folder, seek_text(found), as_json=as_json)
    typer.echo(f"Tables: {found.folder / 'tables'}", err=as_json)
    typer.echo(f"Report: {page}", err=as_json)


@searches.command()
def calibrate(
    experiment: ExperimentFile,
    out: Out = None,
    settings: Settings = None,
    seed: Seed = None,
    confirm: Annotated[
        int | None,
        typer.Option(
            min=0,
            help="Run the fitted model by people too, so many replications. Default: [calibrate] confirm.",
            show_default=False,
        ),
    ] = None,
    workers: Workers = None,
    cluster: OnCluster = None,
    local_cluster: LocalCluster = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Fit uncertain values of a model to monthly figures, and say how far off months held back are.

    Example: downstream calibrate experiments/calibration.toml --out results/calibration
    """
    from simulator.analysis.calibration import calibrate_as_asked, finished_or_not_there, write_calibration
    from simulator.definition import load_experiment
    from simulator.experiment.progress import progress_on
    from simulator.reports.calibration.page import write_calibration_report
    from simulator.reports.calibration.text import calibration_text

    where = asked_for(workers, cluster=cluster, local_cluster=local_cluster)
    progress = progress_on()
    progress.says("Reading the model…")
    loaded = load_experiment(experiment, settings=asked_settings(settings, seed=seed))
    found = calibrate_as_asked(loaded, out=out, confirm=confirm, workers=where, progress=progress)
    with finished_or_not_there(found.folder, found.manifest, replications=found.replications):
        write_calibration(found)
        page = write_calibration_report(found)
    tell(found.folder, calibration_text(found), as_json=as_json)
    typer.echo(f"To include in a model: {found.folder / 'calibrated.toml'}", err=as_json)
    typer.echo(f"Report: {page}", err=as_json)
