"""Places moved among resources: a decision now and then, notice, the move; and back when its time is over."""

import numpy as np

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.folk import group_of
from simulator.engines.kernels.layout import (
    ACT_INDEX,
    CLASSES,
    COUNT,
    DECIDED,
    DECIDED_LEAST,
    DECIDED_OWN,
    DECIDED_SHIFT,
    DECISION_SIZE,
    DECISIONS,
    FIRST,
    IS_RUNNING,
    LEVEL_COUNT,
    LEVEL_HEAD,
    LEVEL_SIZE,
    LEVELS,
    MOVED_IN,
    NEXT,
    NONE,
    NOW,
    OWN_CAPACITY,
    PACT_COUNT,
    PACT_MEMBERS,
    PACT_SCHEME,
    PACT_SIZE,
    PACT_USED,
    PACTS,
    PLANNED,
    SEGMENTS,
    SHIFT_BEYOND,
    SHIFT_COUNT,
    SHIFT_MADE,
    SHIFT_MEMBERS,
    SHIFT_PLACES,
    SHIFT_PLANNED,
    SHIFT_SCHEME,
    SHIFT_SIZE,
    SHIFT_TOWARDS,
    SHIFT_WEIGHTS,
    SHIFTS,
    SINCE,
    WAITING,
    WAITS_FOR,
)
from simulator.engines.kernels.places import offer, set_capacity
from simulator.engines.kernels.schemes import strength_of

# Towards what places are moved, as in ``compiler/aid_arrays``; the longest wait is what is left.
LONGEST_QUEUE, GREATEST_HARM = 0, 2


@kernel
def look_round(world: Ints) -> None:
    """Offer what partners have free: somebody may have waited long enough by now."""
    for number in range(world[PACT_COUNT]):
        pact = world[PACTS] + number * PACT_SIZE
        members = world[pact + PACT_MEMBERS]
        if world[world[pact + PACT_SCHEME] + IS_RUNNING] != 0:
            for place in range(world[members + COUNT]):
                offer(world, world[members + FIRST + place])


@kernel
def begin_week_of_pacts(world: Ints) -> None:
    """Let the week's starts at partners begin anew."""
    for number in range(world[PACT_COUNT]):
        world[world[PACTS] + number * PACT_SIZE + PACT_USED] = 0


@kernel
def decide_shift(world: Ints, reals: Floats, number: int) -> None:
    """Decide which places are moved: to the member that scores most, from those that score least."""
    decision = world[DECISIONS] + number * DECISION_SIZE
    shift = world[decision + DECIDED_SHIFT]
    if world[world[shift + SHIFT_SCHEME] + IS_RUNNING] == 0:
        return
    strength = strength_of(world, reals, world[shift + SHIFT_SCHEME])
    left = int(np.floor(world[shift + SHIFT_PLACES] * strength + 0.5))
    members = world[shift + SHIFT_MEMBERS]
    gains = most_needed(world, shift)
    low, last = -1, -1
    for _ in range(world[members + COUNT]):
        giver = next_giver(world, shift, low, last)
        low = score_of(world, shift, world[members + FIRST + giver])
        last = giver
        if left <= 0 or low >= score_of(world, shift, world[members + FIRST + gains]):
            return
        by = min(left, to_spare(world, decision, members, giver))
        if by > 0:
            plan_move(world, decision, members, giver, -by)
            plan_move(world, decision, members, gains, by)
            left -= by


@kernel
def most_needed(world: Ints, shift: int) -> int:
    """Return which member scores most, the first by name of equals."""
    members, best, most = world[shift + SHIFT_MEMBERS], 0, -1
    for place in range(world[members + COUNT]):
        score = score_of(world, shift, world[members + FIRST + place])
        if score > most:
            best, most = place, score
    return best


@kernel
def next_giver(world: Ints, shift: int, low: int, last: int) -> int:
    """Return which member scores least, then by name, after one that scored ``low``."""
    members, best, least = world[shift + SHIFT_MEMBERS], last, -1
    for place in range(world[members + COUNT]):
        score = score_of(world, shift, world[members + FIRST + place])
        is_later = score > low or (score == low and place > last)
        if is_later and (least == -1 or score < least):
            best, least = place, score
    return best


@kernel
def score_of(world: Ints, shift: int, resource: int) -> int:
    """Return how much a resource needs places: who waits, the longest wait, or the harm of waits beyond."""
    towards = world[shift + SHIFT_TOWARDS]
    if towards == LONGEST_QUEUE:
        return world[resource + WAITING]
    beyond = world[shift + SHIFT_BEYOND] if towards == GREATEST_HARM else 0
    weights, groups = world[shift + SHIFT_WEIGHTS], (world[SEGMENTS] + 1) * world[CLASSES]
    total, longest, level = 0, 0, world[resource + LEVELS]
    for _ in range(world[resource + LEVEL_COUNT]):
        case = world[level + LEVEL_HEAD]
        while case != NONE:
            waited = max(world[NOW] - world[case + SINCE] - beyond, 0)
            of_activity = world[world[case + WAITS_FOR] + ACT_INDEX] * groups
            total += waited * world[weights + of_activity + group_of(world, case)]
            longest = max(longest, waited)
            case = world[case + NEXT]
        level += LEVEL_SIZE
    return total if towards == GREATEST_HARM else longest


@kernel
def to_spare(world: Ints, decision: int, members: int, place: int) -> int:
    """Return how many places a member may give."""
    resource = world[members + FIRST + place]
    there = world[world[decision + DECIDED_OWN] + place] + world[resource + PLANNED]
    return there - world[world[decision + DECIDED_LEAST] + place]


@kernel
def plan_move(world: Ints, decision: int, members: int, place: int, by: int) -> None:
    """Write down that a member is to have so many places more, after notice."""
    world[world[decision + DECIDED] + place] += by
    shift = world[decision + DECIDED_SHIFT]
    world[world[shift + SHIFT_PLANNED] + place] += by
    world[world[members + FIRST + place] + PLANNED] += by


@kernel
def make_shift(world: Ints, number: int) -> None:
    """Move the places of a decision whose notice is over, if its intervention still runs."""
    decision = world[DECISIONS] + number * DECISION_SIZE
    shift = world[decision + DECIDED_SHIFT]
    if world[world[shift + SHIFT_SCHEME] + IS_RUNNING] != 0:
        members = world[shift + SHIFT_MEMBERS]
        for place in range(world[members + COUNT]):
            by = world[world[decision + DECIDED] + place]
            if by != 0:
                world[world[shift + SHIFT_MADE] + place] += by
                move_places(world, world[members + FIRST + place], by)


@kernel
def end_shifts(world: Ints, scheme: int) -> None:
    """Move all places back, those on notice too, when an intervention ends."""
    for number in range(world[SHIFT_COUNT]):
        shift = world[SHIFTS] + number * SHIFT_SIZE
        if world[shift + SHIFT_SCHEME] == scheme:
            for place in range(world[world[shift + SHIFT_MEMBERS] + COUNT]):
                move_back(world, shift, place)


@kernel
def move_back(world: Ints, shift: int, place: int) -> None:
    """Move one member's places back, and forget what was on notice."""
    resource = world[world[shift + SHIFT_MEMBERS] + FIRST + place]
    made, planned = world[shift + SHIFT_MADE] + place, world[shift + SHIFT_PLANNED] + place
    by = world[made]
    world[resource + PLANNED] -= world[planned]
    world[made] = world[planned] = 0
    if by != 0:
        move_places(world, resource, -by)


@kernel
def move_places(world: Ints, resource: int, by: int) -> None:
    """Let a resource have so many places more than its own; who holds one stays."""
    world[resource + MOVED_IN] += by
    set_capacity(world, resource, world[resource + OWN_CAPACITY])
