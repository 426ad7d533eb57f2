"""The loop over steps: capacity changes, people come, and every unit whose turn it is is served in its order.

Slow units, in which nothing happens within hours, take a turn every few steps.
"""

from simulator.engines.compiled import kernel
from simulator.engines.network.kernels.net import (
    CAME,
    COMING,
    IN_USE,
    KEPT,
    PLACES,
    QUEUEING,
    TABLE,
    Net,
)
from simulator.engines.network.kernels.places import levels
from simulator.engines.network.kernels.serving import serves
from simulator.engines.network.kernels.standing import stands, writes_down
from simulator.engines.network.kernels.stays import opens_doors


@kernel
def runs(net: Net, first: int, last: int, opens: bool, closes: bool) -> None:
    """Take the network through steps ``first`` to ``last`` of a block: all of it, or the part that opens or
    closes it. In parts it comes to the same bits."""
    if opens:
        stands(net)
    for step in range(first, last):
        for change in range(net.change_first[step], net.change_first[step + 1]):
            station = net.change_station[change]
            net.station_is[station, PLACES] = net.change_places[change]
            net.station_is[station, TABLE] = net.change_table[change]
            levels(net, station)
        looks(net, step)
        came = 0.0
        for source in range(net.source_cell.shape[0]):
            coming = net.source_rate[source] * net.pace[net.source_profile[source], step]
            net.cell[net.source_cell[source], COMING] += coming
            came += coming
        net.heads[CAME] += came
        opens_doors(net, step)
        takes_turns(net, step)
    if closes:
        writes_down(net)


@kernel
def takes_turns(net: Net, step: int) -> None:
    """Serve every unit whose turn it is."""
    kind, slow_kind = net.step_kind[step], net.slow_kind[step]
    for unit in range(net.unit_station.shape[0]):
        now = kind if net.unit_slow[unit] == 0 else slow_kind
        if now >= 0:
            serves(net, unit, now)


@kernel
def looks(net: Net, step: int) -> None:
    """Write down who is where at the beginning of a step, where somebody wants to know."""
    hour, look = net.step_hour[step], net.step_look[step]
    if hour < 0 and look < 0:
        return
    if hour >= 0:
        net.hour_counts[hour] += 1.0
        for station in range(net.station.shape[0]):
            net.by_hour[hour, station, 0] += net.station[station, IN_USE] + net.station[station, KEPT]
            net.by_hour[hour, station, 1] += net.station[station, KEPT]
            net.by_hour[hour, station, 2] += net.station[station, QUEUEING]
    if look >= 0:
        for station in range(net.station.shape[0]):
            net.looked[look, station, 0] = net.station[station, IN_USE] + net.station[station, KEPT]
            net.looked[look, station, 1] = net.station[station, QUEUEING]
        for lane in range(net.lane.shape[0]):
            inside = 0.0
            for stage in range(net.stage_first[lane], net.stage_first[lane + 1]):
                inside += net.stage_stock[stage]
            net.looked_in[look, lane] = inside
