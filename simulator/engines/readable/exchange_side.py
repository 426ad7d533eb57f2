"""What the exchange asks of the readable engine, and changes in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.compiler.exchange_arrays import OF_ACTIVITY, OF_NEED, OF_RESOURCE, OF_SEGMENT, Floats, Ints
from simulator.engines.readable.rate_levers import RateLevers

if TYPE_CHECKING:
    from simulator.engines.readable.world import World

Meter = tuple[int, int, int, int]


class Side(RateLevers):
    """The readable engine's side of an exchange.

    Records begin anew when a period closes; what was added up before is carried on here.
    """

    is_whole = True

    def __init__(self, world: World) -> None:
        exchange = world.program.exchange
        assert exchange is not None
        super().__init__(world)
        columns = (exchange.meter_of, exchange.meter_target, exchange.meter_group, exchange.meter_field)
        self._meters: list[Meter] = list(zip(*(one.tolist() for one in columns), strict=True))
        self._carried = np.zeros(len(self._meters), dtype=np.int64)

    def period_closes(self) -> None:
        """Carry on what the records are about to forget."""
        self._carried = self.read()[1]

    def read(self) -> tuple[Ints, Ints]:
        """Give what is present of each meter, and what each has added up since the run began."""
        found = [self._metered(meter) for meter in self._meters]
        table = np.array(found, dtype=np.int64).reshape(len(found), 2)
        return table[:, 0], self._carried + table[:, 1]

    def _metered(self, meter: Meter) -> tuple[int, int]:
        of, target, group, field = meter
        world, now = self._world, self._world.agenda.now
        if of == OF_RESOURCE:
            return world.resources.metered(target, field, now=now)
        if of == OF_ACTIVITY:
            rows = world.rows_of[target] if group < 0 else self._rows_of_group(target, group)
            return world.activities.metered(rows, field, now=now)
        if of == OF_SEGMENT:
            return world.folk.living(target, now)
        return 0, world.folk.needs_so_far(target) if of == OF_NEED else world.folk.deaths_so_far()

    def _rows_of_group(self, activity: int, group: int) -> list[int]:
        first = self._world.network.row[activity][group]
        return [] if first < 0 else list(range(first, first + self._world.network.no_home + 1))

    def heads(self) -> Ints:
        """Give the heads taken from each pool since the run began, and those that came back, side by side."""
        pools = self._world.pools
        return np.array([pools.taken, pools.returned], dtype=np.int64).T

    def open_pools(self, heads: Ints) -> None:
        """Say how many whole heads each pool has to give until the next exchange."""
        self._world.pools.heads = heads.tolist()

    def widen_referrals(self, bound: Floats, *, second: int) -> None:
        """Go on from a second with the candidates of referrals for higher bounds."""
        self._world.referrals.widen(bound, second=second)

    def set_hazard(self, segment: int, target: int, *, rate: float) -> None:
        """Set the hazard a year from a segment to another, or to death."""
        self._world.rates.hazard[segment][target] = rate

    def set_patience(self, activity: int, times: float) -> None:
        """Set what patience drawn at an activity is multiplied by from now on."""
        self._world.rates.patience[activity] = times

    def set_share(self, drive: int, times: float) -> None:
        """Set what the share of the route of a drive is multiplied by from now on."""
        self._world.rates.shares[drive] = times

    def set_strength(self, intervention: int, strength: Floats) -> None:
        """Set the strength of an intervention in each of its weeks, the present one included."""
        self._world.schemes.is_driven(intervention, strength)

    def set_capacity(self, resource: int, places: int) -> None:
        """Set how many places a resource has."""
        self._world.places.set_capacity(resource, places, now=self._world.agenda.now)
