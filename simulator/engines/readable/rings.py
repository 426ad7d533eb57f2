"""Rings: cases that each hold the place the next one waits for.

A ring that has closed would stand for ever. It is looked for at each period close; all in it move at once,
and are counted, unless the model says that a ring fails the run.
"""

from simulator.compiler.program import NO_LIMIT
from simulator.engines.readable import care
from simulator.engines.readable.case import Case
from simulator.engines.readable.world import World


def find_ring(world: World) -> list[Case]:
    """Return the cases of a ring that has closed (each waits for the resource of which the next one holds a
    place), or an empty list."""
    stuck = _stuck_resources(world)
    if not stuck:
        return []
    chain: list[Case] = []
    resources: list[int] = []
    resource = min(stuck)
    while resource not in resources:
        resources.append(resource)
        case = next(
            case for wanted in sorted(stuck) for case in world.places.queue(wanted) if case.place == resource
        )
        chain.append(case)
        resource = case.queue
    return chain[resources.index(resource) :]


def _stuck_resources(world: World) -> set[int]:
    """Return the resources whose every place is held by somebody who waits for another of them."""
    places, real = world.places, world.network.real
    stuck = {
        resource
        for resource in range(real)
        if places.capacity[resource] not in (NO_LIMIT, 0)
        and places.used[resource] >= places.capacity[resource]
        and places.waiting(resource)
    }
    while stuck:
        held = dict.fromkeys(stuck, 0)
        for resource in stuck:
            for case in places.queue(resource):
                if case.place in held:
                    held[case.place] += 1
        freer = {resource for resource in stuck if held[resource] < places.used[resource]}
        if not freer:
            return stuck
        stuck -= freer
    return stuck


def moves_ring(world: World, ring: list[Case]) -> None:
    """Move all in the ring at once: each lets go, then each starts where it waited."""
    wanted = [(case, case.waits_for, case.key[1]) for case in ring]
    for case in ring:
        care.steps_aside(world, case)
    for case, activity, since in wanted:
        care.starts(world, case, activity, since=since)
