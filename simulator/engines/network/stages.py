"""Stays as stages: mean and spread matched by exponential stages, one after the other or side by side.

A spread below an exponential's takes k equal stages in a row (Erlang, cv² = 1 ÷ k); one above it two side by
side with balanced means (Whitt 1982). A stay that ends at a leaving moment has one more stage, which empties
at the pace of the leaving profile in half a day of profile time on average.
"""

import math
from dataclasses import dataclass

import numpy as np

from simulator.compiler.program import Floats, Ints

MOST_STAGES = 6
NEARLY_EXPONENTIAL = 0.1
# Within a few steps the spread of a stay makes no difference: one stage.
SHORT_SECONDS = 5400.0
# What follows a stage: nothing, the next one, or the stage of the leaving moment.
IS_THROUGH, THEN_NEXT, THEN_LEAVES = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """The stages of all lanes: ``first`` (lanes + 1); ``part`` of the lane's mean, ``enter`` the share of
    those who start that begin here, ``next`` what follows, ``profile`` of leaving or -1."""

    first: Ints
    part: Floats
    enter: Floats
    next: Ints
    profile: Ints
    lane: Ints


def lay_stages(mean: Floats, square: Floats, *, profile: Ints) -> Stages:
    """Choose stages for lanes of such means and mean squares; ``profile`` of leaving or -1."""
    rows: list[tuple[int, float, float, int, int]] = []
    for lane, (one, two, leaving) in enumerate(
        zip(mean.tolist(), square.tolist(), profile.tolist(), strict=True)
    ):
        spread = two / (one * one) - 1.0 if one > 0 else 1.0
        found = _of_lane(spread, is_short=one < SHORT_SECONDS)
        if leaving >= 0:
            found = [(part, enter, follows or THEN_LEAVES) for part, enter, follows in found]
        rows += [(lane, part, enter, follows, -1) for part, enter, follows in found]
        if leaving >= 0:
            rows.append((lane, 0.0, 0.0, 0, leaving))
    lanes = np.array([row[0] for row in rows], dtype=np.int64)
    return Stages(
        first=np.searchsorted(lanes, np.arange(len(mean) + 1)).astype(np.int64),
        part=np.array([row[1] for row in rows]),
        enter=np.array([row[2] for row in rows]),
        next=np.array([row[3] for row in rows], dtype=np.int64),
        profile=np.array([row[4] for row in rows], dtype=np.int64),
        lane=lanes,
    )


def _of_lane(spread: float, *, is_short: bool) -> list[tuple[float, float, int]]:
    """Give part of the mean, share that enters, and whether the next follows, stage by stage."""
    if is_short or abs(spread - 1.0) <= NEARLY_EXPONENTIAL:
        return [(1.0, 1.0, 0)]
    if spread < 1.0:
        number = min(MOST_STAGES, max(2, round(1.0 / max(spread, 0.05))))
        return [(1.0 / number, float(place == 0), int(place < number - 1)) for place in range(number)]
    share = 0.5 * (1.0 + math.sqrt((spread - 1.0) / (spread + 1.0)))
    return [(0.5 / share, share, 0), (0.5 / (1.0 - share), 1.0 - share, 0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paces:
    """What a step does to stages (lengths, stages), and to whole lanes (lengths, lanes)."""

    stays: Floats
    keeps: Floats
    left: Floats
    spent: Floats
    lane_left: Floats


def paces(stages: Stages, mean: Floats, *, lengths: Ints) -> Paces:
    """Work out, for each length of step, what stays in each stage (``kernels/net.py``)."""
    size = (len(lengths), len(mean))
    stays, keeps, left, spent = (np.zeros(size) for _ in range(4))
    for kind, seconds in enumerate(lengths.tolist()):
        carried = late = 0.0
        for stage, one in enumerate(mean.tolist()):
            steps = seconds / one if one > 0 else math.inf
            stays[kind, stage] = math.exp(-steps)
            keeps[kind, stage] = _kept(steps)
            is_leaving = stages.profile[stage] >= 0
            coming = late if is_leaving else carried + stages.enter[stage]
            stays_on = 1.0 if is_leaving else keeps[kind, stage]
            left[kind, stage] = coming * stays_on
            out = coming - left[kind, stage]
            spent[kind, stage] = coming * 0.5 * seconds if is_leaving else one * out
            carried = out if stages.next[stage] == THEN_NEXT else 0.0
            late = 0.0 if is_leaving else late + out * (stages.next[stage] == THEN_LEAVES)
    lane_left = np.add.reduceat(left, stages.first[:-1], axis=1) if len(mean) else left
    return Paces(stays=stays, keeps=keeps, left=left, spent=spent, lane_left=lane_left)


def _kept(steps: float) -> float:
    """Give the part of those who come evenly over a step that are still there at its end."""
    if steps < 1e-8:
        return 1.0
    return 0.0 if math.isinf(steps) else (1.0 - math.exp(-steps)) / steps
