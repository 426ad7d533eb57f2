"""Flows between lanes: those whose stay or wait has ended go on, keeping their place or not."""

from simulator.engines.compiled import kernel
from simulator.engines.network.kernels.net import (
    BEFORE,
    COMING,
    DYING,
    HELD,
    KEEPING,
    KEPT,
    LEAVES_NOW,
    LEFT_NOW,
    PLACE,
    TRIED,
    TURN_MEAN,
    TURNED,
    TURNING,
    TURNING_NOW,
    Net,
)
from simulator.engines.network.kernels.places import (
    chance_of_a_place,
    leaves_at_once,
    lets_go,
)
from simulator.engines.records import DIED

DONE, GAVE_UP, REFUSED, INTERRUPTED_KIND, INSTEAD = range(5)


@kernel
def sends(net: Net, lane: int, kind: int, amount: float) -> None:
    """Send those who hold no place of this lane on after one kind of ending."""
    key = net.lane_key[lane] + kind
    net.ended[key] += amount
    for onward in range(net.onward_first[key], net.onward_first[key + 1]):
        net.cell[net.onward_cell[onward], COMING] += amount * net.onward_share[onward]


@kernel
def completes(net: Net, lane: int, amount: float, kind: int) -> None:
    """Send those whose activity is over on; the place is kept where the way onward says so.

    They end evenly over the step: places that are turned round meanwhile are ready again in part at its end.
    """
    sends(net, lane, DONE, amount)
    keeping, turned = net.lane_ends[lane, KEEPING], net.lane_ends[lane, TURNED]
    if keeping != 0.0:
        net.station[net.lane_is[lane, PLACE], KEPT] += amount * keeping
    if turned > 0.0:
        place = net.lane_is[lane, PLACE]
        still = amount * turned * net.turn_keeps[kind, place]
        if net.lane_is[lane, BEFORE] == 1:
            net.station[place, LEFT_NOW] += still
        else:
            net.station[place, TURNING_NOW] += still
            if net.lane_is[lane, HELD] == 1:
                net.station[place, LEAVES_NOW] += amount * turned / net.kind_seconds[kind]
        net.station_now[place, TURNING] += net.station[place, TURN_MEAN] * (amount * turned - still)


@kernel
def is_cut_short(net: Net, lane: int, amount: float) -> None:
    """End stays at home: by death, and by an admission of the person."""
    if amount <= 0.0:
        return
    dead = amount * net.lane_ends[lane, DYING]
    net.lane_now[lane, DIED] += dead
    leaves_at_once(net, lane, amount)
    sends(net, lane, INTERRUPTED_KIND, amount - dead)


@kernel
def goes_elsewhere(net: Net, lane: int, holder: int, blocked: float) -> float:
    """Let those who cannot start at once try the alternatives in order; return how many are left."""
    first, last = net.lane_key[lane] + INSTEAD, net.lane_key[lane + 1]
    if net.link_first[first] == net.link_first[last]:
        return blocked
    for key in range(first, last):
        taken = 0.0
        for link in range(net.link_first[key], net.link_first[key + 1]):
            other = net.cell_lane[net.link_cell[link]]
            trying = blocked * net.link_share[link]
            net.met[other, TRIED] += trying
            part = trying * chance_of_a_place(net, other)
            net.link_flow[link] += part
            net.cell[net.link_cell[link], COMING] += part
            taken += part
        if holder >= 0:
            lets_go(net, holder, taken)
        blocked -= taken
    return blocked
