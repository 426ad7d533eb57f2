"""What takes the level of each drive over to the people's side, and what that side must be able to do."""

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from simulator.compiler.exchange_arrays import (
    DRIVES_DURATION,
    DRIVES_HAZARD,
    DRIVES_JOINERS,
    DRIVES_NEED,
    DRIVES_PATIENCE,
    DRIVES_REFERRAL,
    DRIVES_ROUTE,
    DRIVES_STRENGTH,
    Floats,
    Ints,
)
from simulator.compiler.program import ABSENT, Program

Lever = Callable[[float], None]
# Whole numbers of people, or parts of heads of the network as stocks.
Counts = Ints | Floats


class PeopleSide(Protocol):
    """What an engine of people can be asked, and what can be changed in it; all now.

    ``is_whole``: heads cross whole there.
    """

    is_whole: bool

    def read(self) -> tuple[Counts, Counts]:
        """Give what is present of each meter, and what each has added up since the run began."""

    def heads(self) -> Counts:
        """Give the heads taken from each pool since the run began, and those that came back, side by side."""

    def open_pools(self, heads: Any) -> None:
        """Say how many heads each pool has to give until the next exchange."""

    def set_need(self, need: int, rates: Floats) -> None:
        """Set the rates a year of a need, by segment and home."""

    def set_referral(self, referral: int, rate: float) -> None:
        """Set the rate a year of a referral."""

    def widen_referrals(self, bound: Floats, *, second: int) -> None:
        """Go on from a second with demand for referrals up to higher bounds; the present one is to come."""

    def set_hazard(self, segment: int, target: int, *, rate: float) -> None:
        """Set the hazard a year from a segment to another, or to death."""

    def set_joiners(self, segment: int, rate: float) -> None:
        """Set the rate a year at which people join a segment."""

    def set_duration(self, activity: int, times: float) -> None:
        """Set what times drawn at an activity are multiplied by from now on."""

    def set_patience(self, activity: int, times: float) -> None:
        """Set what patience drawn at an activity is multiplied by from now on."""

    def set_share(self, drive: int, times: float) -> None:
        """Set what the share of the route of a drive is multiplied by from now on."""

    def set_strength(self, intervention: int, strength: Floats) -> None:
        """Set the strength of an intervention in each of its weeks, the present one included."""

    def set_capacity(self, resource: int, places: int) -> None:
        """Set how many places a resource has."""


def levers(program: Program, side: PeopleSide) -> list[Lever]:
    """Give what takes each drive's level over to the people's side; capacities go by their lines."""
    arrays = program.exchange
    assert arrays is not None
    return [lever_of(program, side, drive=drive) for drive in range(len(arrays.drive_of))]


def lever_of(program: Program, side: PeopleSide, *, drive: int) -> Lever:
    """Give what takes one drive's level over."""
    arrays = program.exchange
    assert arrays is not None
    of, target, second = (
        int(column[drive]) for column in (arrays.drive_of, arrays.drive_target, arrays.drive_second)
    )
    base = base_of(program, drive)
    if of == DRIVES_NEED:
        return lambda level: side.set_need(target, base * level)
    if of == DRIVES_REFERRAL:
        return lambda level: side.set_referral(target, base * level)
    if of == DRIVES_HAZARD:
        return lambda level: side.set_hazard(target, second, rate=base * level)
    if of == DRIVES_JOINERS:
        return lambda level: side.set_joiners(target, base * level)
    if of == DRIVES_DURATION:
        return lambda level: side.set_duration(target, level)
    if of == DRIVES_PATIENCE:
        return lambda level: side.set_patience(target, level)
    if of == DRIVES_ROUTE:
        return lambda level: side.set_share(drive, level)
    if of == DRIVES_STRENGTH and target != ABSENT:
        return lambda level: side.set_strength(target, base * level)
    return lambda level: None


def base_of(program: Program, drive: int) -> Any:
    """Give what a drive multiplies: the rates or strengths of the program, or what turns it into them."""
    arrays = program.exchange
    assert arrays is not None
    of, target, unit = (
        int(arrays.drive_of[drive]),
        int(arrays.drive_target[drive]),
        float(arrays.drive_unit[drive]),
    )
    is_factor = bool(arrays.drive_is_factor[drive])
    if of == DRIVES_NEED:
        needs = program.needs
        times = needs.locality_times[target, program.people.home_locality]
        rates = needs.rate[target] if is_factor else np.where(needs.rate[target] > 0, unit, 0.0)
        return rates[:, None] * times[None, :]
    if of == DRIVES_STRENGTH:
        if target == ABSENT:
            return np.zeros(0)
        strength = program.interventions.strength[target]
        return strength if is_factor else np.ones_like(strength)
    if not is_factor:
        return unit
    if of == DRIVES_REFERRAL:
        return float(program.referrals.rate[target])
    if of == DRIVES_HAZARD:
        return float(program.people.hazard[target, int(arrays.drive_second[drive])])
    return float(program.people.joiners[target]) if of == DRIVES_JOINERS else 1.0
