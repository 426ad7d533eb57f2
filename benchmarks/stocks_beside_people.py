"""How near do the stocks come to the people engine? The tables of docs/stocks.md, made again.

    python benchmarks/stocks_beside_people.py [--experiment FILE] [--weeks 104] [--replications 2] [--quick]

An experiment is run by both engines: levels of the baseline side by side, then what each scenario changes. A
figure of the people engine has chance in it, so beside a difference stands its standard error. ``--quick``
takes a small part of the place, where chance is more than what is compared.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from simulator.analysis import compare, write_tables
from simulator.definition import load_experiment
from simulator.experiment.run import run_experiment

EXPERIMENTS = Path(__file__).parents[1] / "experiments"
Figures = Mapping[str, Mapping[str, float | None]]
# What is compared: a family of measures, and what is read of each of its members.
LEVELS = (
    ("resource", "in_use_mean"),
    ("resource", "kept_mean"),
    ("resource", "queue_mean"),
    ("activity", "starts_per_day"),
    ("need", "per_year"),
)
NEAR = 0.03
# Differences are shown that are so many standard errors from nought in the people engine.
SEEN = 3.0
# Half the width of a 95% interval in standard errors, two replications (the t law with one degree).
WIDTH = {2: 12.706, 3: 4.303, 4: 3.182, 5: 2.776, 6: 2.571, 8: 2.365, 10: 2.262}


def main(said: Sequence[str]) -> None:
    """Run both engines and print the tables."""
    parser = argparse.ArgumentParser(description="The stocks beside the people engine.")
    parser.add_argument("--experiment", type=Path)
    parser.add_argument("--weeks", type=int, default=104)
    parser.add_argument("--replications", type=int, default=2, choices=sorted(WIDTH))
    parser.add_argument("--quick", action="store_true")
    chosen = parser.parse_args(said)
    file = chosen.experiment or EXPERIMENTS / ("first_look.toml" if chosen.quick else "sunderland.toml")
    people, stocks = (
        _summary(file, engine, weeks=chosen.weeks, replications=chosen.replications)
        for engine in ("people", "stocks")
    )
    for line in (*_levels(people, stocks), *_differences(people, stocks, number=chosen.replications)):
        print(line)


def _summary(file: Path, engine: str, *, weeks: int, replications: int) -> dict[str, dict[str, Figures]]:
    """Run an experiment with an engine and give its summary."""
    settings = [f"engine={engine}", f"replications={replications}", f'horizon="{weeks} weeks"']
    with tempfile.TemporaryDirectory() as folder:
        results = run_experiment(
            load_experiment(file, settings=settings), out=Path(folder) / "out", workers=1
        )
        write_tables(compare(results))
        found: dict[str, dict[str, Figures]] = json.loads(
            (results.folder / "summary.json").read_text("utf-8")
        )
        return found


def _levels(people: Mapping[str, object], stocks: Mapping[str, object]) -> Iterator[str]:
    """Set the baseline's levels side by side, and count how many are near."""
    one, other = (each["scenarios"]["baseline"] for each in (people, stocks))  # type: ignore[index]
    near = total = 0
    for family, what in LEVELS:
        yield from (
            "",
            f"| {family}, `{what}` | people (95%) | stocks | difference |",
            "|---|---:|---:|---:|",
        )
        for name in sorted(one):
            first, *between = name.split(".")
            if first != family or between[1:] != [what]:
                continue
            here, there = one[name]["mean"], other[name]["mean"]
            if not here:
                continue
            apart = there / here - 1
            if what not in ("queue_mean", "kept_mean"):
                total, near = total + 1, near + (abs(apart) <= NEAR)
            half = (one[name]["high"] - one[name]["low"]) / 2
            yield f"| `{between[0]}` | {here:.4g} ± {half:.2g} | {there:.4g} | {apart:+.1%} |"
    yield from ("", f"{near} of {total} occupancies and flows are within 3%.")


def _differences(people: Mapping[str, object], stocks: Mapping[str, object], *, number: int) -> Iterator[str]:
    """Set what scenarios change side by side, where the people engine has seen it."""
    for scenario, rows in people["differences"].items():  # type: ignore[attr-defined]
        yield from ("", f"| {scenario} | people | standard error | stocks |", "|---|---:|---:|---:|")
        same = seen = 0
        for name, row in sorted(rows.items()):
            there = stocks["differences"][scenario].get(name)  # type: ignore[index]
            if row["mean"] is None or row["low"] is None or there is None or there["mean"] is None:
                continue
            error = (row["high"] - row["low"]) / 2 / WIDTH[number]
            if abs(row["mean"]) <= SEEN * error or row["mean"] == 0:
                continue
            seen, same = seen + 1, same + (row["mean"] * there["mean"] > 0)
            if name.split(".")[-1] in ("in_use_mean", "starts_per_day", "per_year", "averted_per_year"):
                yield f"| `{name}` | {row['mean']:.4g} | {error:.2g} | {there['mean']:.4g} |"
        yield from ("", f"{same} of {seen} differences that the people engine sees have the same sign.")


if __name__ == "__main__":
    main(sys.argv[1:])
