"""What does a point of a screening of the place as stocks cost, by piece, and what ten thousand?

    python benchmarks/screening_point.py [--points 12] [--design sobol] [--quick]

The worlds of ``experiments/screening.toml`` at points of a Sobol' sequence, each with another value of every
path (``sobol``), at those that Sobol' indices take, which move one path at a time from a point and back
(``indices``), or along Morris' trajectories (``morris``). The first two points are not counted: they fill
what is remembered. CPU seconds of one thread; medians and means.
"""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean, median
from typing import TypeVar

import numpy as np
from interleaved import asked

from simulator.analysis.sweep.asked import planned
from simulator.definition.experiments import load_experiment
from simulator.engines.network import Network
from simulator.experiment.piece import do_piece
from simulator.experiment.scenarios import compile_scenarios
from simulator.experiment.sweep.compiling import Works
from simulator.experiment.sweep.plan import CENTRAL, Plan

HERE = Path(__file__).resolve().parent
SCREENING = HERE.parent / "experiments" / "screening.toml"
DESIGNS = {
    "sobol": '{{ kind = "sobol", runs = {} }}',
    "indices": '{{ kind = "sobol", runs = {}, indices = true }}',
    "morris": '{{ kind = "morris", trajectories = {} }}',
}
FIRST = 2
Made = TypeVar("Made")
PIECES = ("compiled", "run", "measured", "laid out")


def main(said: Sequence[str]) -> None:
    """Measure the pieces and print them."""
    parser = asked("What a point of a screening costs.")
    parser.add_argument("--points", type=int, default=12)
    parser.add_argument("--design", choices=DESIGNS, default="sobol")
    chosen = parser.parse_args(said)
    points = 1 if chosen.quick else chosen.points
    design = f"design={DESIGNS[chosen.design].format(FIRST + points)}"
    settings = ['engine="stocks"', "replications=1", design]
    experiment = load_experiment(HERE / "short_sweep.toml" if chosen.quick else SCREENING, settings=settings)
    plan = planned(experiment, compile_scenarios(experiment))
    works = Works(plan)
    found = [seconds_of(plan, works, point=point) for point in range(FIRST + points)][FIRST:]
    size = f"{points} points of {len(plan.scenarios)} worlds, {len(plan.paths)} paths"
    print(f"{size}, {chosen.design}; CPU seconds a point")
    for name, seconds in zip(PIECES, zip(*found, strict=True), strict=True):
        print(f"{name:<10} median {median(seconds):7.3f}   mean {mean(seconds):7.3f}")
    each = [sum(one[:3]) for one in found]
    print(f"{'in all':<10} median {median(each):7.3f}   mean {mean(each):7.3f}  (laying out is of the run)")
    print(f"10,000 points on two cores: {10_000 * mean(each) / 2 / 60:.0f} minutes")


def seconds_of(plan: Plan, works: Works, *, point: int) -> tuple[float, ...]:
    """Do a point, and give what each piece took; lay its worlds out once more, for that is part of a run."""
    compiled, work = timed(lambda: works.at(point, CENTRAL))
    ran, done = timed(lambda: do_piece(work, 0, ran=lambda: None))
    seen = done.observations
    measured, _ = timed(
        lambda: np.array([plan.measures(seen[name], work.programs[name]) for name in plan.scenarios])
    )
    laid, _ = timed(lambda: [Network(program) for program in work.programs.values()])
    return compiled, ran, measured, laid


def timed(act: Callable[[], Made]) -> tuple[float, Made]:
    """Give the CPU seconds of this thread that something took, and what came of it."""
    begun = time.thread_time()
    made = act()
    return time.thread_time() - begun, made


if __name__ == "__main__":
    main(sys.argv[1:])
