"""Matters seen to: who is in a bed by now, who is out of one, and what follows for their other cases."""

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.care import is_interrupted
from simulator.engines.kernels.cases import next_matter
from simulator.engines.kernels.folk import first_open, is_alive, resident_case, set_resident
from simulator.engines.kernels.layout import IS_OPEN, NEXT_OF_PERSON, NONE, PERSON
from simulator.engines.kernels.people import home_stay, is_resident_by, offer_what_they_wait_for


@kernel
def see_to_matters(world: Ints, reals: Floats, agenda: Ints) -> None:
    """See to all cases that have moved, first in, first out."""
    case = next_matter(world)
    while case != NONE:
        see_to(world, reals, agenda, case)
        case = next_matter(world)


@kernel
def see_to(world: Ints, reals: Floats, agenda: Ints, case: int) -> None:
    """Work out anew whether a case's person is in a bed by it."""
    person = world[case + PERSON]
    is_resident = world[case + IS_OPEN] != 0 and is_resident_by(world, case)
    resident = resident_case(world, person)
    if not is_alive(world, person):
        set_resident(world, person, NONE)
    elif is_resident and resident == NONE:
        is_admitted(world, reals, agenda, case)
    elif not is_resident and resident == case:
        is_discharged(world, reals, agenda, person)


@kernel
def is_admitted(world: Ints, reals: Floats, agenda: Ints, case: int) -> None:
    """A person is in a bed by a case from now on: what ends on admission ends."""
    person = world[case + PERSON]
    set_resident(world, person, case)
    other = first_open(world, person)
    while other != NONE:
        following = world[other + NEXT_OF_PERSON]
        stay = home_stay(world, other) if other != case and world[other + IS_OPEN] != 0 else NONE
        if stay != NONE:
            is_interrupted(world, reals, agenda, other, stay)
        other = following


@kernel
def is_discharged(world: Ints, reals: Floats, agenda: Ints, person: int) -> None:
    """A person is out of bed: their cases are offered again what they wait for; one may have them in a bed
    at once."""
    set_resident(world, person, NONE)
    offer_what_they_wait_for(world, person)
    other = first_open(world, person)
    while other != NONE:
        following = world[other + NEXT_OF_PERSON]
        if (
            resident_case(world, person) == NONE
            and world[other + IS_OPEN] != 0
            and is_resident_by(world, other)
        ):
            is_admitted(world, reals, agenda, other)
        other = following
