"""What partners do for each other, written down: starts, and seconds in their places."""

from simulator.compiler.program import Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.folk import group_of
from simulator.engines.kernels.layout import (
    ACT_INDEX,
    CELL_AREA,
    CELL_INSIDE,
    CELL_SIZE,
    CELL_STARTS,
    HELP,
    HELPED,
    HELPED_AT,
    NONE,
    NOW,
    REAL_RESOURCES,
    RESOURCE_INDEX,
)


@kernel
def takes_help(world: Ints, case: int, act: int) -> None:
    """Write down that a case that was sent to a partner is there."""
    partner = world[case + HELPED_AT]
    place = world[HELP] + world[act + ACT_INDEX] * world[REAL_RESOURCES] + world[partner + RESOURCE_INDEX]
    cell = world[place] + group_of(world, case) * CELL_SIZE
    world[case + HELPED], world[case + HELPED_AT] = cell, NONE
    world[cell + CELL_STARTS] += 1
    world[cell + CELL_INSIDE] += 1
    world[cell + CELL_AREA] -= world[NOW]


@kernel
def leaves_partner(world: Ints, case: int) -> None:
    """Write down that a case leaves a partner's place."""
    cell = world[case + HELPED]
    world[cell + CELL_INSIDE] -= 1
    world[cell + CELL_AREA] += world[NOW]
    world[case + HELPED] = NONE
