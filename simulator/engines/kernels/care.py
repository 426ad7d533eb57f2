"""A case from need to discharge: opens, arrives, waits or starts, goes on, gives up, closes."""

import simulator.engines.log as log
import simulator.engines.records as records
from simulator.compiler.program import (
    AT_NEED,
    LEAVES_AT_ONCE,
    TO_ACTIVITY,
    TO_DIED,
    TO_EXIT,
    TO_FIRST_FREE,
    UNTIL_ROOM,
    Floats,
    Ints,
)
from simulator.engines.compiled import kernel
from simulator.engines.kernels.aid import asks_partners
from simulator.engines.kernels.cases import enter, leave, leave_to_be_seen, stay_of
from simulator.engines.kernels.chance import (
    GIVES_UP as GIVES_UP_DRAW,
)
from simulator.engines.kernels.chance import (
    INTERRUPTED,
    PATIENCE,
    REFUSED,
    draw_of,
    drawn_entry,
    law_value,
    number_of,
)
from simulator.engines.kernels.clocks import reaches
from simulator.engines.kernels.folk import comes, first_open, home_of, segment_of
from simulator.engines.kernels.layout import (
    ACTIVITY,
    AS_KLASS,
    BECOMES_SEGMENT,
    COUNT,
    DEATHS_IN_CARE,
    ENTRY_KIND,
    FIRST,
    GIVES_UP,
    GIVES_UP_CHOICE,
    HELPED_AT,
    HOLDS_PREVIOUS,
    INTERRUPTED_CHOICE,
    IS_OPEN,
    KEEPING,
    KLASS,
    NEXT_OF_PERSON,
    NOBODY,
    NONE,
    NOW,
    OPTION_COUNT,
    OPTIONS,
    PACT_COUNT,
    PACT_USED,
    PATIENCE_LAW,
    PATIENCE_TIMES,
    PERSON,
    POOL_RETURNED,
    POOL_SIZE,
    POOLS,
    PRIORITY,
    QUEUE,
    REFUSED_CHOICE,
    RETURNS_TO,
    ROW,
    SINCE,
    TARGET,
    WAIT_ROW,
    WAITING,
    WAITS_FOR,
)
from simulator.engines.kernels.leaving import lets_go, lets_into_room
from simulator.engines.kernels.noting import note, note_person
from simulator.engines.kernels.patience import keeps_patience, loses_patience_at
from simulator.engines.kernels.people import becomes, set_dead
from simulator.engines.kernels.queues import has_room, join, priority_at, quit_queue, resource_for
from simulator.engines.kernels.rows import add, begins_to_wait, ends_to_wait, gives_up_after, row_of
from simulator.engines.kernels.schemes import release_from_all
from simulator.engines.kernels.starting import (
    comes_to,
    goes_to,
    group_row,
    keeping_on_the_way,
    may_start_now,
    starts_from_queue_of,
    starts_in_place,
    visits,
)
from simulator.engines.variates import whole_seconds


@kernel
def opens(world: Ints, reals: Floats, agenda: Ints, case: int, entry: int) -> None:
    """A need or referral becomes a case and takes its first route."""
    enter(world, case)
    note(world, log.OPENED, case, NONE)
    reaches(world, case, AT_NEED, NONE)
    goes(world, reals, agenda, case, entry)


@kernel
def goes(world: Ints, reals: Floats, agenda: Ints, case: int, entry: int) -> None:
    """Take a way onward: to an activity, or out of the system; who is refused takes another."""
    while entry != NONE:
        if world[entry + AS_KLASS] >= 0:
            world[case + KLASS] = world[entry + AS_KLASS]
        if world[entry + BECOMES_SEGMENT] >= 0 and world[case + PERSON] != NOBODY:
            becomes(world, world[case + PERSON], world[entry + BECOMES_SEGMENT])
        kind = world[entry + ENTRY_KIND]
        if kind in (TO_EXIT, TO_DIED):
            goes_out(world, reals, agenda, case, kind == TO_DIED)
            return
        entry = arrives(world, reals, agenda, case, target_of(world, case, entry))


@kernel
def goes_out(world: Ints, reals: Floats, agenda: Ints, case: int, by_death: bool) -> None:
    """Leave the system; one whose person has died takes all else of that person along."""
    person = world[case + PERSON]
    has_died = by_death and person != NOBODY
    if has_died:
        set_dead(world, person)
    lets_go(world, reals, agenda, case, False)
    if world[case + RETURNS_TO] != NONE and not by_death:
        world[world[POOLS] + (world[case + RETURNS_TO] - 1) * POOL_SIZE + POOL_RETURNED] += 1
    closes(world, case, log.EXITS)
    if has_died:
        world[world[DEATHS_IN_CARE] + segment_of(world, person)] += 1
        person_dies(world, reals, agenda, person)


@kernel
def target_of(world: Ints, case: int, entry: int) -> int:
    """Return the activity to which an entry leads now."""
    target, kind = world[entry + TARGET], world[entry + ENTRY_KIND]
    if kind == TO_ACTIVITY:
        return target
    best = world[target + FIRST]
    for number in range(world[target + COUNT]):
        act = world[target + FIRST + number]
        if kind == TO_FIRST_FREE:
            if may_start_now(world, case, act):
                return act
        elif waiting_for(world, case, act) < waiting_for(world, case, best):
            best = act
    return best


@kernel
def waiting_for(world: Ints, case: int, act: int) -> int:
    """Return how many wait for the resource that a case would need for an activity."""
    return world[resource_for(world, case, act) + WAITING]


@kernel
def arrives(world: Ints, reals: Floats, agenda: Ints, case: int, wanted: int) -> int:
    """Start at once at the activity or an alternative, at home or a partner's; else wait; else be refused.

    Returns the way onward of one who is refused, else none.
    """
    if world[wanted + HOLDS_PREVIOUS] != 0:
        starts_in_place(world, reals, agenda, case, wanted)
        return NONE
    options, count = world[wanted + OPTIONS], world[wanted + OPTION_COUNT]
    for number in range(count):
        act = world[options + number]
        if may_start_now(world, case, act):
            goes_to(world, reals, agenda, case, act, -1)
            return NONE
    if world[PACT_COUNT] > 0:
        act = asks_partners(world, reals, case, wanted)
        if act != NONE:
            goes_to(world, reals, agenda, case, act, -1)
            return NONE
    for number in range(count):
        act = world[options + number]
        keeping = keeping_on_the_way(world, case, act)
        if keeping != LEAVES_AT_ONCE or has_room(world, resource_for(world, case, act)):
            comes_to(world, reals, agenda, case, act)
            waits(world, reals, agenda, case, act, keeping)
            return NONE
    return is_refused(world, reals, agenda, case, wanted)


@kernel
def is_refused(world: Ints, reals: Floats, agenda: Ints, case: int, wanted: int) -> int:
    """Write down a refusal; return the way onward."""
    visits(world, case, wanted)
    row = row_of(world, case, wanted)
    add(world, row, records.ARRIVALS)
    add(world, row, records.REFUSED)
    note(world, log.REFUSED, case, wanted)
    lets_go(world, reals, agenda, case, False)
    choice = world[group_row(world, case, wanted) + REFUSED_CHOICE]
    return drawn_entry(world, reals, case, wanted, choice, REFUSED)


@kernel
def waits(world: Ints, reals: Floats, agenda: Ints, case: int, act: int, keeping: int) -> None:
    """Join the queue; patience runs from now."""
    stands_in_line(world, case, act, world[NOW], keeping)
    join(world, case)
    law = world[group_row(world, case, act) + PATIENCE_LAW]
    if law != NONE:
        u = draw_of(world, case, act, PATIENCE)
        value = law_value(world, reals, law, u, number_of(world, case)) * reals[world[act + PATIENCE_TIMES]]
        loses_patience_at(world, agenda, case, world[NOW] + whole_seconds(value))
    leave_to_be_seen(world, case)
    if keeping == UNTIL_ROOM:
        lets_into_room(world, reals, agenda, world[case + QUEUE])


@kernel
def stands_in_line(world: Ints, case: int, act: int, since: int, keeping: int) -> None:
    """Write down what a case waits for, and from when its turn counts."""
    world[case + WAITS_FOR], world[case + QUEUE] = act, resource_for(world, case, act)
    world[case + KEEPING], world[case + SINCE] = keeping, since
    world[case + PRIORITY] = priority_at(world, case, act)
    world[case + WAIT_ROW] = row_of(world, case, act)
    begins_to_wait(world, world[case + WAIT_ROW])


@kernel
def gives_up(world: Ints, reals: Floats, agenda: Ints, case: int) -> None:
    """A case that still waits has lost its patience: it lets go of a kept place first."""
    if world[case + GIVES_UP] != world[NOW] or world[case + WAITS_FOR] == NONE:
        return
    act, resource = world[case + WAITS_FOR], world[case + QUEUE]
    gives_up_after(world, world[case + WAIT_ROW], world[NOW] - world[case + SINCE])
    note(world, log.GAVE_UP, case, act)
    stops_waiting(world, case)
    lets_go(world, reals, agenda, case, False)
    lets_into_room(world, reals, agenda, resource)
    choice = world[group_row(world, case, act) + GIVES_UP_CHOICE]
    goes(world, reals, agenda, case, drawn_entry(world, reals, case, act, choice, GIVES_UP_DRAW))


@kernel
def starts_from_queue(world: Ints, reals: Floats, agenda: Ints, case: int, resource: int, pact: int) -> None:
    """One who waited starts in a place of a resource: its own, or a partner's under a pact."""
    act, since = world[case + WAITS_FOR], world[case + SINCE]
    if pact != NONE:
        world[pact + PACT_USED] += 1
        world[case + HELPED_AT] = resource
    stops_waiting(world, case)
    starts_from_queue_of(world, reals, agenda, case, act, since)


@kernel
def stops_waiting(world: Ints, case: int) -> None:
    """Leave the queue; whoever asks for it then lets others into the room that is left."""
    ends_to_wait(world, world[case + WAIT_ROW])
    quit_queue(world, case)
    world[case + WAITS_FOR] = world[case + QUEUE] = NONE
    keeps_patience(world, case)


@kernel
def is_interrupted(world: Ints, reals: Floats, agenda: Ints, case: int, stay: int) -> None:
    """A home-based stay ends because its person is admitted: it takes its own route ``interrupted``."""
    act = world[stay + ACTIVITY]
    add(world, world[stay + ROW], records.INTERRUPTED)
    if world[case + WAITS_FOR] != NONE:
        add(world, world[case + WAIT_ROW], records.INTERRUPTED)
    note(world, log.INTERRUPTED, case, act)
    drops_out(world, reals, agenda, case)
    choice = world[group_row(world, case, act) + INTERRUPTED_CHOICE]
    goes(world, reals, agenda, case, drawn_entry(world, reals, case, act, choice, INTERRUPTED))


@kernel
def person_dies(world: Ints, reals: Floats, agenda: Ints, person: int) -> None:
    """A person dies: every open case and enrolment ends."""
    segment = segment_of(world, person)
    set_dead(world, person)
    comes(world, segment, home_of(world, person), -1)
    note_person(world, log.DEATH, person, 0, segment)
    case = first_open(world, person)
    while case != NONE:
        following = world[case + NEXT_OF_PERSON]
        if world[case + IS_OPEN] != 0:
            case_dies(world, reals, agenda, case)
        case = following
    release_from_all(world, person)


@kernel
def case_dies(world: Ints, reals: Floats, agenda: Ints, case: int) -> None:
    """A case ends because its person dies: no route; what it held is free this second."""
    stay = stay_of(world, case)
    if world[case + WAITS_FOR] != NONE:
        add(world, world[case + WAIT_ROW], records.DIED)
    elif stay != NONE:
        add(world, world[stay + ROW], records.DIED)
    drops_out(world, reals, agenda, case)
    closes(world, case, log.DIED)


@kernel
def drops_out(world: Ints, reals: Floats, agenda: Ints, case: int) -> None:
    """Leave queue and place at once."""
    resource = world[case + QUEUE]
    if world[case + WAITS_FOR] != NONE:
        stops_waiting(world, case)
    lets_go(world, reals, agenda, case, False)
    if resource != NONE:
        lets_into_room(world, reals, agenda, resource)


@kernel
def closes(world: Ints, case: int, how: int) -> None:
    """The case leaves the system."""
    world[case + IS_OPEN] = 0
    note(world, how, case, NONE)
    leave(world, case)
    leave_to_be_seen(world, case)
