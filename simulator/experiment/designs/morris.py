"""Trajectories of Morris (1991), Technometrics 33:161: from a point one path after another moves, each once.

Levels are even in number; a move goes half of them up or down, whichever there is room for. A trajectory
begins and orders its moves by numbers at addresses of the seed and each path, so that more trajectories
leave the first as they are.
"""

from collections.abc import Sequence

from simulator.experiment.designs.axis import Axis
from simulator.experiment.designs.point import Point
from simulator.experiment.uncertainty.addressed import unit_of_design

START, ORDER, USED = range(3)


def morris(axes: Sequence[Axis], *, trajectories: int, levels: int, seed: int) -> tuple[Point, ...]:
    """Give the points of so many trajectories, each of one point more than there are paths."""
    found: list[Point] = []
    for trajectory in range(trajectories):
        drawn = [
            [unit_of_design(axis.name, trajectory * USED + use, seed=seed) for use in range(USED)]
            for axis in axes
        ]
        at = [int(one[START] * levels) for one in drawn]
        found.append(_point(axes, at, levels=levels))
        for moved in sorted(range(len(axes)), key=lambda place: (drawn[place][ORDER], place)):
            at[moved] += levels // 2 if at[moved] < levels // 2 else -(levels // 2)
            found.append(_point(axes, at, levels=levels))
    return tuple(found)


def _point(axes: Sequence[Axis], at: Sequence[int], *, levels: int) -> Point:
    return {axis.name: axis.at_level(level, of=levels) for axis, level in zip(axes, at, strict=True)}
