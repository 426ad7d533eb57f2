"""Reach: which segments each person can still come to be, and so which of their candidates could ever happen.

Changes of segment are candidates of their own, known beforehand and the same in every scenario. So is, for
each person, the set of segments that they can be in by the end of a year: it grows when a candidate for a
change comes whose threshold lies below the highest hazard of a segment in the set, and by what routes lead
to. Layers and bounds of needs are then those of the set, not of all that anybody could become: nearly every
candidate that is made can happen. A candidate that is left out could not have happened in any scenario, and
none moves another.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import Flags, Floats, Ints
from simulator.engines.candidates import column_of, person_of, threshold_of
from simulator.engines.compiled import kernel
from simulator.errors import RunFailed

MOST_SEGMENTS = 62
# Sets of so many segments are looked up in a list of all that there could be.
MOST_LISTED = 16
Number = TypeVar("Number", np.int64, np.float64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kinds:
    """People put together whose sets are alike.

    ``kind`` (people): the kind of each. ``layers`` and ``bound`` (columns, kinds): the most of any segment in
    the set.
    """

    kind: Ints
    layers: Ints
    bound: Floats


def closures(route_reach: Flags) -> Ints:
    """Give the set of each segment, as bits."""
    segments = len(route_reach)
    if segments > MOST_SEGMENTS:
        raise RunFailed(f"more than {MOST_SEGMENTS} segments cannot be run.")
    bits: Ints = route_reach.astype(np.int64) << np.arange(segments, dtype=np.int64)
    found: Ints = bits.sum(axis=1, dtype=np.int64)
    return found


def kinds_of(sets: Ints, layers: Ints, *, bound: Floats) -> Kinds:
    """Put people with the same set together, with the layers and bounds (columns, segments) of all in it."""
    alike, kind = _alike(sets, segments=layers.shape[1])
    member = (alike[:, None] >> np.arange(layers.shape[1], dtype=np.int64)) & 1 > 0
    return Kinds(kind=kind, layers=_most(layers, member), bound=_most(bound, member))


def _alike(sets: Ints, *, segments: int) -> tuple[Ints, Ints]:
    """Give the sets there are, and the place among them of each person's."""
    if segments > MOST_LISTED:
        alike, kind = np.unique(sets, return_inverse=True)
        return alike, kind.astype(np.int64)
    place = np.zeros(1 << segments, dtype=np.int64)
    place[sets] = 1
    alike = np.flatnonzero(place)
    place[alike] = np.arange(len(alike))
    return alike, place[sets]


def _most(values: NDArray[Number], member: Flags) -> NDArray[Number]:
    spread: NDArray[Number] = np.where(member, values[:, None, :], values.dtype.type(0))
    most: NDArray[Number] = spread.max(axis=2, initial=0)
    return most


@kernel
def follow(rows: Ints, sets: Ints, target: Ints, hazard_bound: Floats, closure: Ints) -> int:
    """Go through a year's candidates for life events in order, let the sets grow, and keep those that could
    happen.

    ``target`` (columns): the segment each leads to, or the number of segments for death. Kept rows move to
    the front; returns how many there are.
    """
    segments = closure.shape[0]
    kept = 0
    for row in range(rows.shape[0]):
        person, to = person_of(rows[row]), target[column_of(rows[row])]
        threshold, known = threshold_of(rows[row]), sets[person]
        possible = False
        for segment in range(segments):
            if (known >> segment) & 1 == 1 and threshold < hazard_bound[segment, to]:
                possible = True
        if possible:
            if to < segments:
                sets[person] = known | closure[to]
            rows[kept, 0], rows[kept, 1] = rows[row, 0], rows[row, 1]
            kept += 1
    return kept
