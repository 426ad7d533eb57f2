"""One unit, one step: a resource and the lanes that wait for it, or a lane that needs none.

In order: places are made ready again; newcomers who find none free try alternatives or are turned away; stays
carry on; some give up, some die waiting; as many start as the closure says, by priority; those through go on.
"""

from simulator.engines.compiled import kernel
from simulator.engines.network.kernels.flows import REFUSED as BY_REFUSAL
from simulator.engines.network.kernels.flows import completes, goes_elsewhere, sends
from simulator.engines.network.kernels.net import (
    AVAILABLE,
    FULL,
    OPEN,
    OVERTIME,
    TURNING,
    Net,
)
from simulator.engines.network.kernels.patience import loses_patience
from simulator.engines.network.kernels.places import (
    chance_of_a_place,
    chance_of_no_room,
    chance_of_waiting,
    counts,
    lets_go,
    settles,
    who_starts,
    who_starts_at_once,
)
from simulator.engines.network.kernels.stays import carries_on, comes_in
from simulator.engines.records import (
    ARRIVALS,
    KEPT_AREA,
    REFUSED,
    STARTS,
    WAIT_SECONDS,
    WAITED,
    WAITING_AREA,
)
from simulator.engines.wait_bins import wait_bin

# From this share of newcomers who must wait on, a queue is long rather than long by chance.
NEARLY_ALL = 0.98


@kernel
def serves(net: Net, unit: int, kind: int) -> None:
    """Take one unit through all the time since it was served last: so long as steps of a kind are."""
    station = net.unit_station[unit]
    if station < 0:
        goes_through(net, net.unit_lane[net.unit_first[unit]], kind)
        return
    makes_ready(net, station, kind)
    counts(net, station)
    settles(net, station, net.kind_seconds[kind])
    fills(net, unit)
    waiting = chance_of_waiting(net, station)
    waits_or_starts(net, unit, kind)
    inside, queueing = 0.0, 0.0
    for place in range(net.unit_first[unit], net.unit_first[unit + 1]):
        lane = net.unit_lane[place]
        begins(net, lane, net.lane_start[lane], kind, waiting)
        inside += net.lane_inside[lane]
        queueing += net.lane_pool[lane]
    net.inside[station], net.queueing[station] = inside, queueing
    notes(net, station, waiting, net.kind_seconds[kind])


@kernel
def goes_through(net: Net, lane: int, kind: int) -> None:
    """Take a lane that needs no place through a step: whoever comes starts."""
    receives(net, lane, 0.0, 0.0)
    carries_on(net, lane, kind)
    loses_patience(net, lane, kind)
    begins(net, lane, net.lane_pool[lane], kind, 0.0)


@kernel
def waits_or_starts(net: Net, unit: int, kind: int) -> None:
    """Let newcomers come to a resource and time pass, and share out over lanes how many start."""
    station, seconds = net.unit_station[unit], net.kind_seconds[kind]
    taken, queue, lasting = 0.0, 0.0, 0.0
    for place in range(net.unit_first[unit], net.unit_first[unit + 1]):
        lane = net.unit_lane[place]
        receives(net, lane, 1.0 - chance_of_a_place(net, lane), chance_of_no_room(net, lane))
        inside = carries_on(net, lane, kind)
        loses_patience(net, lane, kind)
        stays, pool = net.lane_left[kind, lane], net.lane_pool[lane]
        if net.lane_free[lane] > 0:
            pool *= chance_of_turn(net, lane, seconds)
        queue += pool
        lasting += pool * stays
        direct = net.cell_direct[lane]
        taken += inside + (net.cell_new[direct] * stays if direct >= 0 else 0.0)
    taken += net.kept[station] + net.turning[station]
    starting = who_starts(net, station, taken, queue, lasting / queue if queue > 0.0 else 1.0)
    shares_out(net, unit, starting, seconds)


@kernel
def fills(net: Net, unit: int) -> None:
    """Let those who wait already take places that have been opened, all at once."""
    station = net.unit_station[unit]
    starting = who_starts_at_once(net, station)
    if starting <= 0.0:
        return
    for place in range(net.unit_first[unit], net.unit_first[unit + 1]):
        lane = net.unit_lane[place]
        pool = 0.0
        for cell in range(net.cell_own[lane], net.cell_first[lane + 1]):
            pool += net.cell_stock[cell]
        net.lane_pool[lane], net.lane_was[lane] = pool, pool
    shares_out(net, unit, starting, 0.0)
    for place in range(net.unit_first[unit], net.unit_first[unit + 1]):
        lane = net.unit_lane[place]
        if net.lane_start[lane] > 0.0:
            starts_at_once(net, lane, net.lane_start[lane])


@kernel
def starts_at_once(net: Net, lane: int, amount: float) -> None:
    """Move so many of a queue into its stages, at the beginning of a step."""
    share = amount / net.lane_pool[lane]
    own = net.cell_own[lane]
    net.cell_stock[own] -= net.cell_stock[own] * share
    for cell in range(own + 1, net.cell_first[lane + 1]):
        there = net.cell_stock[cell] * share
        net.cell_stock[cell] -= there
        lets_go(net, net.cell_holder[cell], there)
    for stage in range(net.stage_first[lane], net.stage_first[lane + 1]):
        net.stage_stock[stage] += amount * net.stage_enter[stage]
    net.lane_inside[lane] += amount
    net.lane_now[lane, STARTS] += amount
    waits(net, lane, amount, 0.0, 0.0, chance_of_waiting(net, net.lane_station[lane]))


@kernel
def makes_ready(net: Net, station: int, kind: int) -> None:
    """Let places that are being turned round become ready."""
    there = net.turning[station]
    if there > 0.0:
        left = there * net.turn_stays[kind, station]
        net.station_now[station, TURNING] += net.turn_mean[station] * (there - left)
        net.turning[station] = left


@kernel
def receives(net: Net, lane: int, blocked: float, away: float) -> None:
    """Take in newcomers, but for those who start elsewhere at once or are turned away; the rest may wait.

    What is sent here from now on, by this unit itself, comes with the next turn.
    """
    direct, own = net.cell_direct[lane], net.cell_own[lane]
    if direct >= 0:
        net.cell_new[direct], net.cell_in[direct] = net.cell_in[direct], 0.0
    was, coming = net.cell_stock[own], joins(net, lane, own, blocked, away)
    for cell in range(own + 1, net.cell_first[lane + 1]):
        was += net.cell_stock[cell]
        coming += joins(net, lane, cell, blocked, 0.0)
    net.lane_now[lane, ARRIVALS] += coming
    net.lane_was[lane], net.lane_pool[lane] = was, was + coming


@kernel
def joins(net: Net, lane: int, cell: int, blocked: float, away: float) -> float:
    """Let newcomers join a cell of a queue; return how many do."""
    coming = net.cell_in[cell]
    net.cell_in[cell], net.cell_was[cell] = 0.0, net.cell_stock[cell]
    net.cell_new[cell] = coming
    if coming == 0.0:
        return 0.0
    net.tried[lane] += coming
    net.wanted[lane] += coming * net.cell_queues[cell]
    if blocked > 0.0:
        net.blocked[lane] += coming * blocked
        rest = goes_elsewhere(net, lane, net.cell_holder[cell], coming * blocked)
        net.stood[lane] += rest
        coming -= coming * blocked - rest
        if away > 0.0:
            turned = rest * min(away / blocked, 1.0)
            net.lane_now[lane, REFUSED] += turned
            net.lane_now[lane, ARRIVALS] += turned
            sends(net, lane, BY_REFUSAL, turned)
            coming -= turned
        net.cell_new[cell] = coming
    return float(coming)


@kernel
def chance_of_turn(net: Net, lane: int, seconds: float) -> float:
    """Give the chance that one against whom places are reserved starts within a step.

    Free places change hands once in the time between two stays that end.
    """
    spacing = net.spacing[net.lane_station[lane]]
    return chance_of_a_place(net, lane) * (min(seconds / spacing, 1.0) if spacing > 0.0 else 1.0)


@kernel
def shares_out(net: Net, unit: int, starting: float, seconds: float) -> None:
    """Share starts among the lanes of a unit: by priority, and evenly among those of one priority.

    Those against whom places are reserved start when more than those are free, whoever else waits.
    """
    first, last = net.unit_first[unit], net.unit_first[unit + 1]
    for place in range(first, last):
        net.lane_start[net.unit_lane[place]] = 0.0
    if starting <= 0.0:
        return
    for place in range(first, last):
        lane = net.unit_lane[place]
        if net.lane_free[lane] > 0:
            net.lane_start[lane] = min(net.lane_pool[lane] * chance_of_turn(net, lane, seconds), starting)
            starting -= net.lane_start[lane]
    while first < last:
        level = net.lane_priority[net.unit_lane[first]]
        end, pool = first, 0.0
        while end < last and net.lane_priority[net.unit_lane[end]] == level:
            if net.lane_free[net.unit_lane[end]] == 0:
                pool += net.lane_pool[net.unit_lane[end]]
            end += 1
        share = min(starting / pool, 1.0) if pool > 0.0 else 0.0
        for place in range(first, end):
            lane = net.unit_lane[place]
            if net.lane_free[lane] == 0:
                net.lane_start[lane] = share * net.lane_pool[lane]
        starting = max(starting - share * pool, 0.0)
        first = end


@kernel
def begins(net: Net, lane: int, amount: float, kind: int, delayed: float) -> None:
    """Let so many of a queue, and those who start at once, begin; send on whoever is through.

    Who waits still is left in ``lane_pool``, who is in in ``lane_inside``. ``delayed``: the chance to wait.
    """
    area = stays_waiting(net, lane, amount, net.kind_seconds[kind])
    waits(net, lane, amount, area, net.kind_seconds[kind], delayed)
    waiting = net.lane_pool[lane] - amount
    net.lane_pool[lane], net.lane_begun[lane] = waiting, amount
    direct, done = net.cell_direct[lane], net.lane_done[lane]
    if direct >= 0:
        net.lane_now[lane, ARRIVALS] += net.cell_new[direct]
        amount += net.cell_new[direct]
    if amount > 0.0:
        net.lane_now[lane, STARTS] += amount
        done += max(amount - comes_in(net, lane, amount, kind), 0.0)
    if done != 0.0:
        completes(net, lane, done)


@kernel
def stays_waiting(net: Net, lane: int, amount: float, seconds: float) -> float:
    """Let so many of a queue leave it and the rest wait on; return the seconds waited by all."""
    pool, own = net.lane_pool[lane], net.cell_own[lane]
    share = amount / pool if amount > 0.0 else 0.0
    there = net.cell_stock[own] + net.cell_new[own]
    left = there - there * share
    area = 0.5 * (net.cell_was[own] + left) * seconds
    net.cell_stock[own] = left
    for cell in range(own + 1, net.cell_first[lane + 1]):
        holder, there = net.cell_holder[cell], net.cell_stock[cell] + net.cell_new[cell]
        left = there - there * share
        spent = 0.5 * (net.cell_was[cell] + left) * seconds
        area += spent
        net.cell_stock[cell] = left
        if there > left:
            lets_go(net, holder, there - left)
        net.lane_now[holder, KEPT_AREA] += spent
    net.lane_now[lane, WAITING_AREA] += area
    return float(area)


@kernel
def waits(net: Net, lane: int, amount: float, area: float, seconds: float, delayed: float) -> None:
    """Write down how long those who start have waited: the oldest first, ages even below the oldest.

    Had nobody started, the queue would be older by all the starts take away from it over the step, half of it
    each; the youngest of that stay. What waiting there was and is not theirs was of those who start.
    ``delayed`` is the chance of waiting.
    """
    pool = net.lane_pool[lane]
    aged = net.lane_age[lane] + area
    if pool <= 0.0 or aged <= 0.0 or amount <= 0.0:
        net.lane_age[lane] = max(aged, 0.0) if pool > amount else 0.0
        return
    left = max(1.0 - amount / pool, 0.0)
    kept = min((aged + 0.5 * amount * seconds) * left * left, aged)
    age = (aged - kept) / amount
    net.lane_age[lane] = kept
    net.lane_now[lane, WAIT_SECONDS] += amount * age
    station = net.lane_station[lane]
    if station < 0:
        return
    share, was = delayed, net.lane_was[lane]
    if net.table[station] >= 0 and was > net.places[station]:
        share = max(share, min(was / amount, 1.0))
    waited = amount * share
    net.lane_now[lane, WAITED] += waited
    if net.in_window[0] == 1 and waited > 0.0:
        net.waits[lane, 0 if share >= NEARLY_ALL else 1, wait_bin(int(age / share + 0.5))] += waited


@kernel
def notes(net: Net, station: int, waiting: float, seconds: float) -> None:
    """Write down what the places of a resource were doing."""
    counts(net, station)
    if net.table[station] < 0:
        return
    places, used = net.places[station], net.kept[station] + net.inside[station]
    net.station_now[station, AVAILABLE] += places * seconds
    net.station_now[station, OVERTIME] += max(used - places, 0.0) * seconds
    if places > 0:
        net.station_now[station, FULL] += waiting * seconds
        net.station_now[station, OPEN] += seconds
