"""Enrolment on Mondays: living, eligible, willing people, by most recent use, then by lot, then by place.

The best so far stand in a heap of as many as may be enrolled, the last of them at its top; so only those are
drawn and compared who could still be among them.
"""

from simulator.compiler.program import NO_LIMIT, Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.agenda import put
from simulator.engines.kernels.chance import LENGTH, LOT, UPTAKE, draw_at, law_seconds
from simulator.engines.kernels.feeds import Feeds
from simulator.engines.kernels.folk import home_of, is_alive, person_row, segment_of
from simulator.engines.kernels.layout import (
    ADDRESS,
    AT_CALENDAR,
    BY_LOT,
    COUNT,
    ELIGIBLE_LOCALITIES,
    ELIGIBLE_SEGMENTS,
    ENROLLED,
    ENROLLED_AREA,
    ENROLLED_PERSON,
    ENROLLED_SCHEME,
    ENROLLED_SECOND,
    ENROLMENT_SIZE,
    ENROLMENTS,
    ENROLMENTS_NEXT,
    ENROLS,
    FIRST,
    HOME_LOCALITY,
    IS_RUNNING,
    LEFT_SECOND,
    MEMBERS,
    NEVER,
    NONE,
    NOW,
    NTH,
    PEOPLE_COUNT,
    PLACES,
    QUARTER,
    SCHEME_COUNT,
    SCHEME_HASH,
    SCHEME_INDEX,
    STAY_LAW,
    UPTAKES,
    USE_AT_LEAST,
    USE_NEEDS,
    USE_QUARTERS,
    WEEK,
    WEEKLY_DENOMINATOR,
    WEEKLY_NUMERATOR,
    WILLING,
)
from simulator.engines.kernels.noting import note_person
from simulator.engines.kernels.schemes import ROW_BITS, enrolment_row, scheme_at
from simulator.engines.log import ENROLLED as LOG_ENROLLED

END_OF_STAY = 1 << 20


@kernel
def draw_willing(world: Ints, reals: Floats) -> None:
    """Write down who would take part in which intervention: one draw for life."""
    for index in range(world[SCHEME_COUNT]):
        scheme = scheme_at(world, index)
        if world[scheme + ENROLS] != 0:
            for person in range(world[PEOPLE_COUNT]):
                row = person_row(world, person)
                u = draw_at(world, world[row + ADDRESS], world[scheme + SCHEME_HASH], 0, UPTAKE)
                if u < uptake_of(world, reals, scheme, person):
                    world[row + WILLING] |= 1 << index


@kernel
def uptake_of(world: Ints, reals: Floats, scheme: int, person: int) -> float:
    """Return the uptake where a person lives."""
    return reals[world[scheme + UPTAKES] + world[world[HOME_LOCALITY] + home_of(world, person)]]


@kernel
def most_to_enrol(world: Ints) -> int:
    """Return how many could be enrolled now, over all interventions."""
    total = 0
    for index in range(world[SCHEME_COUNT]):
        scheme = scheme_at(world, index)
        if world[scheme + IS_RUNNING] != 0 and world[scheme + ENROLS] != 0:
            total += places_to_fill(world, scheme)
    return total


@kernel
def places_to_fill(world: Ints, scheme: int) -> int:
    """Return how many an intervention may enrol now."""
    free = world[PEOPLE_COUNT]
    if world[scheme + PLACES] != NO_LIMIT:
        free = world[scheme + PLACES] - world[scheme + ENROLLED]
    over, under, week = (
        world[scheme + WEEKLY_NUMERATOR],
        world[scheme + WEEKLY_DENOMINATOR],
        world[scheme + WEEK],
    )
    if over != NO_LIMIT:
        free = min(free, over * (week + 1) // under - over * week // under)
    return max(free, 0)


@kernel
def enrol_all(world: Ints, reals: Floats, agenda: Ints, feeds: Feeds) -> None:
    """Enrol whom places and weekly enrolments allow, intervention by intervention."""
    for index in range(world[SCHEME_COUNT]):
        scheme = scheme_at(world, index)
        if world[scheme + IS_RUNNING] != 0 and world[scheme + ENROLS] != 0:
            number = places_to_fill(world, scheme)
            if number > 0:
                enrol_first(world, reals, agenda, feeds, scheme, number)


@kernel
def enrol_first(world: Ints, reals: Floats, agenda: Ints, feeds: Feeds, scheme: int, number: int) -> None:
    """Enrol the first so many of those eligible."""
    number = min(number, world[PEOPLE_COUNT])
    who, use, lot = feeds.best_who[:number], feeds.best_use[:number], feeds.best_lot[:number]
    size = 0
    for person in range(world[PEOPLE_COUNT]):
        if is_eligible(world, scheme, person):
            recent = recent_use(world, feeds, scheme, person)
            if recent >= world[scheme + USE_AT_LEAST]:
                rank = 0 if world[scheme + BY_LOT] != 0 else recent
                size = consider(world, scheme, (who, use, lot), size, person, rank)
    for place in range(size - 1, 0, -1):
        swap(who, use, lot, 0, place)
        sink(who, use, lot, 0, place)
    for place in range(size):
        enrol(world, reals, agenda, scheme, who[place])


@kernel
def is_eligible(world: Ints, scheme: int, person: int) -> bool:
    """Say whether somebody may be enrolled now, recent use apart."""
    if not is_alive(world, person):
        return False
    if (world[scheme + ELIGIBLE_SEGMENTS] >> segment_of(world, person)) & 1 == 0:
        return False
    locality = world[world[HOME_LOCALITY] + home_of(world, person)]
    if world[world[scheme + ELIGIBLE_LOCALITIES] + locality] == 0:
        return False
    is_willing = (world[person_row(world, person) + WILLING] >> world[scheme + SCHEME_INDEX]) & 1 != 0
    return is_willing and enrolment_row(world, scheme, person) == NONE


@kernel
def recent_use(world: Ints, feeds: Feeds, scheme: int, person: int) -> int:
    """Return a person's use of some needs in the last complete quarters."""
    total, needs = 0, world[scheme + USE_NEEDS]
    if world[scheme + USE_AT_LEAST] <= 0:
        return 0
    for quarter in range(max(world[QUARTER] - world[scheme + USE_QUARTERS], 0), world[QUARTER]):
        for number in range(world[needs + COUNT]):
            total += int(feeds.use[world[needs + FIRST + number], quarter, person])
    return total


@kernel
def consider(
    world: Ints, scheme: int, best: tuple[Ints, Ints, Floats], size: int, person: int, rank: int
) -> int:
    """Put a person among the best so far if there is room or they come before the last; return how many."""
    who, use, lot = best
    if size == who.shape[0] and rank < use[0]:
        return size
    address = world[person_row(world, person) + ADDRESS]
    chance = draw_at(world, address, world[scheme + SCHEME_HASH], 0, LOT)
    if size < who.shape[0]:
        who[size], use[size], lot[size] = person, rank, chance
        rise(who, use, lot, size)
        return size + 1
    if rank > use[0] or (rank == use[0] and chance < lot[0]):
        who[0], use[0], lot[0] = person, rank, chance
        sink(who, use, lot, 0, size)
    return size


@kernel
def comes_after(who: Ints, use: Ints, lot: Floats, one: int, other: int) -> bool:
    """Say whether one of the best so far comes after another."""
    if use[one] != use[other]:
        return use[one] < use[other]
    if lot[one] != lot[other]:
        return lot[one] > lot[other]
    return who[one] > who[other]


@kernel
def swap(who: Ints, use: Ints, lot: Floats, one: int, other: int) -> None:
    """Exchange two of the best so far."""
    who[one], who[other] = who[other], who[one]
    use[one], use[other] = use[other], use[one]
    lot[one], lot[other] = lot[other], lot[one]


@kernel
def rise(who: Ints, use: Ints, lot: Floats, place: int) -> None:
    """Bring one of the heap up to where none above it comes before it."""
    while place > 0 and comes_after(who, use, lot, place, (place - 1) // 2):
        swap(who, use, lot, place, (place - 1) // 2)
        place = (place - 1) // 2


@kernel
def sink(who: Ints, use: Ints, lot: Floats, place: int, size: int) -> None:
    """Bring one of the heap down to where none below it comes after it."""
    while 2 * place + 1 < size:
        below = 2 * place + 1
        if below + 1 < size and comes_after(who, use, lot, below + 1, below):
            below += 1
        if not comes_after(who, use, lot, below, place):
            return
        swap(who, use, lot, below, place)
        place = below


@kernel
def enrol(world: Ints, reals: Floats, agenda: Ints, scheme: int, person: int) -> None:
    """Enrol one person."""
    now, members = world[NOW], world[scheme + MEMBERS] + person
    nth = world[members] >> ROW_BITS
    row = world[ENROLMENTS] + world[ENROLMENTS_NEXT] * ENROLMENT_SIZE
    world[ENROLMENTS_NEXT] += 1
    world[members] = ((nth + 1) << ROW_BITS) | world[ENROLMENTS_NEXT]
    world[row + ENROLLED_PERSON], world[row + ENROLLED_SCHEME] = person, world[scheme + SCHEME_INDEX]
    world[row + ENROLLED_SECOND], world[row + LEFT_SECOND], world[row + NTH] = now, NEVER, nth
    world[scheme + ENROLLED] += 1
    world[scheme + ENROLLED_AREA] -= now
    note_person(world, LOG_ENROLLED, person, nth, world[scheme + SCHEME_INDEX])
    law = world[scheme + STAY_LAW]
    if law == NONE:
        return
    address = world[person_row(world, person) + ADDRESS]
    u = draw_at(world, address, world[scheme + SCHEME_HASH], nth, LENGTH)
    tie = END_OF_STAY + world[scheme + SCHEME_INDEX] * world[PEOPLE_COUNT] + person
    put(world, agenda, now + law_seconds(world, reals, law, u, 1), AT_CALENDAR, tie)
