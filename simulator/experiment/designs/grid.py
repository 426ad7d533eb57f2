"""A grid: every combination of the values of every path."""

import itertools
from collections.abc import Sequence

from simulator.experiment.designs.axis import Axis
from simulator.experiment.designs.point import Point


def grid(axes: Sequence[Axis]) -> tuple[Point, ...]:
    """Combine all levels of all paths; the last path changes fastest."""
    names = [axis.name for axis in axes]
    combined = itertools.product(*(axis.levels() for axis in axes))
    return tuple(dict(zip(names, values, strict=True)) for values in combined)
