"""Stays as chains of stages: each stage empties at its own rate, exactly, whatever the length of a step."""

import math

from simulator.engines.compiled import kernel
from simulator.engines.network.kernels.flows import is_cut_short
from simulator.engines.network.kernels.net import (
    CUT_SHORT,
    DONE_NOW,
    DOOR,
    ENTERS,
    INSIDE,
    LATE,
    MEAN,
    NEXT,
    SPENT,
    STAGE_KEEPS,
    STAGE_STAYS,
    STAYING,
    THROUGH,
    Net,
)
from simulator.engines.records import ACTIVE_AREA

STILL = 1e-9
HALF_DAY = 43200.0
# So few heads stay where they are until more come.
NOBODY = 1e-14
IS_THROUGH, THEN_NEXT, THEN_LEAVES = range(3)


@kernel
def carries_on(net: Net, lane: int, kind: int) -> float:
    """Let a step pass for those who were in a lane before; return how many are still in.

    What comes into a stage during the step is taken to come evenly. Those who are through are left in
    ``lane_done``.
    """
    if net.lane[lane, INSIDE] <= NOBODY:
        net.lane[lane, DONE_NOW] = 0.0
        return float(net.lane[lane, INSIDE])
    risk = net.lane_step[kind, lane, CUT_SHORT]
    inside, done, carried, late, lost, area = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for stage in range(net.stage_first[lane], net.stage_first[lane + 1]):
        there = net.stage_stock[stage]
        lost += there * risk
        there -= there * risk
        stays, keeps = net.stage_step[kind, stage, STAGE_STAYS], net.stage_step[kind, stage, STAGE_KEEPS]
        mean, door = net.stage_step[kind, stage, MEAN], int(net.stage_step[kind, stage, DOOR])
        if door >= 0:
            stays, keeps, mean = net.leaving[door, 0], net.leaving[door, 1], net.leaving[door, 2]
            carried, late = late, 0.0
        left = there * stays + carried * keeps
        out = there + carried - left
        area += mean * out if mean > 0.0 else (there + 0.5 * carried) * net.kind_seconds[kind]
        net.stage_stock[stage] = left
        inside += left
        carried = out * net.stage_step[kind, stage, NEXT]
        late += out * net.stage_step[kind, stage, LATE]
        done += out * net.stage_step[kind, stage, THROUGH]
    net.lane[lane, DONE_NOW], net.lane[lane, INSIDE] = done, inside
    net.lane_now[lane, ACTIVE_AREA] += area
    is_cut_short(net, lane, lost)
    return inside


@kernel
def comes_in(net: Net, lane: int, amount: float, kind: int) -> float:
    """Let people start evenly over a step; return how many of them are still in at its end."""
    for stage in range(net.stage_first[lane], net.stage_first[lane + 1]):
        net.stage_stock[stage] += amount * net.stage_step[kind, stage, ENTERS]
    net.lane_now[lane, ACTIVE_AREA] += amount * net.lane_step[kind, lane, SPENT]
    left = amount * net.lane_step[kind, lane, STAYING]
    net.lane[lane, INSIDE] += left
    return float(left)


@kernel
def opens_doors(net: Net, step: int) -> None:
    """Work out what part of those at a leaving moment stay over a step, by profile."""
    for place in range(net.leaving_profile.shape[0]):
        profile = net.leaving_profile[place]
        passed = net.pace[profile, step] / HALF_DAY
        stays = math.exp(-passed)
        is_open = passed > STILL
        net.leaving[profile, 0] = stays
        net.leaving[profile, 1] = (1.0 - stays) / passed if is_open else 1.0
        net.leaving[profile, 2] = net.kind_seconds[net.step_kind[step]] / passed if is_open else 0.0
