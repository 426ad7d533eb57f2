"""Places of a resource: how likely one is free, how many start, and what letting go of one frees."""

from simulator.compiler.program import Floats
from simulator.engines.compiled import kernel
from simulator.engines.network.kernels.net import (
    BUSY,
    CELL,
    CELLS,
    DELAYED,
    FREE,
    FREE_ROW,
    HELD,
    IN_USE,
    KEPT,
    LEFT_NOW,
    PART,
    PLACE,
    PLACE_LEFT,
    PLACES,
    PRESENT,
    QUEUEING,
    ROOM,
    SLOW_STAY,
    STARTED,
    STATION,
    TABLE,
    TURNED_AWAY,
    TURNING_NOW,
    USUAL,
    Net,
)
from simulator.engines.network.kernels.varying import takes_table
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
    table, cell = net.station_is[station, TABLE], net.station_is[station, CELL]
    low = net.closure[table, cell, row]
    return float(low + net.station[station, PART] * (net.closure[table, cell + 1, row] - low))


@kernel
def chance_of_a_place(net: Net, lane: int) -> float:
    """Give the chance that a newcomer to a lane starts at once."""
    station = net.lane_is[lane, STATION]
    if station < 0 or net.station_is[station, TABLE] < 0:
        return 1.0
    if net.station_is[station, PLACES] == 0:
        return 0.0
    return read_now(net, station, FREE + net.lane_is[lane, FREE_ROW])


@kernel
def places_free(net: Net, found: Floats) -> None:
    """Give the chance that a newcomer starts at once, lane by lane."""
    for station in range(net.station.shape[0]):
        levels(net, station)
    for lane in range(found.shape[0]):
        found[lane] = chance_of_a_place(net, lane)


@kernel
def chance_of_no_room(net: Net, lane: int) -> float:
    """Give the chance that a newcomer who holds nothing finds neither place nor room."""
    station, room = net.lane_is[lane, STATION], net.lane_is[lane, ROOM]
    if room < 0 or station < 0 or net.station_is[station, TABLE] < 0:
        return 0.0
    places, present = net.station_is[station, PLACES], net.station[station, PRESENT]
    if places == 0:
        return 1.0 if room == 0 else min(max(present - room, 0.0), 1.0)
    return read_now(net, station, TURNED_AWAY)


@kernel
def chance_of_waiting(net: Net, station: int) -> float:
    """Give the chance that nobody can start at once."""
    if station < 0 or net.station_is[station, TABLE] < 0:
        return 0.0
    if net.station_is[station, PLACES] == 0:
        return 1.0
    return read_now(net, station, DELAYED)


@kernel
def who_starts_at_once(net: Net, station: int) -> float:
    """Say how many of those who wait already start, so that as many places are busy as the closure says."""
    queue = net.station[station, QUEUEING]
    if queue <= 0.0 or net.station_is[station, TABLE] < 0:
        return float(queue)
    if net.station_is[station, PLACES] == 0:
        return 0.0
    inside = net.station[station, PRESENT] - queue
    if net.station[station, SLOW_STAY] > 0.0:
        return shifted(net, station, inside, queue, 1.0)
    gap = read_now(net, station, BUSY) - inside
    return float(min(gap, queue)) if gap > CLOSE_ENOUGH * net.station_is[station, PLACES] else 0.0


@kernel
def who_starts(net: Net, station: int, inside: float, queue: float, stays: float) -> float:
    """Say how many of a queue start, so that as many places are busy at the end as the closure says.

    ``inside`` are in the places already; of those who start, the share ``stays`` is still in at the end.
    """
    if net.station_is[station, TABLE] < 0:
        return queue
    if net.station_is[station, PLACES] == 0 or queue <= 0.0:
        return 0.0
    if net.station[station, SLOW_STAY] > 0.0:
        return shifted(net, station, inside, queue, stays)
    return matched(net, station, inside, queue, stays)


@kernel
def shifted(net: Net, station: int, inside: float, queue: float, stays: float) -> float:
    """Say how many start where stays are long.

    The law of such a queue keeps its shape from hour to hour and is only shifted: by so much more people
    present, so many more places are busy as there is a chance that one is free. No more are busy than there
    are places, or people.
    """
    table, places = net.station_is[station, TABLE], net.station_is[station, PLACES]
    usual = net.station[station, USUAL]
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
    table, places = net.station_is[station, TABLE], net.station_is[station, PLACES]
    low, high, start = 0.0, queue, min(net.station[station, STARTED], queue)
    for _ in range(ROUNDS):
        present = inside + queue - (1.0 - stays) * start
        below = 1.0 / (present + places)
        place = present * below * CELLS
        cell = min(int(place), CELLS - 1)
        busy = net.busy[table, cell]
        rise = net.busy[table, cell + 1] - busy
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
    net.station[station, STARTED] = start
    return float(start)


@kernel
def counts(net: Net, station: int) -> None:
    """Count everybody who uses, keeps or waits for a resource, and places being turned round."""
    there = (
        net.station[station, KEPT]
        + net.station[station, TURNING_NOW]
        + net.station[station, LEFT_NOW]
        + net.station[station, IN_USE]
        + net.station[station, QUEUEING]
    )
    net.station[station, PRESENT] = max(there, 0.0)
    levels(net, station)


@kernel
def levels(net: Net, station: int) -> None:
    """Say where in its table a queue stands."""
    below = net.station[station, PRESENT] + net.station_is[station, PLACES]
    place = net.station[station, PRESENT] / below * CELLS if below > 0.0 else 0.0
    cell = min(int(place), CELLS - 1)
    net.station_is[station, CELL], net.station[station, PART] = cell, place - cell
    if net.deviations.shape[0] > 0:
        takes_table(net, station)


@kernel
def settles(net: Net, station: int, seconds: float) -> None:
    """Let the law of a queue of long stays follow the number present, within a stay."""
    if net.station[station, SLOW_STAY] > 0.0:
        share = seconds / (seconds + net.station[station, SLOW_STAY])
        net.station[station, USUAL] += share * (net.station[station, PRESENT] - net.station[station, USUAL])


@kernel
def lets_go(net: Net, holder: int, amount: float) -> None:
    """Let go of places that were kept by a lane."""
    place = net.lane_is[holder, PLACE]
    net.lane_now[holder, LEAVES] += amount
    if net.lane_is[holder, HELD] == 1:
        net.lane_now[holder, PLACE_LEFT] += amount
    net.station[place, KEPT] -= amount
    net.station[place, TURNING_NOW] += amount * net.lane_turns[holder]


@kernel
def leaves_at_once(net: Net, lane: int, amount: float) -> None:
    """Let go of places in which an activity is over or cut short."""
    place = net.lane_is[lane, PLACE]
    net.lane_now[lane, LEAVES] += amount
    if place >= 0:
        if net.lane_is[lane, HELD] == 1:
            net.lane_now[lane, PLACE_LEFT] += amount
            net.station[place, KEPT] -= amount
        net.station[place, TURNING_NOW] += amount * net.lane_turns[lane]
