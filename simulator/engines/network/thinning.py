"""What a queue stands in: how arrivals thin out as it fills, and how many of its places are kept by others.

Who needs more free places comes no more when few are left, and who can goes elsewhere. Places kept by people
who wait for another resource are now none, now many, and change slowly beside the queue.
"""

import numpy as np

from simulator.compiler.program import Floats, Ints, Program
from simulator.engines.network.assembly import Assembly
from simulator.engines.network.kernels.crowding import Crowd, crowds
from simulator.engines.network.kernels.net import CELLS, EVEN
from simulator.engines.network.matching import Kept
from simulator.engines.network.nodes import INSTEAD
from simulator.engines.network.queue import Setting
from simulator.engines.network.stationary import Thinning

LEAST_KEPT = 0.03
# A source matters to a queue if so much of the queue comes from it.
LEAST_SHARE = 0.5
# Nobody's queue is taken to be more uneven than this.
LEAST_EVEN = 0.05
# Spells of coming, and of keeping places, are no shorter part of the time; nobody's law is wider or narrower.
LEAST_PART = 0.05
LEAST_SPREAD, MOST_SPREAD = 0.1, 2.0


class Members:
    """Which lanes and cells wait for each resource, which keep one of it elsewhere, and who comes to it as an
    alternative."""

    def __init__(self, laid: Assembly) -> None:
        lanes, resources = laid.lanes, len(laid.closures.needed)
        held = lanes.cell_holder >= 0
        waited, holder = lanes.station[lanes.cell_lane], lanes.cell_holder
        elsewhere = held & (laid.net.lane_held[np.maximum(holder, 0)] == 0)
        place = np.where(elsewhere, lanes.place[holder], -1)
        self.kept = [np.flatnonzero(place == one) for one in range(resources)]
        keeper = np.full(lanes.count, -1)
        keeper[holder[elsewhere]] = place[elsewhere]
        self.holds = np.bincount(waited[held & (waited >= 0)], minlength=resources) > 0
        self._lanes = (lanes.station, laid.closures.row, lanes.needed, keeper)
        self._cells = (waited, np.where(held, lanes.place[holder], -1))
        self._crowd = Crowd(
            tried=np.zeros(resources),
            by_need=np.zeros((resources, max(len(one) for one in laid.closures.needed) if resources else 1)),
            waiting=np.zeros(resources),
            fewer=np.zeros(resources, dtype=np.bool_),
            queued=np.zeros(resources),
            where=np.zeros((resources, resources)),
            inside=np.zeros(resources),
            kept=np.zeros(resources),
        )
        here = lanes.station[lanes.cell_lane[np.maximum(lanes.link_cell, 0)]]
        instead = (lanes.link_kind >= INSTEAD) & (lanes.link_cell >= 0)
        self.instead = [
            lanes.link_lane[instead & (here == one)]
            if laid.closures.overflow[one]
            else np.zeros(0, dtype=np.int64)
            for one in range(resources)
        ]

    def crowd(self, laid: Assembly, *, lanes: Floats) -> Crowd:
        """Say how crowded the resources have been; ``lanes`` are what was since the last mix."""
        net = laid.net
        tries = (net.tried, net.wanted, net.blocked, net.stood)
        crowds(tries, self._lanes, (net.cell_stock, *self._cells), lanes, self._crowd)
        return self._crowd


def thinnings(
    laid: Assembly, members: Members, *, crowd: Crowd, full: Floats, seconds: float
) -> dict[int, Thinning]:
    """Say how arrivals thin out at each resource where they do, from what was tried in the seconds since last
    time; ``full`` (R) the share of the time in which nothing was free."""
    found = {}
    for station in np.flatnonzero(crowd.tried > 0).tolist():
        needed, total = laid.closures.needed[station], float(crowd.tried[station])
        eases, stops = None, None
        if members.holds[station]:
            eases, stops = _crowding(laid, crowd, station=station, seconds=seconds)
        if not (len(needed) > 1 or stops is not None or crowd.fewer[station]):
            continue
        share = [min(one / total, 1.0) for one in crowd.by_need[station, : len(needed)].tolist()]
        found[station] = Thinning(
            needed=needed,
            share=tuple(share),
            waiting=min(float(crowd.waiting[station]) / total, 1.0),
            eases=eases,
            stops=stops,
            bursts=_bursts(laid, members.instead[station], station=station, full=full),
        )
    return found


def _bursts(laid: Assembly, lanes: Ints, *, station: int, full: Floats) -> float:
    """Say for what part of the time people come here from these lanes as an alternative: while their own
    resource is full.

    Where places are held for days, such spells are long beside the time in which they take what is free.
    """
    net = laid.net
    if not lanes.size or net.slow_stay[station] <= 0.0:
        return 1.0
    sources, weight = laid.lanes.station[lanes], net.blocked[lanes]
    slow = (sources >= 0).all() and (net.slow_stay[sources] > 0.0).all()
    if not slow or weight.sum() <= 0:
        return 1.0
    share = float(weight @ full[sources] / weight.sum())
    return min(max(share, LEAST_PART), 1.0)


def _crowding(
    laid: Assembly, crowd: Crowd, *, station: int, seconds: float
) -> tuple[float | None, float | None]:
    """Say from how many waiting on fewer come, and from how many on nobody, because they fill the places they
    come from and newcomers there give up."""
    net, source = laid.net, int(crowd.where[station].argmax())
    total, where = float(crowd.queued[station]), float(crowd.where[station, source])
    if total <= 0 or where < LEAST_SHARE * total or laid.closures.terms.patience[source] <= 0:
        return None, None
    share = where / total
    others = max(float(net.kept[source]) - where, 0.0)
    spaces = max(float(net.places[source]) - others, 1.0)
    there = float(crowd.inside[source]) / max(seconds, 1.0)
    stops = max(spaces / share, 2.0)
    return min(max((spaces - there) / share, 0.0), stops - 1.0), stops


def kept_places(
    program: Program, laid: Assembly, *, members: Members, kept: Floats, full: Floats
) -> dict[int, Setting]:
    """Say how many places those who wait elsewhere keep, where they are many and somebody has patience.

    ``kept`` (R) are the mean numbers of places kept lately, ``full`` (R) the share of the time in which a
    newcomer found none free or none open.
    """
    net, lanes = laid.net, laid.lanes
    found: dict[int, Setting] = {}
    capacity = program.resources.capacity
    many = (laid.closures.terms.patience > 0) & (capacity > 0) & (kept >= LEAST_KEPT * capacity)
    for station in np.flatnonzero(many).tolist():
        mine = members.kept[station]
        weight, target = net.cell_stock[mine], lanes.station[lanes.cell_lane[mine]]
        chance = float(weight @ full[target] / weight.sum()) if weight.sum() > 0 else 1.0
        mean = min(float(kept[station]), 0.9 * int(capacity[station]))
        chance = min(max(chance, LEAST_PART), 1.0)
        spread = _spread(laid, mine, chance=chance)
        found[station] = Kept(mean=mean, chance=chance, spread=spread)
    return found


def _spread(laid: Assembly, cells: Ints, *, chance: float) -> float:
    """Give the cv² of the number of places kept by those who wait in cells, where any is kept.

    A queue that fewer join the longer it is has no long tail. Queues for several resources are taken to be
    long and short without regard to each other.
    """
    net, lanes = laid.net, laid.lanes
    target, stock = lanes.station[lanes.cell_lane[cells]], net.cell_stock[cells]
    there, variance = float(stock.sum()), 0.0
    if there <= 0.0:
        return 1.0
    for station in np.unique(target[(target >= 0) & (stock > 0)]).tolist():
        here, queue = float(stock[target == station].sum()), float(net.queueing[station])
        part = min(here / max(queue, here), 1.0)
        variance += here * here * (1.0 / _evenness(laid, station) - 1.0) + here * (1.0 - part)
    return float(np.clip((variance / there**2 + 1.0) * chance - 1.0, LEAST_SPREAD, MOST_SPREAD))


def _evenness(laid: Assembly, station: int) -> float:
    """Give the mean of a queue over that of its length as those in it find it, as its law is now."""
    net = laid.net
    present = net.usual[station] if net.slow_stay[station] > 0.0 else net.present[station]
    share = present / max(present + net.places[station], 1.0)
    row = net.closure[net.table[station], :, EVEN]
    return max(float(np.interp(share * CELLS, np.arange(CELLS + 1), row)), LEAST_EVEN)
