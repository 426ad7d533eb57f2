"""What the calendar says: readings, rings, quarters, weeks, interventions, enrolment, capacity."""

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.enrolling import enrol_all
from simulator.engines.kernels.feeds import Feeds
from simulator.engines.kernels.layout import (
    AT_HOST,
    BEGIN_DAY,
    BEGIN_QUARTER,
    BEGIN_SCHEME,
    BEGIN_WEEK,
    COUNT,
    DAILY,
    DECIDE_SHIFT,
    END_SCHEME,
    ENROL,
    FIRST,
    HOUR_COUNTS,
    HOUR_SUMS,
    KEPT,
    LOOK_ROUND,
    MAKE_SHIFT,
    QUARTER,
    REACHED,
    READ_COUNT,
    READ_HOUR,
    REAL_RESOURCES,
    RESOURCE_SIZE,
    RESOURCES,
    RING_CLOSED,
    RING_FAILS,
    SET_CAPACITY,
    USED,
    WAITING,
)
from simulator.engines.kernels.patience import plan_day
from simulator.engines.kernels.places import set_capacity
from simulator.engines.kernels.rings import change_places, find_ring
from simulator.engines.kernels.rows import present_in
from simulator.engines.kernels.schemes import begin_scheme, begin_week, end_scheme, scheme_at
from simulator.engines.kernels.shifting import (
    begin_week_of_pacts,
    decide_shift,
    end_shifts,
    look_round,
    make_shift,
)

WHOM_BITS = 32


@kernel
def happens_by_calendar(world: Ints, reals: Floats, agenda: Ints, feeds: Feeds, at: int) -> int:
    """Let one thing happen that the calendar knew; say whether the host has to look in."""
    what, whom = feeds.calendar[at, 2], feeds.calendar[at, 3]
    if what == SET_CAPACITY:
        resource, number = whom >> WHOM_BITS, (whom & ((1 << WHOM_BITS) - 1)) - 1
        set_capacity(world, world[RESOURCES] + resource * RESOURCE_SIZE, number)
    elif what == READ_HOUR:
        read_hour(world, whom)
    elif what == READ_COUNT:
        read_count(world, whom)
    elif what == BEGIN_DAY:
        plan_day(world, agenda)
        return search_rings(world, reals, agenda)
    elif what >= BEGIN_QUARTER:
        happens_to_schemes(world, reals, agenda, feeds, at)
    else:
        return AT_HOST
    return REACHED


@kernel
def happens_to_schemes(world: Ints, reals: Floats, agenda: Ints, feeds: Feeds, at: int) -> None:
    """Let a quarter or week begin, an intervention start or end, or people be enrolled."""
    what, whom = feeds.calendar[at, 2], feeds.calendar[at, 3]
    if what == BEGIN_QUARTER:
        world[QUARTER] += 1
    elif what == BEGIN_WEEK:
        begin_week(world, reals)
        begin_week_of_pacts(world)
    elif what == BEGIN_SCHEME:
        begin_scheme(world, reals, scheme_at(world, whom))
    elif what == END_SCHEME:
        end_scheme(world, reals, scheme_at(world, whom))
        end_shifts(world, scheme_at(world, whom))
    elif what == ENROL:
        enrol_all(world, reals, agenda, feeds)
    else:
        happens_to_partners(world, reals, what, whom)


@kernel
def happens_to_partners(world: Ints, reals: Floats, what: int, whom: int) -> None:
    """Let partners look round, or places be moved among them."""
    if what == LOOK_ROUND:
        look_round(world)
    elif what == DECIDE_SHIFT:
        decide_shift(world, reals, whom)
    elif what == MAKE_SHIFT:
        make_shift(world, whom)


@kernel
def search_rings(world: Ints, reals: Floats, agenda: Ints) -> int:
    """Let rings that have closed change places, until there is none; say so if that fails the run."""
    length = find_ring(world)
    while length > 0:
        if world[RING_FAILS] != 0:
            return RING_CLOSED
        change_places(world, reals, agenda, length)
        length = find_ring(world)
    return REACHED


@kernel
def read_hour(world: Ints, hour: int) -> None:
    """Add the present state of every resource to the sums of a clock hour of the week."""
    world[world[HOUR_COUNTS] + hour] += 1
    for index in range(world[REAL_RESOURCES]):
        resource = world[RESOURCES] + index * RESOURCE_SIZE
        sums = world[resource + HOUR_SUMS] + 3 * hour
        world[sums] += world[resource + USED]
        world[sums + 1] += world[resource + KEPT]
        world[sums + 2] += world[resource + WAITING]


@kernel
def read_count(world: Ints, count: int) -> None:
    """Write down one daily count: places in use of some resources, and people in some activities."""
    row = world[DAILY] + 3 * count
    total = 0
    resources, spans = world[row], world[row + 1]
    for number in range(world[resources + COUNT]):
        total += world[world[resources + FIRST + number] + USED]
    for number in range(0, world[spans + COUNT], 2):
        total += present_in(world, world[spans + FIRST + number], world[spans + FIRST + number + 1])
    world[world[row + 2]] = total
    world[row + 2] += 1
