"""What a sweep leaves: every measure of every run, in order, with the points and draws they belong to."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.errors import SelfCheckFailed
from simulator.experiment.provenance import Manifest
from simulator.experiment.sweep.chunk_files import all_rows
from simulator.experiment.sweep.plan import Plan

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepResults:
    """A sweep that has run.

    ``values`` (points, draws, replications, scenarios, measures), scenarios in the plan's order; not-a-number
    where a run has no such measure. ``drawn`` by draw and parameter, for the baseline at the first point.
    """

    folder: Path
    manifest: Manifest
    plan: Plan
    values: Floats
    drawn: Mapping[int, Mapping[str, object]]
    notes: tuple[str, ...]


def values_in(folder: Path, plan: Plan) -> Floats:
    """Gather the values of a plan's pieces from the parts of a folder; others it may hold are left out."""
    shape = (len(plan.points), len(plan.draws), plan.replications, len(plan.scenarios), len(plan.names))
    values = np.full(shape, np.nan)
    missing = np.ones(shape[:3], dtype=np.bool_)
    first_draw = plan.draws[0]
    for rows in all_rows(folder):
        point, draw, replication = rows.pieces.T
        draw = draw - first_draw
        here = (point < shape[0]) & (draw < shape[1]) & (replication < shape[2])
        where = point[here], draw[here], replication[here]
        values[where] = rows.values[here]
        missing[where] = False
    if missing.any():
        raise SelfCheckFailed(f"{folder}: {int(missing.sum())} pieces are missing though all were done.")
    return values
