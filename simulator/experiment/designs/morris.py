"""Trajectories of Morris (1991), Technometrics 33:161: from a point one path after another moves, each once.

Levels are even in number; a move goes half of them up or down, whichever there is room for. A trajectory
begins and orders its moves by numbers at addresses of the seed and each path, so that more trajectories
leave the first as they are.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.designs.axis import Axis
from simulator.experiment.designs.point import Point
from simulator.experiment.uncertainty.addressed import unit_of_design

Ints = NDArray[np.int64]

START, ORDER, USED = range(3)


def morris(axes: Sequence[Axis], *, trajectories: int, levels: int, seed: int) -> tuple[Point, ...]:
    """Give the points of so many trajectories, each of one point more than there are paths."""
    at = morris_levels([axis.name for axis in axes], trajectories=trajectories, levels=levels, seed=seed)
    return tuple(
        {axis.name: axis.at_level(level, of=levels) for axis, level in zip(axes, row, strict=True)}
        for row in at.tolist()
    )


def morris_levels(names: Sequence[str], *, trajectories: int, levels: int, seed: int) -> Ints:
    """Give the level, from 0, of every path at every point (points, paths)."""
    found: list[list[int]] = []
    for trajectory in range(trajectories):
        drawn = [
            [unit_of_design(name, trajectory * USED + use, seed=seed) for use in range(USED)]
            for name in names
        ]
        at = [int(one[START] * levels) for one in drawn]
        found.append(list(at))
        for moved in sorted(range(len(names)), key=lambda place: (drawn[place][ORDER], place)):
            at[moved] += levels // 2 if at[moved] < levels // 2 else -(levels // 2)
            found.append(list(at))
    return np.array(found, dtype=np.int64)
