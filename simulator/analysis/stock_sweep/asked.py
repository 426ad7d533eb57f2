"""A design over stocks as its files ask for it: run into a results folder, and what drives what it keeps.

What a sweep of people works out is worked out here by the same code: there is one scenario, the model as it
is, and no chance.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.stock_sweep.other_settings import refuse_other_settings
from simulator.analysis.sweep.outputs import LEVEL, Output
from simulator.analysis.sweep.responses import (
    Response,
    are_independent,
    averages,
    columns_of,
    fitted,
    is_grid,
)
from simulator.analysis.sweep.sensitivity import Sensitivity, sensitivity_at_points
from simulator.definition.experiment import BASELINE, STOCKS
from simulator.experiment.check_references import refuse_broken_checks
from simulator.experiment.files import write_whole
from simulator.experiment.folder import MANIFEST, default_folder, results_folder
from simulator.experiment.progress import Progress, Silence
from simulator.experiment.provenance import STOCK_SWEEP, Manifest, hash_of, manifest_text, now, versions
from simulator.experiment.sources import layout_number
from simulator.experiment.stock_sweep.halving import halving_notes
from simulator.experiment.stock_sweep.kept_files import texts_of
from simulator.experiment.stock_sweep.plan import StockPlan, notes_of
from simulator.experiment.stock_sweep.run import run_stock_sweep

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class StockSweep:
    """A design over stocks that has run: ``values`` (points, kept), what drives them, curves of each value.

    ``settings`` are those of the command line, as typed.
    """

    folder: Path
    manifest: Manifest
    plan: StockPlan
    values: Floats
    drives: Sensitivity
    responses: tuple[Response, ...]
    settings: tuple[str, ...]


@contextmanager
def stock_sweep_as_asked(
    plan: StockPlan,
    *,
    out: Path | None = None,
    settings: Iterable[str] = (),
    notes: Sequence[str] = (),
    progress: Progress | None = None,
) -> Iterator[StockSweep]:
    """Run a design and work out what drives what it keeps; tables and page are written inside.

    The folder is finished when this is left without an error. Raises ``RunFailed`` where a point fails, and
    ``OutputError`` where the folder holds anything else.
    """
    if plan.file.model is not None:
        refuse_broken_checks(plan.file.model)
    said = tuple(settings)
    stem = Path(plan.design.origin.file).stem
    folder = default_folder(stem) if out is None else out
    texts = texts_of(plan)
    manifest = _manifest(plan, name=stem, notes=(*notes, *notes_of(plan)))
    manifest = replace(manifest, design=hash_of([texts, sorted(said)]))
    refuse_other_settings(folder, manifest, texts=texts, settings=said)
    with results_folder(folder, manifest, texts=texts):
        values = run_stock_sweep(plan, progress=progress or Silence())
        # The page says when it ended; the folder says so only once tables and page are there.
        noted = (*manifest.notes, *halving_notes(plan, values))
        manifest = replace(manifest, notes=noted, ended=now())
        yield stock_sweep_of(plan, values, folder=folder, manifest=manifest, settings=said)
        write_whole(folder / MANIFEST, manifest_text(manifest).encode())


def stock_sweep_of(
    plan: StockPlan, values: Floats, *, folder: Path, manifest: Manifest, settings: tuple[str, ...]
) -> StockSweep:
    """Work out what drives ``values`` (points, kept) of a design that has run."""
    return StockSweep(
        folder=folder,
        manifest=manifest,
        plan=plan,
        values=values,
        drives=_drives(plan, values),
        responses=tuple(_responses(plan, values)),
        settings=settings,
    )


def _drives(plan: StockPlan, values: Floats) -> Sensitivity:
    outputs = [
        Output(scenario=BASELINE, kind=LEVEL, measure=place, spelt=one.id, unit=one.unit)
        for place, one in enumerate(plan.kept)
    ]
    design = plan.design
    return sensitivity_at_points(plan.points, values, outputs=outputs, design=design.design, seed=design.seed)


def _responses(plan: StockPlan, values: Floats) -> Iterator[Response]:
    """Give a curve for each value: the mean over the others on a grid, a fit to the points of a sample."""
    if not is_grid(plan.points):
        yield from fitted(plan.points, values[:, None, :], has_interval=are_independent(plan.design.design))
        return
    for path, column, numbers in columns_of(plan.points):
        levels, mean = averages(numbers, values[:, None, :])
        none = np.full_like(mean, np.nan)
        yield Response(path=path, column=column, values=levels, mean=mean, low=none, high=none)


def _manifest(plan: StockPlan, *, name: str, notes: tuple[str, ...]) -> Manifest:
    """Say where the results about to be made come from."""
    title = plan.design.title or plan.file.system.title or name
    return Manifest(
        kind=STOCK_SWEEP,
        format=layout_number(),
        design="",
        experiment=name,
        title=title,
        engine=STOCKS,
        seed=plan.design.seed,
        replications=1,
        population_share=1.0,
        fingerprints={},
        versions=versions(),
        notes=notes,
        began=now(),
        ended=None,
        points=len(plan.points),
    )
