"""What the exchange asks of the network as stocks, and changes in it, in parts of heads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.compiler.exchange_arrays import Floats
from simulator.compiler.program import Program
from simulator.engines.network.bases import Bases, bases_of
from simulator.engines.network.driven_places import DrivenPlaces
from simulator.engines.network.metering import Meters
from simulator.engines.network.pools import Pools

if TYPE_CHECKING:
    from simulator.engines.network.network import Network

# A stay of nought is one that nobody sees, and still a stay.
AT_ONCE = 1e-9


class Side:
    """The network's side of an exchange.

    The first levels come before a network is laid out, and are what it is laid out from.
    """

    is_whole = False

    def __init__(self, program: Program) -> None:
        self._program = program
        self.bases: Bases = bases_of(program)
        self.places: dict[int, int] = {}
        self.pools = Pools(program)
        self._meters: Meters | None = None
        self._driven: DrivenPlaces | None = None
        # Whether anything has changed that ways and stays are made of.
        self.has_turned = False

    def joins(self, network: Network) -> None:
        """Meet the network that was laid out from the first levels."""
        self._meters = Meters(self._program, network)
        self._driven = DrivenPlaces(network)
        self.pools.joins(network)
        for resource, places in self.places.items():
            self._driven.sets(resource, places)

    def closes(self) -> None:
        """Carry on what a block of the network brought."""
        assert self._meters is not None
        self._meters.closes()
        self.pools.closes()

    def mixed(self) -> None:
        """Let meters and pools know who makes up the lanes now."""
        assert self._meters is not None
        self._meters.mixed()
        self.pools.mixed()

    # What the exchange reads

    def read(self) -> tuple[Floats, Floats]:
        """Give what is present of each meter, and what each has added up since the run began."""
        assert self._meters is not None
        return self._meters.read()

    def heads(self) -> Floats:
        """Give the heads taken from each pool since the run began, and those that came back, side by side."""
        return np.stack([self.pools.taken, self.pools.returned], axis=1)

    # What the exchange changes

    def open_pools(self, heads: Floats) -> None:
        """Say how many heads each pool has to give until the next exchange."""
        self.pools.heads[:] = heads

    def widen_referrals(self, bound: Floats, *, second: int) -> None:
        """Do nothing: no demand is drawn."""

    def set_need(self, need: int, rates: Floats) -> None:
        """Set the rates a year of a need, by segment and home."""
        self.bases.needs[need] = rates

    def set_referral(self, referral: int, rate: float) -> None:
        """Set the rate a year of a referral."""
        self.bases.referrals[referral] = rate

    def set_hazard(self, segment: int, target: int, *, rate: float) -> None:
        """Set the hazard a year from a segment to another, or to death."""
        self.bases.hazard[segment, target] = rate

    def set_joiners(self, segment: int, rate: float) -> None:
        """Set the rate a year at which people join a segment."""
        self.bases.joiners[segment] = rate

    def set_duration(self, activity: int, times: float) -> None:
        """Set what stays at an activity are multiplied by."""
        self._turn(self.bases.durations, activity, value=max(times, AT_ONCE))

    def set_patience(self, activity: int, times: float) -> None:
        """Set what patience at an activity is multiplied by, of those who wait already too."""
        self._turn(self.bases.patience, activity, value=times)

    def set_share(self, drive: int, times: float) -> None:
        """Set what the share of the route of a drive is multiplied by from now on."""
        self._turn(self.bases.shares, drive, value=times)

    def set_strength(self, intervention: int, strength: Floats) -> None:
        """Set the strength of an intervention in each of its weeks, the present one included."""
        self.has_turned |= not np.array_equal(self.bases.strength[intervention], strength)
        self.bases.strength[intervention] = strength

    def set_capacity(self, resource: int, places: int) -> None:
        """Set how many places a resource has."""
        self.places[resource] = places
        if self._driven is not None:
            self._driven.sets(resource, places)

    def set_change(self, change: int, places: int) -> None:
        """Set how many places a later change of a driven capacity brings."""
        assert self._driven is not None
        self._driven.sets_change(change, places)

    def _turn(self, of: Floats, place: int, *, value: float) -> None:
        self.has_turned |= bool(of[place] != value)
        of[place] = value
