"""The numbers of places that resources may have besides their own, where places are lent or moved."""

import numpy as np

from simulator.compiler.aid_arrays import members_of
from simulator.compiler.program import Ints, Program


def levels_beside(program: Program) -> Ints:
    """List (resource, places) that resources may have besides their own, while places are lent or moved."""
    most = _most_beside(program)
    base = np.stack([np.arange(len(most)), program.resources.capacity], axis=1)
    changes = np.stack([program.resources.change_resource, program.resources.change_capacity], axis=1)
    beside = np.flatnonzero(most)
    if not beside.size:
        return np.zeros((0, 2), dtype=np.int64)
    both = np.concatenate([base, changes])
    levels = np.unique(both[np.isin(both[:, 0], beside)], axis=0)
    found = [
        (station, places + by)
        for station, places in levels.tolist()
        if places > 0
        for by in range(-int(most[station]), int(most[station]) + 1)
        if places + by >= 1
    ]
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def _most_beside(program: Program) -> Ints:
    """Give by how many places, at most twelve, each resource may differ from its own."""
    resources = program.resources
    most = np.zeros(len(program.names.resources), dtype=np.int64)
    if program.pacts is not None:
        mine = np.unique(program.pacts.member)
        # By night there may be none of what there are many of by day.
        ever = resources.capacity.copy()
        np.maximum.at(ever, resources.change_resource, resources.change_capacity)
        most[mine] = np.clip(ever[mine] // 4 + 1, 1, 6)
    if program.shifts is not None:
        spare = (program.shifts.own - program.shifts.least).max(axis=0, initial=0)
        for members in members_of(program.shifts):
            most[members] = np.maximum(most[members], spare[members].sum())
    return np.minimum(most, 12)
