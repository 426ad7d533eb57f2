"""The beginning: whoever is in a place or in a queue at second 0 is put there."""

import numpy as np

from simulator.compiler.program import AT_ARRIVAL, AT_NEED, LEAVES_AT_ONCE
from simulator.engines import log
from simulator.engines.day_one import Arrival, arrivals
from simulator.engines.readable import care
from simulator.engines.readable.case import NOBODY, Case
from simulator.engines.readable.world import World


def begin(world: World) -> None:
    """Put everybody of day one where they are; then places that are free are offered, by name of resource."""
    is_alive = np.asarray(world.people.is_alive, dtype=np.bool_)
    segment = np.where(is_alive, np.asarray(world.people.segment, dtype=np.int64), -1)
    address = np.asarray(world.people.address, dtype=np.int64)
    found_there = arrivals(world.program, world.chance.key, segment=segment, address=address)
    for found in found_there.one_by_one():
        _is_there(world, found)
        world.people.sees_to_matters()
    world.places.offer_all()


def _is_there(world: World, found: Arrival) -> None:
    """Put a case where day one finds it; one for whom no place is free waits."""
    case = world.new_case(id=found.id, person=found.person, klass=found.klass, need=_need(world, found))
    world.enter(case)
    world.note(log.OPENED, case)
    case.opened = -found.waited
    if not found.is_waiting and care.may_start_now(world, case, activity=found.activity):
        is_there_on_day_one(world, case, activity=found.activity, remaining=found.remaining)
        return
    is_waiting_on_day_one(world, case, activity=found.activity, waited=found.waited, patience=found.patience)


def _need(world: World, found: Arrival) -> int:
    """Return the need whose class the case has, so that no second one comes while it is open."""
    of_class = np.flatnonzero(world.program.needs.klass == found.klass)
    return int(of_class[0]) if found.person != NOBODY and len(of_class) else -1


def is_there_on_day_one(world: World, case: Case, *, activity: int, remaining: int) -> None:
    """Put a case into an activity at second 0, with so much of its stay to come before its leaving moment."""
    now = world.agenda.now
    case.visits[activity] = 0
    world.places.take(world.network.resource[activity][case.home], now)
    stay = care.has_place(world, case, activity=activity, waited=0)
    world.activities.is_there(stay.row, now)
    world.note(log.STARTS, case, activity=activity)
    care.carries_on(
        world, case, ends=now + care.until_leaving(world, case, activity=activity, seconds=remaining)
    )


def is_waiting_on_day_one(world: World, case: Case, *, activity: int, waited: int, patience: int) -> None:
    """Put a case into a queue at second 0, its clocks running since it came; ``patience`` (-1: for ever) is
    what is left."""
    case.visits[activity] = 0
    world.note(log.ARRIVES, case, activity=activity)
    if world.clocks.is_used:
        for point, where in ((AT_NEED, -1), (AT_ARRIVAL, activity)):
            world.clocks.reaches(case, point, activity=where, now=-waited, group=world.group(case))
    care.waits(world, case, activity=activity, since=-waited, keeping=LEAVES_AT_ONCE)
    case.gives_up = -1
    if patience >= 0:
        care.loses_patience_at(world, case, second=world.agenda.now + patience)
