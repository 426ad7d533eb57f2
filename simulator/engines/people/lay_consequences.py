"""Lays out what may befall people after an activity, and where those befallen are counted."""

import numpy as np

from simulator.compiler.program import Ints
from simulator.engines.kernels import consequences as row
from simulator.engines.kernels import layout as at
from simulator.engines.people.ground import Columns, rows_of
from simulator.engines.people.plan import Plan


def lay_consequences(plan: Plan) -> Ints:
    """Lay out consequences; return for each activity the list of its rows, or none."""
    written, ground = plan.program.consequences, plan.ground
    found = np.full(len(plan.program.names.activities), at.NONE, dtype=np.int64)
    if written is None:
        return found
    count, cells = len(written.of), plan.program.people.hazard.shape[0] * len(plan.program.names.homes)
    befallen = ground.room(count * cells)
    plan.head[at.BEFALLEN] = befallen
    columns: Columns = {
        row.PURPOSE: written.hash,
        row.BEFALLEN_BECOMES: written.becomes,
        row.CHANCES: ground.lay_reals(written.chance.ravel()) + np.arange(count) * written.chance.shape[1],
        row.IS_PER_DAY: written.per_day,
        row.BEFALLEN: befallen + np.arange(count) * cells,
    }
    first = ground.lay(rows_of(columns, count=count, width=row.CONSEQUENCE_SIZE))
    for activity in np.unique(written.activity).tolist():
        mine = np.flatnonzero(written.activity == activity)
        found[activity] = ground.lay_list((first + mine * row.CONSEQUENCE_SIZE).tolist())
    return found
