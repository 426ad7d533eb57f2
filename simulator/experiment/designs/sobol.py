"""Points of a Sobol' sequence, shifted digit by digit by a word drawn for each path.

The sequence is that of ``scipy.stats.qmc`` (directions of Joe & Kuo 2008), unscrambled; a shift of digits
(Owen 1995) keeps what makes it even. The first points of a longer design are those of a shorter one. Paths
take its dimensions in the order of their names.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.designs.axis import Axis
from simulator.experiment.designs.point import Point
from simulator.experiment.uncertainty.addressed import unit_of_design

Floats = NDArray[np.float64]

BITS = 30


def sobol(axes: Sequence[Axis], *, runs: int, seed: int) -> tuple[Point, ...]:
    """Give so many points; a power of two is most even."""
    units = _units([(axis.name, 0) for axis in axes], runs=runs, seed=seed)
    return tuple(_point(axes, row) for row in units)


def sobol_for_indices(axes: Sequence[Axis], *, runs: int, seed: int) -> tuple[Point, ...]:
    """Give the points that Sobol' indices are worked out from: two more than there are paths for each run.

    Of each base point there is A, A with one path after another from B, and B (Saltelli and others 2010); the
    A are the points of a design without indices. More runs leave the first base points as they are.
    """
    paths = len(axes)
    columns = [(axis.name, which) for which in range(2) for axis in axes]
    found: list[Point] = []
    for row in _units(columns, runs=runs, seed=seed):
        here, there = row[:paths], row[paths:]
        found.append(_point(axes, here))
        found += [_point(axes, np.where(np.arange(paths) == moved, there, here)) for moved in range(paths)]
        found.append(_point(axes, there))
    return tuple(found)


def _units(columns: Sequence[tuple[str, int]], *, runs: int, seed: int) -> Floats:
    """Give the numbers of each column, a path and which of its shifts, at each point."""
    from scipy.stats import qmc

    sequence = qmc.Sobol(len(columns), scramble=False, bits=BITS)
    plain = sequence.random_base2(max(1, math.ceil(math.log2(runs))))[:runs]
    digits = np.round(plain * 2**BITS).astype(np.int64)
    shifts = [int(unit_of_design(name, which, seed=seed) * 2**BITS) for name, which in columns]
    return np.asarray(((digits ^ np.array(shifts)) + 0.5) / 2**BITS)


def _point(axes: Sequence[Axis], row: Floats) -> Point:
    return {axis.name: axis.sampled(float(u)) for axis, u in zip(axes, row, strict=True)}
