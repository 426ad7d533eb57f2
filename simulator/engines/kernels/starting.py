"""A stay begins: how long it takes, by which way it will go on, and what its end puts on the agenda."""

import simulator.engines.records as records
from simulator.compiler.program import AT_ARRIVAL, AT_START, LEAVES_AT_ONCE, Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.draws import bits, to_unit
from simulator.engines.kernels.agenda import put_end
from simulator.engines.kernels.cases import leave_to_be_seen, place_stay_of
from simulator.engines.kernels.chance import (
    LEAVING,
    ROUTE,
    count_visit,
    draw_of,
    entry_at,
    law_value,
    leaving_second,
    number_of,
    words_of,
)
from simulator.engines.kernels.clocks import reaches
from simulator.engines.kernels.consequences import note_who_is_there
from simulator.engines.kernels.effects import moved_route, with_effects
from simulator.engines.kernels.folk import group_of
from simulator.engines.kernels.helping import takes_help
from simulator.engines.kernels.layout import (
    ACTIVITY,
    BROKEN,
    BROKEN_CASE,
    CHOICE,
    COUNT,
    DURATION_EFFECTS,
    DURATION_LAW,
    DURATION_TIMES,
    ENDS,
    ENTRY,
    ENTRY_LAW,
    FIRST,
    GROUP_SIZE,
    GROUPS,
    HELPED_AT,
    IS_REAL,
    KEEPS,
    LEAVING_PROFILE,
    MOVE_LAST,
    NONE,
    NOW,
    OWN,
    PERSON,
    PLACE,
    ROUTE_FIRST,
    ROUTE_WORD,
    STARTED,
    STAY,
    STAY_SIZE,
    STAY_WAS,
    STEP_DOWNS,
    TOO_MANY_VISITS,
    TURNAROUND,
    UNDER,
    UNDER_WAS,
)
from simulator.engines.kernels.leaving import leaves, lets_go, lets_into_room
from simulator.engines.kernels.noting import note
from simulator.engines.kernels.places import take_place
from simulator.engines.kernels.queues import (
    LEAVES_IT_FREE,
    LEAVES_IT_TO_TURN,
    STAYS_IN_IT,
    may_start,
    place_for,
    resource_for,
)
from simulator.engines.kernels.rows import add, begins_stay, row_of, write_stay
from simulator.engines.log import ARRIVES
from simulator.engines.log import STARTS as LOG_STARTS
from simulator.engines.variates import whole_seconds


@kernel
def group_row(world: Ints, case: int, act: int) -> int:
    """Return what a case's group meets at an activity."""
    return world[act + GROUPS] + group_of(world, case) * GROUP_SIZE


@kernel
def keeping_on_the_way(world: Ints, case: int, act: int) -> int:
    """Return how long the place in hand is kept on the way to an activity."""
    stay = world[case + STAY + ACTIVITY]
    if stay == NONE or world[case + PLACE] == NONE:
        return LEAVES_AT_ONCE
    return world[world[stay + KEEPS] + world[act]]


@kernel
def may_start_now(world: Ints, case: int, act: int) -> bool:
    """Say whether a case would start at once: a place is free, its person is, nobody stands before it."""
    with_place = STAYS_IN_IT
    is_here = world[case + PLACE] != NONE and world[case + PLACE] == place_for(world, case, act)
    if is_here and keeping_on_the_way(world, case, act) == LEAVES_AT_ONCE:
        stay = place_stay_of(world, case)
        turns = stay != NONE and world[world[stay + ACTIVITY] + TURNAROUND] != NONE
        with_place = LEAVES_IT_TO_TURN if turns else LEAVES_IT_FREE
    return may_start(world, case, act, world[NOW], with_place)


@kernel
def goes_to(world: Ints, reals: Floats, agenda: Ints, case: int, act: int, ends: int) -> None:
    """Start at once where a place is known to be free; ``ends`` where that is known, else -1."""
    comes_to(world, reals, agenda, case, act)
    starts(world, reals, agenda, case, act, world[NOW], ends)


@kernel
def comes_to(world: Ints, reals: Floats, agenda: Ints, case: int, act: int) -> None:
    """Arrive where the case really goes, having let go of a place that is not kept on the way there."""
    if keeping_on_the_way(world, case, act) == LEAVES_AT_ONCE:
        lets_go(world, reals, agenda, case, False)
    notes_arrival(world, case, act)


@kernel
def visits(world: Ints, case: int, act: int) -> None:
    """Count a visit; more than can be counted break the run."""
    if not count_visit(world, case, act):
        world[BROKEN], world[BROKEN_CASE] = TOO_MANY_VISITS, case


@kernel
def notes_arrival(world: Ints, case: int, act: int) -> None:
    """Write an arrival down."""
    visits(world, case, act)
    add(world, row_of(world, case, act), records.ARRIVALS)
    note(world, ARRIVES, case, act)
    reaches(world, case, AT_ARRIVAL, act)


@kernel
def starts(world: Ints, reals: Floats, agenda: Ints, case: int, act: int, since: int, ends: int) -> None:
    """Take a place (letting go of one that was kept) and begin."""
    resource = place_for(world, case, act)
    stays_put = world[case + PLACE] == resource
    if not stays_put:
        take_place(world, case, resource)
    lets_go(world, reals, agenda, case, stays_put)
    takes_up(world, reals, agenda, case, act, since, ends)


@kernel
def starts_from_queue_of(world: Ints, reals: Floats, agenda: Ints, case: int, act: int, since: int) -> None:
    """One who has left its queue starts; then there may be room for another to wait."""
    resource = resource_for(world, case, act)
    starts(world, reals, agenda, case, act, since, -1)
    lets_into_room(world, reals, agenda, resource)


@kernel
def takes_up(world: Ints, reals: Floats, agenda: Ints, case: int, act: int, since: int, ends: int) -> None:
    """Begin an activity in a place that has been taken."""
    has_place(world, case, act, world[NOW] - since)
    if ends < 0:
        ends = world[NOW] + drawn_duration(world, reals, case, act)
    begins(world, reals, agenda, case, ends)


@kernel
def has_place(world: Ints, case: int, act: int, waited: int) -> None:
    """Give a case the stay, and the place that goes with it, its own or a partner's."""
    resource = place_for(world, case, act)
    write_stay(world, case + STAY, act, row_of(world, case, act), waited)
    note_who_is_there(world, case, act)
    world[case + ENTRY] = world[case + ROUTE_WORD] = NONE
    if world[resource + IS_REAL] != 0:
        world[case + PLACE], world[case + OWN] = resource, 1
    if world[case + HELPED_AT] != NONE:
        takes_help(world, case, act)


@kernel
def starts_in_place(world: Ints, reals: Floats, agenda: Ints, case: int, act: int) -> None:
    """Begin an activity done in the place already held; the stay of the place goes on."""
    notes_arrival(world, case, act)
    if world[case + STAY + ACTIVITY] != NONE:
        if world[case + OWN] == 0:
            leaves(world, reals, case, case + STAY)
        else:
            for field in range(STAY_SIZE):
                world[case + UNDER + field] = world[case + STAY + field]
            world[case + UNDER_WAS] = world[case + STAY_WAS]
            world[case + OWN] = 0
    write_stay(world, case + STAY, act, row_of(world, case, act), 0)
    note_who_is_there(world, case, act)
    world[case + ENTRY] = world[case + ROUTE_WORD] = NONE
    begins(world, reals, agenda, case, world[NOW] + drawn_duration(world, reals, case, act))


@kernel
def begins(world: Ints, reals: Floats, agenda: Ints, case: int, ends: int) -> None:
    """Write down that a stay begins, and go on until ``ends``."""
    stay = case + STAY
    begins_stay(world, stay)
    note(world, LOG_STARTS, case, world[stay + ACTIVITY])
    reaches(world, case, AT_START, world[stay + ACTIVITY])
    carries_on(world, agenda, case, ends)


@kernel
def carries_on(world: Ints, agenda: Ints, case: int, ends: int) -> None:
    """Go on until ``ends``; who is in a bed by it now is left to be seen."""
    world[case + ENDS] = ends
    put_end(world, agenda, case, ends)
    plan_step_downs(world, agenda, case, 0)
    leave_to_be_seen(world, case)


@kernel
def plan_step_downs(world: Ints, agenda: Ints, case: int, earliest: int) -> None:
    """Put on the agenda the moments at which a stay might be ended elsewhere."""
    stay = case + STAY
    moves = world[world[stay + ACTIVITY] + STEP_DOWNS]
    for number in range(world[moves + COUNT]):
        second = world[case + ENDS] - world[world[moves + FIRST + number] + MOVE_LAST]
        if second > world[stay + STARTED] and second >= earliest:
            put_end(world, agenda, case, second)


@kernel
def drawn_duration(world: Ints, reals: Floats, case: int, act: int) -> int:
    """Draw how long it takes: scaled by effects before rounding; then on to the leaving moment.

    The other word of the same block is that of the route; it is kept for the end of the stay.
    """
    law = world[group_row(world, case, act) + DURATION_LAW]
    word, world[case + ROUTE_WORD] = words_of(world, case, act)
    if world[act + ROUTE_FIRST] != 0:
        entry = drawn_route(world, reals, case, act)
        world[case + ENTRY] = entry
        law = world[entry + ENTRY_LAW] if world[entry + ENTRY_LAW] != NONE else law
    value = law_value(world, reals, law, to_unit(bits(word)), number_of(world, case))
    value = value * reals[world[act + DURATION_TIMES]]
    value = with_effects(world, reals, world[act + DURATION_EFFECTS], value, world[case + PERSON])
    return until_leaving(world, reals, case, act, whole_seconds(value))


@kernel
def until_leaving(world: Ints, reals: Floats, case: int, act: int, seconds: int) -> int:
    """Return a time that would be over after ``seconds``, carried on to the leaving moment, if any."""
    profile = world[act + LEAVING_PROFILE]
    if profile < 0:
        return seconds
    due = world[NOW] + seconds
    return leaving_second(world, reals, profile, due, draw_of(world, case, act, LEAVING)) - world[NOW]


@kernel
def drawn_route(world: Ints, reals: Floats, case: int, act: int) -> int:
    """Draw the route after an activity, then let the switches move it."""
    choice, word = world[group_row(world, case, act) + CHOICE], world[case + ROUTE_WORD]
    u = to_unit(bits(word)) if word != NONE else draw_of(world, case, act, ROUTE)
    return moved_route(world, reals, case, act, entry_at(world, reals, choice, u))
