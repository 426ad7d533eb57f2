"""What a replication's demand costs: CPU seconds to draw a year's candidates of a whole place, warm.

    python benchmarks/demand.py [models/place.toml] [--starts 2025-01-01] [--replications 5]

The first replication compiles and is not counted. Design §13 allows 1.5 s for a whole simulated year.
"""

import argparse
import resource
import sys
import time
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median

from simulator.compiler import compile_model
from simulator.compiler.program import Program
from simulator.compiler.window import Window
from simulator.definition import load_model
from simulator.engines.demand import Demand
from simulator.units import SECONDS_A_DAY

ROW = "{:<12} {:>12} {:>12} {:>12} {:>12} {:>14} {:>12}"


def main(said: list[str]) -> None:
    """Compile a place and time its demand."""
    parser = argparse.ArgumentParser(description="CPU seconds of a year's demand.")
    parser.add_argument("model", type=Path, nargs="?", default=Path("models/place.toml"))
    parser.add_argument("--starts", type=date.fromisoformat, default=date(2025, 1, 1))
    parser.add_argument("--replications", type=int, default=5)
    asked = parser.parse_args(said)
    window = Window(
        starts=asked.starts,
        warm_up_seconds=0,
        horizon_seconds=365 * SECONDS_A_DAY,
        period_seconds=7 * SECONDS_A_DAY,
    )
    program = compile_model(load_model(asked.model), window=window)
    draw(program, 0)
    print(ROW.format("replication", "people s", "life s", "needs s", "all s", "candidates", "ns each"))
    totals = []
    for replication in range(1, asked.replications + 1):
        seconds, candidates = draw(program, replication)
        totals.append(sum(seconds))
        shown = [f"{one:.3f}" for one in (*seconds, totals[-1])]
        print(ROW.format(replication, *shown, f"{candidates:,}", f"{totals[-1] / candidates * 1e9:.0f}"))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"median {median(totals):.3f} CPU s; most memory {memory:.0f} MB")


def draw(program: Program, replication: int) -> tuple[list[float], int]:
    """Draw one replication; give the CPU seconds of people, life events and needs, and the candidates."""
    demand = Demand(program, seed=1, replication=replication)
    times = [time.process_time()]
    _ = demand.population
    times.append(time.process_time())
    candidates = sum(len(demand.life(place)) for place in range(demand.years))
    times.append(time.process_time())
    candidates += sum(len(demand.year(place)) for place in range(demand.years))
    times.append(time.process_time())
    return [later - earlier for earlier, later in pairwise(times)], candidates


if __name__ == "__main__":
    main(sys.argv[1:])
