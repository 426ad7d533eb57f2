"""Who is in each lane: one sweep of the traffic equations, and what a lane's average is made of."""

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel

NEXT_TO_NONE = 1e-30


@kernel
def sweeps(
    visits: Floats,
    firsts: tuple[Floats, Ints],
    rounds: int,
    of: tuple[Ints, Floats],
    ways: tuple[Ints, Ints, Ints, Floats],
    work: tuple[Floats, Floats],
) -> None:
    """Follow every visit one way onward and add it to those that are the first, so many times over: an even
    number of sweeps ends in ``visits`` (nodes, H + 1), an odd one in the work's.

    ``firsts``: rates of first routes (firsts, H + 1) and the node of each, or -1. ``of``: the lane of a node;
    the shares of those who come to a lane that end in each kind of way (lanes, kinds). ``work``: the part of
    its start's visits that goes each way (ways, H + 1), and visits. Ways' shares are (ways, H + 1).
    """
    lane_of, outcome = of
    start, kind, end, share = ways
    part, found = work
    for way in range(start.shape[0]):
        if end[way] < 0:
            continue
        for home in range(visits.shape[1]):
            lane = lane_of[start[way], home]
            part[way, home] = outcome[lane, kind[way]] * share[way, home] if lane >= 0 else 0.0
    for _ in range(rounds):
        found[:] = 0.0
        for first in range(firsts[1].shape[0]):
            if firsts[1][first] >= 0:
                for home in range(visits.shape[1]):
                    found[firsts[1][first], home] += firsts[0][first, home]
        for way in range(start.shape[0]):
            if end[way] < 0:
                continue
            for home in range(visits.shape[1]):
                found[end[way], home] += visits[start[way], home] * part[way, home]
        visits, found = found, visits


@kernel
def mixes(
    visits: Floats,
    of: tuple[Ints, Ints, Ints],
    ways: tuple[Ints, Ints, Ints, Floats],
    stays: tuple[Floats, Floats],
    found: tuple[Floats, Floats, Floats, Floats],
    by_lane: Floats,
) -> None:
    """Work out what lanes are made of by the visits (nodes, H + 1): ``found`` are the share of its lane's
    visits (nodes, H + 1), links' shares of their kind of ending, mean and mean square of the stay by lane.

    ``of``: the lane of a node, the link of a way at a home, where the links of each lane and kind begin.
    ``ways``' shares (ways, H + 1); ``stays`` (nodes, H + 1). ``by_lane`` (lanes), to work in.
    """
    lane_of, way_link, link_first = of
    share, links, mean, square = found
    by_lane[:], links[:], mean[:], square[:] = 0.0, 0.0, 0.0, 0.0
    # Homes of one node are mostly of one lane: added up before they are written down.
    for node in range(visits.shape[0]):
        lane, total = -1, 0.0
        for home in range(visits.shape[1]):
            here = lane_of[node, home]
            if here != lane:
                if lane >= 0:
                    by_lane[lane] += total
                lane, total = here, 0.0
            total += visits[node, home] + NEXT_TO_NONE
        if lane >= 0:
            by_lane[lane] += total
    for node in range(visits.shape[0]):
        lane, first, second = -1, 0.0, 0.0
        for home in range(visits.shape[1]):
            here = lane_of[node, home]
            if here != lane:
                if lane >= 0:
                    mean[lane] += first
                    square[lane] += second
                lane, first, second = here, 0.0, 0.0
            share[node, home] = (visits[node, home] + NEXT_TO_NONE) / by_lane[here] if here >= 0 else 0.0
            first += share[node, home] * stays[0][node, home]
            second += share[node, home] * stays[1][node, home]
        if lane >= 0:
            mean[lane] += first
            square[lane] += second
    adds_links(visits, way_link, ways, links)
    for key in range(link_first.shape[0] - 1):
        below = 0.0
        for link in range(link_first[key], link_first[key + 1]):
            below += links[link]
        for link in range(link_first[key], link_first[key + 1]):
            links[link] = links[link] / below if below > 0.0 else 0.0


@kernel
def adds_links(visits: Floats, way_link: Ints, ways: tuple[Ints, Ints, Ints, Floats], links: Floats) -> None:
    """Add up what goes along each link if all in a lane go on in proportion to their visits."""
    start, _, _, share = ways
    for way in range(start.shape[0]):
        link, total = -1, 0.0
        for home in range(visits.shape[1]):
            here = way_link[way, home]
            if here != link:
                if link >= 0:
                    links[link] += total
                link, total = here, 0.0
            total += (visits[start[way], home] + NEXT_TO_NONE) * share[way, home]
        if link >= 0:
            links[link] += total


@kernel
def shares_within(
    weights: tuple[Floats, Floats, Floats], spots: tuple[Ints, Ints], total: Floats, found: Floats
) -> None:
    """Give the shares of each spot in its lane (3, spots): of visits, of visits that end in keeping a place,
    of time inside; of visits where a lane has none of these.

    ``weights`` (nodes × (H + 1)): visits' shares, those kept, stays. ``spots``: lane, place in (nodes, H + 1)
    flattened. ``total`` (3, lanes), to work in.
    """
    visits, keeping, stay = weights
    lane, at = spots
    total[:] = 0.0
    for spot in range(lane.shape[0]):
        share = visits[at[spot]]
        found[0, spot], found[1, spot] = share, share * keeping[at[spot]]
        found[2, spot] = share * stay[at[spot]]
        for row in range(3):
            total[row, lane[spot]] += found[row, spot]
    for row in range(3):
        for spot in range(lane.shape[0]):
            one = row if total[row, lane[spot]] > 0.0 else 0
            share = found[row, spot] if one == row else visits[at[spot]]
            below = total[one, lane[spot]]
            found[row, spot] = share / below if below > 0.0 else 0.0


@kernel
def outcomes(flows: Floats, arrived: Floats, died: Floats, instead: int, found: Floats) -> None:
    """Give the shares of those who came to each lane that went on by each kind of way (lanes, kinds).

    ``flows`` (lanes, kinds) along ways, those from ``instead`` on of people who went elsewhere at once;
    ``arrived``, ``died`` (lanes). Where nobody came or went, all are through.
    """
    for lane in range(flows.shape[0]):
        ended, elsewhere = died[lane], 0.0
        for kind in range(flows.shape[1]):
            found[lane, kind] = 0.0
            if kind < instead:
                ended += flows[lane, kind]
            else:
                elsewhere += flows[lane, kind]
        wanted = arrived[lane] + elsewhere
        if ended <= 0.0 or wanted <= 0.0:
            found[lane, 0] = 1.0
            continue
        for kind in range(flows.shape[1]):
            if kind < instead:
                found[lane, kind] = flows[lane, kind] / ended * (1.0 - elsewhere / wanted)
            else:
                found[lane, kind] = flows[lane, kind] / wanted
