"""Stays as chains of stages: each stage empties at its own rate, exactly, whatever the length of a step."""

import math

from simulator.engines.compiled import kernel
from simulator.engines.network.kernels.flows import is_cut_short
from simulator.engines.network.kernels.net import Net
from simulator.engines.records import ACTIVE_AREA

STILL = 1e-9
HALF_DAY = 43200.0
IS_THROUGH, THEN_NEXT, THEN_LEAVES = range(3)


@kernel
def carries_on(net: Net, lane: int, kind: int, step: int, seconds: float) -> float:
    """Let ``seconds`` pass for those who were in a lane before; return how many are still in.

    What comes into a stage during the step is taken to come evenly. Those who are through are left in
    ``lane_done``.
    """
    hazard = (net.lane_death[lane] + net.lane_cut[lane]) * seconds
    risk = hazard / (1.0 + hazard)
    inside, done, carried, late, lost, area = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for stage in range(net.stage_first[lane], net.stage_first[lane + 1]):
        there = net.stage_stock[stage]
        lost += there * risk
        there -= there * risk
        stays, keeps, mean = net.stage_stays[kind, stage], net.stage_keeps[kind, stage], net.stage_mean[stage]
        profile = net.stage_profile[stage]
        if profile >= 0:
            passed = net.pace[profile, step] / HALF_DAY
            stays = math.exp(-passed)
            keeps = (1.0 - stays) / passed if passed > STILL else 1.0
            mean = seconds / passed if passed > STILL else 0.0
            carried, late = late, 0.0
        left = there * stays + carried * keeps
        out = there + carried - left
        area += mean * out if mean > 0.0 else (there + 0.5 * carried) * seconds
        net.stage_stock[stage] = left
        inside += left
        carried = out if net.stage_next[stage] == THEN_NEXT else 0.0
        if net.stage_next[stage] == THEN_LEAVES:
            late += out
        elif net.stage_next[stage] == IS_THROUGH:
            done += out
    net.lane_done[lane] = done
    net.lane_now[lane, ACTIVE_AREA] += area
    is_cut_short(net, lane, lost)
    return inside


@kernel
def comes_in(net: Net, lane: int, amount: float, kind: int) -> float:
    """Let people start evenly over a step; return how many of them are still in at its end."""
    left, area = 0.0, 0.0
    for stage in range(net.stage_first[lane], net.stage_first[lane + 1]):
        part = amount * net.stage_left[kind, stage]
        net.stage_stock[stage] += part
        left += part
        area += amount * net.stage_spent[kind, stage]
    net.lane_now[lane, ACTIVE_AREA] += area
    return left
