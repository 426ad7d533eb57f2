"""Flows between lanes: those whose stay or wait has ended go on, keeping their place or not."""

from simulator.engines.compiled import kernel
from simulator.engines.network.kernels.net import DIED_HERE, LEFT, Net
from simulator.engines.network.kernels.places import (
    chance_of_a_place,
    leaves_at_once,
    lets_go,
)
from simulator.engines.records import DIED, INTERRUPTED, LEAVES

DONE, GAVE_UP, REFUSED, INTERRUPTED_KIND, INSTEAD = range(5)
DIRECT = -2


@kernel
def goes_out(net: Net, link: int, amount: float) -> bool:
    """Send an amount along a link; say whether that led out of the system."""
    net.link_flow[link] += amount
    cell = net.link_cell[link]
    if cell < 0:
        net.heads[LEFT] += amount
        return True
    net.cell_in[cell] += amount
    return False


@kernel
def sends(net: Net, lane: int, kind: int, amount: float) -> None:
    """Send those who hold no place of this lane on after one kind of ending."""
    key = lane * kinds_of(net) + kind
    for link in range(net.link_first[key], net.link_first[key + 1]):
        goes_out(net, link, amount * net.link_share[link])


@kernel
def kinds_of(net: Net) -> int:
    """Count the kinds of ending."""
    return int((net.link_first.shape[0] - 1) // net.lane_place.shape[0])


@kernel
def completes(net: Net, lane: int, amount: float) -> None:
    """Send those whose activity is over on; the place is kept where the way onward says so."""
    key = lane * kinds_of(net)
    is_held = net.lane_held[lane] == 1
    for link in range(net.link_first[key], net.link_first[key + 1]):
        part = amount * net.link_share[link]
        if goes_out(net, link, part):
            leaves_at_once(net, lane, part)
            continue
        cell = net.link_cell[link]
        goes_on_in_place = net.cell_holder[cell] == DIRECT and net.lane_held[net.cell_lane[cell]] == 1
        if goes_on_in_place or net.cell_holder[cell] == lane:
            if not is_held:
                net.kept[net.lane_place[lane]] += part
            elif goes_on_in_place:
                net.lane_now[lane, LEAVES] += part
        else:
            leaves_at_once(net, lane, part)


@kernel
def is_cut_short(net: Net, lane: int, amount: float) -> None:
    """End stays at home: by death, and by an admission of the person."""
    both = net.lane_death[lane] + net.lane_cut[lane]
    if both <= 0.0 or amount <= 0.0:
        return
    dead = amount * (net.lane_death[lane] / both)
    net.lane_now[lane, DIED] += dead
    net.heads[DIED_HERE] += dead
    net.lane_now[lane, INTERRUPTED] += amount - dead
    leaves_at_once(net, lane, amount)
    sends(net, lane, INTERRUPTED_KIND, amount - dead)


@kernel
def goes_elsewhere(net: Net, lane: int, holder: int, blocked: float) -> float:
    """Let those who cannot start at once try the alternatives in order; return how many are left."""
    kinds = kinds_of(net)
    for kind in range(INSTEAD, kinds):
        key = lane * kinds + kind
        taken = 0.0
        for link in range(net.link_first[key], net.link_first[key + 1]):
            other = net.cell_lane[net.link_cell[link]]
            trying = blocked * net.link_share[link]
            net.tried[other] += trying
            part = trying * chance_of_a_place(net, other)
            goes_out(net, link, part)
            taken += part
        if holder >= 0:
            lets_go(net, holder, taken)
        blocked -= taken
    return blocked
