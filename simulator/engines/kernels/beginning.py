"""The beginning: whoever is in a place or in a queue at second 0 is put there."""

import simulator.engines.log as log
from simulator.compiler.program import AT_ARRIVAL, AT_NEED, LEAVES_AT_ONCE, Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.care import stands_in_line
from simulator.engines.kernels.cases import enter, leave_to_be_seen, new_case
from simulator.engines.kernels.clocks import reaches_at
from simulator.engines.kernels.layout import (
    ACTIVITIES,
    ACTIVITY,
    ACTIVITY_SIZE,
    CASE_WIDTH,
    CASES,
    CASES_NEXT,
    CLOCK_COUNT,
    ENDS,
    HAS_BEGUN,
    IS_OPEN,
    NEED_SIZE,
    NEEDS,
    NEVER,
    NONE,
    NOW,
    OPENED,
    PRESENT_AT,
    REACHED,
    RESOURCE_COUNT,
    RESOURCE_SIZE,
    RESOURCES,
    ROW,
    STAY,
)
from simulator.engines.kernels.limits import what_is_short
from simulator.engines.kernels.noting import note
from simulator.engines.kernels.patience import loses_patience_at
from simulator.engines.kernels.places import offer, take_place
from simulator.engines.kernels.queues import join, resource_for
from simulator.engines.kernels.rows import is_there
from simulator.engines.kernels.seeing import see_to_matters
from simulator.engines.kernels.starting import (
    carries_on,
    has_place,
    may_start_now,
    plan_step_downs,
    until_leaving,
    visits,
)

# Columns of those who are there on day one.
ID, WHERE, WHO, CLASS, OF_NEED, IS_WAITING, REMAINING, WAITED, PATIENCE_LEFT, ARRIVAL_SIZE = range(10)


@kernel
def begin(world: Ints, reals: Floats, agenda: Ints, present: Ints) -> int:
    """Put those where they are whom day one finds there, unless that is done; say what is short."""
    if world[HAS_BEGUN] != 0:
        return REACHED
    while world[PRESENT_AT] < present.shape[0]:
        status = what_is_short(world)
        if status != REACHED:
            return status
        put_there(world, reals, agenda, present, world[PRESENT_AT])
        see_to_matters(world, reals, agenda)
        world[PRESENT_AT] += 1
    for index in range(world[RESOURCE_COUNT]):
        offer(world, world[RESOURCES] + index * RESOURCE_SIZE)
    world[HAS_BEGUN] = 1
    return REACHED


@kernel
def put_there(world: Ints, reals: Floats, agenda: Ints, arrivals: Ints, at: int) -> None:
    """Put a case where day one finds it; one for whom no place is free waits."""
    act = world[ACTIVITIES] + arrivals[at, WHERE] * ACTIVITY_SIZE
    need = world[NEEDS] + arrivals[at, OF_NEED] * NEED_SIZE if arrivals[at, OF_NEED] >= 0 else NONE
    case = new_case(world, arrivals[at, ID], arrivals[at, WHO], arrivals[at, CLASS], need)
    enter(world, case)
    note(world, log.OPENED, case, NONE)
    world[case + OPENED] = -arrivals[at, WAITED]
    if arrivals[at, IS_WAITING] == 0 and may_start_now(world, case, act):
        is_there_already(world, reals, agenda, case, act, arrivals[at, REMAINING])
    else:
        waits_already(world, agenda, case, act, arrivals[at, WAITED], arrivals[at, PATIENCE_LEFT])


@kernel
def is_there_already(world: Ints, reals: Floats, agenda: Ints, case: int, act: int, remaining: int) -> None:
    """Put a case into an activity, with so much of its stay to come before its leaving moment."""
    visits(world, case, act)
    take_place(world, case, resource_for(world, case, act))
    has_place(world, case, act, 0)
    is_there(world, world[case + STAY + ROW])
    note(world, log.STARTS, case, act)
    carries_on(world, agenda, case, world[NOW] + until_leaving(world, reals, case, act, remaining))


@kernel
def waits_already(world: Ints, agenda: Ints, case: int, act: int, waited: int, patience: int) -> None:
    """Put a case into a queue, its clocks running since it came; ``patience`` (-1: for ever) is what is
    left."""
    visits(world, case, act)
    note(world, log.ARRIVES, case, act)
    if world[CLOCK_COUNT] > 0:
        reaches_at(world, case, AT_NEED, NONE, -waited)
        reaches_at(world, case, AT_ARRIVAL, act, -waited)
    stands_in_line(world, case, act, -waited, LEAVES_AT_ONCE)
    join(world, case)
    leave_to_be_seen(world, case)
    if patience >= 0:
        loses_patience_at(world, agenda, case, world[NOW] + patience)


@kernel
def plan_from_now(world: Ints, agenda: Ints, earliest: int) -> None:
    """Put on the agenda the step-downs of all present stays from a second on: a fork may know new ones."""
    for case in range(world[CASES], world[CASES_NEXT], world[CASE_WIDTH]):
        if (
            world[case + IS_OPEN] != 0
            and world[case + STAY + ACTIVITY] != NONE
            and world[case + ENDS] != NEVER
        ):
            plan_step_downs(world, agenda, case, earliest)
