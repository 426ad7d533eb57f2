"""Interventions: whom something of them touches, how strongly they act now, who is let go."""

from simulator.compiler.program import FOR_ENROLLED, FOR_EVERYONE, Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.folk import segment_of
from simulator.engines.kernels.layout import (
    EFFECT_SCHEME,
    EFFECT_SEGMENTS,
    EFFECT_WHOM,
    ENROLLED,
    ENROLLED_AREA,
    ENROLLED_SCHEME,
    ENROLLED_SECOND,
    ENROLMENT_SIZE,
    ENROLMENTS,
    ENROLMENTS_NEXT,
    IS_RUNNING,
    LEFT_SECOND,
    MEMBERS,
    NEVER,
    NOBODY,
    NONE,
    NOW,
    NTH,
    RUNS_FROM,
    SCHEME_COUNT,
    SCHEME_INDEX,
    SCHEME_SIZE,
    SCHEMES,
    STRENGTH,
    STRENGTHS,
    WEEK,
    WEEK_COUNT,
)
from simulator.engines.kernels.noting import note_person
from simulator.engines.log import LEFT_ENROLMENT

ROW_BITS = 40
ROW_MASK = (1 << ROW_BITS) - 1
WEEK_SECONDS = 604800


@kernel
def scheme_at(world: Ints, index: int) -> int:
    """Return where an intervention's row begins."""
    return world[SCHEMES] + index * SCHEME_SIZE


@kernel
def enrolment_row(world: Ints, scheme: int, person: int) -> int:
    """Return where a person's present enrolment is written, or none."""
    if world[scheme + MEMBERS] == NONE:
        return NONE
    number = world[world[scheme + MEMBERS] + person] & ROW_MASK
    return world[ENROLMENTS] + (number - 1) * ENROLMENT_SIZE if number > 0 else NONE


@kernel
def touches(world: Ints, effect: int, person: int) -> bool:
    """Say whether an effect or move is for this person now (referrals: only what is for everyone)."""
    scheme = world[effect + EFFECT_SCHEME]
    if world[scheme + IS_RUNNING] == 0:
        return False
    whom = world[effect + EFFECT_WHOM]
    if whom == FOR_EVERYONE:
        return True
    if person == NOBODY:
        return False
    if whom == FOR_ENROLLED:
        return enrolment_row(world, scheme, person) != NONE
    return (world[effect + EFFECT_SEGMENTS] >> segment_of(world, person)) & 1 != 0


@kernel
def strength_of(world: Ints, reals: Floats, scheme: int) -> float:
    """Return how strongly an intervention acts now."""
    return reals[world[scheme + STRENGTH]]


@kernel
def weeks_enrolled(world: Ints, scheme: int, person: int) -> int:
    """Return the whole weeks since the person's enrolment."""
    second = world[enrolment_row(world, scheme, person) + ENROLLED_SECOND]
    return (world[NOW] - second) // WEEK_SECONDS


@kernel
def begin_scheme(world: Ints, reals: Floats, scheme: int) -> None:
    """An intervention starts."""
    world[scheme + IS_RUNNING], world[scheme + WEEK] = 1, 0
    reals[world[scheme + STRENGTH]] = reals[world[scheme + STRENGTHS]]


@kernel
def end_scheme(world: Ints, reals: Floats, scheme: int) -> None:
    """An intervention ends, and every enrolment with it, first enrolled first."""
    for number in range(world[ENROLMENTS_NEXT]):
        row = world[ENROLMENTS] + number * ENROLMENT_SIZE
        if world[row + ENROLLED_SCHEME] == world[scheme + SCHEME_INDEX] and world[row + LEFT_SECOND] == NEVER:
            release(world, scheme, row)
    world[scheme + IS_RUNNING] = 0
    reals[world[scheme + STRENGTH]] = 0.0


@kernel
def begin_week(world: Ints, reals: Floats) -> None:
    """Read the next column of the tables of those that began before this Monday."""
    for index in range(world[SCHEME_COUNT]):
        scheme = scheme_at(world, index)
        if world[scheme + IS_RUNNING] != 0 and world[NOW] > world[scheme + RUNS_FROM]:
            world[scheme + WEEK] = min(world[scheme + WEEK] + 1, world[scheme + WEEK_COUNT] - 1)
            reals[world[scheme + STRENGTH]] = reals[world[scheme + STRENGTHS] + world[scheme + WEEK]]


@kernel
def release(world: Ints, scheme: int, row: int) -> None:
    """End one enrolment."""
    person, now = world[row], world[NOW]
    members = world[scheme + MEMBERS] + person
    world[members] = world[members] & ~ROW_MASK
    world[row + LEFT_SECOND] = now
    world[scheme + ENROLLED] -= 1
    world[scheme + ENROLLED_AREA] += now
    note_person(world, LEFT_ENROLMENT, person, world[row + NTH], world[scheme + SCHEME_INDEX])


@kernel
def release_from_all(world: Ints, person: int) -> None:
    """End all enrolments of somebody who died."""
    for index in range(world[SCHEME_COUNT]):
        scheme = scheme_at(world, index)
        row = enrolment_row(world, scheme, person)
        if row != NONE:
            release(world, scheme, row)


@kernel
def stay_is_over(world: Ints, scheme: int, person: int) -> None:
    """End a person's enrolment whose time is over, if it has not ended before."""
    row = enrolment_row(world, scheme, person)
    if row != NONE:
        release(world, scheme, row)
