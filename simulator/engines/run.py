"""Run one replication of a program."""

from typing import Literal, Unpack

from simulator.compiler.program import Program
from simulator.engines.asked import Asked
from simulator.engines.people import Simulation
from simulator.engines.readable import run_readable
from simulator.engines.records import Run

Engine = Literal["people", "readable"]


def run(program: Program, *, engine: Engine = "people", **asked: Unpack[Asked]) -> Run:
    """Run one replication of a program, from second 0 to its end.

    ``engine``: the compiled one, or the readable one, which is its specification and gives the same events.
    Raises ``RunFailed`` when the model forbids what happened, ``SelfCheckFailed`` when an invariant breaks.
    """
    if engine == "readable":
        return run_readable(program, **asked)
    return Simulation(program, **asked).finish()
