"""The exchange of one run of the network as stocks: the file's own stocks step beside the network's.

At a second of exchange, after a block that ends then: what happened is handed over, the file's stocks are
carried on to now, levels are handed back; the next block begins from them. A block ends at each exchange.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.compiler.program import Floats, Program
from simulator.engines.exchange import Exchange
from simulator.engines.network.exchange_side import Side
from simulator.engines.network.sources import rows_of_referrals
from simulator.engines.records import ExchangeRecords

if TYPE_CHECKING:
    from simulator.engines.network.network import Network


class Meeting:
    """The exchange of one network, from the first levels on."""

    def __init__(self, program: Program) -> None:
        assert program.exchange is not None
        self._program = program
        self.side = Side(program)
        self._exchange = Exchange(program, self.side)
        self._exchange.begin()
        self._every = program.exchange.every_seconds
        self._change = np.zeros(0, dtype=np.int64)

    def at_start(self, program: Program) -> Program:
        """Give a program with the places of the first levels, and changes where driven ones may change."""
        later = self._exchange.later_lines()
        resources, added = program.resources, np.array(later, dtype=np.int64).reshape(-1, 3)
        kept = len(resources.change_second)
        second = np.concatenate([resources.change_second, added[:, 0]])
        resource = np.concatenate([resources.change_resource, added[:, 1]])
        order = np.lexsort((resource, second))
        self._change = np.argsort(order)[kept:]
        capacity = resources.capacity.copy()
        for driven, places in self.side.places.items():
            capacity[driven] = places
        changed = replace(
            resources,
            capacity=capacity,
            change_second=second[order],
            change_resource=resource[order],
            change_capacity=np.concatenate([resources.change_capacity, added[:, 2]])[order],
        )
        return replace(program, resources=changed)

    def joins(self, network: Network) -> None:
        """Meet the network that was laid out from the first levels."""
        self.side.joins(network)
        self._network = network
        self._row = rows_of_referrals(self._program)
        self._change_places(until=self._every)
        self.side.has_turned = False

    def happens(self, second: int) -> bool:
        """Exchange, where one is due; say whether ways or stays have changed by it."""
        if second == 0 or second % self._every:
            return False
        self._exchange.happens(second)
        self._change_places(until=second + self._every)
        turned, self.side.has_turned = self.side.has_turned, False
        return turned

    def _change_places(self, *, until: int) -> None:
        """Give the changes of driven capacities before the next exchange the places of the levels now."""
        for line, places in self._exchange.passes_lines(until):
            self.side.set_change(int(self._change[line]), places)

    def limits(self, rates: Floats, steps: tuple[int, int]) -> Floats:
        """Give rates of referrals (Q) a second as far as their pools go over some steps."""
        passed = self._network.net.pace[self._row, steps[0] : steps[1]].sum(axis=1)
        return self.side.pools.limits(rates, passed)

    def records(self) -> ExchangeRecords:
        """Return what is left of all exchanges."""
        return self._exchange.records()
