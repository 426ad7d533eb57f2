"""Who waits may give up, or die: how many, from how long they have waited."""

import math

from simulator.engines.compiled import kernel
from simulator.engines.network.kernels.flows import GAVE_UP as BY_GIVING_UP
from simulator.engines.network.kernels.flows import sends
from simulator.engines.network.kernels.net import (
    AGE,
    BEGUN,
    EARLY,
    EVEN,
    LOST,
    NEW,
    OWN_CELL,
    PATIENCE,
    PLACES,
    POOL,
    STATION,
    SWING,
    TABLE,
    WAS,
    Net,
)
from simulator.engines.network.kernels.places import lets_go, read_now
from simulator.engines.records import DIED, GAVE_UP_SECONDS

AGES, LEAST, MOST = 256, 1e-4, 30.0
A_LOG = (AGES - 1) / math.log(MOST / LEAST)
LEAST_EVEN, MOST_SWING = 1e-4, 0.95
SOMEBODY = 1e-9
# So short that a sum of six terms is exact.
SHORT = 0.01


@kernel
def loses_patience(net: Net, lane: int, kind: int) -> None:
    """Let some of those who wait give up, and some die."""
    pool, patience = net.lane[lane, POOL], net.lane_is[lane, PATIENCE]
    if pool <= 0.0:
        return
    stock, dying = net.lane[lane, WAS], 1.0
    share, early = net.lane_step[kind, lane, LOST], net.lane_step[kind, lane, EARLY]
    if patience >= 0:
        risk = net.lane_risk[lane] * net.kind_seconds[kind]
        passed = giving_up(net, lane, net.lane[lane, AGE] / max(stock, SOMEBODY)) * net.kind_seconds[kind]
        passed += risk
        early = early_part(passed)
        share, dying = passed * (1.0 - early), risk / passed if passed > 0.0 else 0.0
    # Over a step the queue changes evenly by those who come, less those who start: as many as last time.
    early *= pool - stock - net.lane[lane, BEGUN]
    share = min(max((stock * share + early) / pool, 0.0), 1.0)
    if share <= 0.0:
        return
    gone = loses(net, lane, share)
    dead, lost_age = gone * dying, net.lane[lane, AGE] * share
    net.lane_now[lane, DIED] += dead
    net.lane[lane, AGE] -= lost_age
    net.lane[lane, POOL] = pool - gone
    if patience >= 0:
        net.lane_now[lane, GAVE_UP_SECONDS] += lost_age * (1.0 - dying)
        sends(net, lane, BY_GIVING_UP, gone - dead)


@kernel
def early_part(passed: float) -> float:
    """Give 1 - (1 - exp(-x)) ÷ x: what those lose who come evenly during a time."""
    if passed > SHORT:
        return 1.0 + math.expm1(-passed) / passed
    rest = 1.0 - passed * (1.0 / 5.0) * (1.0 - passed * (1.0 / 6.0))
    return passed * 0.5 * (1.0 - passed * (1.0 / 3.0) * (1.0 - passed * 0.25 * rest))


@kernel
def loses(net: Net, lane: int, share: float) -> float:
    """Take a share of those who wait out of a queue; return how many they are."""
    own = net.lane_is[lane, OWN_CELL]
    lost, missed = net.cell_stock[own] * share, net.cell[own, NEW] * share
    net.cell_stock[own] -= lost
    net.cell[own, NEW] -= missed
    gone = lost + missed
    for cell in range(own + 1, net.cell_first[lane + 1]):
        lost, missed = net.cell_stock[cell] * share, net.cell[cell, NEW] * share
        net.cell_stock[cell] -= lost
        net.cell[cell, NEW] -= missed
        gone += lost + missed
        lets_go(net, net.cell_holder[cell], lost + missed)
    return float(gone)


@kernel
def giving_up(net: Net, lane: int, age: float) -> float:
    """Give the rate at which those who wait give up, from their mean age.

    A queue that is now short, now long, is long for most of those in it: in two states of it, one of them
    less and one of them more than usual for somebody who waits.
    """
    station = net.lane_is[lane, STATION]
    patience = net.lane_is[lane, PATIENCE]
    if station < 0 or net.station_is[station, TABLE] < 0 or net.station_is[station, PLACES] == 0:
        return rate_at(net, patience, age)
    age /= max(read_now(net, station, EVEN), LEAST_EVEN)
    swing = min(read_now(net, station, SWING), MOST_SWING)
    return 0.5 * (rate_at(net, patience, age * (1.0 - swing)) + rate_at(net, patience, age * (1.0 + swing)))


@kernel
def rate_at(net: Net, patience: int, age: float) -> float:
    """Give the rate at which those who all wait equally long give up, from their mean age."""
    times = max(age / (net.patience_mean[patience] * LEAST), 1.0)
    place = min(math.log(times) * A_LOG, AGES - 1.000001)
    cell = int(place)
    low = net.patience_equal[patience, cell]
    return float(low + (place - cell) * (net.patience_equal[patience, cell + 1] - low))
