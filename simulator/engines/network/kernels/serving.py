"""One unit, one step: a resource and the lanes that wait for it, or a lane that needs none.

In order: places are made ready again; newcomers who find none free try alternatives or are turned away; stays
carry on; some give up, some die waiting; as many start as the closure says, by priority; those through go on.
"""

import math

from simulator.engines.compiled import kernel
from simulator.engines.network.kernels.flows import GAVE_UP as BY_GIVING_UP
from simulator.engines.network.kernels.flows import REFUSED as BY_REFUSAL
from simulator.engines.network.kernels.flows import completes, goes_elsewhere, sends
from simulator.engines.network.kernels.net import (
    AVAILABLE,
    DIED_HERE,
    EVEN,
    FULL,
    OPEN,
    OVERTIME,
    SWING,
    TURNING,
    Net,
)
from simulator.engines.network.kernels.places import (
    chance_of_a_place,
    chance_of_no_room,
    chance_of_waiting,
    counts,
    lets_go,
    read,
    settles,
    who_starts,
)
from simulator.engines.network.kernels.stays import carries_on, comes_in
from simulator.engines.records import (
    ARRIVALS,
    DIED,
    GAVE_UP,
    GAVE_UP_SECONDS,
    KEPT_AREA,
    REFUSED,
    STARTS,
    WAIT_SECONDS,
    WAITED,
    WAITING_AREA,
)
from simulator.engines.wait_bins import wait_bin

DIRECT = -2
AGES, LEAST, MOST = 256, 1e-4, 30.0
LOG_STEP = math.log(MOST / LEAST) / (AGES - 1)
# From this share of newcomers who must wait on, a queue is long rather than long by chance.
NEARLY_ALL = 0.98
LEAST_EVEN, MOST_SWING = 1e-4, 0.95
SOMEBODY = 1e-9


@kernel
def serves(net: Net, unit: int, step: int) -> None:
    """Take one unit through all the time since it was served last."""
    station, seconds = net.unit_station[unit], net.unit_due[unit]
    kind = net.slow_kind[step] if net.unit_slow[unit] == 1 else net.step_kind[step]
    net.unit_due[unit] = 0.0
    if station >= 0:
        makes_ready(net, station, seconds)
        counts(net, station)
        settles(net, station, seconds)
        fills(net, unit)
    waiting = chance_of_waiting(net, station)
    inside, queue, lasting, direct = 0.0, 0.0, 0.0, 0.0
    for place in range(net.unit_first[unit], net.unit_first[unit + 1]):
        lane = net.unit_lane[place]
        receives(net, lane)
        inside += carries_on(net, lane, kind, step, seconds)
        loses_patience(net, lane, seconds)
        stays = net.lane_left[kind, lane]
        pool = net.lane_pool[lane]
        if net.lane_free[lane] > 0 and station >= 0:
            pool *= chance_of_turn(net, lane, seconds)
        queue += pool
        lasting += pool * stays
        direct += count_direct(net, lane) * stays
    taken = inside + direct
    if station >= 0:
        taken += net.kept[station] + net.turning[station]
    starting = who_starts(net, station, taken, queue, lasting / queue if queue > 0.0 else 1.0)
    shares_out(net, unit, starting, seconds)
    waiting_still = 0.0
    for place in range(net.unit_first[unit], net.unit_first[unit + 1]):
        lane = net.unit_lane[place]
        inside += begins(net, lane, net.lane_start[lane], kind, seconds)
        waiting_still += net.lane_pool[lane]
    if station >= 0:
        net.inside[station], net.queueing[station] = inside, waiting_still
        notes(net, station, waiting, seconds)


@kernel
def fills(net: Net, unit: int) -> None:
    """Let those who wait already take places that have been opened, all at once."""
    station = net.unit_station[unit]
    queue = net.queueing[station]
    starting = who_starts(net, station, net.present[station] - queue, queue, 1.0)
    if starting <= 0.0:
        return
    for place in range(net.unit_first[unit], net.unit_first[unit + 1]):
        lane = net.unit_lane[place]
        pool = 0.0
        for cell in range(net.cell_first[lane], net.cell_first[lane + 1]):
            net.cell_was[cell] = net.cell_stock[cell]
            pool += net.cell_stock[cell]
        net.lane_pool[lane] = pool
    shares_out(net, unit, starting, 0.0)
    for place in range(net.unit_first[unit], net.unit_first[unit + 1]):
        lane = net.unit_lane[place]
        if net.lane_start[lane] > 0.0:
            starts_at_once(net, lane, net.lane_start[lane])


@kernel
def starts_at_once(net: Net, lane: int, amount: float) -> None:
    """Move so many of a queue into its stages, at the beginning of a step."""
    share = amount / net.lane_pool[lane]
    for cell in range(net.cell_first[lane], net.cell_first[lane + 1]):
        there = net.cell_stock[cell] * share
        net.cell_stock[cell] -= there
        if net.cell_holder[cell] >= 0:
            lets_go(net, net.cell_holder[cell], there)
    for stage in range(net.stage_first[lane], net.stage_first[lane + 1]):
        net.stage_stock[stage] += amount * net.stage_enter[stage]
    net.lane_now[lane, STARTS] += amount
    waits(net, lane, amount, 0.0, 0.0)


@kernel
def makes_ready(net: Net, station: int, seconds: float) -> None:
    """Let places that are being turned round become ready."""
    mean = net.turn_mean[station]
    there = net.turning[station]
    if there > 0.0:
        left = there * math.exp(-seconds / mean) if mean > 0.0 else 0.0
        net.station_now[station, TURNING] += mean * (there - left)
        net.turning[station] = left


@kernel
def receives(net: Net, lane: int) -> None:
    """Take in newcomers, but for those who start elsewhere at once or are turned away; the rest may wait."""
    blocked = 1.0 - chance_of_a_place(net, lane)
    away = chance_of_no_room(net, lane)
    pool = 0.0
    for cell in range(net.cell_first[lane], net.cell_first[lane + 1]):
        holder = net.cell_holder[cell]
        coming = net.cell_in[cell]
        # What is sent here from now on, by this unit itself, comes with the next turn.
        net.cell_in[cell], net.cell_new[cell] = 0.0, coming
        if holder == DIRECT:
            continue
        net.tried[lane] += coming
        net.wanted[lane] += coming * net.cell_queues[cell]
        net.blocked[lane] += coming * blocked
        if blocked > 0.0 and coming > 0.0:
            rest = goes_elsewhere(net, lane, holder, coming * blocked)
            net.stood[lane] += rest
            coming -= coming * blocked - rest
            if holder < 0 and away > 0.0:
                turned = rest * min(away / blocked, 1.0)
                net.lane_now[lane, REFUSED] += turned
                net.lane_now[lane, ARRIVALS] += turned
                sends(net, lane, BY_REFUSAL, turned)
                coming -= turned
        net.lane_now[lane, ARRIVALS] += coming
        net.cell_new[cell] = coming
        net.cell_was[cell] = net.cell_stock[cell]
        pool += net.cell_stock[cell] + coming
    net.lane_pool[lane] = pool


@kernel
def count_direct(net: Net, lane: int) -> float:
    """Count those who start at once whatever happens."""
    found = 0.0
    for cell in range(net.cell_first[lane], net.cell_first[lane + 1]):
        if net.cell_holder[cell] == DIRECT:
            found += net.cell_new[cell]
    return found


@kernel
def loses_patience(net: Net, lane: int, seconds: float) -> None:
    """Let some of those who wait give up, and some die."""
    pool = net.lane_pool[lane]
    patience = net.lane_patience[lane]
    if pool <= 0.0 or (patience < 0 and net.lane_risk[lane] <= 0.0):
        return
    stock = 0.0
    for cell in range(net.cell_first[lane], net.cell_first[lane + 1]):
        stock += net.cell_stock[cell]
    age = net.lane_age[lane] / max(stock, SOMEBODY)
    rate = giving_up(net, lane, age) * seconds if patience >= 0 else 0.0
    risk = net.lane_risk[lane] * seconds
    passed = rate + risk
    if passed <= 0.0:
        return
    share = -math.expm1(-passed)
    # Over a step the queue changes evenly by those who come, less those who start: as many as last time.
    early = (1.0 - share / passed) * (pool - stock - net.lane_begun[lane])
    share = min(max((stock * share + early) / pool, 0.0), 1.0)
    gone = 0.0
    for cell in range(net.cell_first[lane], net.cell_first[lane + 1]):
        if net.cell_holder[cell] == DIRECT:
            continue
        lost, missed = net.cell_stock[cell] * share, net.cell_new[cell] * share
        net.cell_stock[cell] -= lost
        net.cell_new[cell] -= missed
        gone += lost + missed
        if net.cell_holder[cell] >= 0:
            lets_go(net, net.cell_holder[cell], lost + missed)
    dead = gone * (risk / passed)
    net.lane_now[lane, DIED] += dead
    net.heads[DIED_HERE] += dead
    net.lane_now[lane, GAVE_UP] += gone - dead
    lost_age = net.lane_age[lane] * (gone / pool)
    net.lane_now[lane, GAVE_UP_SECONDS] += lost_age * (1.0 - risk / passed)
    net.lane_age[lane] -= lost_age
    net.lane_pool[lane] = pool - gone
    sends(net, lane, BY_GIVING_UP, gone - dead)


@kernel
def giving_up(net: Net, lane: int, age: float) -> float:
    """Give the rate at which those who wait give up, from their mean age.

    A queue that is now short, now long, is long for most of those in it: in two states of it, one of them
    less and one of them more than usual for somebody who waits.
    """
    station = net.lane_station[lane]
    patience = net.lane_patience[lane]
    if station < 0 or net.table[station] < 0 or net.places[station] == 0:
        return rate_at(net, patience, age)
    share = net.level[station]
    age /= max(read(net, net.table[station], EVEN, share), LEAST_EVEN)
    swing = min(read(net, net.table[station], SWING, share), MOST_SWING)
    return 0.5 * (rate_at(net, patience, age * (1.0 - swing)) + rate_at(net, patience, age * (1.0 + swing)))


@kernel
def rate_at(net: Net, patience: int, age: float) -> float:
    """Give the rate at which those who all wait equally long give up, from their mean age."""
    share = max(age / net.patience_mean[patience], LEAST)
    place = min(math.log(share / LEAST) / LOG_STEP, AGES - 1.000001)
    cell = int(place)
    low = net.patience_equal[patience, cell]
    return float(low + (place - cell) * (net.patience_equal[patience, cell + 1] - low))


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
        lane = net.unit_lane[place]
        net.lane_start[lane] = 0.0
        if net.lane_free[lane] > 0 and net.lane_station[lane] >= 0:
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
def begins(net: Net, lane: int, amount: float, kind: int, seconds: float) -> float:
    """Let so many of a queue, and those who start at once, begin; send on whoever is through.

    Returns how many of those who began are still in; who waits still is left in ``lane_pool``.
    """
    pool = net.lane_pool[lane]
    share = amount / pool if pool > 0.0 else 0.0
    area, direct, waiting = 0.0, 0.0, 0.0
    for cell in range(net.cell_first[lane], net.cell_first[lane + 1]):
        holder = net.cell_holder[cell]
        if holder == DIRECT:
            direct += net.cell_new[cell]
        else:
            there = net.cell_stock[cell] + net.cell_new[cell]
            left = there - there * share
            spent = 0.5 * (net.cell_was[cell] + left) * seconds
            area += spent
            net.cell_stock[cell] = left
            waiting += left
            if holder >= 0:
                lets_go(net, holder, there - left)
                net.lane_now[holder, KEPT_AREA] += spent
    net.lane_now[lane, WAITING_AREA] += area
    net.lane_now[lane, ARRIVALS] += direct
    net.lane_now[lane, STARTS] += amount + direct
    waits(net, lane, amount, area, seconds)
    net.lane_begun[lane] = amount
    left_in = comes_in(net, lane, amount + direct, kind)
    completes(net, lane, net.lane_done[lane] + max(amount + direct - left_in, 0.0))
    net.lane_pool[lane] = waiting
    return left_in


@kernel
def waits(net: Net, lane: int, amount: float, area: float, seconds: float) -> None:
    """Write down how long those who start have waited: the oldest first, ages even below the oldest.

    Had nobody started, the queue would be older by all the starts take away from it over the step, half of it
    each; the youngest of that stay. What waiting there was and is not theirs was of those who start.
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
    share = chance_of_waiting(net, station)
    was = 0.0
    for cell in range(net.cell_first[lane], net.cell_first[lane + 1]):
        was += net.cell_was[cell]
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
