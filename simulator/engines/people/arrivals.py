"""Those who are there on day one, as rows for the kernels."""

import numpy as np

from simulator.compiler.program import Ints, Program
from simulator.engines.day_one import arrivals
from simulator.engines.demand import Demand
from simulator.engines.draws import uniform
from simulator.engines.kernels.beginning import ARRIVAL_SIZE
from simulator.engines.population import Key


def day_one_rows(program: Program, demand: Demand, *, key: Key) -> Ints:
    """List who is there at second 0, in the order in which they are put there."""
    is_alive = demand.population.candidate_second == 0

    def draw(address: int, purpose: int, *, visit: int, draw: int) -> float:
        return float(uniform(key.seed, key.replication, address, purpose, visit, draw))

    need_of = {int(klass): need for need, klass in reversed(list(enumerate(program.needs.klass)))}
    found = [
        (
            one.id,
            one.activity,
            one.person,
            one.klass,
            need_of.get(one.klass, -1) if one.person >= 0 else -1,
            int(one.is_waiting),
            one.remaining,
            one.waited,
            one.patience,
        )
        for one in arrivals(
            program, draw, segment=np.where(is_alive, demand.segment, -1), address=demand.address
        )
    ]
    return np.array(found, dtype=np.int64).reshape(len(found), ARRIVAL_SIZE)
