"""What an exchange reads at a moment: numbers present, and what they and counts have added up to."""

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.layout import IS_RUNNING, NOW, STRENGTH, STRENGTHS, WEEK
from simulator.engines.kernels.places import meter
from simulator.engines.kernels.places import set_capacity as set_places


@kernel
def read_meters(world: Ints, resources: Ints, first: Ints, places: Ints, found: Ints) -> None:
    """Read every meter into a row of ``found``: present, total of the period.

    The entries of meter m are the rows ``first[m]`` to before ``first[m + 1]`` of ``places``: where a total
    stands, where the number present stands, and whether that number × now belongs to the total.
    """
    for number in range(len(resources)):
        meter(world, resources[number])
    for one in range(len(first) - 1):
        present, total = 0, 0
        for entry in range(first[one], first[one + 1]):
            inside = world[places[entry, 1]]
            total += world[places[entry, 0]]
            if places[entry, 2] != 0:
                total += inside * world[NOW]
            present += max(inside, 0)
        found[one, 0], found[one, 1] = present, total


@kernel
def change_capacity(world: Ints, resource: int, number: int) -> None:
    """Change a capacity from outside."""
    set_places(world, resource, number)


@kernel
def takes_strength(world: Ints, reals: Floats, scheme: int) -> None:
    """Let an intervention that runs act as strongly as its table says now."""
    if world[scheme + IS_RUNNING] != 0:
        reals[world[scheme + STRENGTH]] = reals[world[scheme + STRENGTHS] + world[scheme + WEEK]]
