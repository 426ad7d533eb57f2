"""What a queue stands in: how arrivals thin out as it fills, and how many of its places are kept by others.

Who needs more free places comes no more when few are left, and who can goes elsewhere. Places kept by people
who wait for another resource are now none, now many, and change slowly beside the queue.
"""

import numpy as np

from simulator.compiler.program import Floats, Program
from simulator.engines.network.assembly import Assembly
from simulator.engines.network.closures import Setting
from simulator.engines.network.kernels.net import FULL, OPEN
from simulator.engines.network.matching import Kept
from simulator.engines.network.nodes import INSTEAD
from simulator.engines.network.stationary import Thinning
from simulator.engines.records import KEPT_AREA

# Tables are kept; shares are taken to the nearest twentieth, numbers to a twentieth of themselves, so that
# few are made.
STEPS = 20
LEAST_KEPT = 0.03
# A source matters to a queue if so much of the queue comes from it.
LEAST_SHARE = 0.5


class Members:
    """Which lanes wait for each resource, which cells hold those who keep a place elsewhere meanwhile, and
    which of those keep one of it."""

    def __init__(self, laid: Assembly) -> None:
        lanes, resources = laid.lanes, range(len(laid.closures.needed))
        held = lanes.cell_holder >= 0
        waited, holder = lanes.station[lanes.cell_lane], lanes.cell_holder
        elsewhere = held & (laid.net.lane_held[np.maximum(holder, 0)] == 0)
        place = np.where(elsewhere, lanes.place[holder], -1)
        self.lanes = [np.flatnonzero(lanes.station == one) for one in resources]
        self.cells = [np.flatnonzero(waited == one) for one in resources]
        self.holding = [np.flatnonzero((waited == one) & held) for one in resources]
        self.kept = [np.flatnonzero(place == one) for one in resources]
        self.keepers = [np.unique(holder[cells]) for cells in self.kept]


def thinnings(laid: Assembly, members: Members, *, inside: Floats, full: Floats) -> dict[int, Thinning]:
    """Say how arrivals thin out at each resource where they do, from what was tried since last time.

    ``inside`` (lanes) are the mean numbers that were in each lane meanwhile, ``full`` (R) the share of the
    time in which nothing was free.
    """
    net, lanes = laid.net, laid.lanes
    found = {}
    for station, needed in enumerate(laid.closures.needed):
        own = members.lanes[station]
        tried = net.tried[own]
        total = float(tried.sum())
        if total <= 0:
            continue
        eases, stops = _crowding(laid, members, station=station, inside=inside)
        if not (len(needed) > 1 or stops is not None or (net.stood[own] < net.blocked[own]).any()):
            continue
        row = laid.closures.row[own]
        share = [_rounded(tried[row == place].sum() / total) for place in range(len(needed))]
        # Those who came as an alternative do not wait here.
        stays = np.divide(net.stood[own], net.blocked[own], out=np.ones(own.size), where=net.blocked[own] > 0)
        # Nor do those against whom places are reserved wait for the next that is free.
        wanted = np.where(lanes.needed[own] == 0, net.wanted[own], 0.0)
        waiting = _rounded(float((wanted * stays).sum()) / total)
        found[station] = Thinning(
            needed=needed,
            share=tuple(share),
            waiting=waiting,
            eases=eases,
            stops=stops,
            bursts=_bursts(laid, station, full=full) if laid.closures.overflow[station] else 1.0,
        )
    return found


def _bursts(laid: Assembly, station: int, *, full: Floats) -> float:
    """Say for what part of the time people come here as an alternative: while their own resource is full.

    Where places are held for days, such spells are long beside the time in which they take what is free.
    """
    net, lanes = laid.net, laid.lanes
    here = lanes.station[lanes.cell_lane[np.maximum(lanes.link_cell, 0)]] == station
    links = np.flatnonzero((lanes.link_kind >= INSTEAD) & (lanes.link_cell >= 0) & here)
    sources = lanes.station[lanes.link_lane[links]]
    weight = net.blocked[lanes.link_lane[links]]
    slow = net.slow_stay[station] > 0.0 and (sources >= 0).all() and (net.slow_stay[sources] > 0.0).all()
    if not slow or weight.sum() <= 0:
        return 1.0
    share = float(weight @ full[sources] / weight.sum())
    return min(max(_rounded(share), 1.0 / STEPS), 1.0)


def _crowding(
    laid: Assembly, members: Members, *, station: int, inside: Floats
) -> tuple[int | None, int | None]:
    """Say from how many waiting on fewer come, and from how many on nobody, because they fill the places they
    come from and newcomers there give up."""
    net, lanes = laid.net, laid.lanes
    cells = members.holding[station]
    if not cells.size:
        return None, None
    stock = net.cell_stock[cells]
    total = float(net.cell_stock[members.cells[station]].sum())
    places = lanes.place[lanes.cell_holder[cells]]
    where = np.bincount(places, weights=stock, minlength=len(net.kept))
    source = int(where.argmax())
    if total <= 0 or where[source] < LEAST_SHARE * total or laid.closures.terms.patience[source] <= 0:
        return None, None
    share = float(where[source]) / total
    others = max(float(net.kept[source] - where[source]), 0.0)
    spaces = max(float(net.places[source]) - others, 1.0)
    there = float(inside[members.lanes[source]].sum())
    stops = max(round(spaces / share), 2)
    return min(max(round((spaces - there) / share), 0), stops - 1), stops


def kept_places(
    program: Program, laid: Assembly, *, members: Members, lanes: Floats, stations: Floats, seconds: float
) -> dict[int, Setting]:
    """Say how many places those who wait elsewhere keep, where they are many and somebody has patience.

    ``lanes`` and ``stations`` are what the last so many seconds brought.
    """
    net, laid_lanes = laid.net, laid.lanes
    found: dict[int, Setting] = {}
    for station in np.flatnonzero(laid.closures.terms.patience > 0).tolist():
        mine, holders = members.kept[station], members.keepers[station]
        places = int(program.resources.capacity[station])
        mean = float(lanes[holders, KEPT_AREA].sum()) / seconds
        if places <= 0 or mean < LEAST_KEPT * places:
            continue
        weight = net.cell_stock[mine]
        target = laid_lanes.station[laid_lanes.cell_lane[mine]]
        closed = seconds - stations[target, OPEN]
        full = (stations[target, FULL] + closed) / seconds
        chance = float(weight @ full / weight.sum()) if weight.sum() > 0 else 1.0
        found[station] = Kept(mean=_near(min(mean, 0.9 * places)), chance=max(_rounded(chance), 1 / STEPS))
    return found


def _rounded(share: float) -> float:
    return round(float(share) * STEPS) / STEPS


def _near(number: float) -> float:
    """Round to the nearest of numbers that are a twentieth apart."""
    return float(f"{1.05 ** round(np.log(number) / np.log(1.05)):.4g}")
