"""Where the rates and the times of a running world are set anew: by stocks, by trends, by shocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.compiler.program import Floats

if TYPE_CHECKING:
    from simulator.engines.readable.world import World


class RateLevers:
    """The rates of one world of the readable engine."""

    def __init__(self, world: World) -> None:
        self._world = world

    def set_need(self, need: int, rates: Floats) -> None:
        """Set the rates a year of a need, by segment and home."""
        self._world.rates.need[need] = rates.tolist()

    def set_referral(self, referral: int, rate: float) -> None:
        """Set the rate a year of a referral."""
        self._world.rates.referral[referral] = rate

    def set_joiners(self, segment: int, rate: float) -> None:
        """Set the rate a year at which people join a segment."""
        self._world.rates.joiners[segment] = rate

    def set_duration(self, activity: int, times: float) -> None:
        """Set what times drawn at an activity are multiplied by from now on."""
        self._world.rates.duration[activity] = times
