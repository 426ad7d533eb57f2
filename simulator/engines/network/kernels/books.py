"""What a block begins with and leaves behind: where cases begin, and its sums written down."""

from simulator.compiler.program import Floats, Ints
from simulator.engines.compiled import kernel
from simulator.engines.network.kernels.net import LANE_FIELDS, STATION_FIELDS
from simulator.engines.records import ARRIVALS, DIED, STARTS


@kernel
def comes(
    rates: tuple[Floats, Floats],
    firsts: tuple[Ints, Ints, Ints],
    share: Floats,
    source_of: Ints,
    found: Floats,
    sources: Floats,
) -> None:
    """Give the rate a second of each first route at each home (firsts, H + 1), and of each source.

    ``rates``: of needs (N, S, H) and referrals (Q). ``firsts``: need or -1, segment, referral. ``share``
    (firsts, H + 1). ``source_of`` (firsts, H + 1) a source or -1.
    """
    needs, referrals = rates
    need, segment, referral = firsts
    nobody = needs.shape[2]
    sources[:] = 0.0
    for first in range(need.shape[0]):
        for home in range(nobody + 1):
            found[first, home] = 0.0
        if need[first] < 0:
            found[first, nobody] = referrals[referral[first]] * share[first, nobody]
        else:
            for home in range(nobody):
                found[first, home] = needs[need[first], segment[first], home] * share[first, home]
        for home in range(nobody + 1):
            if source_of[first, home] >= 0:
                sources[source_of[first, home]] += found[first, home]


@kernel
def closes(
    now: tuple[Floats, Floats, Floats],
    period: tuple[Floats, Floats],
    window: tuple[Floats, Floats, bool],
    since: tuple[Floats, Floats, Floats, Floats, Floats],
    links: tuple[Ints, Ints],
) -> float:
    """Write a block's sums down and begin new ones; return how many left.

    ``now``: lanes (L, LANE_FIELDS), stations (R, STATION_FIELDS), flows along links (K). ``period`` lanes and
    stations; ``window`` flows along links, starts by lane, and whether it has begun. ``since`` the last mix:
    lanes, stations, flows by lane and kind, arrivals and deaths. ``links``: those that lead out, and the key
    of each in flows by lane and kind.
    """
    lanes, stations, flows = now
    leaving, key = links
    gone = 0.0
    for place in range(leaving.shape[0]):
        gone += flows[leaving[place]]
    for lane in range(lanes.shape[0]):
        gone += lanes[lane, DIED]
        since[3][lane] += lanes[lane, ARRIVALS]
        since[4][lane] += lanes[lane, DIED]
        if window[2]:
            window[1][lane] += lanes[lane, STARTS]
        for at in range(LANE_FIELDS):
            period[0][lane, at] += lanes[lane, at]
            since[0][lane, at] += lanes[lane, at]
            lanes[lane, at] = 0.0
    for station in range(stations.shape[0]):
        for at in range(STATION_FIELDS):
            period[1][station, at] += stations[station, at]
            since[1][station, at] += stations[station, at]
            stations[station, at] = 0.0
    for link in range(flows.shape[0]):
        if window[2]:
            window[0][link] += flows[link]
        since[2][key[link]] += flows[link]
        flows[link] = 0.0
    return gone


@kernel
def made_up(share: Floats, lane_of: Ints, started: Floats, found: Floats) -> None:
    """Add the starts of lanes to those of nodes at homes (nodes, H + 1), by their shares; forget them."""
    for node in range(share.shape[0]):
        for home in range(share.shape[1]):
            if lane_of[node, home] >= 0:
                found[node, home] += share[node, home] * started[lane_of[node, home]]
    for lane in range(started.shape[0]):
        started[lane] = 0.0
