"""How long a sweep of a million runs takes to see what its folder holds, before it goes on.

    python benchmarks/sweep_scan.py [--pieces 1000000] [--quick]

A folder of made-up parts of 256 pieces, two scenarios and four measures each; every byte is checked against
its checksum. CPU and wall seconds.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from simulator.analysis.sweep.asked import planned
from simulator.definition.experiments import load_experiment
from simulator.experiment.parts import PARTS
from simulator.experiment.scenarios import compile_scenarios
from simulator.experiment.sweep.chunk import MOST_PIECES, Rows
from simulator.experiment.sweep.chunk_files import are_there, write_rows
from simulator.experiment.sweep.plan import Plan

HERE = Path(__file__).resolve().parent
POINTS = 50


def main(said: list[str]) -> None:
    """Make the folder, scan it, and print how long that took."""
    parser = argparse.ArgumentParser(description="How long a folder of many runs takes to be taken up.")
    parser.add_argument("--pieces", type=int, default=1_000_000)
    parser.add_argument("--quick", action="store_true", help="a tiny job, to see that the script works")
    asked = parser.parse_args(said)
    replications = (1_000 if asked.quick else asked.pieces) // POINTS
    settings = [f"replications={replications}"]
    experiment = load_experiment(HERE / "short_sweep.toml", settings=settings)
    plan = planned(experiment, compile_scenarios(experiment))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        parts = made(folder, plan)
        cpu, wall = time.process_time(), time.monotonic()
        left = sum(1 for _ in plan.pieces(~are_there(folder, plan)))
        cpu, wall = time.process_time() - cpu, time.monotonic() - wall
    print(f"{len(plan):,} pieces in {parts:,} parts; {left} are left")
    print(f"scan: {cpu:.2f} CPU s, {wall:.2f} s")


def made(folder: Path, plan: Plan) -> int:
    """Write the parts of every piece but the last, with made-up values; give how many there are."""
    (folder / PARTS).mkdir()
    fsync, os.fsync = os.fsync, lambda _: None  # a folder that is thrown away need not survive the machine
    numbers = np.arange(len(plan) - 1)
    chunks = np.split(numbers, range(MOST_PIECES, len(numbers), MOST_PIECES))
    for chunk in chunks:
        point, replication = np.divmod(chunk, plan.replications)
        pieces = np.stack([point, np.zeros_like(point), replication], axis=1)
        values = np.random.default_rng(int(chunk[0])).random(
            (len(chunk), len(plan.scenarios), len(plan.names))
        )
        write_rows(folder, Rows(pieces=pieces, values=values))
    os.fsync = fsync
    return len(chunks)


if __name__ == "__main__":
    main(sys.argv[1:])
