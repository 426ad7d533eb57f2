"""Stays whose length depends on the way onward: how long they are by who now goes which way."""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.program import ABSENT, Floats, Ints, Program
from simulator.engines.network.law_moments import effective_squares
from simulator.engines.network.nodes import DONE, Nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """The ``ways`` onward from nodes (``start``) where some have a law of their own; ``mean`` and ``square``
    of the stay before each."""

    ways: Ints
    start: Ints
    mean: Floats
    square: Floats

    def lasts(self, share: Floats, *, mean: Floats, square: Floats) -> None:
        """Set the mean and mean square of stays (nodes, H + 1) by the shares of ways (ways, H + 1).

        Where nobody goes any of the ways, stays are left as they are.
        """
        if not self.ways.size:
            return
        here = share[self.ways]
        below = _by_node(here, self.start, size=len(mean))
        for found, value in ((mean, self.mean), (square, self.square)):
            total = _by_node(here * value[:, None], self.start, size=len(mean))
            np.divide(total, below, out=found, where=below > 0)


def lay_routed(program: Program, nodes: Nodes) -> Routed:
    """Find the ways of stays whose length depends on them; a case that is moved stays as its way wants."""
    ways, laws = nodes.ways, program.laws
    own = np.append(program.routes.law, ABSENT)[ways.entry]
    usual = (ways.kind == DONE) & (ways.move < 0)
    some = np.flatnonzero(usual & np.isin(ways.start, ways.start[usual & (own != ABSENT)]))
    start = ways.start[some]
    usually = program.activities.duration_law[nodes.activity[start], nodes.group[start]]
    law = np.where(own[some] != ABSENT, own[some], usually)
    mean, square = (np.append(one, 0.0)[law] for one in (laws.mean, effective_squares(laws)))
    return Routed(ways=some, start=start, mean=mean, square=square)


def _by_node(values: Floats, start: Ints, *, size: int) -> Floats:
    found = np.zeros((size, values.shape[1]))
    np.add.at(found, start, values)
    return found
