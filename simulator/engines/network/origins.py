"""Of what need a case is, by its class: classes change on the way, the need behind them does not."""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.program import Floats, Ints, Program
from simulator.engines.network.lanes import Lanes
from simulator.engines.network.mix import Mix
from simulator.engines.network.nodes import Nodes

RESIDENCE_SWEEPS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Cases as they come and go on: ``first`` the rates of first routes (firsts), ``outcome`` of lanes."""

    mix: Mix
    first: Floats
    outcome: Floats
    lanes: Lanes


def origins(program: Program, nodes: Nodes, *, coming: Coming) -> Floats:
    """Give the share of each class (rows) that comes from each need, referrals last (columns)."""
    needs = len(program.names.needs)
    origin = np.where(nodes.first_need >= 0, nodes.first_need, needs)
    return began_as(program, nodes, coming=coming, column=origin, columns=needs + 1)


def began_as(program: Program, nodes: Nodes, *, coming: Coming, column: Ints, columns: int) -> Floats:
    """Give the share of each class (rows) that began with each of so many columns, said by first route."""
    classes, of = len(program.names.classes), coming.lanes.of
    begins = np.zeros((classes, columns))
    klass = nodes.group % classes
    there = nodes.first_node >= 0
    np.add.at(begins, (klass[nodes.first_node[there]], column[there]), coming.first[there])
    moved = np.zeros((classes, classes))
    ways = nodes.ways
    goes = ways.end >= 0
    start, end = ways.start[goes], ways.end[goes]
    along = (
        np.where(of >= 0, coming.mix.visits, 0.0)[start] * coming.outcome[of[start], ways.kind[goes, None]]
    )
    np.add.at(moved, (klass[start], klass[end]), along.sum(axis=1) * ways.share[goes])
    np.fill_diagonal(moved, 0.0)
    arrives = begins.sum(axis=1) + moved.sum(axis=0)
    onward = np.divide(moved, arrives[:, None], out=np.zeros_like(moved), where=arrives[:, None] > 0)
    found = np.linalg.solve(np.eye(classes) - onward.T, begins)
    total = found.sum(axis=1, keepdims=True)
    shares = np.divide(found, total, out=np.zeros_like(found), where=total > 0)
    nobody = np.flatnonzero(total[:, 0] <= 0)
    shares[nobody] = _of_nobody(nodes, klass, origin=column, size=shares.shape)[nobody]
    return np.asarray(shares)


def _of_nobody(nodes: Nodes, klass: Ints, *, origin: Ints, size: tuple[int, ...]) -> Floats:
    """Give the origins of classes that nobody is of at first (a scheme brings them later): what begins there,
    alike; where nothing does, the last column, for every case is of something."""
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
