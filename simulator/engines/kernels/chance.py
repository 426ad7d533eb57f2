"""Draws by address, and what is read from the tables at them."""

from simulator.compiler.program import LAW_CONTINUOUS, LAW_STEPS, Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.draws import block, signed, uniform
from simulator.engines.kernels.layout import (
    ACT_HASH,
    ACT_INDEX,
    CASE_ID,
    CASE_NUMBER,
    CUMULATIVE,
    ENTRIES,
    ENTRY_COUNT,
    ENTRY_NAME,
    ENTRY_SIZE,
    LAW_KIND,
    LAW_SIZE_OF,
    NONE,
    POINTS,
    PROFILE_BORDER_COUNT,
    PROFILE_BORDERS,
    PROFILE_COUNT,
    PROFILE_DAYS,
    PROFILE_REALS,
    REPLICATION,
    SCALE,
    SEED,
    SHARES,
    VISITS_AT,
    YEAR_START,
)
from simulator.engines.profile_time import DAY, second_after
from simulator.engines.variates import quantile, step, whole_seconds

VISIT_BITS, IN_A_WORD = 16, 4
MOST_VISITS = (1 << VISIT_BITS) - 1

# Draws of an activity's purpose (docs/design.md, Identity and chance).
DURATION, ROUTE, PATIENCE, GIVES_UP, LEAVING, REFUSED, INTERRUPTED, TURNAROUND = range(8)
# Draws of an intervention's purpose.
UPTAKE, LOT, LENGTH = range(3)


@kernel
def draw_at(world: Ints, address: int, purpose: int, visit: int, draw: int) -> float:
    """Return the uniform number at an address."""
    return uniform(world[SEED], world[REPLICATION], address, purpose, visit, draw)


@kernel
def draw_of(world: Ints, case: int, act: int, draw: int) -> float:
    """Return a uniform number of a case at an activity, for its present visit there."""
    return draw_at(world, world[case + CASE_ID], world[act + ACT_HASH], visit_of(world, case, act), draw)


@kernel
def words_of(world: Ints, case: int, act: int) -> tuple[int, int]:
    """Return the words of the draws of duration and route: both stand in the first block of the visit."""
    purpose, visit = world[act + ACT_HASH], visit_of(world, case, act)
    first, second = block(world[SEED], world[REPLICATION], world[case + CASE_ID], purpose, visit, 0)
    return signed(first), signed(second)


@kernel
def visit_of(world: Ints, case: int, act: int) -> int:
    """Return how often a case came to an activity before its last visit there."""
    index = world[act + ACT_INDEX]
    word = world[case + world[VISITS_AT] + index // IN_A_WORD]
    return ((word >> (VISIT_BITS * (index % IN_A_WORD))) & MOST_VISITS) - 1


@kernel
def count_visit(world: Ints, case: int, act: int) -> bool:
    """Count one more visit of a case to an activity; say whether it can be counted."""
    if visit_of(world, case, act) + 1 >= MOST_VISITS:
        return False
    index = world[act + ACT_INDEX]
    place = case + world[VISITS_AT] + index // IN_A_WORD
    world[place] += 1 << (VISIT_BITS * (index % IN_A_WORD))
    return True


@kernel
def law_value(world: Ints, reals: Floats, law: int, u: float, number: int) -> float:
    """Return the value of a law at ``u``, not yet rounded; ``number`` (from 1) is the case's."""
    scale, points = reals[world[law + SCALE]], world[law + POINTS]
    if world[law + LAW_KIND] == LAW_CONTINUOUS:
        return scale * quantile(reals, points, u)
    size = world[law + LAW_SIZE_OF]
    if world[law + LAW_KIND] == LAW_STEPS:
        first = world[law + CUMULATIVE]
        return scale * reals[points + step(reals, first, size, u) - first]
    return scale * reals[points + (number - 1) % size]


@kernel
def law_seconds(world: Ints, reals: Floats, law: int, u: float, number: int) -> int:
    """Return a time drawn from a law, rounded once."""
    return whole_seconds(law_value(world, reals, law, u, number))


@kernel
def entry_at(world: Ints, reals: Floats, choice: int, u: float) -> int:
    """Return the entry of a choice at ``u``."""
    shares, last = world[choice + SHARES], world[choice + ENTRY_COUNT] - 1
    place = 0
    while place < last and u >= reals[shares + place]:
        place += 1
    return world[choice + ENTRIES] + place * ENTRY_SIZE


@kernel
def entry_named(world: Ints, choice: int, name: int) -> int:
    """Return the first entry of a choice that has a name, or none."""
    for place in range(world[choice + ENTRY_COUNT]):
        entry = world[choice + ENTRIES] + place * ENTRY_SIZE
        if world[entry + ENTRY_NAME] == name:
            return entry
    return NONE


@kernel
def share_of(world: Ints, reals: Floats, choice: int, name: int) -> float:
    """Return the share written for the first entry of a name, 0 if there is none."""
    before = 0.0
    for place in range(world[choice + ENTRY_COUNT]):
        share = reals[world[choice + SHARES] + place]
        if world[world[choice + ENTRIES] + place * ENTRY_SIZE + ENTRY_NAME] == name:
            return share - before
        before = share
    return 0.0


@kernel
def drawn_entry(world: Ints, reals: Floats, case: int, act: int, choice: int, draw: int) -> int:
    """Draw a way onward of a case at an activity."""
    return entry_at(world, reals, choice, draw_of(world, case, act, draw))


@kernel
def leaving_second(world: Ints, reals: Floats, profile: int, due: int, u: float) -> int:
    """Return the leaving moment of a stay that is due to end: 24 profile hours, drawn."""
    profiles, days = world[PROFILE_COUNT], world[PROFILE_DAYS]
    starts = world[PROFILE_REALS]
    weights = starts + profiles * (days + 1)
    seconds = weights + profiles * days
    integrals = seconds + world[PROFILE_BORDER_COUNT]
    ends = integrals + world[PROFILE_BORDER_COUNT]
    return second_after(
        reals[starts:weights].reshape((profiles, days + 1)),
        reals[weights:seconds].reshape((profiles, days)),
        world[world[PROFILE_BORDERS] : world[PROFILE_BORDERS] + profiles + 1],
        reals[seconds:integrals],
        reals[integrals:ends],
        world[YEAR_START],
        profile,
        due,
        u * DAY,
    )


@kernel
def number_of(world: Ints, case: int) -> int:
    """Return the number of a case in order of opening."""
    return world[case + CASE_NUMBER]
