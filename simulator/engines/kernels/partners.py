"""With whom a resource shares its places now: of pacts that have begun and are not over."""

from simulator.compiler.program import Ints
from simulator.engines.compiled import kernel
from simulator.engines.kernels.layout import COUNT, FIRST, IS_RUNNING, PACT_MEMBERS, PACT_SCHEME, PACTS_OF


@kernel
def is_partner_now(world: Ints, resource: int, partner: int) -> bool:
    """Say whether a pact that both are in holds now."""
    pacts = world[resource + PACTS_OF]
    for number in range(0, world[pacts + COUNT], 2):
        pact = world[pacts + FIRST + number]
        if world[world[pact + PACT_SCHEME] + IS_RUNNING] != 0 and is_member(world, pact, partner):
            return True
    return False


@kernel
def is_member(world: Ints, pact: int, resource: int) -> bool:
    """Say whether a resource is in a pact."""
    members, found = world[pact + PACT_MEMBERS], False
    for place in range(world[members + COUNT]):
        found = found or world[members + FIRST + place] == resource
    return found
