"""Run one replication of a program."""

from typing import Literal, Required, TypedDict, Unpack

from simulator.compiler.program import Program
from simulator.engines.demand import Demand
from simulator.engines.months import OtherWorld
from simulator.engines.people import Simulation
from simulator.engines.readable import run_readable
from simulator.engines.records import Run

Engine = Literal["people", "readable"]


class Asked(TypedDict, total=False):
    """What is asked of a run.

    ``demand`` may be shared by the scenarios of a replication; ``tracked`` names needs (indices) whose use
    by person and quarter is kept besides those that some eligibility reads, so that a baseline can answer for
    those enrolled in another world. ``other_world`` takes the months of a baseline, or has them, where losses
    feed back.
    """

    seed: Required[int]
    replication: Required[int]
    demand: Demand | None
    tracked: tuple[int, ...]
    keeps_log: bool
    other_world: OtherWorld | None


def run(program: Program, *, engine: Engine = "people", **asked: Unpack[Asked]) -> Run:
    """Run one replication of a program, from second 0 to its end.

    ``engine``: the compiled one, or the readable one, which is its specification and gives the same events.
    Raises ``RunFailed`` when the model forbids what happened, ``SelfCheckFailed`` when an invariant breaks.
    """
    if engine == "readable":
        return run_readable(program, **asked)
    return Simulation(program, **asked).finish()
