"""Our people engines against straightforward SimPy, process style, on workload W.

    python benchmarks/against_simpy.py [--rounds 5] [--days 365] [--readable]

Each round is a replication of its own, with other seeds. Whether the two are the same system is told by
places in use, mean waits and the share over four hours: near saturation a year differs much from the next, so
the spread of one year is taken from many more replications of ours, which cost little.
"""

import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, variance

import numpy as np
from interleaved import Job, asked, cpu_of, interleave
from ours import YEAR_DAYS, compile_workload, run_ours, starts_in
from simpy_workload import Pathway
from workload import read_workload

from simulator.compiler.program import Program
from simulator.engines import records
from simulator.engines.records import Run
from simulator.engines.run import Engine

Figures = dict[str, float]
MANY = 40
COST = "{:<20} {:>10} {:>24} {:>14}"
FIGURE = "{:<32} {:>12} {:>12} {:>24}"


@dataclass(slots=True)
class Contender:
    """An engine, what it started, and the figures of each round; ``run`` gives starts and figures."""

    run: Callable[[int], tuple[int, Figures]]
    starts: list[int]
    figures: list[Figures]

    def job(self) -> Job:
        """Make the job that runs the next round's replication."""

        def act() -> None:
            starts, figures = self.run(len(self.starts))
            self.starts.append(starts)
            self.figures.append(figures)

        return lambda: cpu_of(act)


def simpy_contender(days: float) -> Contender:
    """Make the SimPy side."""
    workload = read_workload()

    def run(number: int) -> tuple[int, Figures]:
        found = Pathway(workload, seed=number, hours=days * 24).run()
        in_use = {f"{name}: places in use": value for name, value in found.in_use.items()}
        waits = {f"{name}: mean wait, h": value for name, value in found.mean_wait.items()}
        return found.starts, {**in_use, **waits, "A&E: share over 4 h": found.over_target}

    return Contender(run, [], [])


def our_contender(program: Program, engine: Engine) -> Contender:
    """Make one of ours."""

    def run(number: int) -> tuple[int, Figures]:
        found = run_ours(program, engine=engine, replication=number)
        return starts_in(found), figures_of(found, program)

    return Contender(run, [], [])


def figures_of(run: Run, program: Program) -> Figures:
    """Read the figures off one of our runs."""
    resources = program.activities.resource[:, -1]
    in_use = run.resources.values[:, resources, records.USED_AREA].sum(axis=0) / program.calendar.end_second
    figures = {
        f"{name}: places in use": float(value)
        for name, value in zip(program.names.activities, in_use, strict=True)
    }
    for activity, name in enumerate(program.names.activities):
        rows = program.activities.row[activity] + len(program.names.homes)
        values = run.activities.values[np.isin(run.activities.row, rows)].sum(axis=0)
        if values[records.STARTS]:
            waited = values[records.WAIT_SECONDS] / values[records.STARTS] / 3600
            figures[f"{name}: mean wait, h"] = float(waited)
    stopped = max(int(run.clocks.stopped.sum()), 1)
    figures["A&E: share over 4 h"] = 1 - int(run.clocks.within.sum()) / stopped
    return figures


def apart(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """Write how many standard errors lie between two means; the spread of a run is that of ours."""
    if len(ours) < 2:
        return "one round: unknown"
    error = math.sqrt(variance(ours) * (1 / len(ours) + 1 / len(theirs)))
    return f"{(mean(ours) - mean(theirs)) / error:+.1f} standard errors" if error else "equal"


def main(said: Sequence[str]) -> None:
    """Time, compare and print."""
    parser = asked("Our people engines against straightforward SimPy.")
    parser.add_argument("--days", type=float, default=None)
    parser.add_argument("--readable", action="store_true", help="the readable engine as well")
    chosen = parser.parse_args(said)
    days = chosen.days or (1 if chosen.quick else YEAR_DAYS)
    names: tuple[Engine, ...] = ("people", "readable") if chosen.readable else ("people",)
    program = compile_workload(days=days)
    contenders = {name: our_contender(program, name) for name in names}
    for contender in contenders.values():
        contender.run(0)
    contenders["SimPy"] = simpy_contender(days)
    timings = interleave(
        {name: one.job() for name, one in contenders.items()}, rounds=1 if chosen.quick else chosen.rounds
    )
    print(COST.format(f"{days:g} days", "CPU s", "starts a CPU second", "× SimPy"))
    for name, one in contenders.items():
        took = timings.typical(name)
        times = timings.times("SimPy", over=name)
        speed = f"{mean(one.starts) / took:,.0f}"
        print(COST.format(name, f"{took:.3f}", speed, f"{times:.1f}"))
    print(f"rounds {timings.spread('SimPy', over=names[0])}; to reach: at least 80")
    for number in range(0 if chosen.quick else MANY):
        contenders[names[0]].figures.append(contenders[names[0]].run(1000 + number)[1])
    print_figures(contenders, ours=names[0])


def print_figures(contenders: Mapping[str, Contender], *, ours: str) -> None:
    """Print what both engines say of the system."""
    print(FIGURE.format("is it the same system?", ours, "SimPy", "apart"))
    mine, theirs = contenders[ours].figures, contenders["SimPy"].figures
    for name in sorted(set(mine[0]) & set(theirs[0])):
        one, other = [found[name] for found in mine], [found[name] for found in theirs]
        print(FIGURE.format(name, f"{mean(one):.4g}", f"{mean(other):.4g}", apart(one, other)))


if __name__ == "__main__":
    main(sys.argv[1:])
