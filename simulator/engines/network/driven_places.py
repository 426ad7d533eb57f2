"""Capacities that stocks drive: places and tables of queues for whole numbers that nobody knew beforehand.

A driven capacity is the whole part of its level here too. The queue of a part of a place is no queue that
there is; and so both engines have as many places on a day as the stocks say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.compiler.program import Ints, Program
from simulator.engines.network.stationary import EVERYBODY

if TYPE_CHECKING:
    from simulator.engines.network.network import Network

NOBODYS = -1


def driven_rows(program: Program) -> Ints:
    """Give the resource of each table to be set aside: one for each number that it can have at a time."""
    exchange = program.exchange
    if exchange is None:
        return np.zeros(0, dtype=np.int64)
    keys = np.stack([exchange.line_resource, exchange.line_factor, exchange.line_plus], axis=1)
    return np.asarray(np.unique(keys, axis=0)[:, 0], dtype=np.int64)


class DrivenPlaces:
    """The places of one network's driven resources."""

    def __init__(self, network: Network) -> None:
        self._network = network
        closures = network.laid.closures
        spare = np.flatnonzero(closures.station == NOBODYS)
        self._rows: dict[int, list[int]] = {}
        for row, resource in zip(spare.tolist(), driven_rows(network.program).tolist(), strict=True):
            self._rows.setdefault(resource, []).append(row)

    def sets(self, resource: int, places: int) -> None:
        """Let a resource have so many places from now on."""
        net, closures = self._network.net, self._network.laid.closures
        net.places[resource], net.table[resource] = places, self._table(resource, places)
        net.spacing[resource] = closures.terms.stay[resource] / max(places, 1)

    def sets_change(self, change: int, places: int) -> None:
        """Let a later change bring so many places."""
        net = self._network.net
        resource = int(net.change_station[change])
        net.change_places[change], net.change_table[change] = places, self._table(resource, places)

    def _table(self, resource: int, places: int) -> int:
        """Give the table of so many places: one that is there, or else the one asked for least lately."""
        closures, rows, places = self._network.laid.closures, self._rows[resource], max(places, 1)
        found = next((row for row in rows if closures.places[row] == places), None)
        if found is None:
            found = rows[0]
            closures.station[found], closures.places[found] = resource, places
            setting = self._network.settings.get(resource, EVERYBODY)
            closures.fills(self._network.program, found, setting=setting)
        rows.remove(found)
        rows.append(found)
        return found
