"""Moves on stocks, laid out once: diversions and step-downs, whom they take from which way, and where to."""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.law_excess import survival
from simulator.compiler.program import ABSENT, Floats, Ints, Program
from simulator.engines.network.assembly import Assembly
from simulator.engines.network.law_moments import table_of
from simulator.engines.network.nodes import DONE, OUT, STEP_DOWN, Nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Things of a move's ways: ``of`` which of the ways, and ``what``."""

    of: Ints
    what: Ints

    def total(self, values: Floats, count: int) -> Floats:
        """Add values (one a pair, or a row of them) up by way."""
        found = np.zeros((count, *values.shape[1:]))
        np.add.at(found, self.of, values)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One move: a way (in order) at each node where it acts.

    ``node`` where a way starts, ``group`` there; ``lasts`` the chance that a stay there is longer than what a
    step-down leaves of it (one of others); ``there`` the lanes it leads to; ``home`` and ``away`` the ways
    that it takes from; ``links`` with ``at`` (node, home flattened) the links it is part of.
    """

    ways: Ints
    node: Ints
    group: Ints
    lasts: Floats
    there: Pairs
    home: Pairs
    away: Pairs
    links: Pairs
    at: Ints

    def chance(self, free: Floats) -> Floats:
        """Give the chance that a place is free where each way leads; ``free`` by lane."""
        count = len(self.ways)
        lanes = np.bincount(self.there.of, minlength=count)
        return np.asarray(self.there.total(free[self.there.what], count) / np.maximum(lanes, 1))

    def take(self, share: Floats, ways: Pairs, *, part: Floats) -> Floats:
        """Take a part of the share of ways (ways, H + 1); return what was taken for each way of the move."""
        taken = ways.total(share[ways.what], len(self.ways)) * part
        share[ways.what] *= 1.0 - part[ways.of]
        return taken


def lay_moves(program: Program, laid: Assembly) -> list[Move]:
    """Lay out every move of a program."""
    return [_laid(program, laid, move=move) for move in range(len(program.moves.kind))]


def _laid(program: Program, laid: Assembly, *, move: int) -> Move:
    table, nodes, lanes = program.moves, laid.nodes, laid.lanes
    ways = np.flatnonzero(nodes.ways.move == move)
    node, end = nodes.ways.start[ways], nodes.ways.end[ways]
    usual = np.flatnonzero((nodes.ways.kind == DONE) & (nodes.ways.move < 0))
    target = nodes.ways.end[usual]
    goal = (target >= 0) & (nodes.activity[np.maximum(target, 0)] == table.away_from[move])
    of, home = np.nonzero(lanes.way_link[ways] >= 0)
    is_step_down = int(table.kind[move]) == STEP_DOWN
    return Move(
        ways=ways,
        node=node,
        group=nodes.group[node],
        lasts=_lasts(program, nodes, node=node, seconds=int(table.last_seconds[move]))
        if is_step_down
        else np.ones(len(ways)),
        there=_lanes_at(lanes.of[end]),
        home=_of_same_start(nodes, usual[target == OUT], node=node),
        away=_of_same_start(nodes, usual[goal], node=node),
        links=Pairs(of=of, what=lanes.way_link[ways[of], home]),
        at=node[of] * lanes.of.shape[1] + home,
    )


def _lanes_at(rows: Ints) -> Pairs:
    """List the lanes in each row, each once."""
    found = [
        (place, lane)
        for place, row in enumerate(rows.tolist())
        for lane in sorted({one for one in row if one >= 0})
    ]
    both = np.array(found, dtype=np.int64).reshape(-1, 2)
    return Pairs(of=both[:, 0], what=both[:, 1])


def _of_same_start(nodes: Nodes, ways: Ints, *, node: Ints) -> Pairs:
    """Give which of these ways start at each node (each node once)."""
    place = np.full(len(nodes.activity), -1, dtype=np.int64)
    place[node] = np.arange(len(node))
    of = place[nodes.ways.start[ways]]
    return Pairs(of=of[of >= 0], what=ways[of >= 0])


def _lasts(program: Program, nodes: Nodes, *, node: Ints, seconds: int) -> Floats:
    """Give the chance that a stay at each node is longer than so many seconds."""
    law = program.activities.duration_law[nodes.activity[node], nodes.group[node]]
    known = {ABSENT: 0.0}
    for one in {*law.tolist()} - {ABSENT}:
        values, above = survival(table_of(program.laws, one))
        known[one] = float(np.interp(seconds, values, above, right=0.0))
    return np.array([known[one] for one in law.tolist()], dtype=np.float64)


def lay_lists(nodes: Nodes) -> list[Ints]:
    """Give the ways of each list of first-free or shortest-queue, in order."""
    ways, found = nodes.ways, []
    for first in np.flatnonzero(ways.place == 0).tolist():
        same = (ways.start == ways.start[first]) & (ways.entry == ways.entry[first])
        found.append(np.flatnonzero(same & (ways.kind == ways.kind[first]) & (ways.place >= 0)))
    return found
