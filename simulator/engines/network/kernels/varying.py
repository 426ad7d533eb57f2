"""How unevenly people come to a queue: the variance of the number present, where a closure follows it.

v' = arrivals + departures − 2 v (P(L < c) + θ P(L ≥ c)) ÷ stay: the second equation of ``moments.py``, over a
step in which arrivals, departures and the chances stand still. Where a closure sees what its queues stand in,
v is pulled too by fewer coming to a fuller queue: 2 Cov(L, a(L)), by Stein's lemma.
"""

import math

from simulator.engines.compiled import kernel
from simulator.engines.network.kernels.net import (
    CELL,
    IMPATIENCE,
    NEW,
    OWN_CELL,
    PART,
    PLACES,
    PRESENT,
    STAY,
    TABLE,
    VARIANCE,
    WAS_PRESENT,
    Net,
)


@kernel
def varies(net: Net, unit: int, seconds: float, full: float) -> None:
    """Let the variance go on over a turn; ``full`` is the chance that no place is free."""
    station = net.unit_station[unit]
    there, coming = net.station[station, PRESENT], newcomers(net, unit)
    leaving = max(coming - (there - net.station[station, WAS_PRESENT]), 0.0)
    pull = 1.0 - full + full * net.station[station, IMPATIENCE]
    passed = 2.0 * pull * seconds / max(net.station[station, STAY], 1.0)
    passed += 2.0 * coming * resistance(net, station)
    kept = -math.expm1(-passed) / passed if passed > 0.0 else 1.0
    net.station[station, VARIANCE] *= math.exp(-passed)
    net.station[station, VARIANCE] += (coming + leaving) * kept
    net.station[station, WAS_PRESENT] = there
    takes_table(net, station)


@kernel
def resistance(net: Net, station: int) -> float:
    """Say by what share fewer come for each one more who is there."""
    table, cell = net.station_is[station, TABLE], net.station_is[station, CELL]
    if net.resistance.shape[0] == 0 or table < 0:
        return 0.0
    low = net.resistance[table, cell]
    return float(low + net.station[station, PART] * (net.resistance[table, cell + 1] - low))


@kernel
def newcomers(net: Net, unit: int) -> float:
    """Count who has come to wait or start in a turn, and did not go elsewhere."""
    found = 0.0
    for place in range(net.unit_first[unit], net.unit_first[unit + 1]):
        lane = net.unit_lane[place]
        for cell in range(net.lane_is[lane, OWN_CELL], net.cell_first[lane + 1]):
            found += net.cell[cell, NEW]
    return found


@kernel
def takes_table(net: Net, station: int) -> None:
    """Read the table of the nearest deviation from now on."""
    kinds = net.deviations.shape[0]
    if net.station_is[station, TABLE] < 0:
        return
    places = max(net.station_is[station, PLACES], 1)
    deviation = math.sqrt(max(net.station[station, VARIANCE], 0.0) / places)
    low, high = net.deviations[0], net.deviations[kinds - 1]
    deviation = min(max(deviation, low), high)
    nearest = int(math.log(deviation / low) / math.log(high / low) * (kinds - 1) + 0.5)
    apart = net.closure.shape[0] // kinds
    net.station_is[station, TABLE] = net.station_is[station, TABLE] % apart + nearest * apart
