"""The arrays of mutual aid: resources that serve each other's cases, and places that are moved among them.

Letters used in shapes: see ``program.py``; K pacts or shifts, M members of all of them, B helped cells.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

ANYBODY = -1

# Towards what places are moved.
LONGEST_QUEUE, LONGEST_WAIT, GREATEST_HARM = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pacts:
    """Resources that serve each other's cases (``shares``), in order of (intervention, place in its list).

    Pact k has the resources ``member[member_first[k] : member_first[k + 1]]``, ascending;
    ``member_hash`` is the purpose of the draw whether somebody goes there. ``waited_seconds`` (K): only those
    who have waited longer, ``ANYBODY`` without such a rule. ``group`` (K, G): who is helped. ``accepts`` (K).
    ``pooled`` (K). Starts in week w of the intervention are at most floor(r (w + 1)) - floor(r w), r =
    ``weekly_numerator`` / ``weekly_denominator`` (K), numerator -1 without limit. What is done by partners is
    written down by ``cell`` (A, R): -1 where an activity is never done, else b, with ``cell_activity`` and
    ``cell_resource`` (B).
    """

    intervention: Ints
    member_first: Ints
    member: Ints
    member_hash: Ints
    waited_seconds: Ints
    group: Flags
    accepts: Floats
    pooled: Flags
    weekly_numerator: Ints
    weekly_denominator: Ints
    cell: Ints
    cell_activity: Ints
    cell_resource: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifts:
    """Places moved among resources (``moves``), in order of (intervention, place in its list).

    Members as in ``Pacts``. ``towards`` (K) one of LONGEST_QUEUE …; ``places`` (K) at a time;
    ``beyond_seconds`` (K); ``weight`` (K, A, G) what a second waited beyond that for an activity counts.
    Decision d is of shift ``decision_shift[d]`` at ``decision_second[d]`` and holds from
    ``notice_seconds`` (K) later; ``least`` (D, R) are the places that a member has to keep of its own,
    and ``own`` (D, R) the most that it has of its own until the next decision.
    """

    intervention: Ints
    member_first: Ints
    member: Ints
    towards: Ints
    places: Ints
    beyond_seconds: Ints
    weight: Ints
    notice_seconds: Ints
    decision_shift: Ints
    decision_second: Ints
    own: Ints
    least: Ints


def members_of(table: Pacts | Shifts) -> list[list[int]]:
    """List the resources of each pact, or of each that moves places."""
    bounds = zip(table.member_first[:-1].tolist(), table.member_first[1:].tolist(), strict=True)
    return [table.member[first:end].tolist() for first, end in bounds]


def partners_of(table: Pacts | None, *, size: int) -> list[list[int]]:
    """List the partners of each resource, of all its pacts, by name."""
    found: list[set[int]] = [set() for _ in range(size)]
    for members in [] if table is None else members_of(table):
        for member in members:
            found[member] |= set(members) - {member}
    return [sorted(one) for one in found]
