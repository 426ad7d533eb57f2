"""Those who are there on day one, as rows for the kernels."""

import numpy as np

from simulator.compiler.program import Ints, Program
from simulator.engines.day_one import arrivals
from simulator.engines.demand import Demand
from simulator.engines.kernels import beginning as at
from simulator.engines.population import Key


def day_one_rows(program: Program, demand: Demand, *, key: Key) -> Ints:
    """List who is there at second 0, in the order in which they are put there."""
    is_alive = demand.population.candidate_second == 0
    found = arrivals(program, key, segment=np.where(is_alive, demand.segment, -1), address=demand.address)
    need_of = np.full(len(program.names.classes), -1)
    need_of[program.needs.klass[::-1]] = np.arange(len(program.needs.klass))[::-1]
    rows = np.empty((len(found), at.ARRIVAL_SIZE), dtype=np.int64)
    rows[:, at.ID], rows[:, at.WHERE] = found.id, found.activity
    rows[:, at.WHO], rows[:, at.CLASS] = found.person, found.klass
    rows[:, at.OF_NEED] = np.where(found.person >= 0, need_of[found.klass], -1)
    rows[:, at.IS_WAITING], rows[:, at.REMAINING] = found.is_waiting, found.remaining
    rows[:, at.WAITED], rows[:, at.PATIENCE_LEFT] = found.waited, found.patience
    return rows
