"""Clocks, daily counts and named instants as rows of points."""

from collections.abc import Sequence

from simulator.compiler.arrays import flags, integers, starts_of
from simulator.compiler.draft import Draft
from simulator.compiler.harm_clocks import own_clocks
from simulator.compiler.program import (
    ABSENT,
    AT_ARRIVAL,
    AT_END,
    AT_LEAVE,
    AT_NEED,
    AT_READY,
    AT_START,
    Clocks,
    Counts,
)
from simulator.compiler.rounding import half_up
from simulator.definition.standards import ClockPoint

POINTS = {
    "need": AT_NEED,
    "arrival": AT_ARRIVAL,
    "start": AT_START,
    "ready": AT_READY,
    "end": AT_END,
    "leave": AT_LEAVE,
}
RESOURCE, ACTIVITY = "resource", "activity"

Point = tuple[int, int]


def build_clocks(draft: Draft) -> Clocks:
    """Turn the clocks of a model into rows of points and targets."""
    own = own_clocks(draft.model)
    known = draft.model.clocks | own
    written = [known[name] for name in draft.index.names.clocks]
    starts = [[point_of(draft, one) for one in clock.starts] for clock in written]
    stops = [[point_of(draft, one) for one in clock.stops] for clock in written]
    return Clocks(
        start_first=starts_of(len(one) for one in starts),
        start_point=integers(point for one in starts for point, _ in one),
        start_activity=integers(activity for one in starts for _, activity in one),
        stop_first=starts_of(len(one) for one in stops),
        stop_point=integers(point for one in stops for point, _ in one),
        stop_activity=integers(activity for one in stops for _, activity in one),
        target_first=starts_of(len(one.targets) for one in written),
        target_seconds=integers(half_up(target.value) for one in written for target in one.targets),
        restarts=flags(name in own for name in draft.index.names.clocks) if own else None,
    )


def point_of(draft: Draft, said: ClockPoint) -> Point:
    """Give the kind of a point, and its activity or -1."""
    return POINTS[said.point], ABSENT if said.activity is None else draft.index.activity[said.activity]


def build_counts(draft: Draft) -> Counts:
    """Turn daily counts and instants into rows; a resource of the file stands for all that came of it."""
    written = [draft.model.counts[name] for name in draft.index.names.counts]
    resources = [counted(draft, one.of, kind=RESOURCE) for one in written]
    activities = [counted(draft, one.of, kind=ACTIVITY) for one in written]
    return Counts(
        second_of_day=integers(one.at for one in written),
        resource_first=starts_of(len(one) for one in resources),
        resource=integers(place for one in resources for place in one),
        activity_first=starts_of(len(one) for one in activities),
        activity=integers(place for one in activities for place in one),
        instant_second=integers(instants(draft)),
    )


def instants(draft: Draft) -> list[int]:
    """List the named instants in seconds of the run, each once."""
    written = draft.model.instants
    return [] if written is None else sorted({half_up(at.value) for at in written.at})


def counted(draft: Draft, of: Sequence[tuple[str, str]], *, kind: str) -> list[int]:
    """List the resources or the activities that a daily count adds up."""
    found: list[int] = []
    for said, name in of:
        if said == kind == ACTIVITY:
            found.append(draft.index.activity[name])
        elif said == kind:
            found += draft.index.family.get(name) or (draft.index.resource[name],)
    return found
