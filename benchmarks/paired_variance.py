"""How much pairing is worth: variance of paired differences against unpaired seeds, measure by measure.

    python benchmarks/paired_variance.py experiments/first_look.toml [--replications 20] [--all]

Two worlds of one replication share people, needs and luck; two of different replications share nothing. The
variance of an unpaired difference is that of the scenario plus that of the baseline, over the same runs. The
ratio is how many times as many replications an unpaired study would need.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import variance

from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.definition.experiments import load_experiment
from simulator.experiment.progress import progress_on
from simulator.experiment.run import run_experiment

COLUMNS = "{:<28} {:<52} {:>12} {:>12} {:>10}"


def main(said: list[str]) -> None:
    """Run an experiment and print the table."""
    parser = argparse.ArgumentParser(description="Variance of paired differences against unpaired seeds.")
    parser.add_argument("experiment", type=Path)
    parser.add_argument("--replications", type=int, default=None)
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--out", type=Path, default=None, help="keep the results here, or take them up again")
    parser.add_argument("--all", action="store_true", help="every measure, not only the primary ones")
    parser.add_argument("--set", action="append", default=[], dest="settings", help="path=value, repeatable")
    asked = parser.parse_args(said)
    experiment = load_experiment(asked.experiment, settings=asked.settings)
    with tempfile.TemporaryDirectory() as scratch:
        results = run_experiment(
            experiment,
            out=asked.out or Path(scratch) / "results",
            workers=asked.workers,
            progress=progress_on(),
            replications=asked.replications,
        )
        print_table(compare(results), every=asked.all)


def print_table(comparison: Comparison, *, every: bool) -> None:
    """Print a row for each scenario and measure in which anything varies."""
    names = list(comparison.names) if every else [one.name for one in comparison.primary]
    print(f"{len(comparison.results.replications)} replications")
    print(COLUMNS.format("scenario", "measure", "unpaired", "paired", "ratio"))
    for scenario in comparison.others:
        for name in names:
            row = variances(comparison, scenario, name=name)
            if row is not None:
                unpaired, paired = row
                ratio = f"{unpaired / paired:.1f}" if paired else "exact"
                print(COLUMNS.format(scenario, name, f"{unpaired:.4g}", f"{paired:.4g}", ratio))


def variances(comparison: Comparison, scenario: str, *, name: str) -> tuple[float, float] | None:
    """Give the variances of an unpaired and a paired difference; ``None`` where nothing can be said."""
    pairs = [
        (one, other)
        for one, other in zip(
            comparison.values[scenario][name],
            comparison.values[comparison.scenarios[0]][name],
            strict=True,
        )
        if one is not None and other is not None
    ]
    if len(pairs) < 2:
        return None
    unpaired = variance([one for one, _ in pairs]) + variance([other for _, other in pairs])
    return (unpaired, variance([one - other for one, other in pairs])) if unpaired else None


if __name__ == "__main__":
    main(sys.argv[1:])
