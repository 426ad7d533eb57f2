"""Nodes and lanes: laid out once for all programs that have the same ways through the network."""

from functools import lru_cache

import numpy as np

from simulator.compiler.fingerprint import fingerprint_of
from simulator.compiler.program import Program
from simulator.engines.network.lanes import Lanes, lay_lanes
from simulator.engines.network.nodes import Nodes, unfold

# Scenarios that differ in rates, capacities or strengths share one; a sweep over structure is rare.
KEPT = 8


def lay_structure(program: Program) -> tuple[Nodes, Lanes]:
    """Give the nodes and lanes of a program. Nobody may write into their arrays: they are shared."""
    return _laid(_Shape(program))


class _Shape:
    """A program, known by what its nodes and lanes are made from alone."""

    def __init__(self, program: Program) -> None:
        self.program = program
        needs, referrals, resources = program.needs, program.referrals, program.resources
        day = program.day_one
        arrays = (
            (day.present != 0) | (day.waiting > 0),
            np.diff(day.group_cumulative, prepend=0.0) > 0,
            needs.choice,
            needs.klass,
            referrals.choice,
            referrals.klass,
            resources.room,
            resources.free_needed,
        )
        parts = (program.names, program.routes, program.activities, program.moves)
        self.key = (*(fingerprint_of(one) for one in parts), *(one.tobytes() for one in arrays))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shape) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=KEPT)
def _laid(shape: _Shape) -> tuple[Nodes, Lanes]:
    nodes = unfold(shape.program)
    return nodes, lay_lanes(shape.program, nodes)
