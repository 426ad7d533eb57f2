"""Stays as stages: mean and spread matched by exponential stages, one after the other or side by side.

A spread below an exponential's takes k equal stages in a row, of which some people skip the first (Tijms
1994, p. 358: cv² between 1 ÷ k and 1 ÷ (k − 1)); one above it two side by side with balanced means (Whitt
1982). A stay that ends at a leaving moment has one more stage, which empties at the pace of the leaving
profile in half a day of profile time on average.
"""

import math
from dataclasses import dataclass

import numpy as np

from simulator.compiler.program import Floats, Ints
from simulator.engines.network.kernels.stays import THEN_LEAVES

MOST_STAGES = 6
NEARLY_EXPONENTIAL = 0.1
# Of stays within a few steps all that matters of the spread is how long one that began has still to go.
SHORT_SECONDS = 5400.0
FEW_STAGES = 3


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
    if abs(spread - 1.0) <= NEARLY_EXPONENTIAL:
        return [(1.0, 1.0, 0)]
    if spread < 1.0:
        return _in_a_row(spread, most=FEW_STAGES if is_short else MOST_STAGES)
    share = 0.5 * (1.0 + math.sqrt((spread - 1.0) / (spread + 1.0)))
    return [(0.5 / share, share, 0), (0.5 / (1.0 - share), 1.0 - share, 0)]


def _in_a_row(spread: float, *, most: int) -> list[tuple[float, float, int]]:
    number = max(math.ceil(1.0 / max(spread, 1e-9) - 1e-9), 2)
    skip = 0.0
    if number > most:
        number = most
    else:
        inner = math.sqrt(max(number * (1.0 + spread) - number * number * spread, 0.0))
        skip = min(max((number * spread - inner) / (1.0 + spread), 0.0), 1.0)
    part = 1.0 / (number - skip)
    enter = [1.0 - skip, skip, *[0.0] * (number - 2)]
    return [(part, enter[place], int(place < number - 1)) for place in range(number)]


def shortest_stages(stages: Stages, mean: Floats) -> Floats:
    """Give the shortest stage of each lane in seconds; nought where there are leaving moments."""
    part = np.where(stages.profile < 0, stages.part, 0.0)
    return np.asarray(np.minimum.reduceat(part, stages.first[:-1]) * mean)
