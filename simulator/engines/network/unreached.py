"""Resources at which nobody is served: their places stand free all the time, as their timeline says."""

import numpy as np

from simulator.compiler.program import NO_LIMIT, Floats, Ints, Program
from simulator.engines.network.driven_places import driven_rows
from simulator.engines.network.lanes import Lanes


def free_times(program: Program, lanes: Lanes) -> tuple[Ints, Floats, Floats]:
    """Give resources at which nobody is served, their place-seconds and the seconds they are open (P, each).

    Left out are those without a limit, whose places stocks drive, and whose places others may borrow: no
    timeline known beforehand says how many they have.
    """
    served = np.unique(lanes.station[lanes.station >= 0])
    lent = [table.member for table in (program.pacts, program.shifts) if table is not None]
    moved = [*served, *driven_rows(program), *(one for members in lent for one in members)]
    found = np.setdiff1d(np.arange(len(program.names.resources)), np.array(moved, dtype=np.int64))
    found = found[[_is_limited(program, one) for one in found.tolist()]]
    periods = len(program.calendar.period_close_second)
    places, opened = np.zeros((periods, len(found))), np.zeros((periods, len(found)))
    for at, resource in enumerate(found.tolist()):
        second, capacity = _timeline(program, resource)
        places[:, at] = _by_period(program, second, level=capacity)
        opened[:, at] = _by_period(program, second, level=(capacity > 0).astype(np.float64))
    return found, places, opened


def _is_limited(program: Program, resource: int) -> bool:
    return bool((_timeline(program, resource)[1] != NO_LIMIT).all())


def _timeline(program: Program, resource: int) -> tuple[Ints, Floats]:
    """Give the seconds from which on a resource has so many places, and how many."""
    own = program.resources.change_resource == resource
    second = np.concatenate([[0], np.maximum(program.resources.change_second[own], 0)])
    capacity = np.concatenate(
        [[program.resources.capacity[resource]], program.resources.change_capacity[own]]
    )
    return second, capacity.astype(np.float64)


def _by_period(program: Program, second: Ints, *, level: Floats) -> Floats:
    """Add up a level that changes at these seconds, by period."""
    until = np.minimum(np.append(second, program.calendar.end_second), program.calendar.end_second)
    gathered = np.concatenate([[0.0], np.cumsum(np.diff(until) * level)])
    closes = np.concatenate([[0], program.calendar.period_close_second])
    return np.asarray(np.diff(np.interp(closes, until, gathered)))
