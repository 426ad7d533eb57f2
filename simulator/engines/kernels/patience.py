"""Patience: when those who wait will lose it, kept by day, for most start before.

Whoever loses patience today stands on the agenda. All others stand in the list of their day, from which one
who starts steps out; at midnight the list of the day goes onto the agenda.
"""

from simulator.compiler.program import Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.agenda import put_patience
from simulator.engines.kernels.layout import (
    COUNT,
    DAY_SIZE,
    END,
    FIRST,
    GIVES_UP,
    NEVER,
    NEXT_OF_DAY,
    NONE,
    NOW,
    PATIENCE_DAYS,
    PREVIOUS_OF_DAY,
)
from simulator.engines.profile_time import DAY


@kernel
def loses_patience_at(world: Ints, agenda: Ints, case: int, second: int) -> None:
    """Note when a waiting case loses its patience; it holds only if it still waits with this very second."""
    world[case + GIVES_UP] = second
    if second >= world[END]:
        return
    if not is_later_day(world, second):
        put_patience(world, agenda, case, second)
        return
    day = day_of(world, second)
    after = world[day + FIRST]
    world[case + PREVIOUS_OF_DAY], world[case + NEXT_OF_DAY] = NONE, after
    if after != NONE:
        world[after + PREVIOUS_OF_DAY] = case
    world[day + FIRST] = case
    world[day + COUNT] += 1


@kernel
def keeps_patience(world: Ints, case: int) -> None:
    """Note that a case no longer waits."""
    second = world[case + GIVES_UP]
    world[case + GIVES_UP] = NEVER
    if second == NEVER or second >= world[END] or not is_later_day(world, second):
        return
    day, before, after = day_of(world, second), world[case + PREVIOUS_OF_DAY], world[case + NEXT_OF_DAY]
    if before == NONE:
        world[day + FIRST] = after
    else:
        world[before + NEXT_OF_DAY] = after
    if after != NONE:
        world[after + PREVIOUS_OF_DAY] = before
    world[day + COUNT] -= 1


@kernel
def plan_day(world: Ints, agenda: Ints) -> None:
    """Put those on the agenda who lose their patience on the day that begins, unless they start before."""
    day = day_of(world, world[NOW])
    case = world[day + FIRST]
    while case != NONE:
        put_patience(world, agenda, case, world[case + GIVES_UP])
        case = world[case + NEXT_OF_DAY]
    world[day + FIRST], world[day + COUNT] = NONE, 0


@kernel
def is_later_day(world: Ints, second: int) -> bool:
    """Say whether a second is on a later day than today."""
    return second // DAY > world[NOW] // DAY


@kernel
def day_of(world: Ints, second: int) -> int:
    """Return where the list of a second's day stands."""
    return world[PATIENCE_DAYS] + second // DAY * DAY_SIZE
