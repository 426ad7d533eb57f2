"""Cases: made, counted in, counted out; their stays; and the matters that a move leaves to be seen to.

A case that has moved may have taken its person into a bed, or out of one. It goes on a list of matters,
once, first in, first out, which is emptied before anything is offered.
"""

from simulator.compiler.program import Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.clocks import drop_clocks
from simulator.engines.kernels.folk import close_for_person, home_of, open_for_person
from simulator.engines.kernels.layout import (
    ACTIVITY,
    CASE_ID,
    CASE_NUMBER,
    CASE_WIDTH,
    CASES,
    CASES_NEXT,
    CLOCK_COUNT,
    CLOCKS_AT,
    ENDS,
    EXIT_SECONDS,
    EXITS,
    FREE_CASE,
    GIVES_UP,
    HOME,
    HOMES,
    INSIDE,
    IS_MATTER,
    IS_OPEN,
    KLASS,
    MATTERS_HEAD,
    MATTERS_TAIL,
    NEED,
    NEXT_FREE,
    NEXT_MATTER,
    NOBODY,
    NONE,
    NOT_RUNNING,
    NOW,
    NUMBER,
    OPENED,
    OWN,
    PERSON,
    RETURN_POOLS,
    RETURNS_TO,
    SLOT,
    STAY,
    UNDER,
)


@kernel
def new_case(world: Ints, id: int, person: int, klass: int, need: int) -> int:
    """Make the next case in order of opening."""
    case = world[FREE_CASE]
    if case != NONE:
        world[FREE_CASE] = world[case + NEXT_FREE]
    else:
        case = world[CASES_NEXT]
        world[CASES_NEXT] += world[CASE_WIDTH]
    for place in range(case, case + world[CASE_WIDTH]):
        world[place] = 0
    world[NUMBER] += 1
    world[case + CASE_NUMBER], world[case + CASE_ID] = world[NUMBER], id
    world[case + PERSON], world[case + KLASS], world[case + NEED] = person, klass, need
    world[case + HOME] = world[HOMES] if person == NOBODY else home_of(world, person)
    world[case + OPENED], world[case + IS_OPEN] = world[NOW], 1
    world[case + SLOT] = (case - world[CASES]) // world[CASE_WIDTH]
    world[case + ENDS] = world[case + GIVES_UP] = -1
    if world[RETURN_POOLS] != NONE:
        world[case + RETURNS_TO] = world[world[RETURN_POOLS] + klass]
    for index in range(world[CLOCK_COUNT]):
        world[case + world[CLOCKS_AT] + index] = NOT_RUNNING
    return case


@kernel
def enter(world: Ints, case: int) -> None:
    """Count a case in."""
    world[INSIDE] += 1
    open_for_person(world, case)


@kernel
def leave(world: Ints, case: int) -> None:
    """Count a case out, forgetting its clocks; its row is free for the next."""
    world[INSIDE] -= 1
    world[EXITS] += 1
    world[EXIT_SECONDS] += world[NOW] - world[case + OPENED]
    drop_clocks(world, case)
    close_for_person(world, case)
    world[case + CASE_NUMBER] = NONE  # what is still to come of it is no longer meant
    world[case + NEXT_FREE] = world[FREE_CASE]
    world[FREE_CASE] = case


@kernel
def stay_of(world: Ints, case: int) -> int:
    """Return the present stay of a case, or none."""
    return case + STAY if world[case + STAY + ACTIVITY] != NONE else NONE


@kernel
def place_stay_of(world: Ints, case: int) -> int:
    """Return the stay for which a case took the place it holds, or none."""
    if world[case + OWN] != 0:
        return case + STAY
    return case + UNDER if world[case + UNDER + ACTIVITY] != NONE else NONE


@kernel
def leave_to_be_seen(world: Ints, case: int) -> None:
    """Put a case that has moved on the list of matters, if it is somebody's and is not there yet."""
    if world[case + PERSON] == NOBODY or world[case + IS_MATTER] != 0:
        return
    world[case + IS_MATTER], world[case + NEXT_MATTER] = 1, NONE
    if world[MATTERS_HEAD] == NONE:
        world[MATTERS_HEAD] = case
    else:
        world[world[MATTERS_TAIL] + NEXT_MATTER] = case
    world[MATTERS_TAIL] = case


@kernel
def next_matter(world: Ints) -> int:
    """Take the case at the head of the list of matters, or none."""
    case = world[MATTERS_HEAD]
    if case != NONE:
        world[MATTERS_HEAD] = world[case + NEXT_MATTER]
        world[case + IS_MATTER] = 0
    return case
