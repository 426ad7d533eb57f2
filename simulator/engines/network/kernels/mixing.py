"""Who is in each lane: one sweep of the traffic equations, and what a lane's average is made of."""

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel

NEXT_TO_NONE = 1e-30


@kernel
def sweep(
    visits: Floats, found: Floats, of: Ints, outcome: Floats, ways: tuple[Ints, Ints, Ints, Floats]
) -> None:
    """Follow every visit (nodes, H + 1) one way onward and add what arrives to ``found``.

    ``outcome`` (lanes, kinds) are the shares of those who come to a lane that end in each kind of way.
    """
    start, kind, end, share = ways
    homes = visits.shape[1]
    for way in range(start.shape[0]):
        if end[way] < 0 or share[way] <= 0.0:
            continue
        for home in range(homes):
            lane = of[start[way], home]
            if lane >= 0:
                found[end[way], home] += visits[start[way], home] * outcome[lane, kind[way]] * share[way]


@kernel
def weigh(
    visits: Floats, of: Ints, way_link: Ints, ways: tuple[Ints, Ints, Ints, Floats], links: Floats
) -> None:
    """Add up what goes along each link if all in a lane go on in proportion to their visits."""
    start, _, _, share = ways
    for way in range(start.shape[0]):
        for home in range(visits.shape[1]):
            if way_link[way, home] >= 0:
                links[way_link[way, home]] += (visits[start[way], home] + NEXT_TO_NONE) * share[way]
