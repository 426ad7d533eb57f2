"""Estimates of a sweep: every measure by point and scenario, and its difference from the baseline there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.holm import Together, by_measure
from simulator.analysis.measures import most
from simulator.analysis.spread import Spread, as_levels, over_draws, over_replications
from simulator.analysis.sweep.choice import Choice, choice_of
from simulator.analysis.sweep.lenses import Lenses, lenses_of
from simulator.analysis.sweep.measuring import names_of
from simulator.analysis.sweep.sensitivity import Sensitivity, sensitivity_of
from simulator.experiment.sweep.plan import CENTRAL
from simulator.experiment.sweep.results import SweepResults

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepEstimates:
    """Estimates (points, scenarios, measures), ``differences`` without the baseline; and what drives them.

    ``together``: the differences of each measure judged together; ``None`` where there is no chance, or
    values are drawn. ``choice``: the best, where the file asks for it; ``lenses``: the people engine at some
    points, where it asks for that.
    """

    results: SweepResults
    levels: Spread
    differences: Spread
    drives: Sensitivity
    together: Together | None = None
    choice: Choice | None = None
    lenses: Lenses | None = None

    @property
    def others(self) -> tuple[str, ...]:
        """Name the scenarios that are compared with the baseline."""
        return self.results.plan.scenarios[1:]


def estimates_of(results: SweepResults) -> SweepEstimates:
    """Estimate every measure of a sweep; a difference is taken run by run, over runs in which both exist."""
    # Draws and replications go to the end.
    values = np.moveaxis(results.values, (3, 4), (1, 2))
    limits = np.array([most(name) for name in names_of(results)])
    levels = spread_of(results, values)
    differences = spread_of(results, values[:, 1:] - values[:, :1])
    is_judged = results.plan.draws == (CENTRAL,) and bool((differences.n > 1).any())
    return SweepEstimates(
        results=results,
        levels=as_levels(levels, limits),
        differences=differences,
        drives=sensitivity_of(results),
        together=by_measure(differences.mean, differences.sd, n=differences.n) if is_judged else None,
        choice=choice_of(results),
        lenses=lenses_of(results),
    )


def spread_of(results: SweepResults, values: Floats) -> Spread:
    """Estimate (…, draws, replications) over draws, or over the replications of the central values."""
    if results.plan.draws == (CENTRAL,):
        return over_replications(values[..., 0, :])
    return over_draws(values)
