"""Rings: cases that each hold the place the next one waits for.

A ring that has closed would stand for ever. It is looked for every day at 00:00, whatever the reporting
period, so that how often a run reports changes nothing in it; all in it move at once
(``care.change_places``), and are counted, unless the model says that a ring fails the run.
"""

from simulator.compiler.program import NO_LIMIT
from simulator.engines.readable.case import Case
from simulator.engines.readable.world import World


def find_ring(world: World) -> list[Case]:
    """Return the cases of a ring that has closed (each waits for the resource of which the next one holds a
    place), or an empty list."""
    held = _held(world)
    if not held:
        return []
    chain: list[Case] = []
    resources: list[int] = []
    resource = min(held)
    while resource not in resources:
        resources.append(resource)
        chain.append(held[resource][0])
        resource = chain[-1].queue
    return chain[resources.index(resource) :]


def _held(world: World) -> dict[int, list[Case]]:
    """Return the resources whose every place is held by somebody who only waits for a place of another of
    them, with those who hold them."""
    places, real = world.places, world.network.real
    full = [
        resource
        for resource in range(real)
        if places.capacity[resource] not in (NO_LIMIT, 0)
        and places.used[resource] >= places.capacity[resource]
        and places.waiting(resource)
    ]
    while full:
        held: dict[int, list[Case]] = {resource: [] for resource in full}
        for resource in full:
            for case in places.queue(resource):
                if case.place in held and world.people.is_free(case, case.waits_for):
                    held[case.place].append(case)
        stuck = [resource for resource in full if len(held[resource]) == places.used[resource]]
        if len(stuck) == len(full):
            return held
        full = stuck
    return {}
