"""Of what need a case is, by its class: classes change on the way, the need behind them does not.

A class that nobody is of at first, for all ways to it are shut, or nobody has given up yet, is of what would
come along them.
"""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.program import Floats, Ints, Program
from simulator.engines.network.coming import Coming, if_opened
from simulator.engines.network.nodes import Nodes

RESIDENCE_SWEEPS = 60


def origins(program: Program, nodes: Nodes, *, coming: Coming) -> Floats:
    """Give the share of each class (rows) that comes from each need, referrals last (columns)."""
    column, columns = by_need(program, nodes)
    return began_as(program, nodes, coming=coming, column=column, columns=columns)


def by_need(program: Program, nodes: Nodes) -> tuple[Ints, int]:
    """Say of which need each first route is, referrals last, and how many that makes."""
    needs = len(program.names.needs)
    return np.where(nodes.first_need >= 0, nodes.first_need, needs), needs + 1


def began_as(program: Program, nodes: Nodes, *, coming: Coming, column: Ints, columns: int) -> Floats:
    """Give the share of each class (rows) that began with each of so many columns, said by first route."""
    there = going(program, nodes, coming=coming, began=(column, columns))
    found = np.linalg.solve(np.eye(len(there.begins)) - there.onward.T, there.begins)
    total = found.sum(axis=1, keepdims=True)
    shares = np.divide(found, total, out=np.zeros_like(found), where=total > 0)
    nobody = np.flatnonzero(total[:, 0] <= 0)
    if nobody.size:
        opened = going(program, nodes, coming=if_opened(nodes, coming), began=(column, columns))
        shares[nobody] = opened.of(nobody, known=shares)
        # Whoever can never come is of the last, for every case is of something.
        shares[nobody[shares[nobody].sum(axis=1) <= 0], -1] = 1.0
    return np.asarray(shares)


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """Cases by class (rows): ``begins`` by what they began with (columns), ``moved`` to other classes, and of
    each class the share that ``onward`` moves to each."""

    begins: Floats
    moved: Floats
    onward: Floats

    @property
    def arrives(self) -> Floats:
        """Count those who come to each class."""
        found: Floats = self.begins.sum(axis=1) + self.moved.sum(axis=0)
        return found

    def of(self, classes: Ints, *, known: Floats) -> Floats:
        """Give the shares by column of some classes, those of all others being ``known``; nothing where
        nobody comes."""
        others = np.ones(len(known), dtype=np.bool_)
        others[classes] = False
        begins = self.begins[classes] + self.moved[others][:, classes].T @ known[others]
        onward = self.onward[np.ix_(classes, classes)]
        found = np.linalg.solve(np.eye(len(classes)) - onward.T, begins)
        total = found.sum(axis=1, keepdims=True)
        return np.asarray(np.divide(found, total, out=np.zeros_like(found), where=total > 0))


def going(program: Program, nodes: Nodes, *, coming: Coming, began: tuple[Ints, int]) -> Going:
    """Add cases up by class, as they come and as they go on; ``began`` by first route, of so many columns."""
    column, columns = began
    classes, ways = len(program.names.classes), nodes.ways
    begins, moved = np.zeros((classes, columns)), np.zeros((classes, classes))
    klass = nodes.group % classes
    there, goes = nodes.first_node >= 0, ways.end >= 0
    np.add.at(begins, (klass[nodes.first_node[there]], column[there]), coming.first[there])
    np.add.at(moved, (klass[ways.start[goes]], klass[ways.end[goes]]), coming.along[goes])
    np.fill_diagonal(moved, 0.0)
    arrives = begins.sum(axis=1) + moved.sum(axis=0)
    onward = np.divide(moved, arrives[:, None], out=np.zeros_like(moved), where=arrives[:, None] > 0)
    return Going(begins=begins, moved=moved, onward=onward)


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
