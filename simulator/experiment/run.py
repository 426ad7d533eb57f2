"""Experiments are run: scenarios × replications, into a results folder that can be taken up again."""

from dataclasses import replace
from pathlib import Path

from simulator.definition.experiment import BASELINE, STOCKS, Experiment
from simulator.definition.experiments import load_experiment
from simulator.definition.loading import dump, dump_model
from simulator.definition.model import Model
from simulator.engines.network.halving import HALF_THE_STEP, halved
from simulator.errors import DefinitionError, OutputError
from simulator.experiment.another_code import DESIGN, LAYOUT, made_by_other_code
from simulator.experiment.asked import asked_measures
from simulator.experiment.cluster.where import Workers
from simulator.experiment.draw_notes import with_draw_notes
from simulator.experiment.drawn import DrawnWork, drawn_from, drawn_plan
from simulator.experiment.files import write_whole
from simulator.experiment.folder import (
    EXPERIMENT,
    MANIFEST,
    MODEL,
    default_folder,
    done,
    finished_manifest,
    left_over,
    results_folder,
)
from simulator.experiment.half_interval import HALF, half_interval_note
from simulator.experiment.how_long import how_long
from simulator.experiment.manifests import begun, name_of
from simulator.experiment.measure_names import vocabulary
from simulator.experiment.pool import do_all
from simulator.experiment.progress import Progress, Silence
from simulator.experiment.provenance import (
    COMMANDS,
    RUN,
    SWEEP,
    Manifest,
    design_hash,
    manifest_text,
    now,
    with_versions,
)
from simulator.experiment.results import Results
from simulator.experiment.run_notes import run_notes
from simulator.experiment.scenarios import Scenarios, by_name, compile_scenarios
from simulator.experiment.sources import layout_number
from simulator.experiment.sweep.plan import replications_of
from simulator.experiment.work import Work, first_cases_of, replications_of_draws, work_of


def run_experiment(
    experiment: Experiment,
    *,
    out: Path | None = None,
    workers: Workers = None,
    progress: Progress | None = None,
    replications: int | None = None,
    notes: tuple[str, ...] = (),
) -> Results:
    """Run every scenario as often as the experiment says, or ``replications`` times; so every draw of it.

    ``notes`` are kept beside those that the experiment itself calls for.
    Everything that can be wrong with the files is found before anything is written. Parts that the folder
    ``out`` (``results/<experiment>`` unless told) holds of the same design are not done again, and those
    beyond the number asked for are kept; what is written never depends on ``workers`` (one a core unless
    told). Raises ``DefinitionError``, ``RunFailed``, ``OutputError``, ``SelfCheckFailed``, ``Interrupted``.
    """
    check_is_run(experiment)
    scenarios = compile_scenarios(experiment)
    asked_measures(scenarios.model, experiment, known=vocabulary(scenarios.programs.values()))
    wanted = 1 if experiment.engine == STOCKS else replications or replications_of(experiment)
    folder = default_folder(name_of(experiment)) if out is None else out
    plan = drawn_plan(experiment, scenarios.model)
    manifest = _manifest(experiment, scenarios, replications=wanted)
    keys = replications_of_draws(experiment.draws, wanted)
    with results_folder(folder, manifest, texts=_texts(experiment, scenarios.model)) as found:
        finished = set(done(folder, keys))
        todo = [key for key in keys if key not in finished]
        if todo:
            # The folder's files say already what was asked for now, and its parts do not yet.
            found = replace(with_versions(found, manifest.versions), ended=None)
            write_whole(folder / MANIFEST, manifest_text(found).encode())
        baseline = next(iter(scenarios.programs.values()))
        if todo and not finished and (said := how_long(baseline, experiment)):
            (progress or Silence()).says(said)
        work = work_of(experiment, by_name(scenarios.programs))
        do_all(
            work if plan is None else DrawnWork(work, plan),
            folder,
            todo=todo,
            workers=workers,
            progress=progress or Silence(),
        )
        known = () if todo else found.notes
        checked = (*_of_the_step(experiment, scenarios, known=known), *_half_interval(work, known=known))
        notes = (*manifest.notes, *checked, *notes)
        found = replace(found, replications=wanted, draws=experiment.draws, notes=notes, ended=now())
        write_whole(folder / MANIFEST, manifest_text(found).encode())
    return _results(folder, found, experiment=experiment, scenarios=scenarios)


def load_results(folder: Path) -> Results:
    """Read finished results again, from their own files; raise ``OutputError`` if they are not there.

    The files are compiled anew. Parts of another layout, and programs that differ from those that ran
    (another state of the code), are refused, for their numbers would be misread; so is another design
    where there are draws, whose programs are drawn and compiled anew.
    """
    manifest = finished_manifest(folder)
    if manifest.kind == SWEEP:
        raise OutputError(
            f"{folder}: holds a sweep, and a run is wanted here; 'downstream report' writes a sweep's page, "
            "'downstream compare' sets it beside other folders, and its tables are in tables/."
        )
    if manifest.kind != RUN:
        raise OutputError(
            f"{folder}: holds a {manifest.kind}; its page and tables are written anew by the same command "
            f"({COMMANDS.get(manifest.kind, 'downstream')})."
        )
    if manifest.format != layout_number():
        raise made_by_other_code(folder, manifest, why=LAYOUT)
    other_design = made_by_other_code(folder, manifest, why=DESIGN)
    experiment = load_experiment(folder / EXPERIMENT)
    scenarios = compile_scenarios(experiment)
    if {name: one.fingerprint for name, one in scenarios.programs.items()} != dict(manifest.fingerprints):
        raise other_design
    if manifest.draws and manifest.design != _design(experiment, scenarios):
        raise other_design
    return _results(folder, manifest, experiment=experiment, scenarios=scenarios)


def check_is_run(experiment: Experiment) -> None:
    """Raise ``DefinitionError`` for an experiment that only a sweep can run."""
    told = "is for downstream sweep, which runs every point; downstream run runs one. Take it out, or sweep."
    for word in ("vary", "design", "may_fail", "select", "confirm"):
        if getattr(experiment, word):
            raise DefinitionError(experiment.origin.fault(word, told))


def _of_the_step(experiment: Experiment, scenarios: Scenarios, *, known: tuple[str, ...]) -> tuple[str, ...]:
    """Say what half the step would change in the baseline of stocks, unless it is known already."""
    if experiment.engine != STOCKS:
        return ()
    if said := tuple(note for note in known if note.startswith(HALF_THE_STEP)):
        return said
    return (str(halved(scenarios.programs[BASELINE])),)


def _half_interval(work: Work, *, known: tuple[str, ...]) -> tuple[str, ...]:
    """Say what half the interval of an exchange would change, if there is one, unless it is known already."""
    if said := tuple(note for note in known if note.startswith(HALF)):
        return said
    found = half_interval_note(work)
    return () if found is None else (found,)


def _manifest(experiment: Experiment, scenarios: Scenarios, *, replications: int) -> Manifest:
    """Say where the results about to be made come from."""
    return replace(
        begun(experiment, design=_design(experiment, scenarios), replications=replications),
        draws=experiment.draws,
        fingerprints={name: program.fingerprint for name, program in scenarios.programs.items()},
        notes=with_draw_notes(run_notes(experiment, scenarios), experiment, replications=replications),
    )


def _design(experiment: Experiment, scenarios: Scenarios) -> str:
    """Hash what changes the content of the run."""
    return design_hash(
        scenarios.programs,
        engine=experiment.engine,
        seed=experiment.seed,
        log=str(first_cases_of(experiment)),
        drawn=drawn_from(experiment, scenarios.model),
    )


def _texts(experiment: Experiment, model: Model) -> dict[str, str]:
    """Write the resolved files, which run by themselves: the experiment names the model beside it."""
    resolved = {**experiment.origin.resolved, "model": MODEL}
    return {EXPERIMENT: dump(resolved, tuple(Experiment.model_fields)), MODEL: dump_model(model)}


def _results(folder: Path, manifest: Manifest, *, experiment: Experiment, scenarios: Scenarios) -> Results:
    """Gather the nouns of a finished folder."""
    return Results(
        folder=folder,
        manifest=manifest,
        experiment=experiment,
        models=scenarios.models,
        programs=scenarios.programs,
        replications=tuple(range(manifest.replications)),
        notes=manifest.notes,
        left_over=left_over(folder, replications_of_draws(manifest.draws, manifest.replications)),
        plan=drawn_plan(experiment, scenarios.model, draws=manifest.draws),
    )
