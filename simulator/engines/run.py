"""Run one replication of a program."""

from typing import Literal

from simulator.compiler.program import Program
from simulator.engines.demand import Demand
from simulator.engines.people import Simulation
from simulator.engines.readable import run_readable
from simulator.engines.records import Run

Engine = Literal["people", "readable"]


def run(
    program: Program,
    *,
    seed: int,
    replication: int,
    demand: Demand | None = None,
    tracked: tuple[int, ...] = (),
    keeps_log: bool = False,
    engine: Engine = "people",
) -> Run:
    """Run one replication of a program, from second 0 to its end.

    ``demand`` may be shared by the scenarios of a replication; ``tracked`` names needs (indices) whose use
    by person and quarter is kept besides those that some eligibility reads, so that a baseline can answer for
    those enrolled in another world. ``engine``: the compiled one, or the readable one, which is its
    specification and gives the same events. Raises ``RunFailed`` when the model forbids what happened,
    ``SelfCheckFailed`` when an invariant breaks.
    """
    if engine == "readable":
        return run_readable(
            program, seed=seed, replication=replication, demand=demand, tracked=tracked, keeps_log=keeps_log
        )
    simulation = Simulation(
        program, seed=seed, replication=replication, demand=demand, tracked=tracked, keeps_log=keeps_log
    )
    return simulation.finish()
