"""What a sweep says of a scenario as a whole: means over its points, and between which points it goes.

A mean is taken over the points run by run: of each replication of each draw first over the points, so that an
interval is over replications, or draws, as those of the points themselves; what was varied is no part of it.
A point at which no run has the measure is left out; a run counts where it has the measure at all others.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.measures import most
from simulator.analysis.spread import Spread, as_levels
from simulator.analysis.sweep.estimates import spread_of
from simulator.analysis.sweep.measuring import names_of
from simulator.experiment.sweep.plan import Plan
from simulator.experiment.sweep.results import SweepResults

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverPoints:
    """Means over the points of a sweep (scenarios, measures); ``differences`` without the baseline."""

    levels: Spread
    differences: Spread


def over_points(results: SweepResults) -> OverPoints | None:
    """Take the means over points; ``None`` where points were picked, which are no sample of anything."""
    if are_picked(results.plan):
        return None
    values = results.values
    limits = np.array([most(name) for name in names_of(results)])
    levels = spread_of(results, _mean(values))
    differences = spread_of(results, _mean(values[..., 1:, :] - values[..., :1, :]))
    return OverPoints(levels=as_levels(levels, limits), differences=differences)


def are_picked(plan: Plan) -> bool:
    """Say whether a sweep runs some points of its design alone, picked by somebody or for being best."""
    design = plan.experiment.design
    return design is not None and bool(design.only) and len(plan.points) > 1


def _mean(values: Floats) -> Floats:
    """Give the mean over points of (points, draws, replications, …) with draws and replications last."""
    there = ~np.isnan(values)
    known = there.any(axis=(1, 2), keepdims=True)
    count = known.sum(axis=0)
    mean = np.where(there, values, 0.0).sum(axis=0) / np.maximum(count, 1)
    mean = np.where((known & ~there).any(axis=0) | (count == 0), np.nan, mean)
    return np.moveaxis(mean, (0, 1), (-2, -1))
