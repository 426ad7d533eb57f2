"""The loop over steps: capacity changes, people come, and every unit whose turn it is is served in its order.

Slow units, in which nothing happens within hours, take a turn every few steps.
"""

from simulator.engines.compiled import kernel
from simulator.engines.network.kernels.net import CAME, Net
from simulator.engines.network.kernels.serving import serves


@kernel
def runs(net: Net, first: int, last: int) -> None:
    """Take the network through steps ``first`` to ``last``."""
    for step in range(first, last):
        for change in range(net.change_first[step], net.change_first[step + 1]):
            station = net.change_station[change]
            net.places[station] = net.change_places[change]
            net.table[station] = net.change_table[change]
        looks(net, step)
        for source in range(net.source_cell.shape[0]):
            coming = net.source_rate[source] * net.pace[net.source_profile[source], step]
            net.cell_in[net.source_cell[source]] += coming
            net.heads[CAME] += coming
        takes_turns(net, step)


@kernel
def takes_turns(net: Net, step: int) -> None:
    """Serve every unit whose turn it is."""
    for unit in range(net.unit_station.shape[0]):
        net.unit_due[unit] += net.step_seconds[step]
        if net.unit_slow[unit] == 1 and net.slow_kind[step] < 0:
            continue
        serves(net, unit, step)


@kernel
def looks(net: Net, step: int) -> None:
    """Write down who is where at the beginning of a step, where somebody wants to know."""
    hour, look = net.step_hour[step], net.step_look[step]
    if hour < 0 and look < 0:
        return
    if hour >= 0:
        net.hour_counts[hour] += 1.0
    for unit in range(net.unit_station.shape[0]):
        station = net.unit_station[unit]
        if station < 0 and look < 0:
            continue
        queue, used = 0.0, 0.0
        for place in range(net.unit_first[unit], net.unit_first[unit + 1]):
            lane = net.unit_lane[place]
            inside = 0.0
            for stage in range(net.stage_first[lane], net.stage_first[lane + 1]):
                inside += net.stage_stock[stage]
            for cell in range(net.cell_first[lane], net.cell_first[lane + 1]):
                queue += net.cell_stock[cell]
            used += inside
            if look >= 0:
                net.looked_in[look, lane] = inside
        if station >= 0:
            used += net.kept[station]
            if hour >= 0:
                net.hours[station, hour, 0] += used
                net.hours[station, hour, 1] += net.kept[station]
                net.hours[station, hour, 2] += queue
            if look >= 0:
                net.looked[look, station, 0] = used
                net.looked[look, station, 1] = queue
