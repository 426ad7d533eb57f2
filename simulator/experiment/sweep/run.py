"""Sweeps are run: every piece once, here or on a cluster, into a folder that can be taken up again."""

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from simulator.definition.experiment import READABLE, Experiment
from simulator.definition.loading import dump, dump_model
from simulator.definition.points_file import ENDING
from simulator.definition.uncertain import uncertain_parameters
from simulator.experiment.cluster.desk import do_each_on_cluster
from simulator.experiment.cluster.where import Cluster, Workers, standing_crew
from simulator.experiment.crew.desk import do_each_by_crew
from simulator.experiment.files import write_whole
from simulator.experiment.folder import EXPERIMENT, MANIFEST, MODEL, default_folder, results_folder
from simulator.experiment.manifests import begun, name_of
from simulator.experiment.pool import told
from simulator.experiment.progress import Progress, Silence
from simulator.experiment.provenance import SWEEP, Manifest, hash_of, manifest_text, now, with_versions
from simulator.experiment.sources import layout_number, source_hash
from simulator.experiment.sweep.chunk import Rows, are_worth_beginning, chunks_of, do_chunk
from simulator.experiment.sweep.chunk_files import are_there, write_rows
from simulator.experiment.sweep.compiling import Works, draw_of, models_at
from simulator.experiment.sweep.failing import (
    Budget,
    are_failed,
    failed_in,
    failures_note,
    forget_the_lost,
    may_fail,
)
from simulator.experiment.sweep.job import SweepJob
from simulator.experiment.sweep.plan import CENTRAL, Piece, Plan
from simulator.experiment.sweep.results import SweepResults, values_in
from simulator.experiment.threads import do_each_in_threads

POINTS_FILE = f"points{ENDING}"
# Said of an experiment, and outside what its runs contain.
OUTSIDE = (
    *("title", "note", "replications", "draws", "may_fail", "measures", "model", "scenarios"),
    *("select", "confirm"),
)


def run_sweep(
    plan: Plan,
    *,
    out: Path | None = None,
    workers: Workers = None,
    progress: Progress | None = None,
    notes: tuple[str, ...] = (),
    again: bool = False,
) -> SweepResults:
    """Run every piece of a plan that its results folder does not hold, and gather all of them.

    What is read from the folder never depends on ``workers`` (one a core unless told), nor on how often it
    was taken up. Pieces that fail are kept as such, as many as may. What is there is told, unless this goes
    on with it ``again``.
    Raises ``RunFailed``, ``OutputError``, ``SelfCheckFailed``, ``Interrupted``.
    """
    experiment, progress = plan.experiment, progress or Silence()
    folder = default_folder(name_of(experiment)) if out is None else out
    manifest = _manifest(plan, notes=notes)
    with results_folder(folder, manifest, texts=_texts(plan)) as found:
        forget_the_lost(folder)
        budget = Budget(may_fail(plan), failed_in(folder, plan))
        todo = list(plan.pieces(~are_there(folder, plan) & ~are_failed(plan, budget.failed)))
        tell_what_is_there(plan, len(todo), progress=Silence() if again else progress)
        if todo:
            found = with_versions(found, manifest.versions)
            write_whole(folder / MANIFEST, manifest_text(replace(found, ended=None)).encode())

        def writes(rows: Rows) -> None:
            write_rows(folder, rows)
            budget.add(rows.failed)

        _do(plan, writes, todo=todo, workers=workers, progress=progress)
        notes = (*notes, *failures_note(plan, budget.failed))
        ended = None if plan.is_round else now()
        found = replace(
            found, replications=plan.replications, draws=experiment.draws, notes=notes, ended=ended
        )
        results = results_in(folder, plan, manifest=found, notes=notes)
        write_whole(folder / MANIFEST, manifest_text(found).encode())
    return results


def results_in(folder: Path, plan: Plan, *, manifest: Manifest, notes: tuple[str, ...]) -> SweepResults:
    """Gather what a folder holds of a plan; raise ``SelfCheckFailed`` where a piece is missing."""
    failed = failed_in(folder, plan)
    return SweepResults(
        folder=folder,
        manifest=manifest,
        plan=plan,
        values=values_in(folder, plan, failed=failed),
        drawn=drawn_in(plan),
        notes=notes,
        failed=failed,
    )


def tell_what_is_there(plan: Plan, todo: int, *, progress: Progress) -> None:
    """Say how many runs the folder has of an identical design: they are not run again."""
    each = len(plan.scenarios)
    there = len(plan) - todo
    if there:
        rest = f"; {todo * each:,} are left" if todo else ", and none is run again"
        progress.says(f"{there * each:,} of {len(plan) * each:,} runs are there already{rest}.")


def drawn_in(plan: Plan) -> Mapping[int, Mapping[str, object]]:
    """Give what every draw drew, for the baseline at the first point."""
    if plan.draws == (CENTRAL,):
        return {}
    model = next(iter(models_at(plan, plan.points[0], draw=CENTRAL).values()))
    known = uncertain_parameters(model.origin.resolved)
    return {draw: draw_of(plan, known, draw=draw) for draw in plan.draws}


def _do(
    plan: Plan, writes: Callable[[Rows], None], *, todo: list[Piece], workers: Workers, progress: Progress
) -> None:
    """Do the pieces chunk by chunk, here or on a cluster, and write each chunk's part."""
    chunks, job = chunks_of(plan, todo), SweepJob(plan)
    if isinstance(workers, Cluster):
        do_each_on_cluster(chunks, job=job, writes=writes, cluster=workers, progress=progress)
        return
    with told(progress, job.runs(todo), engine=job.engine), standing_crew(workers) as crew:
        if crew.has_begun or are_worth_beginning(plan, len(todo)):
            do_each_by_crew(chunks, job=job, writes=writes, crew=crew, progress=progress)
            return
        _do_in_threads(plan, writes, chunks=chunks, threads=crew.workers, progress=progress)


def _do_in_threads(
    plan: Plan,
    writes: Callable[[Rows], None],
    *,
    chunks: Sequence[tuple[Piece, ...]],
    threads: int,
    progress: Progress,
) -> None:
    """Do chunks in this process: so few that they are done before a process has begun."""
    works = Works(plan)
    # What lives as long as the sweep need not be looked through for what can be let go of.
    gc.freeze()

    def does(chunk: tuple[Piece, ...], *, ran: Callable[[], None], stop: Callable[[], bool]) -> Rows:
        return do_chunk(plan, works, chunk=chunk, ran=ran, stop=stop)

    most = 1 if plan.experiment.engine == READABLE else min(threads, len(chunks))
    do_each_in_threads(chunks, does=does, writes=writes, workers=most, progress=progress)
    gc.unfreeze()


def _manifest(plan: Plan, *, notes: tuple[str, ...]) -> Manifest:
    """Say where the results about to be made come from."""
    experiment = plan.experiment
    begins = begun(experiment, kind=SWEEP, design=design_of(plan), replications=plan.replications)
    return replace(begins, points=len(plan.points), draws=experiment.draws, notes=notes)


def design_of(plan: Plan) -> str:
    """Hash what changes the content of a sweep's runs: the files, the points, the code; not how many.

    Programs are not compiled for it: a point more would be a second more. So a change of a file that comes to
    the same makes another design here.
    """
    experiment = {word: one for word, one in plan.experiment.origin.resolved.items() if word not in OUTSIDE}
    said = {
        "format": layout_number(),
        "code": source_hash(with_definition=True, with_analysis=True),
        "experiment": experiment,
        "scenarios": {name: [sorted(one.on), one.set] for name, one in plan.experiment.scenarios.items()},
        "model": dump_model(plan.model),
        "points": [{name: str(value) for name, value in point.items()} for point in plan.points],
        "measures": [plan.names, plan.spelt],
        "is_drawn": plan.draws != (CENTRAL,),
    }
    return hash_of(said)


def _texts(plan: Plan) -> dict[str, str]:
    """Write the resolved files, which run by themselves: the experiment names the others beside it."""
    resolved = {**plan.experiment.origin.resolved, "model": MODEL}
    design = plan.experiment.design
    texts: dict[str, str] = {}
    if design is not None and design.file is not None:
        texts[POINTS_FILE] = (plan.experiment.origin.folder / design.file).read_text(encoding="utf-8-sig")
        resolved["design"] = {"kind": design.kind, "file": POINTS_FILE}
    texts[EXPERIMENT] = dump(resolved, tuple(Experiment.model_fields))
    texts[MODEL] = dump_model(plan.model)
    return texts
