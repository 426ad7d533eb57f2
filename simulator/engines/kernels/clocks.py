"""Clocks: spans that a standard is about, started and stopped at points of a case."""

from simulator.compiler.program import Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.folk import group_of
from simulator.engines.kernels.layout import (
    ACT_INDEX,
    ACTIVITY_COUNT,
    CLOCK_BINS,
    CLOCK_COUNT,
    CLOCK_OPEN,
    CLOCK_PERIOD,
    CLOCK_RESTARTS,
    CLOCK_SIZE,
    CLOCK_STARTS,
    CLOCK_STOPS,
    CLOCKS,
    CLOCKS_AT,
    COUNT,
    FIRST,
    HOME,
    HOMES,
    NONE,
    NOT_RUNNING,
    NOW,
    STOPPED,
    STOPPED_SECONDS,
    TARGET_COUNT,
    TARGET_SECONDS,
    TARGET_SIZE,
    TARGETS,
    WINDOW,
    WITHIN,
    WITHIN_PERIOD,
)
from simulator.engines.records import WAIT_BINS
from simulator.engines.wait_bins import wait_bin


@kernel
def reaches(world: Ints, case: int, point: int, act: int) -> None:
    """Note that a case is at a point: clocks that stop here stop first, then those that start here start."""
    if world[CLOCK_COUNT] > 0:
        reaches_at(world, case, point, act, world[NOW])


@kernel
def reaches_at(world: Ints, case: int, point: int, act: int, now: int) -> None:
    """Note that a case was at a point at a second."""
    index = world[act + ACT_INDEX] if act != NONE else -1
    place = point * (world[ACTIVITY_COUNT] + 1) + index + 1
    stops = world[world[CLOCK_STOPS] + place]
    for number in range(world[stops + COUNT]):
        stop_clock(world, case, world[stops + FIRST + number], now)
    starts = world[world[CLOCK_STARTS] + place]
    for number in range(world[starts + COUNT]):
        start_clock(world, case, world[starts + FIRST + number], now)


@kernel
def start_clock(world: Ints, case: int, index: int, now: int) -> None:
    """Start a clock of a case that does not run yet; one that restarts begins anew."""
    place = case + world[CLOCKS_AT] + index
    if world[place] == NOT_RUNNING:
        world[place] = now
        world[world[CLOCKS] + index * CLOCK_SIZE + CLOCK_OPEN] += 1
    elif world[world[CLOCKS] + index * CLOCK_SIZE + CLOCK_RESTARTS] != 0:
        world[place] = now


@kernel
def stop_clock(world: Ints, case: int, index: int, now: int) -> None:
    """Stop a clock of a case that runs, and write down how long it ran."""
    place = case + world[CLOCKS_AT] + index
    if world[place] == NOT_RUNNING:
        return
    seconds = now - world[place]
    world[place] = NOT_RUNNING
    clock = world[CLOCKS] + index * CLOCK_SIZE
    world[clock + CLOCK_OPEN] -= 1
    world[world[clock + CLOCK_PERIOD]] += 1
    world[world[clock + CLOCK_PERIOD] + 1] += seconds
    group, in_window = group_of(world, case), now >= world[WINDOW]
    cell = group * (world[HOMES] + 1) + world[case + HOME]
    for number in range(world[clock + TARGET_COUNT]):
        target = world[clock + TARGETS] + number * TARGET_SIZE
        if seconds <= world[target + TARGET_SECONDS]:
            world[world[target + WITHIN_PERIOD]] += 1
            if in_window:
                world[world[target + WITHIN] + cell] += 1
    if in_window:
        world[world[clock + STOPPED] + cell] += 1
        world[world[clock + STOPPED_SECONDS] + cell] += seconds
        world[world[clock + CLOCK_BINS] + group * WAIT_BINS + wait_bin(seconds)] += 1


@kernel
def drop_clocks(world: Ints, case: int) -> None:
    """Forget the clocks of a case that ends with them running."""
    for index in range(world[CLOCK_COUNT]):
        place = case + world[CLOCKS_AT] + index
        if world[place] != NOT_RUNNING:
            world[place] = NOT_RUNNING
            world[world[CLOCKS] + index * CLOCK_SIZE + CLOCK_OPEN] -= 1
