"""A sweep as its file asks for it: what is measured, what is wrong with it on paper, and then the runs."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from simulator.analysis.measures import standard_names
from simulator.analysis.sweep.choice import Running, run_choice
from simulator.analysis.sweep.confirming import CONFIRMED, confirming
from simulator.analysis.sweep.contest import chosen_by, contest_of
from simulator.analysis.sweep.measuring import Measuring
from simulator.analysis.sweep.precision import is_until_precise, run_until_precise, settled_in
from simulator.definition.experiment import Experiment
from simulator.definition.experiments import load_experiment
from simulator.errors import DefinitionError, OutputError
from simulator.experiment.another_code import DESIGN, LAYOUT, made_by_other_code
from simulator.experiment.asked import asked_measures
from simulator.experiment.cluster.where import Workers, standing
from simulator.experiment.draw_notes import with_draw_notes
from simulator.experiment.folder import EXPERIMENT, MANIFEST, default_folder, finished_manifest
from simulator.experiment.how_long import how_long
from simulator.experiment.lock import alone_throughout
from simulator.experiment.manifests import name_of
from simulator.experiment.measure_names import CONTRACT_WHATS, MeasureName, Vocabulary, read_name, vocabulary
from simulator.experiment.progress import Progress, Silence
from simulator.experiment.run_notes import run_notes
from simulator.experiment.scenarios import Scenarios, compile_scenarios
from simulator.experiment.sources import layout_number
from simulator.experiment.sweep.chunk_files import has_parts
from simulator.experiment.sweep.idle import idle_paths
from simulator.experiment.sweep.plan import Plan, plan_of
from simulator.experiment.sweep.results import SweepResults
from simulator.experiment.sweep.run import design_of, results_in, run_sweep

UNSETTLED = (
    "is settled by a contract against the baseline of all replications, which a sweep does not do. Take it "
    "out, or let downstream run draw: draws = 100 without [vary] and [design]."
)


def sweep_as_asked(
    experiment: Experiment,
    *,
    out: Path | None = None,
    workers: Workers = None,
    progress: Progress | None = None,
) -> SweepResults:
    """Run a sweep; everything that can be wrong with the files is found before anything is written.

    Raises ``DefinitionError`` and what ``run_sweep`` raises.
    """
    scenarios = compile_scenarios(experiment)
    plan = planned(experiment, scenarios)
    contest_of(plan)
    if faults := list(idle_paths(plan)):
        raise DefinitionError(faults)
    _tell_how_long(plan, scenarios, out=out, progress=progress or Silence())
    usual = with_draw_notes(run_notes(experiment, scenarios), experiment, replications=plan.replications)
    notes = (*usual, *_left_out(experiment, scenarios))
    with alone_throughout(), standing(workers) as stays:
        return _all_rounds(plan, Running(out=out, workers=stays, progress=progress or Silence(), notes=notes))


def _tell_how_long(plan: Plan, scenarios: Scenarios, *, out: Path | None, progress: Progress) -> None:
    """Say about how long a sweep takes, before it begins; not again where it is taken up."""
    folder = default_folder(name_of(plan.experiment)) if out is None else out
    baseline = next(iter(scenarios.programs.values()))
    said = how_long(baseline, plan.experiment, points=len(plan.points))
    if said and not (folder / MANIFEST).exists():
        progress.says(said)


def _all_rounds(plan: Plan, how: Running) -> SweepResults:
    """Choose, run what the tables show, and confirm, as far as each is asked for."""
    experiment = plan.experiment
    if experiment.select is not None:
        run_choice(plan, how)
    runs = run_until_precise if is_until_precise(experiment) else run_sweep
    results = how.sweeps(plan, runs=runs, again=experiment.select is not None)
    if experiment.confirm is not None:
        how.progress.says("Confirming by people…")
        there = results.folder / CONFIRMED
        sweep_as_asked(confirming(results), out=there, workers=how.workers, progress=how.progress)
    return results


def load_sweep(folder: Path) -> SweepResults:
    """Read a finished sweep again, from its own files; raise ``OutputError`` if this code cannot.

    The files are planned anew; another layout or design (an edit of the simulator makes one) is refused.
    """
    manifest = finished_manifest(folder)
    if manifest.format != layout_number():
        raise made_by_other_code(folder, manifest, why=LAYOUT)
    experiment = load_experiment(folder / EXPERIMENT)
    scenarios = compile_scenarios(experiment)
    plan = planned(experiment, scenarios)
    if manifest.design != design_of(plan):
        raise made_by_other_code(folder, manifest, why=DESIGN)
    if is_until_precise(experiment):
        plan = settled_in(plan, folder)
    if not has_parts(folder):
        raise OutputError(
            f"{folder}: its parts are gone (parts/chunk_….parquet), which hold the measure of every run that "
            "tables and pages are made of; run the sweep again (downstream sweep)."
        )
    return results_in(folder, plan, manifest=manifest, notes=manifest.notes)


def planned(experiment: Experiment, scenarios: Scenarios) -> Plan:
    """Plan a sweep whose scenarios are compiled with central values."""
    known = vocabulary(scenarios.programs.values())
    names = measured(experiment, scenarios, known=known)
    spelt = {name: one.text for name, one in names.items()}
    return plan_of(experiment, scenarios.model, names=spelt, measures=Measuring(tuple(names.values())))


def measured(experiment: Experiment, scenarios: Scenarios, *, known: Vocabulary) -> Mapping[str, MeasureName]:
    """Name what a sweep keeps: the measures that the files ask for, all standard ones if none.

    Raises ``DefinitionError`` where the experiment asks for what contracts settle; of a model's own measures
    these are left out, and a note says so.
    """
    asked = asked_measures(scenarios.model, experiment, known=known)
    settled = [one for one in asked if one.name.what in CONTRACT_WHATS and one.id in experiment.measures]
    if settled:
        raise DefinitionError(experiment.origin.fault(f"measures.{one.id}.of", UNSETTLED) for one in settled)
    kept = {one.id: one.name for one in asked if one.name.what not in CONTRACT_WHATS}
    kept = kept or {name: read_name(name, known) for name in standard_names(known)}
    return kept | chosen_by(experiment, kept, known=known)


def _left_out(experiment: Experiment, scenarios: Scenarios) -> Iterator[str]:
    """Say which measures a sweep leaves out, for it settles no contracts."""
    known = vocabulary(scenarios.programs.values())
    asked = asked_measures(scenarios.model, experiment, known=known)
    if left := [f"measures.{one.id}" for one in asked if one.name.what in CONTRACT_WHATS]:
        yield f"A sweep settles no contracts, and leaves out {', '.join(left)}."
    own = [f"scenarios.{name}.contract" for name, one in experiment.scenarios.items() if one.contract]
    if own and not experiment.feedback:
        yield f"A sweep settles no contracts, so that nothing in it follows from {', '.join(own)}."
