"""Pools: stocks that give parts of heads to referrals, and take them back from those who exit.

As many come as there are heads, and as there is demand; several referrals out of one pool share what is
there by how much they would take. Who comes back is told by the classes of those who leave; what is counted
here on the one side is what is added on the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.compiler.exchange_arrays import Floats
from simulator.compiler.program import ABSENT, Program
from simulator.engines.network.nodes import OUT
from simulator.engines.network.origins import began_as

if TYPE_CHECKING:
    from simulator.engines.network.network import Network


class Pools:
    """What each pool has to give now (``heads``), and what it has given and got back so far."""

    def __init__(self, program: Program) -> None:
        exchange = program.exchange
        assert exchange is not None
        size = len(exchange.pools)
        self.heads, self.taken, self.returned = np.zeros(size), np.zeros(size), np.zeros(size)
        self._takes_from, self._returns_to = exchange.takes_from, exchange.returns_to
        self._program = program
        self._network: Network | None = None
        self._by_link: Floats = np.zeros((size, 0))

    def joins(self, network: Network) -> None:
        """Meet the network that people come to and leave."""
        self._network = network
        nodes = network.laid.nodes
        self._at_once = np.zeros(len(self._takes_from))
        out = (nodes.first_referral >= 0) & (nodes.first_node == OUT)
        np.add.at(self._at_once, nodes.first_referral[out], nodes.first_share[out])
        self._share = self._pool_of_classes()
        ways, link = nodes.ways, network.laid.lanes.way_link
        self._way, self._home = np.nonzero((link >= 0) & (ways.end == OUT)[:, None])
        self._link = link[self._way, self._home]
        self.mixed()

    def mixed(self) -> None:
        """Work out anew what part of each link leads back to each pool."""
        assert self._network is not None
        if not len(self.heads):
            return
        laid, mix = self._network.laid, self._network.mix
        node = laid.nodes.ways.start[self._way]
        amount = mix.share[node, self._home] * laid.mixing.way_share[self._way, self._home]
        below = mix.link_share[self._link]
        part = np.divide(amount, below, out=np.zeros_like(amount), where=below > 0)
        klass = laid.nodes.group[node] % len(self._program.names.classes)
        size = len(laid.lanes.link_cell)
        rows = [np.bincount(self._link, weights=part * one[klass], minlength=size) for one in self._share.T]
        self._by_link = np.array(rows)

    def limits(self, rates: Floats, passed: Floats) -> Floats:
        """Give rates of referrals (Q) that are not above what the pools can give, and take it.

        ``passed`` (Q): seconds of their profiles that pass meanwhile.
        """
        wanted = rates * passed
        found = rates.copy()
        for pool in range(len(self.heads)):
            mine = self._takes_from == pool
            total = float(wanted[mine].sum())
            if total > self.heads[pool]:
                found[mine] *= self.heads[pool] / total
            taken = float((found[mine] * passed[mine]).sum())
            self.heads[pool] = max(self.heads[pool] - taken, 0.0)
            self.taken[pool] += taken
        back = self._returns_to != ABSENT
        np.add.at(self.returned, self._returns_to[back], (found * passed * self._at_once)[back])
        return found

    def closes(self) -> None:
        """Count those who came back in a block."""
        assert self._network is not None
        if len(self.heads):
            self.returned += self._by_link @ self._network.net.link_flow

    def _pool_of_classes(self) -> Floats:
        """Give the share of each class (rows) that goes back to each pool."""
        network, program = self._network, self._program
        assert network is not None
        pools, nodes = len(self.heads), network.laid.nodes
        back = np.append(np.where(self._returns_to == ABSENT, pools, self._returns_to), pools)
        column = back[nodes.first_referral]
        found = began_as(program, nodes, coming=network.laid.coming, column=column, columns=pools + 1)
        return found[:, :pools]
