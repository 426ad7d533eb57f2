"""Mutual aid: whose cases a resource helps, who is asked on arrival, and what partners have done.

A pact's resources are partners. A place that falls free is for its own queue, then (or, pooled, in one order)
for those of its partners' queues whom the pact is for and who would go there: one draw a case and partner.
"""

from simulator.compiler.program import ABSENT, NO_LIMIT, Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.chance import draw_at
from simulator.engines.kernels.folk import group_of
from simulator.engines.kernels.layout import (
    CASE_ID,
    COUNT,
    FAR,
    FIRST,
    HELPED_AT,
    IS_RUNNING,
    LEVEL_COUNT,
    LEVEL_HEAD,
    LEVEL_SIZE,
    LEVELS,
    NEXT,
    NONE,
    NOW,
    OPTION_COUNT,
    OPTIONS,
    PACT_ACCEPTS,
    PACT_DENOMINATOR,
    PACT_GROUPS,
    PACT_MEMBERS,
    PACT_NUMERATOR,
    PACT_POOLED,
    PACT_SCHEME,
    PACT_USED,
    PACT_WAITED,
    PACTS_OF,
    PARTNERS,
    SINCE,
    WAITING,
    WAITS_FOR,
    WEEK,
)
from simulator.engines.kernels.partners import is_member
from simulator.engines.kernels.places import free_places
from simulator.engines.kernels.queues import (
    first_who_may_start,
    is_free,
    reserve_against,
    resource_for,
    stands_before,
)
from simulator.engines.kernels.schemes import strength_of
from simulator.engines.kernels.starting import may_start_now


@kernel
def first_to_start(world: Ints, reals: Floats, resource: int) -> tuple[int, int]:
    """Return who starts next in a place of a resource, or none; and the pact, if as a partner's case."""
    own = first_who_may_start(world, resource)
    if world[resource + PARTNERS] == NONE or free_places(world, resource) <= 0:
        return own, NONE
    return first_helped(world, reals, resource, own)


@kernel
def first_helped(world: Ints, reals: Floats, resource: int, own: int) -> tuple[int, int]:
    """Return the first of partners' queues who is helped here, else ``own``; before it only if pooled."""
    best, under, pacts = own, NONE, world[resource + PACTS_OF]
    for number in range(0, world[pacts + COUNT], 2):
        pact, purpose = world[pacts + FIRST + number], world[pacts + FIRST + number + 1]
        if has_some_left(world, pact) and (own == NONE or world[pact + PACT_POOLED] != 0):
            members = world[pact + PACT_MEMBERS]
            for place in range(world[members + COUNT]):
                queue = world[members + FIRST + place]
                if queue != resource and world[queue + WAITING] > 0:
                    found = first_in_queue(world, reals, queue, resource, (pact, purpose), best)
                    if found != NONE:
                        best, under = found, pact
    return best, under


@kernel
def first_in_queue(
    world: Ints, reals: Floats, queue: int, resource: int, pact: tuple[int, int], before: int
) -> int:
    """Return the first in a partner's queue whom a resource may help, and who stands before another."""
    free, level, found = free_places(world, resource), world[queue + LEVELS], NONE
    for _ in range(world[queue + LEVEL_COUNT]):
        case = world[level + LEVEL_HEAD]
        while case != NONE:
            has_come_first = before != NONE and not stands_before(world, case, before)
            waited = world[NOW] - world[case + SINCE]
            if has_come_first or not has_waited(world, pact[0], waited):
                break  # whoever comes later in this level has waited no longer
            if (
                free > reserve_against(world, case, resource)
                and is_free(world, case, world[case + WAITS_FOR])
                and goes_there(world, reals, case, pact)
            ):
                found = before = case
                break
            case = world[case + NEXT]
        level += LEVEL_SIZE
    return found


@kernel
def has_some_left(world: Ints, pact: int) -> bool:
    """Say whether a pact holds now, and may help one more this week."""
    scheme = world[pact + PACT_SCHEME]
    if world[scheme + IS_RUNNING] == 0:
        return False
    over, under = world[pact + PACT_NUMERATOR], world[pact + PACT_DENOMINATOR]
    week = world[scheme + WEEK]
    return over == NO_LIMIT or world[pact + PACT_USED] < over * (week + 1) // under - over * week // under


@kernel
def has_waited(world: Ints, pact: int, waited: int) -> bool:
    """Say whether somebody has waited long enough to be helped."""
    return world[pact + PACT_WAITED] == ABSENT or waited > world[pact + PACT_WAITED]


@kernel
def goes_there(world: Ints, reals: Floats, case: int, pact: tuple[int, int]) -> bool:
    """Say whether a pact is for a case, and its person goes to the partner of the purpose given."""
    row, purpose = pact
    if world[world[row + PACT_GROUPS] + group_of(world, case)] == 0:
        return False
    chance = strength_of(world, reals, world[row + PACT_SCHEME]) * reals[world[row + PACT_ACCEPTS]]
    return chance >= 1.0 or draw_at(world, world[case + CASE_ID], purpose, 0, 0) < chance


@kernel
def asks_partners(world: Ints, reals: Floats, case: int, wanted: int) -> int:
    """Return the activity that a newcomer, who cannot start at home, may start at a partner's, or none."""
    for number in range(world[wanted + OPTION_COUNT]):
        act = world[world[wanted + OPTIONS] + number]
        home = resource_for(world, case, act)
        if world[home + PARTNERS] != NONE and finds_partner(world, reals, case, act, home):
            return act
    return NONE


@kernel
def finds_partner(world: Ints, reals: Floats, case: int, act: int, home: int) -> bool:
    """Send a newcomer to the first partner who takes it, by most free places, then name, if one does."""
    most, last = FAR, NONE
    for _ in range(world[world[home + PARTNERS] + COUNT]):
        last = next_partner(world, home, most, last)
        most = free_places(world, last)
        if most <= 0:
            return False
        pact = pact_with(world, reals, case, home, last)
        if pact != NONE:
            world[case + HELPED_AT] = last
            if may_start_now(world, case, act) and first_to_start(world, reals, last)[0] == NONE:
                world[pact + PACT_USED] += 1
                return True
            world[case + HELPED_AT] = NONE
    return False


@kernel
def next_partner(world: Ints, home: int, most: int, last: int) -> int:
    """Return the partner of most free places, then name, after one that had ``most`` of them."""
    best, partners = NONE, world[home + PARTNERS]
    for number in range(world[partners + COUNT]):
        partner = world[partners + FIRST + number]
        free = free_places(world, partner)
        is_later = free < most or (free == most and partner > last)
        if is_later and (best == NONE or free > free_places(world, best)):
            best = partner
    return best


@kernel
def pact_with(world: Ints, reals: Floats, case: int, home: int, partner: int) -> int:
    """Return the first pact of both under which a newcomer goes to a partner now, or none."""
    pacts = world[partner + PACTS_OF]
    for number in range(0, world[pacts + COUNT], 2):
        pact, purpose = world[pacts + FIRST + number], world[pacts + FIRST + number + 1]
        if (
            has_some_left(world, pact)
            and has_waited(world, pact, 0)
            and is_member(world, pact, home)
            and goes_there(world, reals, case, (pact, purpose))
        ):
            return pact
    return NONE
