"""What the host reads at a moment: areas up to now, and clocks that run longer than a target."""

from simulator.compiler.program import Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.layout import (
    CASE_WIDTH,
    CASES,
    CASES_NEXT,
    CLOCKS_AT,
    IS_OPEN,
    NOT_RUNNING,
    NOW,
    REAL_RESOURCES,
    RESOURCE_SIZE,
    RESOURCES,
)
from simulator.engines.kernels.places import meter


@kernel
def meter_all(world: Ints) -> None:
    """Add up the areas of all resources up to now."""
    for index in range(world[REAL_RESOURCES]):
        meter(world, world[RESOURCES] + index * RESOURCE_SIZE)


@kernel
def running_over(world: Ints, clock: int, limit: int) -> int:
    """Count the cases whose clock has run for longer than a limit."""
    total = 0
    for case in range(world[CASES], world[CASES_NEXT], world[CASE_WIDTH]):
        started = world[case + world[CLOCKS_AT] + clock]
        if world[case + IS_OPEN] != 0 and started != NOT_RUNNING and world[NOW] - started > limit:
            total += 1
    return total
