"""One unit, one step: a resource and the lanes that wait for it, or a lane that needs none.

In order: places that were opened are taken, others are made ready again; newcomers who find none free try
alternatives or are turned away; stays carry on; some give up, some die waiting; as many start as the closure
says, by priority; those through go on.
"""

from simulator.engines.compiled import kernel
from simulator.engines.network.kernels.flows import REFUSED as BY_REFUSAL
from simulator.engines.network.kernels.flows import completes, goes_elsewhere, sends
from simulator.engines.network.kernels.net import (
    AGE,
    AVAILABLE,
    BEGUN,
    BLOCKED,
    COMING,
    DIRECT_CELL,
    DONE_NOW,
    FORESEEN,
    FREE_ROW,
    FULL,
    HELD,
    IN_USE,
    INSIDE,
    KEPT,
    LEAVES_NOW,
    LEFT_NOW,
    NEW,
    OPEN,
    OVERTIME,
    OWN_CELL,
    PLACE,
    PLACES,
    POOL,
    PRIORITY,
    QUEUEING,
    SPACING,
    START,
    STATION,
    STAYING,
    STOOD,
    TABLE,
    TRIED,
    TURN_MEAN,
    TURNED,
    TURNING,
    TURNING_NOW,
    WANTED,
    WAS,
    WAS_THERE,
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
from simulator.engines.network.kernels.varying import varies
from simulator.engines.records import (
    ARRIVALS,
    KEPT_AREA,
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
    if station >= 0:
        counts(net, station)
        settles(net, station, net.kind_seconds[kind])
        fills(net, unit)
        makes_ready(net, station, kind)
    waiting = chance_of_waiting(net, station)
    waits_or_starts(net, unit, kind, waiting)
    inside, queueing = 0.0, 0.0
    for place in range(net.unit_first[unit], net.unit_first[unit + 1]):
        lane = net.unit_lane[place]
        begins(net, lane, net.lane[lane, START], kind, waiting)
        inside += net.lane[lane, INSIDE]
        queueing += net.lane[lane, POOL]
    if station >= 0:
        net.station[station, IN_USE], net.station[station, QUEUEING] = inside, queueing
        notes(net, station, waiting, net.kind_seconds[kind])
        if net.deviations.shape[0] > 0:
            varies(net, unit, net.kind_seconds[kind], waiting)


@kernel
def waits_or_starts(net: Net, unit: int, kind: int, delayed: float) -> None:
    """Let newcomers come to a unit and time pass, and share out over its lanes how many start.

    ``delayed``: the chance to wait.
    """
    station, seconds = net.unit_station[unit], net.kind_seconds[kind]
    taken, queue, lasting = 0.0, 0.0, 0.0
    for place in range(net.unit_first[unit], net.unit_first[unit + 1]):
        lane = net.unit_lane[place]
        receives(net, lane, 1.0 - chance_of_a_place(net, lane), chance_of_no_room(net, lane))
        inside = carries_on(net, lane, kind)
        loses_patience(net, lane, kind)
        turned = turned_after(net, lane, kind)
        stays, pool = net.lane_step[kind, lane, STAYING], net.lane[lane, POOL]
        stays += (1.0 - stays) * turned
        if net.lane_is[lane, FREE_ROW] > 0:
            pool *= chance_of_turn(net, lane, seconds)
        queue += pool
        lasting += pool * stays
        direct = net.lane_is[lane, DIRECT_CELL]
        taken += inside + net.lane[lane, DONE_NOW] * turned
        taken += net.cell[direct, NEW] * stays if direct >= 0 else 0.0
    if station >= 0:
        taken += net.station[station, KEPT] + net.station[station, TURNING_NOW]
        taken += net.station[station, FORESEEN]
        starting = who_starts(net, station, taken, queue, lasting / queue if queue > 0.0 else 1.0)
        shares_out(net, unit, starting, (seconds, delayed))
    else:
        net.lane[net.unit_lane[net.unit_first[unit]], START] = queue


@kernel
def turned_after(net: Net, lane: int, kind: int) -> float:
    """Give the share of those who end evenly over a step whose place is still turned round at its end."""
    if net.lane_is[lane, HELD] == 1 or net.lane_is[lane, PLACE] < 0:
        return 0.0
    return float(net.lane_ends[lane, TURNED] * net.turn_keeps[kind, net.lane_is[lane, PLACE]])


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
        for cell in range(net.lane_is[lane, OWN_CELL], net.cell_first[lane + 1]):
            pool += net.cell_stock[cell]
        net.lane[lane, POOL], net.lane[lane, WAS] = pool, pool
    shares_out(net, unit, starting, (0.0, 0.0))
    for place in range(net.unit_first[unit], net.unit_first[unit + 1]):
        lane = net.unit_lane[place]
        if net.lane[lane, START] > 0.0:
            starts_at_once(net, lane, net.lane[lane, START])


@kernel
def starts_at_once(net: Net, lane: int, amount: float) -> None:
    """Move so many of a queue into its stages, at the beginning of a step."""
    share = amount / net.lane[lane, POOL]
    own = net.lane_is[lane, OWN_CELL]
    net.cell_stock[own] -= net.cell_stock[own] * share
    for cell in range(own + 1, net.cell_first[lane + 1]):
        there = net.cell_stock[cell] * share
        net.cell_stock[cell] -= there
        lets_go(net, net.cell_holder[cell], there)
    for stage in range(net.stage_first[lane], net.stage_first[lane + 1]):
        net.stage_stock[stage] += amount * net.stage_enter[stage]
    net.lane[lane, INSIDE] += amount
    net.lane_now[lane, STARTS] += amount
    waits(net, lane, amount, 0.0, 0.0, chance_of_waiting(net, net.lane_is[lane, STATION]))


@kernel
def makes_ready(net: Net, station: int, kind: int) -> None:
    """Let places that are being turned round become ready; foresee how many more will be by the end of the
    step, left by who held them on and is served later: as many a second as last time."""
    leaves = net.station[station, LEAVES_NOW]
    net.station[station, FORESEEN] = leaves * net.kind_seconds[kind] * net.turn_keeps[kind, station]
    net.station[station, LEAVES_NOW] = 0.0
    there, fresh = net.station[station, TURNING_NOW], net.station[station, LEFT_NOW]
    if there > 0.0 or fresh > 0.0:
        left = there * net.turn_stays[kind, station]
        net.station_now[station, TURNING] += net.station[station, TURN_MEAN] * (there - left)
        net.station[station, TURNING_NOW], net.station[station, LEFT_NOW] = left + fresh, 0.0
        counts(net, station)


@kernel
def receives(net: Net, lane: int, blocked: float, away: float) -> None:
    """Take in newcomers, but for those who start elsewhere at once or are turned away; the rest may wait.

    What is sent here from now on, by this unit itself, comes with the next turn.
    """
    direct, own = net.lane_is[lane, DIRECT_CELL], net.lane_is[lane, OWN_CELL]
    if direct >= 0:
        net.cell[direct, NEW], net.cell[direct, COMING] = net.cell[direct, COMING], 0.0
    was, coming = 0.0, 0.0
    for cell in range(own, net.cell_first[lane + 1]):
        was += net.cell_stock[cell]
        if net.cell[cell, COMING] != 0.0:
            coming += joins(net, lane, cell, blocked, away if cell == own else 0.0)
        else:
            net.cell[cell, NEW], net.cell[cell, WAS_THERE] = 0.0, net.cell_stock[cell]
    net.lane_now[lane, ARRIVALS] += coming
    net.lane[lane, WAS], net.lane[lane, POOL] = was, was + coming


@kernel
def joins(net: Net, lane: int, cell: int, blocked: float, away: float) -> float:
    """Let newcomers join a cell of a queue; return how many do."""
    coming = net.cell[cell, COMING]
    net.cell[cell, COMING], net.cell[cell, WAS_THERE] = 0.0, net.cell_stock[cell]
    net.met[lane, TRIED] += coming
    net.met[lane, WANTED] += coming * net.cell_queues[cell]
    if blocked > 0.0:
        net.met[lane, BLOCKED] += coming * blocked
        rest = goes_elsewhere(net, lane, net.cell_holder[cell], coming * blocked)
        net.met[lane, STOOD] += rest
        coming -= coming * blocked - rest
        if away > 0.0:
            turned = rest * min(away / blocked, 1.0)
            net.lane_now[lane, ARRIVALS] += turned
            sends(net, lane, BY_REFUSAL, turned)
            coming -= turned
    net.cell[cell, NEW] = coming
    return float(coming)


@kernel
def chance_of_turn(net: Net, lane: int, seconds: float) -> float:
    """Give the chance that one against whom places are reserved starts within a step.

    Free places change hands once in the time between two stays that end.
    """
    spacing = net.station[net.lane_is[lane, STATION], SPACING]
    return chance_of_a_place(net, lane) * (min(seconds / spacing, 1.0) if spacing > 0.0 else 1.0)


@kernel
def shares_out(net: Net, unit: int, starting: float, step: tuple[float, float]) -> None:
    """Share starts among the lanes of a unit: by priority, and evenly among those of one priority.

    Those against whom places are reserved start when more than those are free, whoever else waits. ``step``:
    its seconds, and the chance to wait.
    """
    seconds, delayed = step
    first, last = net.unit_first[unit], net.unit_first[unit + 1]
    for place in range(first, last):
        net.lane[net.unit_lane[place], START] = 0.0
    if starting <= 0.0:
        return
    behind = 0.0
    for place in range(first, last):
        lane = net.unit_lane[place]
        if net.lane_is[lane, FREE_ROW] > 0:
            net.lane[lane, START] = min(net.lane[lane, POOL] * chance_of_turn(net, lane, seconds), starting)
            starting -= net.lane[lane, START]
        else:
            behind += net.lane[lane, POOL]
    turns, ahead = starting, 0.0
    while first < last:
        level = net.lane_is[net.unit_lane[first], PRIORITY]
        end, pool = first, 0.0
        while end < last and net.lane_is[net.unit_lane[end], PRIORITY] == level:
            if net.lane_is[net.unit_lane[end], FREE_ROW] == 0:
                pool += net.lane[net.unit_lane[end], POOL]
            end += 1
        behind -= pool
        share = min(starting / pool, 1.0) if pool > 0.0 else 0.0
        if end < last and pool > 0.0 and delayed > 0.0:
            coming = who_come(net, first, end)
            ahead += coming
            if turns > ahead:
                waiting = delayed * min(coming * turns / ((turns - ahead + coming) * (turns - ahead)), pool)
                share = min(share, max(pool - waiting, starting - behind) / pool)
        for place in range(first, end):
            lane = net.unit_lane[place]
            if net.lane_is[lane, FREE_ROW] == 0:
                net.lane[lane, START] = share * net.lane[lane, POOL]
        starting = max(starting - share * pool, 0.0)
        first = end


@kernel
def who_come(net: Net, first: int, last: int) -> float:
    """Count the newcomers of some lanes of a unit."""
    found = 0.0
    for place in range(first, last):
        lane = net.unit_lane[place]
        if net.lane_is[lane, FREE_ROW] == 0:
            for cell in range(net.lane_is[lane, OWN_CELL], net.cell_first[lane + 1]):
                found += net.cell[cell, NEW]
    return found


@kernel
def begins(net: Net, lane: int, amount: float, kind: int, delayed: float) -> None:
    """Let so many of a queue, and those who start at once, begin; send on whoever is through.

    Who waits still is left in ``lane_pool``, who is in in ``lane_inside``. ``delayed``: the chance to wait.
    """
    direct, done = net.lane_is[lane, DIRECT_CELL], net.lane[lane, DONE_NOW]
    if direct < 0 and done == 0.0 and net.lane[lane, POOL] == 0.0 and net.lane[lane, WAS] == 0.0:
        net.lane[lane, BEGUN], net.lane[lane, AGE] = 0.0, 0.0
        return
    area = stays_waiting(net, lane, amount, net.kind_seconds[kind])
    waits(net, lane, amount, area, net.kind_seconds[kind], delayed)
    waiting = net.lane[lane, POOL] - amount
    net.lane[lane, POOL], net.lane[lane, BEGUN] = waiting, amount
    if direct >= 0:
        net.lane_now[lane, ARRIVALS] += net.cell[direct, NEW]
        amount += net.cell[direct, NEW]
    if amount > 0.0:
        net.lane_now[lane, STARTS] += amount
        done += max(amount - comes_in(net, lane, amount, kind), 0.0)
    if done != 0.0:
        completes(net, lane, done, kind)


@kernel
def stays_waiting(net: Net, lane: int, amount: float, seconds: float) -> float:
    """Let so many of a queue leave it and the rest wait on; return the seconds waited by all."""
    pool, own = net.lane[lane, POOL], net.lane_is[lane, OWN_CELL]
    share = amount / pool if amount > 0.0 else 0.0
    there = net.cell_stock[own] + net.cell[own, NEW]
    left = there - there * share
    area = 0.5 * (net.cell[own, WAS_THERE] + left) * seconds
    net.cell_stock[own] = left
    for cell in range(own + 1, net.cell_first[lane + 1]):
        holder, there = (
            net.cell_holder[cell],
            net.cell_stock[cell] + net.cell[cell, NEW],
        )
        left = there - there * share
        spent = 0.5 * (net.cell[cell, WAS_THERE] + left) * seconds
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
    pool = net.lane[lane, POOL]
    aged = net.lane[lane, AGE] + area
    if pool <= 0.0 or aged <= 0.0 or amount <= 0.0:
        net.lane[lane, AGE] = max(aged, 0.0) if pool > amount else 0.0
        return
    left = max(1.0 - amount / pool, 0.0)
    kept = min((aged + 0.5 * amount * seconds) * left * left, aged)
    age = (aged - kept) / amount
    net.lane[lane, AGE] = kept
    net.lane_now[lane, WAIT_SECONDS] += amount * age
    station = net.lane_is[lane, STATION]
    if station < 0:
        return
    share, was = delayed, net.lane[lane, WAS]
    if net.station_is[station, TABLE] >= 0 and was > net.station_is[station, PLACES]:
        share = max(share, min(was / amount, 1.0))
    waited = amount * share
    net.lane_now[lane, WAITED] += waited
    if net.in_window[0] == 1 and waited > 0.0:
        net.waits[lane, 0 if share >= NEARLY_ALL else 1, wait_bin(int(age / share + 0.5))] += waited


@kernel
def notes(net: Net, station: int, waiting: float, seconds: float) -> None:
    """Write down what the places of a resource were doing."""
    counts(net, station)
    if net.station_is[station, TABLE] < 0:
        return
    places, used = (
        net.station_is[station, PLACES],
        net.station[station, KEPT] + net.station[station, IN_USE],
    )
    net.station_now[station, AVAILABLE] += places * seconds
    net.station_now[station, OVERTIME] += max(used - places, 0.0) * seconds
    if places > 0:
        net.station_now[station, FULL] += waiting * seconds
        net.station_now[station, OPEN] += seconds
