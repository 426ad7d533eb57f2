"""What the exchange asks of the compiled engine, and changes in it."""

from __future__ import annotations

import numpy as np

from simulator.compiler.exchange_arrays import OF_ACTIVITY, OF_NEED, OF_RESOURCE, OF_SEGMENT, Floats, Ints
from simulator.compiler.program import Exchange, Program
from simulator.engines import records
from simulator.engines.kernels import layout as at
from simulator.engines.kernels.meters import change_capacity, read_meters, takes_strength
from simulator.engines.people.candidates import FeedsOfRun
from simulator.engines.people.plan import driven_shares
from simulator.engines.people.rate_levers import RateLevers
from simulator.engines.people.world import World

# What is present of a resource, in the order of the areas it adds up to.
OF_AREA = (at.USED, at.KEPT, at.TURNING, at.WAITING, at.CAPACITY)
OF_ROW = {
    records.WAITING_AREA: at.ROW_WAITING,
    records.ACTIVE_AREA: at.ROW_ACTIVE,
    records.KEPT_AREA: at.ROW_KEPT,
}
Entry = tuple[int, int, int]


class Side(RateLevers):
    """The compiled engine's side of an exchange.

    Records begin anew when a period closes; what was added up before is carried on here.
    """

    is_whole = True

    def __init__(self, program: Program, world: World, *, feeds: FeedsOfRun) -> None:
        exchange = program.exchange
        assert exchange is not None
        super().__init__(program, world)
        self._feeds = feeds
        entries = [self._entries(meter) for meter in range(len(exchange.meter_of))]
        self._first = np.cumsum([0, *(len(one) for one in entries)], dtype=np.int64)
        self._places = np.array([one for some in entries for one in some], dtype=np.int64).reshape(-1, 3)
        metered = np.unique(exchange.meter_target[exchange.meter_of == OF_RESOURCE])
        self._resources = int(world.ints[at.RESOURCES]) + metered * at.RESOURCE_SIZE
        self._found = np.zeros((len(entries), 2), dtype=np.int64)
        self._carried = np.zeros(len(entries), dtype=np.int64)
        self._pools = len(exchange.pools)
        self._shares = _driven(program, exchange)

    def fork(self, program: Program, world: World, *, feeds: FeedsOfRun) -> Side:
        """Give the side of a world that goes on from here."""
        found = Side(program, world, feeds=feeds)
        found._carried = self._carried.copy()
        return found

    def period_closes(self) -> None:
        """Carry on what the records are about to forget."""
        self._carried = self.read()[1]

    def read(self) -> tuple[Ints, Ints]:
        """Give what is present of each meter, and what each has added up since the run began."""
        read_meters(self._world.ints, self._resources, self._first, self._places, self._found)
        return self._found[:, 0], self._carried + self._found[:, 1]

    def _entries(self, meter: int) -> list[Entry]:
        """List where a meter stands in the world."""
        exchange, ints = self._program.exchange, self._world.ints
        assert exchange is not None
        of, target = int(exchange.meter_of[meter]), int(exchange.meter_target[meter])
        what = int(exchange.meter_field[meter])
        segments, homes = len(self._program.names.segments), len(self._program.names.homes)
        if of == OF_RESOURCE:
            resource = int(ints[at.RESOURCES]) + target * at.RESOURCE_SIZE
            return [(resource + at.AREAS + what, resource + OF_AREA[what], 0)]
        if of == OF_ACTIVITY:
            return self._entries_of_activity(target, what, group=int(exchange.meter_group[meter]))
        if of == OF_NEED:
            first = int(ints[at.HAPPENED]) + target * segments * homes
            return [(first + cell, at.NO_PLACE, 0) for cell in range(segments * homes)]
        if of == OF_SEGMENT:
            cells = range(target * homes, (target + 1) * homes)
            return [(int(ints[at.LIVING_AREA]) + one, int(ints[at.LIVING]) + one, 1) for one in cells]
        died = [int(ints[at.TRANSITIONS]) + (one + 1) * (segments + 1) - 1 for one in range(segments)]
        in_care = [int(ints[at.DEATHS_IN_CARE]) + one for one in range(segments)]
        return [(place, at.NO_PLACE, 0) for place in (*died, *in_care)]

    def _entries_of_activity(self, activity: int, what: int, *, group: int) -> list[Entry]:
        table = self._program.activities.row[activity]
        firsts = table if group < 0 else table[group : group + 1]
        numbers = [
            first + home
            for first in firsts[firsts >= 0].tolist()
            for home in range(len(self._program.names.homes) + 1)
        ]
        rows = [int(self._world.ints[at.ROWS]) + one * at.ROW_SIZE for one in numbers]
        inside = OF_ROW.get(what)
        if inside is None:
            return [(row + what, at.NO_PLACE, 0) for row in rows]
        return [(row + what, row + inside, 1) for row in rows]

    def _pool_rows(self) -> Ints:
        return self._world.rows(at.POOLS, self._pools, width=at.POOL_SIZE)

    def heads(self) -> Ints:
        """Give the heads taken from each pool since the run began, and those that came back, side by side."""
        return self._pool_rows()[:, at.POOL_TAKEN : at.POOL_RETURNED + 1].copy()

    def open_pools(self, heads: Ints) -> None:
        """Say how many whole heads each pool has to give until the next exchange."""
        self._pool_rows()[:, at.POOL_HEADS] = heads

    def widen_referrals(self, bound: Floats, *, second: int) -> None:
        """Go on from a second with the candidates of referrals for higher bounds."""
        self._feeds.widen(self._world, bound, second=second)

    def set_hazard(self, segment: int, target: int, *, rate: float) -> None:
        """Set the hazard a year from a segment to another, or to death."""
        columns = len(self._program.names.segments) + 1
        self._world.reals[self._world.ints[at.HAZARDS] + segment * columns + target] = rate

    def set_patience(self, activity: int, times: float) -> None:
        """Set what patience drawn at an activity is multiplied by from now on."""
        row = int(self._world.ints[at.ACTIVITIES]) + activity * at.ACTIVITY_SIZE
        self._world.reals[self._world.ints[row + at.PATIENCE_TIMES]] = times

    def set_share(self, drive: int, times: float) -> None:
        """Set what the share of the route of a drive is multiplied by from now on."""
        ints = self._world.ints
        activity, place = self._shares[drive]
        row = int(ints[at.ACTIVITIES]) + activity * at.ACTIVITY_SIZE
        effect = int(ints[ints[row + at.ROUTE_EFFECTS] + at.FIRST + place])
        self._world.reals[ints[effect + at.VALUES]] = times

    def set_strength(self, intervention: int, strength: Floats) -> None:
        """Set the strength of an intervention in each of its weeks, the present one included."""
        row = int(self._world.ints[at.SCHEMES]) + intervention * at.SCHEME_SIZE
        self._write(int(self._world.ints[row + at.STRENGTHS]), strength)
        takes_strength(self._world.ints, self._world.reals, row)

    def set_capacity(self, resource: int, places: int) -> None:
        """Set how many places a resource has."""
        row = int(self._world.ints[at.RESOURCES]) + resource * at.RESOURCE_SIZE
        change_capacity(self._world.ints, row, places)


def _driven(program: Program, exchange: Exchange) -> dict[int, tuple[int, int]]:
    """Give of each drive of a route's share its activity, and which of the driven shares there it is."""
    drives = np.array(driven_shares(program), dtype=np.int64)
    activity = exchange.drive_target[drives]
    return {
        drive: (of, int(np.count_nonzero((activity == of) & (drives < drive))))
        for drive, of in zip(drives.tolist(), activity.tolist(), strict=True)
    }
