"""Places of resources: taken, given back, kept, turned round, offered; and what they were used for."""

import simulator.engines.records as field
from simulator.compiler.program import NO_LIMIT, Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.layout import (
    AREAS,
    BROKEN,
    BROKEN_CASE,
    CAPACITY,
    COUNT,
    FIRST,
    IS_REAL,
    KEPT,
    METERED,
    MOVED_IN,
    NO_PLACE_FREE,
    NONE,
    NOT_ENOUGH_IN_USE,
    NOW,
    OFFERS,
    OFFERS_COUNT,
    OFFERS_HEAD,
    ON_OFFER,
    OWN_CAPACITY,
    PARTNERS,
    RESOURCE_COUNT,
    TURNING,
    USED,
    WAITING,
)
from simulator.engines.kernels.partners import is_partner_now


@kernel
def meter(world: Ints, resource: int) -> None:
    """Add the piece that ends now to a resource's areas: called before its state is altered."""
    seconds = world[NOW] - world[resource + METERED]
    if seconds == 0:
        return
    world[resource + METERED] = world[NOW]
    used, turning, capacity = (
        world[resource + USED],
        world[resource + TURNING],
        world[resource + CAPACITY],
    )
    areas = resource + AREAS
    world[areas + field.USED_AREA] += used * seconds
    world[areas + field.RESOURCE_KEPT_AREA] += world[resource + KEPT] * seconds
    world[areas + field.TURNING_AREA] += turning * seconds
    world[areas + field.QUEUE_AREA] += world[resource + WAITING] * seconds
    if capacity != 0:
        world[areas + field.OPEN_AREA] += seconds
    if capacity == NO_LIMIT:
        return
    world[areas + field.AVAILABLE_AREA] += capacity * seconds
    if used > capacity:
        world[areas + field.OVERTIME_AREA] += (used - capacity) * seconds
    if used + turning >= capacity and capacity != 0:
        world[areas + field.FULL_AREA] += seconds


@kernel
def offer(world: Ints, resource: int) -> None:
    """Put a resource that somebody waits for on the list of those with something to offer, once."""
    if world[resource + ON_OFFER] or not is_wanted(world, resource):
        return
    world[resource + ON_OFFER] = 1
    place = (world[OFFERS_HEAD] + world[OFFERS_COUNT]) % world[RESOURCE_COUNT]
    world[world[OFFERS] + place] = resource
    world[OFFERS_COUNT] += 1


@kernel
def is_wanted(world: Ints, resource: int) -> bool:
    """Say whether somebody waits for a resource, or for one of its partners now."""
    if world[resource + WAITING] > 0:
        return True
    partners = world[resource + PARTNERS]
    for number in range(world[partners + COUNT]):
        partner = world[partners + FIRST + number]
        if world[partner + WAITING] > 0 and is_partner_now(world, resource, partner):
            return True
    return False


@kernel
def offer_widely(world: Ints, resource: int) -> None:
    """Offer a resource that somebody waits for who may start now, then its partners now."""
    offer(world, resource)
    partners = world[resource + PARTNERS]
    for number in range(world[partners + COUNT]):
        partner = world[partners + FIRST + number]
        if is_partner_now(world, resource, partner):
            offer(world, partner)


@kernel
def next_offer(world: Ints) -> int:
    """Take the resource at the head of the list, or none."""
    if world[OFFERS_COUNT] == 0:
        return NONE
    resource = world[world[OFFERS] + world[OFFERS_HEAD]]
    world[OFFERS_HEAD] = (world[OFFERS_HEAD] + 1) % world[RESOURCE_COUNT]
    world[OFFERS_COUNT] -= 1
    world[resource + ON_OFFER] = 0
    return resource


@kernel
def free_places(world: Ints, resource: int) -> int:
    """How many places are free; a very great many where there is no limit."""
    capacity = world[resource + CAPACITY]
    if capacity == NO_LIMIT:
        return 1 << 60
    return capacity - world[resource + USED] - world[resource + TURNING]


@kernel
def take_place(world: Ints, case: int, resource: int) -> None:
    """Take a place of a real resource."""
    if world[resource + IS_REAL] == 0:
        return
    if free_places(world, resource) <= 0:
        world[BROKEN], world[BROKEN_CASE] = NO_PLACE_FREE, case
    meter(world, resource)
    world[resource + USED] += 1


@kernel
def give_place_back(world: Ints, case: int, resource: int, was_kept: bool) -> None:
    """Give a place back (it may still have to be turned round)."""
    if world[resource + USED] <= 0 or (was_kept and world[resource + KEPT] <= 0):
        world[BROKEN], world[BROKEN_CASE] = NOT_ENOUGH_IN_USE, case
    meter(world, resource)
    world[resource + USED] -= 1
    if was_kept:
        world[resource + KEPT] -= 1


@kernel
def keep_place(world: Ints, resource: int, by: int) -> None:
    """Note that one more (``by`` 1) or fewer (-1) place is kept after its activity is over."""
    meter(world, resource)
    world[resource + KEPT] += by


@kernel
def turn_place(world: Ints, resource: int, by: int) -> None:
    """Note that one more (``by`` 1) or fewer (-1) place is being turned round."""
    meter(world, resource)
    world[resource + TURNING] += by


@kernel
def set_capacity(world: Ints, resource: int, number: int) -> None:
    """Change a resource's own capacity: nobody is thrown out; what became free is offered.

    Places moved here come on top while it is open at all.
    """
    meter(world, resource)
    world[resource + OWN_CAPACITY] = number
    world[resource + CAPACITY] = number if number <= 0 else max(number + world[resource + MOVED_IN], 0)
    offer(world, resource)
