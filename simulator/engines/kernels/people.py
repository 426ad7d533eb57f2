"""People: a change of segment, admission, discharge and death, as far as no case moves on by it."""

from simulator.compiler.program import Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.cases import place_stay_of, stay_of
from simulator.engines.kernels.folk import comes, first_open, home_of, segment_of
from simulator.engines.kernels.layout import (
    ACTIVITY,
    ALIVE,
    ENDS_ON_ADMISSION,
    IS_RESIDENT,
    NEXT_OF_PERSON,
    NONE,
    QUEUE,
    QUEUE_IS_RESIDENT,
    STATES,
    WAITS_FOR,
)
from simulator.engines.kernels.noting import note_person
from simulator.engines.kernels.places import offer_widely
from simulator.engines.kernels.queues import moves_to_its_level
from simulator.engines.log import BECOMES, JOINS


@kernel
def becomes(world: Ints, person: int, segment: int) -> None:
    """A person moves to another segment, if it is another; what was reserved against them may not be now."""
    before, home = segment_of(world, person), home_of(world, person)
    if segment == before:
        return
    comes(world, before, home, -1)
    world[world[STATES] + person] += segment - before
    comes(world, segment, home, 1)
    note_person(world, BECOMES, person, 0, segment)
    case = first_open(world, person)
    while case != NONE:
        if world[case + WAITS_FOR] != NONE:
            moves_to_its_level(world, case)
            offer_widely(world, world[case + QUEUE])
        case = world[case + NEXT_OF_PERSON]


@kernel
def joins(world: Ints, person: int) -> None:
    """A new person comes."""
    segment = segment_of(world, person)
    world[world[STATES] + person] |= ALIVE
    comes(world, segment, home_of(world, person), 1)
    note_person(world, JOINS, person, 0, segment)


@kernel
def is_resident_by(world: Ints, case: int) -> bool:
    """Say whether a case has its person in a bed: by its place, by what is done in it, or by its queue."""
    place_stay, stay = place_stay_of(world, case), stay_of(world, case)
    if place_stay != NONE and world[world[place_stay + ACTIVITY] + IS_RESIDENT] != 0:
        return True
    if stay != NONE and world[world[stay + ACTIVITY] + IS_RESIDENT] != 0:
        return True
    return world[case + WAITS_FOR] != NONE and world[world[case + WAITS_FOR] + QUEUE_IS_RESIDENT] != 0


@kernel
def home_stay(world: Ints, case: int) -> int:
    """Return the stay that ends when the person is admitted: that of the place before one done within it."""
    for stay in (place_stay_of(world, case), stay_of(world, case)):
        if stay != NONE and world[world[stay + ACTIVITY] + ENDS_ON_ADMISSION] != 0:
            return stay
    return NONE


@kernel
def offer_what_they_wait_for(world: Ints, person: int) -> None:
    """Offer again all that a person's cases wait for."""
    case = first_open(world, person)
    while case != NONE:
        if world[case + WAITS_FOR] != NONE:
            offer_widely(world, world[case + QUEUE])
        case = world[case + NEXT_OF_PERSON]


@kernel
def set_dead(world: Ints, person: int) -> None:
    """A person is alive no longer."""
    world[world[STATES] + person] &= ~ALIVE
