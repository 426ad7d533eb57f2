"""What a sweep costs over the runs themselves: compiling points, parts, measures, tables.

    python benchmarks/sweep_overhead.py [--rounds 3] [--replications 100] [--workers 1] [--quick]

``short_sweep.toml``: 50 points, two scenarios of a small ward, short runs. The runs by themselves are the
same pieces, one after another, their programs compiled beforehand; what is seen of each run is dropped. They
take turns; CPU seconds, those of the sweep's worker processes from their beginning among them.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from interleaved import cpu_of, interleave

from simulator.analysis.sweep import sweep_as_asked, write_sweep_tables
from simulator.analysis.sweep.asked import planned
from simulator.definition.experiment import Experiment
from simulator.definition.experiments import load_experiment
from simulator.experiment.piece import do_piece
from simulator.experiment.scenarios import compile_scenarios
from simulator.experiment.sweep.compiling import compile_point
from simulator.experiment.sweep.plan import CENTRAL, Plan

HERE = Path(__file__).resolve().parent
SWEPT, ALONE, COMPILED = "sweep", "runs alone", "points compiled"


def main(said: list[str]) -> None:
    """Time both and print the ratio."""
    parser = argparse.ArgumentParser(description="A sweep's overhead over its runs.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--replications", type=int, default=100)
    parser.add_argument("--workers", type=int, default=1, help="of the sweep")
    parser.add_argument("--quick", action="store_true", help="a tiny job, to see that the script works")
    asked = parser.parse_args(said)
    settings = [f"replications={asked.replications}"]
    if asked.quick:
        asked.rounds, settings = 1, ["replications=1", "design.runs=2"]
    experiment = load_experiment(HERE / "short_sweep.toml", settings=settings)
    plan = planned(experiment, compile_scenarios(experiment))
    do_piece(compile_point(plan, 0, draw=CENTRAL), 0, ran=lambda: None)
    jobs = {
        SWEPT: lambda: swept(experiment, workers=asked.workers),
        ALONE: lambda: alone(plan),
        COMPILED: lambda: cpu_of(lambda: [compile_point(plan, one, draw=CENTRAL) for one in points(plan)]),
    }
    found = interleave(jobs, rounds=asked.rounds)
    print(f"{len(plan) * len(plan.scenarios)} runs at {len(plan.points)} points, {asked.rounds} rounds")
    for name in jobs:
        print(f"{name:<16} {found.typical(name):8.2f} CPU s")
    print(f"sweep ÷ runs alone: {found.times(SWEPT, over=ALONE):.3f} ({found.spread(SWEPT, over=ALONE)})")


def swept(experiment: Experiment, *, workers: int) -> float:
    """Sweep into a new folder, tables and all."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "out"
        return cpu_of(lambda: write_sweep_tables(sweep_as_asked(experiment, out=folder, workers=workers)))


def alone(plan: Plan) -> float:
    """Run every piece, and time only that."""
    works = [compile_point(plan, point, draw=CENTRAL) for point in points(plan)]

    def runs() -> None:
        for work in works:
            for replication in range(plan.replications):
                do_piece(work, replication, ran=lambda: None)

    return cpu_of(runs)


def points(plan: Plan) -> range:
    """Number the points."""
    return range(len(plan.points))


if __name__ == "__main__":
    main(sys.argv[1:])
