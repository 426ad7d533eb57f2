"""The shipped place, one simulated year of its baseline on one core; then what each further scenario adds.

    python benchmarks/place_year.py [--rounds 3] [--share 1]

Warm, log off, in fresh processes: the year's CPU seconds after a short run that loads the compiled code, and
the most memory of the process. A further scenario of the same replication shares the demand and is forked
from the baseline where they part: its cost is that of a piece of work with all scenarios of
``experiments/sunderland.toml`` less that of the baseline alone, for a year after its warm-up.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from statistics import median

from interleaved import asked, cpu_of, interleave, run_child
from ours import YEAR_DAYS
from point import Question, measure

from simulator.compiler.program import Program
from simulator.definition import Experiment, load_experiment
from simulator.experiment.piece import do_piece
from simulator.experiment.scenarios import compile_scenarios
from simulator.experiment.work import work_of

REPOSITORY = Path(__file__).parents[1]
PLACE = REPOSITORY / "models" / "place.toml"
EXPERIMENT = REPOSITORY / "experiments" / "sunderland.toml"
QUICK = Path(__file__).with_name("quick.toml")


def main(said: Sequence[str]) -> None:
    """Measure and print, or (with ``--scenarios``) measure the scenarios here, for the parent."""
    parser = asked("A simulated year of the shipped place.", rounds=3)
    parser.add_argument("--share", type=Fraction, default=Fraction(1))
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--scenarios", type=Path, help="measure an experiment's scenarios, in this process")
    chosen = parser.parse_args(said)
    if chosen.scenarios:
        settings = [f"population_share={float(chosen.share)}", f"horizon={chosen.weeks} weeks"]
        experiment = load_experiment(chosen.scenarios, settings=settings)
        print(json.dumps(scenario_seconds(experiment, rounds=chosen.rounds)))
    elif chosen.quick:
        print_scenarios(QUICK, Fraction(1), weeks=1, rounds=1)
    else:
        print_year(chosen.share, rounds=chosen.rounds)
        print_scenarios(EXPERIMENT, chosen.share, weeks=chosen.weeks, rounds=chosen.rounds)


def print_year(share: Fraction, *, rounds: int) -> None:
    """Print what a year of the baseline takes."""
    found = measure(Question(model=PLACE, days=YEAR_DAYS, share=share, times=rounds))
    seconds = ", ".join(f"{one:.3f}" for one in found.cpu_seconds)
    print(f"{found.people:,} people, {YEAR_DAYS} days: {found.events:,} events, {found.starts:,} starts")
    print(f"baseline: median {found.typical:.3f} CPU s ({seconds}); to reach: at most 1.5")
    print(f"memory: {found.megabytes:.0f} MB; to reach: at most 400")


def print_scenarios(path: Path, share: Fraction, *, weeks: int, rounds: int) -> None:
    """Print what each further scenario of a replication adds, measured in a process of its own."""
    words = ["--share", str(share), "--weeks", str(weeks), "--rounds", str(rounds)]
    child = run_child([sys.executable, __file__, "--scenarios", str(path), *words])
    added, alone = json.loads(child.said)
    print(f"each further scenario: {added:.3f} CPU s for {weeks} weeks; to reach: at most 1.1 a year")
    print(f"the baseline alone, warm-up included: {alone:.3f} CPU s")
    print(f"memory with all scenarios: {child.megabytes:.0f} MB")


def scenario_seconds(experiment: Experiment, *, rounds: int) -> tuple[float, float]:
    """Give the CPU seconds that each further scenario adds, and those of the baseline alone."""
    programs = compile_scenarios(experiment).programs
    baseline = dict(list(programs.items())[:1])

    def seconds(some: Mapping[str, Program]) -> float:
        work = work_of(experiment, some)
        return cpu_of(lambda: do_piece(work, 0, ran=nothing))

    seconds(programs)
    found = interleave(
        {"all": lambda: seconds(programs), "baseline": lambda: seconds(baseline)}, rounds=rounds
    ).seconds
    added = median(one - other for one, other in zip(found["all"], found["baseline"], strict=True))
    return added / (len(programs) - 1), median(found["baseline"])


def nothing() -> None:
    """Do nothing after a run."""


if __name__ == "__main__":
    main(sys.argv[1:])
