"""One piece of work: a replication of every scenario, baseline first, the same demand for all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from simulator.compiler.program import Program
from simulator.definition.experiment import STOCKS
from simulator.engines.demand import Demand
from simulator.engines.demand_sharing import shares_demand
from simulator.engines.months import OtherWorld
from simulator.engines.records import Run
from simulator.engines.simulating import Setting, Simulation, begin, never
from simulator.experiment.logs import first_cases
from simulator.experiment.matching import World, world
from simulator.experiment.observation import Observation
from simulator.experiment.observe import observe
from simulator.experiment.pairing import Pairing, pair
from simulator.experiment.parts import Piece
from simulator.experiment.stocks_piece import do_stocks_piece
from simulator.experiment.work import Work
from simulator.experiment.worlds import run_worlds


def do_piece(
    work: Work, replication: int, *, ran: Callable[[], None], stop: Callable[[], bool] = never
) -> Piece:
    """Run one replication of every scenario, and keep what is kept; call ``ran`` after each run.

    Raises ``Interrupted`` soon after ``stop`` begins to say so, where the engine can be stopped.
    """
    if work.engine == STOCKS:
        return do_stocks_piece(work, replication, ran=ran, stop=stop)
    demands = _demands(work, replication)
    baseline: World | None = None
    observations: dict[str, Observation] = {}
    pairings: dict[str, Pairing] = {}
    for scenario, run in _runs(work, demands, replication=replication, stop=stop):
        program = work.programs[scenario]
        seen = observe(run, program, scenario=scenario)
        observations[scenario] = replace(seen, log=first_cases(run.log, work.first_cases))
        here = world(run, demands[scenario]) if work.pairs else None
        # Hundreds of megabytes, while the next one is on its way.
        del run, seen
        if baseline is None:
            baseline = here
        elif here is not None:
            pairings[scenario] = pair(baseline, here, program=program, scenario=scenario)
        ran()
    return Piece(replication=replication, observations=observations, pairings=pairings)


def _runs(
    work: Work, demands: Mapping[str, Demand], *, replication: int, stop: Callable[[], bool]
) -> Iterator[tuple[str, Run]]:
    """Yield the run of every scenario, baseline first."""
    tracked = _tracked(work.programs)
    baseline, known = next(iter(work.programs)), OtherWorld()

    def begins(scenario: str) -> Simulation:
        setting = Setting(
            seed=work.seed,
            replication=replication,
            demand=demands[scenario],
            tracked=tracked,
            keeps_log=work.first_cases > 0,
            stop=stop,
            other_world=known if scenario == baseline else known.for_reading(),
        )
        return begin(work.programs[scenario], setting, engine=work.engine)

    return run_worlds(work, begins=begins, replication=replication)


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
