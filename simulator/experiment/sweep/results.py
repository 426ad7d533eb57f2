"""What a sweep leaves: every measure of every run, in order, with the points and draws they belong to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.errors import SelfCheckFailed
from simulator.experiment.provenance import Manifest
from simulator.experiment.sweep.chunk_files import all_rows
from simulator.experiment.sweep.failing import Failed, are_failed
from simulator.experiment.sweep.plan import Plan

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepResults:
    """A sweep that has run.

    ``values`` (points, draws, replications, scenarios, measures), scenarios in the plan's order; not-a-number
    where a run has no such measure, where a piece has ``failed``, and beyond the replications of a point.
    ``drawn`` by draw and parameter, for the baseline at the first point.
    """

    folder: Path
    manifest: Manifest
    plan: Plan
    values: Floats
    drawn: Mapping[int, Mapping[str, object]]
    notes: tuple[str, ...]
    failed: tuple[Failed, ...] = ()


def values_in(folder: Path, plan: Plan, *, failed: Sequence[Failed] = ()) -> Floats:
    """Gather the values of a plan's pieces from the parts of a folder; others it may hold are left out.

    Those of pieces that ``failed`` stay not-a-number.
    """
    values = np.full((*plan.shape, len(plan.scenarios), len(plan.names)), np.nan)
    missing = np.array(plan.wanted)
    for rows in all_rows(folder):
        *where, here = plan.places(rows.pieces)
        values[tuple(where)] = rows.values[here]
        missing[tuple(where)] = False
    missing[are_failed(plan, failed)] = False
    if missing.any():
        raise SelfCheckFailed(f"{folder}: {int(missing.sum())} pieces are missing though all were done.")
    return values
