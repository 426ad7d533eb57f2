"""What stands still during a block, worked out at its start, and what is written down only at its end."""

import math

from simulator.engines.compiled import kernel
from simulator.engines.network.kernels.flows import INSTEAD
from simulator.engines.network.kernels.net import (
    CUT_SHORT,
    DYING,
    EARLY,
    GOES_ON,
    GOING_ON,
    KEEPING,
    LEAVING,
    LEFT,
    LETS_GO,
    LOST,
    SPENT,
    STAYING,
    Net,
)
from simulator.engines.network.kernels.places import levels


@kernel
def stands(net: Net) -> None:
    """Work out what stands still from now on."""
    for station in range(net.places.shape[0]):
        levels(net, station)
    for onward in range(net.onward_link.shape[0]):
        net.onward_share[onward] = net.link_share[net.onward_link[onward]]
    for lane in range(net.lane_key.shape[0] - 1):
        splits(net, lane)
        inside = 0.0
        for stage in range(net.stage_first[lane], net.stage_first[lane + 1]):
            inside += net.stage_stock[stage]
        net.lane_inside[lane] = inside
    for kind in range(net.kind_seconds.shape[0]):
        for station in range(net.places.shape[0]):
            mean = net.turn_mean[station]
            net.turn_stays[kind, station] = math.exp(-net.kind_seconds[kind] / mean) if mean > 0.0 else 0.0
        for lane in range(net.lane_key.shape[0] - 1):
            passes(net, lane, kind)


@kernel
def splits(net: Net, lane: int) -> None:
    """Say how those whose stay is over leave its place, and what part of those cut short die."""
    key = net.lane_key[lane]
    leaving, going_on, keeping = 0.0, 0.0, 0.0
    for link in range(net.link_first[key], net.link_first[key + 1]):
        rule = net.link_rule[link]
        if rule == LETS_GO:
            leaving += net.link_share[link]
        elif rule == GOES_ON:
            going_on += net.link_share[link]
        else:
            keeping += net.link_share[link]
    both = net.lane_death[lane] + net.lane_cut[lane]
    net.lane_ends[lane, LEAVING], net.lane_ends[lane, GOING_ON] = leaving, going_on
    net.lane_ends[lane, KEEPING] = keeping
    net.lane_ends[lane, DYING] = net.lane_death[lane] / both if both > 0.0 else 0.0


@kernel
def passes(net: Net, lane: int, kind: int) -> None:
    """Work out what so long a step does to those in a lane, whatever their number."""
    seconds = net.kind_seconds[kind]
    hazard = (net.lane_death[lane] + net.lane_cut[lane]) * seconds
    risk = net.lane_risk[lane] * seconds
    lost = -math.expm1(-risk)
    net.lane_step[kind, lane, CUT_SHORT] = hazard / (1.0 + hazard)
    net.lane_step[kind, lane, STAYING] = net.lane_left[kind, lane]
    net.lane_step[kind, lane, LOST] = lost
    net.lane_step[kind, lane, EARLY] = 1.0 - lost / risk if risk > 0.0 else 0.0
    spent = 0.0
    for stage in range(net.stage_first[lane], net.stage_first[lane + 1]):
        spent += net.stage_spent[kind, stage]
    net.lane_step[kind, lane, SPENT] = spent


@kernel
def writes_down(net: Net) -> None:
    """Share out over links what has ended: their shares were the same all the time."""
    gone = 0.0
    for lane in range(net.lane_key.shape[0] - 1):
        for key in range(net.lane_key[lane], net.lane_key[lane] + INSTEAD):
            ended = net.ended[key]
            net.ended[key] = 0.0
            for link in range(net.link_first[key], net.link_first[key + 1]):
                part = ended * net.link_share[link]
                net.link_flow[link] += part
                if net.link_cell[link] < 0:
                    gone += part
    net.heads[LEFT] += gone
