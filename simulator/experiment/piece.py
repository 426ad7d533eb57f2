"""One piece of work: a replication of every scenario, baseline first, the same demand for all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from simulator.compiler.program import Program
from simulator.engines.demand import Demand
from simulator.engines.demand_sharing import shares_demand
from simulator.engines.records import Outcome
from simulator.engines.run import run
from simulator.errors import RunFailed
from simulator.experiment.logs import first_cases
from simulator.experiment.matching import World
from simulator.experiment.observation import Observation
from simulator.experiment.observe import observe
from simulator.experiment.pairing import Pairing, pair
from simulator.experiment.parts import Piece

WHY = {
    Outcome.RING: 'places blocked each other in a ring, and the model says ring = "fail"',
    Outcome.EVENT_BUDGET: "there were more events than a run may have; is demand far above capacity",
    Outcome.INTERRUPTED: "it was interrupted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What every piece of work of an experiment shares.

    ``programs`` by scenario, baseline first. The log keeps so many ``first_cases``, the first to open.
    """

    programs: Mapping[str, Program]
    seed: int
    first_cases: int = 0


def do_piece(work: Work, replication: int, *, ran: Callable[[], None]) -> Piece:
    """Run one replication of every scenario, and keep what is kept; call ``ran`` after each run."""
    demands = _demands(work, replication)
    tracked = _tracked(work.programs)
    baseline: World | None = None
    observations: dict[str, Observation] = {}
    pairings: dict[str, Pairing] = {}
    for scenario, program in work.programs.items():
        found = run(
            program,
            seed=work.seed,
            replication=replication,
            demand=demands[scenario],
            tracked=tracked,
            keeps_log=work.first_cases > 0,
        )
        if found.outcome is not Outcome.COMPLETED:
            raise RunFailed(f"scenario '{scenario}', replication {replication + 1}: {WHY[found.outcome]}.")
        seen = observe(found, program, scenario=scenario)
        observations[scenario] = replace(seen, log=first_cases(found.log, work.first_cases))
        world = World(run=found, demand=demands[scenario])
        if baseline is None:
            baseline = world
        else:
            pairings[scenario] = pair(baseline, world, program=program, scenario=scenario)
        ran()
    return Piece(replication=replication, observations=observations, pairings=pairings)


def _demands(work: Work, replication: int) -> Mapping[str, Demand]:
    """Give each scenario its demand: one for all, or for as many as have the same people and streams."""
    groups: list[list[str]] = []
    for scenario, program in work.programs.items():
        alike = [group for group in groups if shares_demand(work.programs[group[0]], program)]
        if alike:
            alike[0].append(scenario)
        else:
            groups.append([scenario])
    demands: dict[str, Demand] = {}
    for group in groups:
        programs = [work.programs[scenario] for scenario in group]
        demand = Demand.for_programs(programs, seed=work.seed, replication=replication)
        demands |= dict.fromkeys(group, demand)
    return demands


def _tracked(programs: Mapping[str, Program]) -> tuple[int, ...]:
    """List the needs whose use some scenario's eligibility reads: every world must answer for them."""
    rows = [program.interventions.use_need.any(axis=0) for program in programs.values()]
    return tuple(np.flatnonzero(np.any(rows, axis=0)).tolist())
