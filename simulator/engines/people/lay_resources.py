"""Lays out resources: capacity, what is reserved against whom, and the levels of their queues."""

import numpy as np

from simulator.compiler.program import NO_LIMIT, Ints
from simulator.engines.kernels import layout as at
from simulator.engines.kernels.rings import RING_WIDTH
from simulator.engines.people.ground import Columns, rows_of
from simulator.engines.people.plan import Plan

WEEK_HOURS = 168


def lay_resources(plan: Plan) -> None:
    """Lay out resources; an activity that needs none gets one of its own, without limit or records."""
    program, ground = plan.program, plan.ground
    real, spare = len(program.names.resources), len(program.names.activities)
    count, groups = real + spare, program.activities.row.shape[1]
    unlimited = np.full(spare, NO_LIMIT)
    needed = np.vstack([program.resources.free_needed, np.zeros((spare, groups), dtype=np.int64)])
    levels = [lay_levels(plan, one, needed=needed[one]) for one in range(count)]
    is_real = np.arange(count) < real
    hours = ground.room(real * WEEK_HOURS * 3)
    columns: Columns = {
        at.RESOURCE_INDEX: np.arange(count),
        at.IS_REAL: is_real,
        at.CAPACITY: np.append(program.resources.capacity, unlimited),
        at.OWN_CAPACITY: np.append(program.resources.capacity, unlimited),
        at.ROOM: np.append(program.resources.room, unlimited),
        at.RESERVES: ground.lay(needed) + np.arange(count) * groups,
        at.LEVELS: np.array([first for first, _ in levels], dtype=np.int64),
        at.LEVEL_COUNT: np.array([number for _, number in levels], dtype=np.int64),
        at.HOUR_SUMS: np.where(is_real, hours + np.arange(count) * WEEK_HOURS * 3, 0),
    }
    ground.write(plan.resources, rows_of(columns, count=count, width=at.RESOURCE_SIZE))
    plan.head.update(
        {
            at.RESOURCES: plan.resources,
            at.RESOURCE_COUNT: count,
            at.REAL_RESOURCES: real,
            at.OFFERS: ground.room(count),
            at.RING: ground.room(max(real, 1) * RING_WIDTH),
            at.HOUR_COUNTS: ground.room(WEEK_HOURS),
            at.RING_FAILS: int(program.ring_fails),
        }
    )


def lay_levels(plan: Plan, resource: int, *, needed: Ints) -> tuple[int, int]:
    """Lay out the levels of a resource's queue: every priority with every reserve that can meet there."""
    activities = plan.program.activities
    real = len(plan.program.names.resources)
    users = (
        np.array([resource - real])
        if resource >= real
        else np.flatnonzero((activities.resource == resource).any(axis=1))
    )
    priorities = np.unique(activities.priority[users]) if len(users) else np.zeros(1, dtype=np.int64)
    reserves = np.unique(needed)
    pairs = [(int(priority), int(reserve)) for priority in priorities for reserve in reserves]
    values = [number for pair in pairs for number in (*pair, at.NONE, at.NONE, at.LONG_AGO)]
    return plan.ground.lay(values), len(pairs)
