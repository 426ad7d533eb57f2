"""People as the engine sees them: one word of state each, and how many live where."""

from simulator.compiler.program import Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.layout import (
    AGENDA_LIMIT,
    ALIVE,
    CLASSES,
    FIRST_OPEN,
    HOME_BITS,
    HOMES,
    IN_BED,
    KLASS,
    LAST_OPEN,
    LIVING,
    LIVING_AREA,
    LOG_LIMIT,
    MARGIN,
    MOST_OPEN,
    NEXT_OF_PERSON,
    NOBODY,
    NONE,
    NOW,
    OPEN_COUNT,
    PEOPLE,
    PERSON,
    PERSON_SIZE,
    PREVIOUS_OF_PERSON,
    RESIDENT,
    SEGMENT_BITS,
    SEGMENTS,
    STATES,
)
from simulator.engines.kernels.noting import LOG_WIDTH, NOTES_A_MOVE

SEGMENT_MASK, HOME_MASK = (1 << SEGMENT_BITS) - 1, (1 << HOME_BITS) - 1


@kernel
def segment_of(world: Ints, person: int) -> int:
    """Return a person's present segment."""
    return world[world[STATES] + person] & SEGMENT_MASK


@kernel
def home_of(world: Ints, person: int) -> int:
    """Return where a person lives."""
    return (world[world[STATES] + person] >> SEGMENT_BITS) & HOME_MASK


@kernel
def is_alive(world: Ints, person: int) -> bool:
    """Say whether a person is there and alive."""
    return world[world[STATES] + person] & ALIVE != 0


@kernel
def may_need(state: int) -> bool:
    """Say of a person's state whether they can have needs and life events: alive, and not in a bed."""
    return state & (ALIVE | IN_BED) == ALIVE


@kernel
def person_row(world: Ints, person: int) -> int:
    """Return where a person's row begins."""
    return world[PEOPLE] + person * PERSON_SIZE


@kernel
def resident_case(world: Ints, person: int) -> int:
    """Return the case by which a person is in a bed, or none."""
    return world[person_row(world, person) + RESIDENT]


@kernel
def set_resident(world: Ints, person: int, case: int) -> None:
    """Say by which case a person is in a bed, or that they are in none."""
    world[person_row(world, person) + RESIDENT] = case
    state = world[STATES] + person
    world[state] = world[state] | IN_BED if case != NONE else world[state] & ~IN_BED


@kernel
def group_of(world: Ints, case: int) -> int:
    """Return a case's group: its person's present segment, and its class."""
    person = world[case + PERSON]
    segment = world[SEGMENTS] if person == NOBODY else segment_of(world, person)
    return segment * world[CLASSES] + world[case + KLASS]


@kernel
def comes(world: Ints, segment: int, home: int, by: int) -> None:
    """Count one more (``by`` 1) or fewer (-1) who lives in a segment."""
    place = segment * world[HOMES] + home
    world[world[LIVING] + place] += by
    world[world[LIVING_AREA] + place] -= by * world[NOW]


@kernel
def open_for_person(world: Ints, case: int) -> None:
    """Note a new case of its person, behind their others."""
    if world[case + PERSON] == NOBODY:
        return
    row = person_row(world, world[case + PERSON])
    last = world[row + LAST_OPEN]
    world[case + PREVIOUS_OF_PERSON], world[case + NEXT_OF_PERSON] = last, NONE
    if last == NONE:
        world[row + FIRST_OPEN] = case
    else:
        world[last + NEXT_OF_PERSON] = case
    world[row + LAST_OPEN] = case
    world[row + OPEN_COUNT] += 1
    if world[row + OPEN_COUNT] > world[MOST_OPEN]:
        world[MOST_OPEN] += 1
        world[AGENDA_LIMIT] -= world[MARGIN]
        world[LOG_LIMIT] -= LOG_WIDTH * NOTES_A_MOVE


@kernel
def close_for_person(world: Ints, case: int) -> None:
    """Note that a case of its person is over; its own links stay, for whoever is just passing over it."""
    if world[case + PERSON] == NOBODY:
        return
    row = person_row(world, world[case + PERSON])
    before, after = world[case + PREVIOUS_OF_PERSON], world[case + NEXT_OF_PERSON]
    if before == NONE:
        world[row + FIRST_OPEN] = after
    else:
        world[before + NEXT_OF_PERSON] = after
    if after == NONE:
        world[row + LAST_OPEN] = before
    else:
        world[after + PREVIOUS_OF_PERSON] = before
    world[row + OPEN_COUNT] -= 1


@kernel
def first_open(world: Ints, person: int) -> int:
    """Return the first open case of a person, or none."""
    return world[person_row(world, person) + FIRST_OPEN]
