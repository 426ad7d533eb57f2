"""One model, one process: CPU seconds of runs after a short one that loads the compiled code, and memory.

    python benchmarks/point.py models/place.toml [--days 365] [--share 1] [--set PATH=VALUE] [--times 1]

Other benchmarks run this in a fresh process for each point (``measure``), so that memory is that point's own.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from statistics import median

from interleaved import cpu_of, run_child
from ours import compile_days, run_ours, starts_in

from simulator.compiler.program import Program
from simulator.engines import records
from simulator.engines.records import Run

SHORT_DAYS = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What one point took: CPU seconds of each run, and of the last what happened in it.

    ``pending`` is how many were in some activity on average; ``megabytes`` the most memory of the process.
    """

    cpu_seconds: Sequence[float]
    people: int
    events: int
    starts: int
    pending: float
    megabytes: float

    @property
    def typical(self) -> float:
        """Give the median of the CPU seconds."""
        return median(self.cpu_seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A model, changed, for so many days from empty, run so many times."""

    model: Path
    days: float
    share: Fraction = Fraction(1)
    settings: Sequence[str] = ()
    times: int = 1

    def words(self) -> list[str]:
        """Write the command line that asks it."""
        words = [str(self.model), "--days", str(self.days), "--share", str(self.share)]
        words += ["--times", str(self.times)]
        return words + [word for setting in self.settings for word in ("--set", setting)]


def measure(question: Question) -> Point:
    """Measure one point in a process of its own."""
    child = run_child([sys.executable, __file__, *question.words()])
    return Point(**{**json.loads(child.said), "megabytes": child.megabytes})


def measure_here(question: Question) -> Point:
    """Measure one point in this process; ``megabytes`` is left to the parent."""

    def program_for(days: float) -> Program:
        return compile_days(question.model, days=days, share=question.share, settings=question.settings)

    run_ours(program_for(min(SHORT_DAYS, question.days)))
    program, runs = program_for(question.days), list[Run]()
    seconds = []
    for replication in range(question.times):
        runs.clear()
        seconds.append(cpu_of(lambda number=replication: runs.append(run_ours(program, replication=number))))
    return Point(
        cpu_seconds=seconds,
        people=int(program.people.segment_people.sum()),
        events=runs[0].events,
        starts=starts_in(runs[0]),
        pending=pending_in(runs[0], program),
        megabytes=0,
    )


def pending_in(run: Run, program: Program) -> float:
    """Give the mean number in some activity."""
    return float(run.activities.values[:, records.ACTIVE_AREA].sum() / program.calendar.end_second)


def main(said: Sequence[str]) -> None:
    """Measure one point and print it as JSON."""
    parser = argparse.ArgumentParser(description="CPU seconds and memory of one model.")
    parser.add_argument("model", type=Path)
    parser.add_argument("--days", type=float, default=365)
    parser.add_argument("--share", type=Fraction, default=Fraction(1))
    parser.add_argument("--set", action="append", default=[], dest="settings", metavar="PATH=VALUE")
    parser.add_argument("--times", type=int, default=1)
    print(json.dumps(asdict(measure_here(Question(**vars(parser.parse_args(said)))))))


if __name__ == "__main__":
    main(sys.argv[1:])
