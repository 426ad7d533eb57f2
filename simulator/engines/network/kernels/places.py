"""Places of a resource: how likely one is free, how many start, and what letting go of one frees."""

from simulator.compiler.program import Floats
from simulator.engines.compiled import kernel
from simulator.engines.network.kernels.net import BUSY, CELLS, DELAYED, FREE, PLACE_LEFT, TURNED_AWAY, Net
from simulator.engines.records import LEAVES

ROUNDS = 40
CLOSE_ENOUGH = 1e-11
NEARLY = 1e-9
LEAST_SLOPE = 1e-12


@kernel
def read(net: Net, table: int, row: int, share: float) -> float:
    """Read a row of a closure's table at L ÷ (L + c), by straight lines."""
    place = share * CELLS
    cell = min(int(place), CELLS - 1)
    low = net.closure[table, cell, row]
    return float(low + (place - cell) * (net.closure[table, cell + 1, row] - low))


@kernel
def read_now(net: Net, station: int, row: int) -> float:
    """Read a row of the table of a resource where its queue stands now."""
    table, cell = net.table[station], net.level_cell[station]
    low = net.closure[table, cell, row]
    return float(low + net.level_part[station] * (net.closure[table, cell + 1, row] - low))


@kernel
def chance_of_a_place(net: Net, lane: int) -> float:
    """Give the chance that a newcomer to a lane starts at once."""
    station = net.lane_station[lane]
    if station < 0 or net.table[station] < 0:
        return 1.0
    if net.places[station] == 0:
        return 0.0
    return read_now(net, station, FREE + net.lane_free[lane])


@kernel
def places_free(net: Net, found: Floats) -> None:
    """Give the chance that a newcomer starts at once, lane by lane."""
    for station in range(net.places.shape[0]):
        levels(net, station)
    for lane in range(found.shape[0]):
        found[lane] = chance_of_a_place(net, lane)


@kernel
def chance_of_no_room(net: Net, lane: int) -> float:
    """Give the chance that a newcomer who holds nothing finds neither place nor room."""
    station, room = net.lane_station[lane], net.lane_room[lane]
    if room < 0 or station < 0 or net.table[station] < 0:
        return 0.0
    places, present = net.places[station], net.present[station]
    if places == 0:
        return 1.0 if room == 0 else min(max(present - room, 0.0), 1.0)
    return read_now(net, station, TURNED_AWAY)


@kernel
def chance_of_waiting(net: Net, station: int) -> float:
    """Give the chance that nobody can start at once."""
    if station < 0 or net.table[station] < 0:
        return 0.0
    if net.places[station] == 0:
        return 1.0
    return read_now(net, station, DELAYED)


@kernel
def who_starts_at_once(net: Net, station: int) -> float:
    """Say how many of those who wait already start, so that as many places are busy as the closure says."""
    queue = net.queueing[station]
    if queue <= 0.0 or net.table[station] < 0:
        return float(queue)
    if net.places[station] == 0:
        return 0.0
    inside = net.present[station] - queue
    if net.slow_stay[station] > 0.0:
        return shifted(net, station, inside, queue, 1.0)
    gap = read_now(net, station, BUSY) - inside
    return float(min(gap, queue)) if gap > CLOSE_ENOUGH * net.places[station] else 0.0


@kernel
def who_starts(net: Net, station: int, inside: float, queue: float, stays: float) -> float:
    """Say how many of a queue start, so that as many places are busy at the end as the closure says.

    ``inside`` are in the places already; of those who start, the share ``stays`` is still in at the end.
    """
    if net.table[station] < 0:
        return queue
    if net.places[station] == 0 or queue <= 0.0:
        return 0.0
    if net.slow_stay[station] > 0.0:
        return shifted(net, station, inside, queue, stays)
    return matched(net, station, inside, queue, stays)


@kernel
def shifted(net: Net, station: int, inside: float, queue: float, stays: float) -> float:
    """Say how many start where stays are long.

    The law of such a queue keeps its shape from hour to hour and is only shifted: by so much more people
    present, so many more places are busy as there is a chance that one is free. No more are busy than there
    are places, or people.
    """
    table, places = net.table[station], net.places[station]
    usual = net.usual[station]
    share = usual / (usual + places)
    free = 1.0 - read(net, table, DELAYED, share)
    gap = read(net, table, BUSY, share) + free * (inside + queue - usual) - inside
    start = gap / max(stays + free * (1.0 - stays), LEAST_SLOPE)
    return float(max(min(start, queue, (places - inside) / max(stays, LEAST_SLOPE)), 0.0))


@kernel
def matched(net: Net, station: int, inside: float, queue: float, stays: float) -> float:
    """Say how many start, by the table: Newton's method on its straight pieces, kept between two bounds.

    It begins with as many as last time, and ends where one step more would change nothing.
    """
    table, places = net.table[station], net.places[station]
    low, high, start = 0.0, queue, min(net.begun[station], queue)
    for _ in range(ROUNDS):
        present = inside + queue - (1.0 - stays) * start
        below = 1.0 / (present + places)
        place = present * below * CELLS
        cell = min(int(place), CELLS - 1)
        busy = net.closure[table, cell, BUSY]
        rise = net.closure[table, cell + 1, BUSY] - busy
        gap = busy + (place - cell) * rise - inside - stays * start
        if gap > 0.0:
            low = start
        else:
            high = start
        if low >= high:
            break
        slope = stays + (1.0 - stays) * rise * CELLS * places * below * below
        start += gap / max(slope, LEAST_SLOPE)
        if abs(gap) <= NEARLY * places:
            start = min(max(start, low), high)
            break
        if not low < start < high:
            start = high if start >= high and high == queue else 0.5 * (low + high)
    net.begun[station] = start
    return float(start)


@kernel
def counts(net: Net, station: int) -> None:
    """Count everybody who uses, keeps or waits for a resource, and places being turned round."""
    there = net.kept[station] + net.turning[station] + net.inside[station] + net.queueing[station]
    net.present[station] = max(there, 0.0)
    levels(net, station)


@kernel
def levels(net: Net, station: int) -> None:
    """Say where in its table a queue stands."""
    below = net.present[station] + net.places[station]
    place = net.present[station] / below * CELLS if below > 0.0 else 0.0
    cell = min(int(place), CELLS - 1)
    net.level_cell[station], net.level_part[station] = cell, place - cell


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
