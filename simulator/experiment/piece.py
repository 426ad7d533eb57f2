"""One piece of work: a replication of every scenario, baseline first, the same demand for all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from simulator.compiler.program import Program
from simulator.engines.records import Outcome, Run
from simulator.engines.run import run
from simulator.errors import RunFailed
from simulator.experiment.observation import Observation
from simulator.experiment.observe import observe
from simulator.experiment.pairing import Pairing, pair
from simulator.experiment.parts import Piece

BASELINE = "baseline"

WHY = {
    Outcome.RING: 'places blocked each other in a ring, and the model says ring = "fail"',
    Outcome.EVENT_BUDGET: "there were more events than a run may have; is demand far above capacity",
    Outcome.INTERRUPTED: "it was interrupted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What every piece of work of an experiment shares; ``programs`` by scenario, baseline first."""

    programs: Mapping[str, Program]
    seed: int
    log: int | None


def do_piece(work: Work, replication: int, *, ran: Callable[[], None]) -> Piece:
    """Run one replication of every scenario, and keep what is kept; call ``ran`` after each run."""
    demand = demand_for(work, replication)
    baseline: Run | None = None
    observations: dict[str, Observation] = {}
    pairings: dict[str, Pairing] = {}
    for scenario, program in work.programs.items():
        found = run(program, seed=work.seed, replication=replication, demand=demand, log=work.log)
        if found.outcome is not Outcome.COMPLETED:
            raise RunFailed(f"scenario '{scenario}', replication {replication + 1}: {WHY[found.outcome]}.")
        observations[scenario] = observe(found, program, scenario=scenario)
        if baseline is None:
            baseline = found
        else:
            pairings[scenario] = pair(baseline, found, program=program, scenario=scenario)
        ran()
    return Piece(replication=replication, observations=observations, pairings=pairings)
