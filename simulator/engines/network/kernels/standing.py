"""What stands still during a block, worked out at its start, and what is written down only at its end."""

import math

from simulator.engines.compiled import kernel
from simulator.engines.network.kernels.flows import DONE, INSTEAD, INTERRUPTED_KIND
from simulator.engines.network.kernels.flows import GAVE_UP as BY_GIVING_UP
from simulator.engines.network.kernels.flows import REFUSED as BY_REFUSAL
from simulator.engines.network.kernels.net import (
    CUT_SHORT,
    DIED_HERE,
    DOOR,
    DYING,
    EARLY,
    ENTERS,
    GOES_ON,
    HELD,
    INSIDE,
    KEEPING,
    LATE,
    LEAVING,
    LEFT,
    LEFT_BEHIND,
    LETS_GO,
    LOST,
    MEAN,
    NEXT,
    PLACE,
    PLACE_LEFT,
    SPENT,
    STAGE_KEEPS,
    STAGE_STAYS,
    STAYING,
    THROUGH,
    TURN_MEAN,
    TURNED,
    Net,
)
from simulator.engines.network.kernels.places import levels
from simulator.engines.network.kernels.stays import IS_THROUGH, THEN_LEAVES, THEN_NEXT
from simulator.engines.records import DIED, GAVE_UP, INTERRUPTED, LEAVES, REFUSED


@kernel
def stands(net: Net) -> None:
    """Work out what stands still from now on."""
    for station in range(net.station.shape[0]):
        levels(net, station)
    net.heads[DIED_HERE] -= deaths(net)
    for onward in range(net.onward_link.shape[0]):
        net.onward_share[onward] = net.link_share[net.onward_link[onward]]
    for lane in range(net.lane_key.shape[0] - 1):
        splits(net, lane)
        inside = 0.0
        for stage in range(net.stage_first[lane], net.stage_first[lane + 1]):
            inside += net.stage_stock[stage]
        net.lane[lane, INSIDE] = inside
    for kind in range(net.kind_seconds.shape[0]):
        for station in range(net.station.shape[0]):
            mean = net.station[station, TURN_MEAN]
            passed = net.kind_seconds[kind] / mean if mean > 0.0 else 0.0
            net.turn_stays[kind, station] = math.exp(-passed) if passed > 0.0 else 0.0
            net.turn_keeps[kind, station] = -math.expm1(-passed) / passed if passed > 0.0 else 0.0
        for lane in range(net.lane_key.shape[0] - 1):
            passes(net, lane, kind)
        for stage in range(net.stage_next.shape[0]):
            sets_stage(net, stage, kind)


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
    held, place = net.lane_is[lane, HELD] == 1, net.lane_is[lane, PLACE]
    net.lane_ends[lane, LEAVING] = leaving + (going_on if held else 0.0)
    net.lane_ends[lane, LEFT_BEHIND] = leaving if held else 0.0
    net.lane_ends[lane, KEEPING] = -leaving if held else going_on + keeping
    net.lane_ends[lane, TURNED] = leaving * net.lane_turns[lane] if place >= 0 else 0.0
    both = net.lane_death[lane] + net.lane_cut[lane]
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
def sets_stage(net: Net, stage: int, kind: int) -> None:
    """Gather what a step of a length asks of a stage."""
    follows = net.stage_next[stage]
    net.stage_step[kind, stage, STAGE_STAYS] = net.stage_stays[kind, stage]
    net.stage_step[kind, stage, STAGE_KEEPS] = net.stage_keeps[kind, stage]
    net.stage_step[kind, stage, ENTERS] = net.stage_left[kind, stage]
    net.stage_step[kind, stage, MEAN] = net.stage_mean[stage]
    net.stage_step[kind, stage, NEXT] = 1.0 if follows == THEN_NEXT else 0.0
    net.stage_step[kind, stage, LATE] = 1.0 if follows == THEN_LEAVES else 0.0
    net.stage_step[kind, stage, THROUGH] = 1.0 if follows == IS_THROUGH else 0.0
    net.stage_step[kind, stage, DOOR] = float(net.stage_profile[stage])


@kernel
def writes_down(net: Net) -> None:
    """Share out over links, and over fields, what has ended: their shares were the same all the time."""
    gone = 0.0
    for lane in range(net.lane_key.shape[0] - 1):
        first = net.lane_key[lane]
        net.lane_now[lane, LEAVES] += net.ended[first + DONE] * net.lane_ends[lane, LEAVING]
        net.lane_now[lane, PLACE_LEFT] += net.ended[first + DONE] * net.lane_ends[lane, LEFT_BEHIND]
        net.lane_now[lane, GAVE_UP] += net.ended[first + BY_GIVING_UP]
        net.lane_now[lane, REFUSED] += net.ended[first + BY_REFUSAL]
        net.lane_now[lane, INTERRUPTED] += net.ended[first + INTERRUPTED_KIND]
        for key in range(first, first + INSTEAD):
            for link in range(net.link_first[key], net.link_first[key + 1]):
                part = net.ended[key] * net.link_share[link]
                net.link_flow[link] += part
                if net.link_cell[link] < 0:
                    gone += part
            net.ended[key] = 0.0
    net.heads[LEFT] += gone
    net.heads[DIED_HERE] += deaths(net)


@kernel
def deaths(net: Net) -> float:
    """Count who has died in lanes since their fields were cleared."""
    found = 0.0
    for lane in range(net.lane_now.shape[0]):
        found += net.lane_now[lane, DIED]
    return found
