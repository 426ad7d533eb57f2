"""Of what need a case is, by its class: classes change on the way, the need behind them does not."""

import numpy as np

from simulator.compiler.program import Floats, Ints, Program
from simulator.engines.network.lanes import Lanes
from simulator.engines.network.mix import Mix
from simulator.engines.network.nodes import Nodes

RESIDENCE_SWEEPS = 60


def origins(program: Program, nodes: Nodes, *, mix: Mix, first: Floats, outcome: Floats, of: Lanes) -> Floats:
    """Give the share of each class (rows) that comes from each need, referrals last (columns).

    ``first`` are the rates of the first routes, in the order of ``nodes.first_node``.
    """
    classes, needs = len(program.names.classes), len(program.names.needs)
    begins = np.zeros((classes, needs + 1))
    klass = nodes.group % classes
    origin = np.where(nodes.first_need >= 0, nodes.first_need, needs)
    there = nodes.first_node >= 0
    np.add.at(begins, (klass[nodes.first_node[there]], origin[there]), first[there])
    moved = np.zeros((classes, classes))
    ways = nodes.ways
    goes = ways.end >= 0
    start, end = ways.start[goes], ways.end[goes]
    along = np.where(of.of >= 0, mix.visits, 0.0)[start] * outcome[of.of[start], ways.kind[goes, None]]
    np.add.at(moved, (klass[start], klass[end]), along.sum(axis=1) * ways.share[goes])
    np.fill_diagonal(moved, 0.0)
    coming = begins.sum(axis=1) + moved.sum(axis=0)
    onward = np.divide(moved, coming[:, None], out=np.zeros_like(moved), where=coming[:, None] > 0)
    found = np.linalg.solve(np.eye(classes) - onward.T, begins)
    total = found.sum(axis=1, keepdims=True)
    shares = np.divide(found, total, out=np.zeros_like(found), where=total > 0)
    nobody = np.flatnonzero(total[:, 0] <= 0)
    shares[nobody] = _of_nobody(nodes, klass, origin=origin, size=shares.shape)[nobody]
    return np.asarray(shares)


def _of_nobody(nodes: Nodes, klass: Ints, *, origin: Ints, size: tuple[int, ...]) -> Floats:
    """Give the origins of classes that nobody is of at first (a scheme brings them later): the needs that
    begin there, alike; where none does, referrals, for every case is of something."""
    found = np.zeros(size)
    there = nodes.first_node >= 0
    found[klass[nodes.first_node[there]], origin[there]] = 1.0
    found[found.sum(axis=1) == 0.0, -1] = 1.0
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def chance_of_residence(program: Program, nodes: Nodes) -> Floats:
    """Give the chance (nodes) that a case is ever resident, or waits where waiting is residence."""
    table, ways = program.activities, nodes.ways
    is_there = (table.resident | table.queue_is_resident)[nodes.activity]
    usual = (ways.kind == 0) & (ways.end >= 0)
    start, end, share = ways.start[usual], ways.end[usual], ways.share[usual]
    found = is_there.astype(np.float64)
    for _ in range(RESIDENCE_SWEEPS):
        onward = np.bincount(start, weights=share * found[end], minlength=len(found))
        found = np.where(is_there, 1.0, np.minimum(onward, 1.0))
    return found


def residence_of_needs(program: Program, nodes: Nodes) -> Floats:
    """Give the chance that a need in a segment leads to a bed (needs, S)."""
    chance = chance_of_residence(program, nodes)
    found = np.zeros(program.needs.rate.shape)
    known = (nodes.first_need >= 0) & (nodes.first_node >= 0)
    place = (nodes.first_need[known], nodes.first_segment[known])
    np.add.at(found, place, nodes.first_share[known] * chance[nodes.first_node[known]])
    return found
