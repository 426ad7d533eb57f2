"""Records of activities: counts and person-seconds of a row, by one idea.

Subtract the second on entering and add it on leaving: at a period's close T the person-seconds are the area
plus number inside × T, exact in whole numbers, with no second of last change to remember.
"""

import simulator.engines.records as field
from simulator.compiler.program import Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.folk import group_of
from simulator.engines.kernels.layout import (
    ACTIVITY,
    BINS,
    BINS_NEXT,
    BROKEN,
    BROKEN_CASE,
    GROUP_ROW,
    GROUP_SIZE,
    GROUPS,
    HOME,
    IMPOSSIBLE_ROW,
    NEVER,
    NONE,
    NOW,
    READY,
    ROW,
    ROW_ACTIVE,
    ROW_BINS,
    ROW_KEPT,
    ROW_SIZE,
    ROW_WAITING,
    ROWS,
    STARTED,
    WAITED_BEFORE,
    WINDOW,
)
from simulator.engines.records import WAIT_BINS
from simulator.engines.wait_bins import wait_bin


@kernel
def row_of(world: Ints, case: int, act: int) -> int:
    """Return the record row of a case at an activity."""
    row = world[world[act + GROUPS] + group_of(world, case) * GROUP_SIZE + GROUP_ROW]
    if row < 0:
        world[BROKEN], world[BROKEN_CASE] = IMPOSSIBLE_ROW, case
        row = 0
    return world[ROWS] + (row + world[case + HOME]) * ROW_SIZE


@kernel
def add(world: Ints, row: int, what: int) -> None:
    """Count one event of the field ``what``."""
    world[row + what] += 1


@kernel
def begins_to_wait(world: Ints, row: int) -> None:
    """One more waits."""
    world[row + ROW_WAITING] += 1
    world[row + field.WAITING_AREA] -= world[NOW]


@kernel
def ends_to_wait(world: Ints, row: int) -> None:
    """One fewer waits."""
    world[row + ROW_WAITING] -= 1
    world[row + field.WAITING_AREA] += world[NOW]


@kernel
def is_there(world: Ints, row: int) -> None:
    """One more is in the activity (on day one without having started in this run)."""
    world[row + ROW_ACTIVE] += 1
    world[row + field.ACTIVE_AREA] -= world[NOW]


@kernel
def begins_stay(world: Ints, stay: int) -> None:
    """One starts after a wait."""
    row, waited = world[stay + ROW], world[stay + WAITED_BEFORE]
    is_there(world, row)
    world[row + field.STARTS] += 1
    if waited != 0:
        world[row + field.WAITED] += 1
        world[row + field.WAIT_SECONDS] += waited
    if world[NOW] >= world[WINDOW]:
        world[bins_of(world, row) + wait_bin(waited)] += 1


@kernel
def bins_of(world: Ints, row: int) -> int:
    """Return where the bins of a row's waits begin, giving it a block when it has none."""
    if world[row + ROW_BINS] == NONE:
        world[BINS_NEXT] += 1
        world[row + ROW_BINS] = world[BINS_NEXT]
    return world[BINS] + (world[row + ROW_BINS] - 1) * WAIT_BINS


@kernel
def ends_activity(world: Ints, stay: int) -> None:
    """The activity of one is over; the place may still be kept."""
    row, now = world[stay + ROW], world[NOW]
    world[row + ROW_ACTIVE] -= 1
    world[row + field.ACTIVE_AREA] += now
    world[row + ROW_KEPT] += 1
    world[row + field.KEPT_AREA] -= now


@kernel
def ends_stay(world: Ints, stay: int) -> None:
    """One leaves; from its ``READY`` second on, if there is one, the place was only kept."""
    row, now, ready = world[stay + ROW], world[NOW], world[stay + READY]
    world[row + field.LEAVES] += 1
    world[row + field.LEFT_WAIT_SECONDS] += world[stay + WAITED_BEFORE]
    world[row + field.STAY_SECONDS] += now - world[stay + STARTED]
    if ready == NEVER:
        world[row + ROW_ACTIVE] -= 1
        world[row + field.ACTIVE_AREA] += now
    else:
        world[row + ROW_KEPT] -= 1
        world[row + field.KEPT_AREA] += now
        world[row + field.KEPT_STAY_SECONDS] += now - ready


@kernel
def gives_up_after(world: Ints, row: int, waited: int) -> None:
    """One gives up waiting."""
    world[row + field.GAVE_UP] += 1
    world[row + field.GAVE_UP_SECONDS] += waited


@kernel
def present_in(world: Ints, first: int, count: int) -> int:
    """How many are in ``count`` rows from row number ``first`` on, their activity over or not."""
    total = 0
    for number in range(first, first + count):
        row = world[ROWS] + number * ROW_SIZE
        total += world[row + ROW_ACTIVE] + world[row + ROW_KEPT]
    return total


@kernel
def write_stay(world: Ints, stay: int, act: int, row: int, waited: int) -> None:
    """Write down a stay that begins now."""
    world[stay + ACTIVITY], world[stay + ROW] = act, row
    world[stay + STARTED], world[stay + WAITED_BEFORE], world[stay + READY] = world[NOW], waited, NEVER
