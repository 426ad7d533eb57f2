"""The end of a stay: the activity is over, the place is let go of, given back and turned round."""

from simulator.compiler.program import AT_END, AT_LEAVE, AT_READY, Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.agenda import put
from simulator.engines.kernels.cases import leave_to_be_seen, place_stay_of, stay_of
from simulator.engines.kernels.chance import TURNAROUND as TURNAROUND_DRAW
from simulator.engines.kernels.chance import draw_of, law_seconds, number_of
from simulator.engines.kernels.clocks import reaches
from simulator.engines.kernels.consequences import befalls
from simulator.engines.kernels.helping import leaves_partner
from simulator.engines.kernels.layout import (
    ACTIVITY,
    AT_TURNAROUNDS,
    ENDS,
    HELPED,
    NEVER,
    NONE,
    NOW,
    OWN,
    PLACE,
    READY,
    RESOURCE_INDEX,
    RESOURCE_SIZE,
    RESOURCES,
    SLOT_BITS,
    STAY,
    TURNAROUND,
    UNDER,
)
from simulator.engines.kernels.noting import note
from simulator.engines.kernels.places import give_place_back, keep_place, offer, turn_place
from simulator.engines.kernels.queues import first_until_room, lets_go_in_queue
from simulator.engines.kernels.rows import ends_activity, ends_stay
from simulator.engines.log import LEAVES as LOG_LEAVES
from simulator.engines.log import READY as LOG_READY


@kernel
def is_over(world: Ints, case: int) -> None:
    """Note that the present activity is over."""
    stay = case + STAY
    world[case + ENDS] = NEVER
    world[stay + READY] = world[NOW]
    ends_activity(world, stay)
    if world[case + OWN] != 0:
        keep_place(world, world[case + PLACE], 1)
    act = world[stay + ACTIVITY]
    note(world, LOG_READY, case, act)
    reaches(world, case, AT_END, act)
    reaches(world, case, AT_READY, act)


@kernel
def lets_go(world: Ints, reals: Floats, agenda: Ints, case: int, passes_place_on: bool) -> None:
    """Leave the present stay and the place held; it is offered at once, or after it is turned round."""
    stay, place_stay = stay_of(world, case), place_stay_of(world, case)
    if stay != NONE:
        leaves(world, reals, case, stay)
    if place_stay != NONE:
        if place_stay != stay:
            leaves(world, reals, case, place_stay)
        if not passes_place_on:
            gives_back(world, reals, agenda, case, place_stay)
        elif world[place_stay + READY] != NEVER:
            keep_place(world, world[case + PLACE], -1)
    if world[case + HELPED] != NONE:
        leaves_partner(world, case)
    world[case + STAY + ACTIVITY] = world[case + UNDER + ACTIVITY] = NONE
    world[case + OWN] = 0
    world[case + ENDS] = NEVER
    world[case + PLACE] = NONE


@kernel
def leaves(world: Ints, reals: Floats, case: int, stay: int) -> None:
    """Write down that a stay is left, and let what may follow it befall the person."""
    ends_stay(world, stay)
    act = world[stay + ACTIVITY]
    note(world, LOG_LEAVES, case, act)
    reaches(world, case, AT_LEAVE, act)
    befalls(world, reals, case, stay)


@kernel
def gives_back(world: Ints, reals: Floats, agenda: Ints, case: int, stay: int) -> None:
    """Give a place back, to be offered or turned round first."""
    resource, act = world[case + PLACE], world[stay + ACTIVITY]
    give_place_back(world, case, resource, world[stay + READY] != NEVER)
    law = world[act + TURNAROUND]
    if law == NONE:
        offer(world, resource)
        return
    number = number_of(world, case)
    u = draw_of(world, case, act, TURNAROUND_DRAW)
    turn_place(world, resource, 1)
    second = world[NOW] + law_seconds(world, reals, law, u, number)
    put(world, agenda, second, AT_TURNAROUNDS, (number << SLOT_BITS) | world[resource + RESOURCE_INDEX])


@kernel
def is_turned_round(world: Ints, index: int) -> None:
    """A place has been turned round, and is offered."""
    resource = world[RESOURCES] + index * RESOURCE_SIZE
    turn_place(world, resource, -1)
    offer(world, resource)


@kernel
def lets_into_room(world: Ints, reals: Floats, agenda: Ints, resource: int) -> None:
    """Whoever kept a place only until there was room to wait lets go of it, first in order first."""
    case = first_until_room(world, resource)
    while case != NONE:
        lets_go_in_queue(world, case)
        lets_go(world, reals, agenda, case, False)
        leave_to_be_seen(world, case)
        case = first_until_room(world, resource)
