"""How long it takes to begin: compiling the engine for the first time, and starting when that is done.

    python benchmarks/start.py [--rounds 3]

CPU seconds of whole processes. *Cold* is a run with an empty folder of compiled code; *warm* the same
command again; the run itself is tiny.
"""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from interleaved import Job, asked, interleave, run_child

REPOSITORY = Path(__file__).parents[1]
DOWNSTREAM = (sys.executable, "-c", "from simulator.cli import main; main()")
PLACE = REPOSITORY / "experiments" / "sunderland.toml"
SMALL = Path(__file__).with_name("workload_w_year.toml")
TINY = ("--set", "horizon=1 week", "--set", "population_share=0.001", "--replications", "1", "--workers", "1")
LINE = "{:<48} {:>8.2f} CPU s   to reach: {}"


def main(said: Sequence[str]) -> None:
    """Time the commands and print."""
    chosen = asked("How long it takes to begin.", rounds=3).parse_args(said)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if chosen.quick:
            print_warm(Jobs(folder, SMALL), {}, rounds=1)
            return
        jobs, compiled = Jobs(folder, PLACE), {"NUMBA_CACHE_DIR": str(folder / "compiled")}
        jobs.run(compiled)()
        print_warm(jobs, compiled, rounds=chosen.rounds)
        cold = interleave({"cold": jobs.cold_run}, rounds=chosen.rounds).typical("cold")
    print(LINE.format("the same run, compiling the engine first", cold, "at most 15 more"))


def print_warm(jobs: "Jobs", environment: Mapping[str, str], *, rounds: int) -> None:
    """Print what it takes to begin when everything is compiled."""
    found = interleave({"check": jobs.check(environment), "run": jobs.run(environment)}, rounds=rounds)
    print(LINE.format(f"downstream check {jobs.experiment.name}, warm", found.typical("check"), "at most 1"))
    print(LINE.format("a tiny run of it, warm", found.typical("run"), "–"))


class Jobs:
    """The commands, each a process of its own; every run has a results folder of its own."""

    def __init__(self, folder: Path, experiment: Path) -> None:
        self.folder = folder
        self.experiment = experiment
        self.count = 0

    def check(self, environment: Mapping[str, str]) -> Job:
        """Check the experiment."""
        words = [*DOWNSTREAM, "check", str(self.experiment)]
        return lambda: run_child(words, environment=environment).cpu_seconds

    def run(self, environment: Mapping[str, str]) -> Job:
        """Run it, made tiny."""
        return lambda: self._run(environment)

    def cold_run(self) -> float:
        """Run it with nothing compiled."""
        return self._run({"NUMBA_CACHE_DIR": str(self.folder / f"empty_{self.count}")})

    def _run(self, environment: Mapping[str, str]) -> float:
        self.count += 1
        out = ["--out", str(self.folder / f"results_{self.count}")]
        words = [*DOWNSTREAM, "run", str(self.experiment), *TINY, *out]
        return run_child(words, environment=environment).cpu_seconds


if __name__ == "__main__":
    main(sys.argv[1:])
