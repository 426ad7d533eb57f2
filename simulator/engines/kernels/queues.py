"""Queues: who waits for a resource, in order of (priority, waiting since, number).

A resource's queue is kept as levels: those of one priority against whom equally many places are reserved.
A level is a list from head to tail in order of (since, number); the first of all who may start is found by
looking at the heads, so that nobody passes along those whom a reserve holds back.
"""

from simulator.compiler.program import LEAVES_AT_ONCE, NO_LIMIT, UNTIL_ROOM, Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.folk import group_of, resident_case
from simulator.engines.kernels.layout import (
    ALSO_IN_BED,
    CASE_NUMBER,
    GROUP_PRIORITY,
    GROUP_SIZE,
    GROUPS,
    HELPED_AT,
    HOME,
    IN_OWN_PLACE,
    IS_REAL,
    KEEPING,
    KEEPING_UNTIL_ROOM,
    LATEST,
    LEVEL,
    LEVEL_COUNT,
    LEVEL_HEAD,
    LEVEL_PRIORITY,
    LEVEL_SIZE,
    LEVEL_TAIL,
    LEVELS,
    NEXT,
    NOBODY,
    NONE,
    PERSON,
    PLACE,
    PREVIOUS,
    PRIORITY,
    QUEUE,
    RESERVE,
    RESERVES,
    RESOURCE_OF_HOME,
    ROOM,
    SINCE,
    WAITING,
    WAITS_FOR,
    WITHOUT_PLACE,
)
from simulator.engines.kernels.places import free_places, meter

# What a newcomer does with a place that it holds of the very resource it goes to.
STAYS_IN_IT, LEAVES_IT_FREE, LEAVES_IT_TO_TURN = range(3)


@kernel
def resource_for(world: Ints, case: int, act: int) -> int:
    """Return the resource that a case needs for an activity."""
    return world[world[act + RESOURCE_OF_HOME] + world[case + HOME]]


@kernel
def place_for(world: Ints, case: int, act: int) -> int:
    """Return the resource where a case is to start: the partner that it is sent to, else its own."""
    partner = world[case + HELPED_AT]
    return partner if partner != NONE else resource_for(world, case, act)


@kernel
def priority_at(world: Ints, case: int, act: int) -> int:
    """Return a case's priority at an activity."""
    return world[world[act + GROUPS] + group_of(world, case) * GROUP_SIZE + GROUP_PRIORITY]


@kernel
def is_free(world: Ints, case: int, act: int) -> bool:
    """Say whether the person is free: not in a bed by another case, unless it may be done there."""
    person = world[case + PERSON]
    if person == NOBODY:
        return True
    resident = resident_case(world, person)
    return resident in (NONE, case) or world[act + ALSO_IN_BED] != 0


@kernel
def reserve_against(world: Ints, case: int, resource: int) -> int:
    """Return how many places are reserved against a case."""
    return world[world[resource + RESERVES] + group_of(world, case)]


@kernel
def stands_before(world: Ints, case: int, other: int) -> bool:
    """Say which of two in a queue comes first."""
    if world[case + PRIORITY] != world[other + PRIORITY]:
        return world[case + PRIORITY] < world[other + PRIORITY]
    return comes_first(world, case, other)


@kernel
def comes_first(world: Ints, case: int, other: int) -> bool:
    """Say which of two of one priority comes first."""
    if world[case + SINCE] != world[other + SINCE]:
        return world[case + SINCE] < world[other + SINCE]
    return world[case + CASE_NUMBER] < world[other + CASE_NUMBER]


@kernel
def first_who_may_start(world: Ints, resource: int) -> int:
    """Return the first in order who may start now, or none."""
    free, in_own_place = free_places(world, resource), world[resource + IN_OWN_PLACE] > 0
    if free <= 0 and not in_own_place:
        return NONE
    best, level = NONE, world[resource + LEVELS]
    for _ in range(world[resource + LEVEL_COUNT]):
        if best != NONE and world[level + LEVEL_PRIORITY] > world[best + PRIORITY]:
            break
        if free > world[level + RESERVE] or in_own_place:
            best = better_of_level(world, resource, level, free, best)
        level += LEVEL_SIZE
    return best


@kernel
def better_of_level(world: Ints, resource: int, level: int, free: int, best: int) -> int:
    """Return the first of a level who may start and stands before ``best``, else ``best``."""
    has_place = free > world[level + RESERVE]
    case = world[level + LEVEL_HEAD]
    while case != NONE:
        if best != NONE and stands_before(world, best, case):
            return best
        if (has_place or world[case + PLACE] == resource) and is_free(world, case, world[case + WAITS_FOR]):
            return case
        case = world[case + NEXT]
    return best


@kernel
def may_start(world: Ints, case: int, act: int, since: int, with_place: int) -> bool:
    """Say whether a newcomer may start and nobody before it who may start waits.

    ``with_place`` says what it does with a place that it holds here: then the place is its own, or free for
    all at once, or only when it has been turned round.
    """
    resource = place_for(world, case, act)
    if not is_free(world, case, act):
        return False
    if world[case + PLACE] == resource and with_place == STAYS_IN_IT:
        return True
    free = free_places(world, resource) + (1 if with_place == LEAVES_IT_FREE else 0)
    if free <= reserve_against(world, case, resource):
        return False
    if world[resource + WAITING] == 0:
        return True
    return nobody_before(world, case, resource, free, (priority_at(world, case, act), since))


@kernel
def nobody_before(world: Ints, case: int, resource: int, free: int, key: tuple[int, int]) -> bool:
    """Say whether nobody waits who may start with so many places free and comes before (priority, since)."""
    level, in_own_place = world[resource + LEVELS], world[resource + IN_OWN_PLACE] > 0
    for _ in range(world[resource + LEVEL_COUNT]):
        if world[level + LEVEL_PRIORITY] > key[0]:
            return True
        has_place = free > world[level + RESERVE]
        other = world[level + LEVEL_HEAD] if has_place or in_own_place else NONE
        is_same = world[level + LEVEL_PRIORITY] == key[0]
        while other != NONE and not (is_same and is_later(world, other, key[1], case)):
            if (has_place or world[other + PLACE] == resource) and is_free(
                world, other, world[other + WAITS_FOR]
            ):
                return False
            other = world[other + NEXT]
        level += LEVEL_SIZE
    return True


@kernel
def is_later(world: Ints, other: int, since: int, case: int) -> bool:
    """Say whether one in a queue comes after a newcomer of the same priority who waits since ``since``."""
    if world[other + SINCE] != since:
        return world[other + SINCE] > since
    return world[other + CASE_NUMBER] > world[case + CASE_NUMBER]


@kernel
def has_room(world: Ints, resource: int) -> bool:
    """Say whether one more may wait here without holding a place."""
    room = world[resource + ROOM]
    return room == NO_LIMIT or world[resource + WITHOUT_PLACE] < room


@kernel
def join(world: Ints, case: int) -> None:
    """Put a case in the queue it has been given."""
    resource = world[case + QUEUE]
    if world[resource + IS_REAL] != 0:
        meter(world, resource)
    world[resource + WAITING] += 1
    stand_in_level(world, case)
    world[resource + IN_OWN_PLACE] += 1 if world[case + PLACE] == resource else 0
    count_keeping(world, case, 1)


@kernel
def quit_queue(world: Ints, case: int) -> None:
    """Take a case out of its queue."""
    resource = world[case + QUEUE]
    step_out_of_level(world, case)
    world[resource + IN_OWN_PLACE] -= 1 if world[case + PLACE] == resource else 0
    if world[resource + IS_REAL] != 0:
        meter(world, resource)
    world[resource + WAITING] -= 1
    count_keeping(world, case, -1)


@kernel
def stand_in_level(world: Ints, case: int) -> None:
    """Put a case in the level of its priority and reserve, in order: nearly always at the tail."""
    level = level_for(world, case)
    before = world[level + LEVEL_TAIL]
    if world[case + SINCE] > world[level + LATEST]:
        world[level + LATEST] = world[case + SINCE]
    else:
        while before != NONE and comes_first(world, case, before):
            before = world[before + PREVIOUS]
    after = world[level + LEVEL_HEAD] if before == NONE else world[before + NEXT]
    world[case + LEVEL], world[case + PREVIOUS], world[case + NEXT] = level, before, after
    if before == NONE:
        world[level + LEVEL_HEAD] = case
    else:
        world[before + NEXT] = case
    if after == NONE:
        world[level + LEVEL_TAIL] = case
    else:
        world[after + PREVIOUS] = case


@kernel
def level_for(world: Ints, case: int) -> int:
    """Return the level of a waiting case's priority and the reserve against it."""
    resource = world[case + QUEUE]
    reserve, level = reserve_against(world, case, resource), world[resource + LEVELS]
    while world[level + LEVEL_PRIORITY] != world[case + PRIORITY] or world[level + RESERVE] != reserve:
        level += LEVEL_SIZE
    return level


@kernel
def moves_to_its_level(world: Ints, case: int) -> None:
    """Put a waiting case into another level, if another reserve is held against it now."""
    if level_for(world, case) != world[case + LEVEL]:
        step_out_of_level(world, case)
        stand_in_level(world, case)


@kernel
def step_out_of_level(world: Ints, case: int) -> None:
    """Take a case out of its level."""
    level, before, after = world[case + LEVEL], world[case + PREVIOUS], world[case + NEXT]
    if before == NONE:
        world[level + LEVEL_HEAD] = after
    else:
        world[before + NEXT] = after
    if after == NONE:
        world[level + LEVEL_TAIL] = before
    else:
        world[after + PREVIOUS] = before


@kernel
def lets_go_in_queue(world: Ints, case: int) -> None:
    """Note that a waiting case lets go of its place: from now on it takes room."""
    resource = world[case + QUEUE]
    world[resource + IN_OWN_PLACE] -= 1 if world[case + PLACE] == resource else 0
    count_keeping(world, case, -1)
    world[case + KEEPING] = LEAVES_AT_ONCE
    count_keeping(world, case, 1)


@kernel
def count_keeping(world: Ints, case: int, by: int) -> None:
    """Count those who wait without a place, and those who keep one until there is room."""
    if world[case + KEEPING] == LEAVES_AT_ONCE:
        world[world[case + QUEUE] + WITHOUT_PLACE] += by
    elif world[case + KEEPING] == UNTIL_ROOM:
        world[world[case + QUEUE] + KEEPING_UNTIL_ROOM] += by


@kernel
def first_until_room(world: Ints, resource: int) -> int:
    """Return the first in order who keeps a place only until there is room, if there is room, or none."""
    if world[resource + KEEPING_UNTIL_ROOM] == 0 or not has_room(world, resource):
        return NONE
    best, level = NONE, world[resource + LEVELS]
    for _ in range(world[resource + LEVEL_COUNT]):
        case = world[level + LEVEL_HEAD]
        while case != NONE and world[case + KEEPING] != UNTIL_ROOM:
            case = world[case + NEXT]
        if case != NONE and (best == NONE or stands_before(world, case, best)):
            best = case
        level += LEVEL_SIZE
    return best
