"""Sweeps are run: every piece once, by threads, into a results folder that can be taken up again."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from simulator.definition.experiment import READABLE, Experiment
from simulator.definition.loading import dump, dump_model
from simulator.definition.points_file import ENDING
from simulator.definition.uncertain import uncertain_parameters
from simulator.experiment.files import write_whole
from simulator.experiment.folder import EXPERIMENT, MANIFEST, MODEL, default_folder, results_folder, sweep
from simulator.experiment.parts import PARTS
from simulator.experiment.pool import told, workers_here
from simulator.experiment.progress import Progress, Silence
from simulator.experiment.provenance import SWEEP, Manifest, manifest_text, now, versions, with_versions
from simulator.experiment.run import name_of
from simulator.experiment.sources import layout_number, source_hash
from simulator.experiment.sweep.chunk import Rows, chunks_of, do_chunk
from simulator.experiment.sweep.chunk_files import pieces_there, write_rows
from simulator.experiment.sweep.compiling import Works, draw_of, models_at
from simulator.experiment.sweep.lock import alone_in
from simulator.experiment.sweep.plan import CENTRAL, Piece, Plan
from simulator.experiment.sweep.results import SweepResults, values_in
from simulator.experiment.threads import do_each_in_threads

POINTS_FILE = f"points{ENDING}"
# Said of an experiment, and outside what its runs contain.
OUTSIDE = ("title", "note", "replications", "draws", "measures", "model", "scenarios")


def run_sweep(
    plan: Plan,
    *,
    out: Path | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    notes: tuple[str, ...] = (),
) -> SweepResults:
    """Run every piece of a plan that its results folder does not hold, and gather all of them.

    What is read from the folder never depends on ``workers`` (one a core unless told), nor on how often it
    was taken up. Raises ``RunFailed``, ``OutputError``, ``SelfCheckFailed``, ``Interrupted``.
    """
    experiment = plan.experiment
    folder = default_folder(name_of(experiment)) if out is None else out
    manifest = _manifest(plan, notes=notes)
    with results_folder(folder, manifest, texts=_texts(plan)) as found, alone_in(folder / PARTS):
        there = pieces_there(folder)
        todo = [piece for piece in plan.pieces() if piece not in there]
        if todo:
            found = with_versions(found, manifest.versions)
            write_whole(folder / MANIFEST, manifest_text(replace(found, ended=None)).encode())
        count = workers_here() if workers is None else workers
        _do(plan, folder, todo=todo, workers=count, progress=progress or Silence())
        sweep(folder)
        found = replace(
            found, replications=plan.replications, draws=experiment.draws, notes=notes, ended=now()
        )
        results = results_in(folder, plan, manifest=found, notes=notes)
        write_whole(folder / MANIFEST, manifest_text(found).encode())
    return results


def results_in(folder: Path, plan: Plan, *, manifest: Manifest, notes: tuple[str, ...]) -> SweepResults:
    """Gather what a folder holds of a plan; raise ``SelfCheckFailed`` where a piece is missing."""
    return SweepResults(
        folder=folder,
        manifest=manifest,
        plan=plan,
        values=values_in(folder, plan),
        drawn=drawn_in(plan),
        notes=notes,
    )


def drawn_in(plan: Plan) -> Mapping[int, Mapping[str, object]]:
    """Give what every draw drew, for the baseline at the first point."""
    if plan.draws == (CENTRAL,):
        return {}
    model = next(iter(models_at(plan, plan.points[0], draw=CENTRAL).values()))
    known = uncertain_parameters(model.origin.resolved)
    return {draw: draw_of(plan, known, draw=draw) for draw in plan.draws}


def _do(plan: Plan, folder: Path, *, todo: list[Piece], workers: int, progress: Progress) -> None:
    """Do the pieces chunk by chunk in threads, and write each chunk's part."""
    works = Works(plan)

    def does(chunk: tuple[Piece, ...], *, ran: Callable[[], None], stop: Callable[[], bool]) -> Rows:
        return do_chunk(plan, works, chunk=chunk, ran=ran, stop=stop)

    chunks = chunks_of(plan, todo)
    engine = plan.experiment.engine
    with told(progress, len(todo) * len(plan.scenarios), engine=engine):
        do_each_in_threads(
            chunks,
            does=does,
            writes=lambda rows: write_rows(folder, rows),
            workers=1 if engine == READABLE else min(workers, len(chunks)),
            progress=progress,
        )


def _manifest(plan: Plan, *, notes: tuple[str, ...]) -> Manifest:
    """Say where the results about to be made come from."""
    experiment = plan.experiment
    return Manifest(
        kind=SWEEP,
        format=layout_number(),
        design=design_of(plan),
        experiment=name_of(experiment),
        title=experiment.title or name_of(experiment),
        engine=experiment.engine,
        seed=experiment.seed,
        replications=plan.replications,
        points=len(plan.points),
        draws=experiment.draws,
        population_share=float(experiment.population_share),
        fingerprints={},
        versions=versions(),
        notes=notes,
        began=now(),
        ended=None,
    )


def design_of(plan: Plan) -> str:
    """Hash what changes the content of a sweep's runs: the files, the points, the code; not how many.

    Programs are not compiled for it: a point more would be a second more. So a change of a file that comes to
    the same makes another design here.
    """
    experiment = {word: one for word, one in plan.experiment.origin.resolved.items() if word not in OUTSIDE}
    said = {
        "format": layout_number(),
        "code": source_hash(with_definition=True),
        "experiment": experiment,
        "scenarios": {name: [sorted(one.on), one.set] for name, one in plan.experiment.scenarios.items()},
        "model": dump_model(plan.model),
        "points": [{name: str(value) for name, value in point.items()} for point in plan.points],
        "measures": [plan.names, plan.spelt],
        "is_drawn": plan.draws != (CENTRAL,),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:32]


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
