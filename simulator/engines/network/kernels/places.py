"""Places of a resource: how likely one is free, how many start, and what letting go of one frees."""

from simulator.engines.compiled import kernel
from simulator.engines.network.kernels.net import BUSY, CELLS, DELAYED, FREE, PLACE_LEFT, TURNED_AWAY, Net
from simulator.engines.records import LEAVES

ROUNDS = 40
CLOSE_ENOUGH = 1e-11


@kernel
def read(net: Net, table: int, row: int, share: float) -> float:
    """Read a row of a closure's table at L ÷ (L + c), by straight lines."""
    place = share * CELLS
    cell = min(int(place), CELLS - 1)
    low = net.closure[table, row, cell]
    return float(low + (place - cell) * (net.closure[table, row, cell + 1] - low))


@kernel
def chance_of_a_place(net: Net, lane: int) -> float:
    """Give the chance that a newcomer to a lane starts at once."""
    station = net.lane_station[lane]
    if station < 0 or net.table[station] < 0:
        return 1.0
    places = net.places[station]
    if places == 0:
        return 0.0
    present = net.present[station]
    return read(net, net.table[station], FREE + net.lane_free[lane], present / (present + places))


@kernel
def chance_of_no_room(net: Net, lane: int) -> float:
    """Give the chance that a newcomer who holds nothing finds neither place nor room."""
    station, room = net.lane_station[lane], net.lane_room[lane]
    if room < 0 or station < 0 or net.table[station] < 0:
        return 0.0
    places, present = net.places[station], net.present[station]
    if places == 0:
        return 1.0 if room == 0 else min(max(present - room, 0.0), 1.0)
    return read(net, net.table[station], TURNED_AWAY, present / (present + places))


@kernel
def chance_of_waiting(net: Net, station: int) -> float:
    """Give the chance that nobody can start at once."""
    if station < 0 or net.table[station] < 0:
        return 0.0
    places = net.places[station]
    if places == 0:
        return 1.0
    present = net.present[station]
    return read(net, net.table[station], DELAYED, present / (present + places))


@kernel
def who_starts(net: Net, station: int, inside: float, queue: float, stays: float) -> float:
    """Say how many of a queue start, so that as many places are busy at the end as the closure says.

    ``inside`` are in the places already; of those who start, the share ``stays`` is still in at the end.
    """
    if station < 0 or net.table[station] < 0:
        return queue
    places = net.places[station]
    if places == 0 or queue <= 0.0:
        return 0.0
    low, high = 0.0, queue
    below = short_of(net, station, inside, queue)
    if below <= 0.0:
        return 0.0
    above = short_of(net, station, inside + stays * queue, 0.0)
    if above >= 0.0:
        return queue
    for _ in range(ROUNDS):
        start = low + (high - low) * (below / (below - above))
        gap = short_of(net, station, inside + stays * start, queue - start)
        if abs(gap) <= CLOSE_ENOUGH * places:
            return start
        if gap > 0.0:
            low, below = start, gap
            above *= 0.5
        else:
            high, above = start, gap
            below *= 0.5
    return 0.5 * (low + high)


@kernel
def short_of(net: Net, station: int, inside: float, queue: float) -> float:
    """Say how many more places would be busy by the closure than are.

    The law of a queue of long stays keeps its shape from hour to hour and is only shifted: by so much more
    people present, so many more places are busy as there is a chance that one is free.
    """
    table, places = net.table[station], net.places[station]
    present = inside + queue
    if net.slow_stay[station] <= 0.0:
        return read(net, table, BUSY, present / (present + places)) - inside
    usual = net.usual[station]
    share = usual / (usual + places)
    busy = read(net, table, BUSY, share) + (1.0 - read(net, table, DELAYED, share)) * (present - usual)
    return float(min(busy, present, float(places)) - inside)


@kernel
def settles(net: Net, station: int, seconds: float) -> None:
    """Let the law of a queue of long stays follow the number present, within a stay."""
    if net.slow_stay[station] > 0.0:
        share = seconds / (seconds + net.slow_stay[station])
        net.usual[station] += share * (net.present[station] - net.usual[station])


@kernel
def lets_go(net: Net, holder: int, amount: float) -> None:
    """Let go of places that were kept by a lane."""
    place = net.lane_place[holder]
    net.lane_now[holder, LEAVES] += amount
    if net.lane_held[holder] == 1:
        net.lane_now[holder, PLACE_LEFT] += amount
    net.kept[place] -= amount
    net.turning[place] += amount * net.lane_turns[holder]


@kernel
def leaves_at_once(net: Net, lane: int, amount: float) -> None:
    """Let go of places in which an activity is over or cut short."""
    place = net.lane_place[lane]
    net.lane_now[lane, LEAVES] += amount
    if place >= 0:
        if net.lane_held[lane] == 1:
            net.lane_now[lane, PLACE_LEFT] += amount
            net.kept[place] -= amount
        net.turning[place] += amount * net.lane_turns[lane]
