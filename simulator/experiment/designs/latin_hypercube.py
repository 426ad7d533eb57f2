"""A Latin hypercube: of so many equal strata of every path, each is hit once (McKay, Beckman & Conover 1979).

The order of a path's strata and the place within each are drawn at addresses of the seed and that path, so
that another path in the design moves none, unless the two are correlated.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.designs.axis import Axis
from simulator.experiment.designs.point import Point
from simulator.experiment.designs.rank_correlation import reordered
from simulator.experiment.uncertainty.addressed import units_of_design

Floats = NDArray[np.float64]
Pairs = Mapping[tuple[str, str], float]


def latin_hypercube(
    axes: Sequence[Axis], *, runs: int, seed: int, correlations: Pairs | None = None
) -> tuple[Point, ...]:
    """Give so many points; ranks of correlated paths are brought together (Iman & Conover 1982)."""
    units = np.column_stack([strata(axis.name, runs, seed=seed) for axis in axes])
    if correlations:
        units = reordered(units, [axis.name for axis in axes], correlations=correlations)
    return tuple(
        {axis.name: axis.sampled(float(u)) for axis, u in zip(axes, row, strict=True)} for row in units
    )


def strata(name: str, runs: int, *, seed: int) -> Floats:
    """Give one number in each of so many equal strata, in an order by lot."""
    drawn = units_of_design(name, 2 * runs, seed=seed)
    order = np.argsort(drawn[:runs], kind="stable")
    return np.asarray((order + drawn[runs:]) / runs)
