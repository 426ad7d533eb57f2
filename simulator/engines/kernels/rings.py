"""Rings: cases that each hold the place the next one waits for. All in it move at once."""

from simulator.compiler.program import NO_LIMIT, Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.care import stops_waiting
from simulator.engines.kernels.layout import (
    CAPACITY,
    LEVEL_COUNT,
    LEVEL_HEAD,
    LEVEL_SIZE,
    LEVELS,
    NEXT,
    NONE,
    PLACE,
    QUEUE,
    REAL_RESOURCES,
    RESOURCE_INDEX,
    RESOURCE_SIZE,
    RESOURCES,
    RING,
    RING_MOVES,
    SINCE,
    USED,
    WAITING,
    WAITS_FOR,
)
from simulator.engines.kernels.leaving import lets_go, lets_into_room
from simulator.engines.kernels.queues import is_free, stands_before
from simulator.engines.kernels.starting import takes_up

# What is written down of each resource while a ring is sought: how many of its places are held by those who
# only wait (-1: it is out of the question), the first who holds one, the resource that one waits for, whether
# it was passed; then of each in the ring: the case, what it waits for, since when, and the resource.
HELD, HOLDER, HOLDER_QUEUE, VISITED, IN_RING, RING_ACTIVITY, RING_SINCE, RING_RESOURCE, RING_WIDTH = range(9)
OUT = -1


@kernel
def find_ring(world: Ints) -> int:
    """Write down the cases of a ring that has closed, in order; return how many there are."""
    if full_resources(world) == 0:
        return 0
    while count_holders(world):
        if drop_those_not_stuck(world) == 0:
            return 0
    return write_ring(world)


@kernel
def place_in_search(world: Ints, resource: int) -> int:
    """Return where is written what is found out about a resource."""
    return world[RING] + world[resource + RESOURCE_INDEX] * RING_WIDTH


@kernel
def real_resource(world: Ints, index: int) -> int:
    """Return where a resource's row begins."""
    return world[RESOURCES] + index * RESOURCE_SIZE


@kernel
def full_resources(world: Ints) -> int:
    """Mark the resources that are full and waited for; return how many there are."""
    found = 0
    for index in range(world[REAL_RESOURCES]):
        resource = real_resource(world, index)
        capacity = world[resource + CAPACITY]
        is_full = capacity != NO_LIMIT and capacity != 0 and world[resource + USED] >= capacity
        is_sought = is_full and world[resource + WAITING] > 0
        world[place_in_search(world, resource) + HELD] = 0 if is_sought else OUT
        found += 1 if is_sought else 0
    return found


@kernel
def count_holders(world: Ints) -> bool:
    """Count the places of each marked resource held by those who only wait for another marked one; say
    whether some marked resource has a place that is held otherwise."""
    for index in range(world[REAL_RESOURCES]):
        place = place_in_search(world, real_resource(world, index))
        if world[place + HELD] != OUT:
            world[place + HELD] = world[place + HOLDER] = 0
    for index in range(world[REAL_RESOURCES]):
        resource = real_resource(world, index)
        if world[place_in_search(world, resource) + HELD] != OUT:
            count_holders_in_queue(world, resource)
    return some_are_not_stuck(world)


@kernel
def count_holders_in_queue(world: Ints, resource: int) -> None:
    """Count those who wait for a resource and hold a place of a marked one; remember the first of each."""
    level = world[resource + LEVELS]
    for _ in range(world[resource + LEVEL_COUNT]):
        case = world[level + LEVEL_HEAD]
        while case != NONE:
            held = world[case + PLACE]
            if held != NONE and is_free(world, case, world[case + WAITS_FOR]):
                place = place_in_search(world, held)
                if world[place + HELD] != OUT:
                    world[place + HELD] += 1
                    remember_holder(world, place, case, resource)
            case = world[case + NEXT]
        level += LEVEL_SIZE


@kernel
def remember_holder(world: Ints, place: int, case: int, resource: int) -> None:
    """Remember the first who holds a place: of the first resource by name, the first in order."""
    first = world[place + HOLDER]
    is_same_queue = first != NONE and world[place + HOLDER_QUEUE] == resource
    if first == NONE or (is_same_queue and stands_before(world, case, first)):
        world[place + HOLDER], world[place + HOLDER_QUEUE] = case, resource


@kernel
def is_stuck(world: Ints, resource: int) -> bool:
    """Say whether all in a marked resource only wait for others."""
    return world[place_in_search(world, resource) + HELD] == world[resource + USED]


@kernel
def some_are_not_stuck(world: Ints) -> bool:
    """Say whether some marked resource has a place held by one who does not only wait."""
    for index in range(world[REAL_RESOURCES]):
        resource = real_resource(world, index)
        if world[place_in_search(world, resource) + HELD] != OUT and not is_stuck(world, resource):
            return True
    return False


@kernel
def drop_those_not_stuck(world: Ints) -> int:
    """Leave resources that are not stuck out of the question; return how many are left."""
    left = 0
    for index in range(world[REAL_RESOURCES]):
        resource = real_resource(world, index)
        place = place_in_search(world, resource)
        if world[place + HELD] != OUT:
            if is_stuck(world, resource):
                left += 1
            else:
                world[place + HELD] = OUT
    return left


@kernel
def write_ring(world: Ints) -> int:
    """Write down the ring to which the first stuck resource leads; return its length."""
    first = first_met_again(world)
    resource, length = first, 0
    while length == 0 or resource != first:
        case = world[place_in_search(world, resource) + HOLDER]
        row = world[RING] + length * RING_WIDTH
        world[row + IN_RING], world[row + RING_ACTIVITY] = case, world[case + WAITS_FOR]
        world[row + RING_SINCE], world[row + RING_RESOURCE] = world[case + SINCE], world[case + QUEUE]
        length += 1
        resource = world[case + QUEUE]
    return length


@kernel
def first_met_again(world: Ints) -> int:
    """Follow the first holders from the first stuck resource; return the one that is met again first."""
    index = 0
    for other in range(world[REAL_RESOURCES] - 1, -1, -1):
        place = world[RING] + other * RING_WIDTH
        world[place + VISITED] = 0
        index = index if world[place + HELD] == OUT else other
    resource = real_resource(world, index)
    while world[place_in_search(world, resource) + VISITED] == 0:
        world[place_in_search(world, resource) + VISITED] = 1
        resource = world[place_in_search(world, resource) + HOLDER_QUEUE]
    return resource


@kernel
def change_places(world: Ints, reals: Floats, agenda: Ints, length: int) -> None:
    """Let every case of the ring start where it waits, in the place that another of them leaves."""
    for number in range(length):
        case = world[world[RING] + number * RING_WIDTH + IN_RING]
        stops_waiting(world, case)
        lets_go(world, reals, agenda, case, True)
    for number in range(length):
        row = world[RING] + number * RING_WIDTH
        case, act, since = world[row + IN_RING], world[row + RING_ACTIVITY], world[row + RING_SINCE]
        takes_up(world, reals, agenda, case, act, since, -1)
    for number in range(length):
        lets_into_room(world, reals, agenda, world[world[RING] + number * RING_WIDTH + RING_RESOURCE])
    world[RING_MOVES] += length
