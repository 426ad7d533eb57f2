"""Nodes and lanes: laid out once for all programs that have the same ways through the network.

Shares of ways may differ, as long as the same ones are above nought, or may come to be.
"""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from simulator.compiler.fingerprint import fingerprint_of
from simulator.compiler.flows import entry_shares
from simulator.compiler.program import TO_FIRST_FREE, TO_SHORTEST_QUEUE, Program
from simulator.engines.network.lanes import Lanes, lay_lanes
from simulator.engines.network.nodes import Nodes, unfold
from simulator.engines.network.opened import opened

# Scenarios that differ in rates, capacities or strengths share one; a sweep over structure is rare.
KEPT = 8


def lay_structure(program: Program) -> tuple[Nodes, Lanes]:
    """Give the nodes and lanes of a program. Nobody may write into their arrays: they are shared."""
    nodes, lanes = _laid(_Shape(program))
    return _with_shares(program, nodes), lanes


def _with_shares(program: Program, nodes: Nodes) -> Nodes:
    """Give nodes the shares that a program's routes have; a list is shared alike by all that are in it."""
    routes, ways = program.routes, nodes.ways
    share = entry_shares(program)
    listed = np.isin(routes.kind, (TO_FIRST_FREE, TO_SHORTEST_QUEUE))
    share[listed] /= np.diff(routes.list_first)[routes.target[listed]]
    of_entry = ways.entry >= 0
    own = ways.share.copy()
    own[of_entry] = share[ways.entry[of_entry]]
    return replace(nodes, ways=replace(ways, share=own), first_share=share[nodes.first_entry])


class _Shape:
    """A program, known by what its nodes and lanes are made from alone."""

    def __init__(self, program: Program) -> None:
        self.program = program
        needs, referrals, resources = program.needs, program.referrals, program.resources
        day, routes, moves = program.day_one, program.routes, program.moves
        arrays = (
            *(routes.first, routes.kind, routes.target, routes.klass, routes.segment, routes.name),
            *(routes.list_first, routes.list_activity, moves.at, moves.kind, moves.to),
            entry_shares(program) > 0,
            opened(program),
            (day.present != 0) | (day.waiting > 0),
            np.diff(day.group_cumulative, prepend=0.0) > 0,
            needs.choice,
            needs.klass,
            referrals.choice,
            referrals.klass,
            resources.room,
            resources.free_needed,
        )
        parts = (program.names, program.activities)
        self.key = (*(fingerprint_of(one) for one in parts), *(one.tobytes() for one in arrays))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shape) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=KEPT)
def _laid(shape: _Shape) -> tuple[Nodes, Lanes]:
    nodes = unfold(shape.program)
    return nodes, lay_lanes(shape.program, nodes)
