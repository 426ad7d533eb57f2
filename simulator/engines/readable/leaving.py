"""The end of a stay: the activity is over, the place is let go of, given back and turned round."""

from simulator.compiler.program import AT_END, AT_LEAVE, AT_READY
from simulator.engines import log
from simulator.engines.readable import agenda, chance
from simulator.engines.readable.case import Case, Stay
from simulator.engines.readable.world import World


def is_over(world: World, case: Case) -> None:
    """Note that the present activity is over."""
    stay = case.stay
    assert stay is not None
    now = world.agenda.now
    case.ends = -1
    stay.ready = now
    world.activities.is_over(stay.row, now)
    if stay is case.place_stay:
        world.places.keep(case.place, now, by=1)
    world.note(log.READY, case, activity=stay.activity)
    reaches(world, case, point=AT_END, activity=stay.activity)
    reaches(world, case, point=AT_READY, activity=stay.activity)


def lets_go(world: World, case: Case, *, passes_place_on: bool = False) -> None:
    """Leave the present stay and the place held; the place is offered at once, or after it is turned
    round."""
    stay, place_stay = case.stay, case.place_stay
    if stay is not None:
        leaves(world, case, stay=stay)
    if place_stay is not None:
        if place_stay is not stay:
            leaves(world, case, stay=place_stay)
        if passes_place_on:
            if place_stay.ready >= 0:
                world.places.keep(case.place, world.agenda.now, by=-1)
        else:
            _gives_back(world, case, stay=place_stay)
    if world.aid is not None and case.cell is not None:
        world.aid.leaves(case)
    case.stay = case.place_stay = None
    case.ends = -1
    case.place = -1


def leaves(world: World, case: Case, *, stay: Stay) -> None:
    """Write down that a stay is left, and let what may follow it befall the person."""
    now = world.agenda.now
    world.activities.leaves(stay.row, now, waited=stay.waited, started=stay.started, ready=stay.ready)
    world.note(log.LEAVES, case, activity=stay.activity)
    reaches(world, case, point=AT_LEAVE, activity=stay.activity)
    world.consequences.befall(world, case, stay=stay)


def _gives_back(world: World, case: Case, *, stay: Stay) -> None:
    now, resource = world.agenda.now, case.place
    world.places.give_back(resource, now, was_kept=stay.ready >= 0)
    law = world.network.turnaround_law[stay.activity]
    if law < 0:
        world.places.offer(resource)
        return
    visit = case.visits[stay.activity]
    u = world.chance.uniform(case.id, world.network.hash[stay.activity], visit=visit, draw=chance.TURNAROUND)
    world.places.turn(resource, now, by=1)
    second = now + world.chance.seconds(law, u, number=case.number)
    number = agenda.AFTER_THE_ENDS + case.number * len(world.network.capacity) + resource
    world.agenda.add(second, phase=agenda.ENDS, number=number, act=lambda: _is_turned_round(world, resource))


def _is_turned_round(world: World, resource: int) -> None:
    world.places.turn(resource, world.agenda.now, by=-1)
    world.places.offer(resource)


def reaches(world: World, case: Case, *, point: int, activity: int) -> None:
    """Tell the clocks that a case is at a point."""
    if world.clocks.is_used:
        world.clocks.reaches(case, point, activity=activity, now=world.agenda.now, group=world.group(case))
