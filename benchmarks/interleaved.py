"""Fair timing on a machine that others use: rounds in which every job runs once, CPU time, medians, ratios.

A job returns the CPU seconds it took, so that it may leave out what it prepares, or measure a child. Within a
round the jobs run one after the other, every other round the other way about; a ratio is the median of the
rounds' own ratios, so that what slows a whole round falls out.
"""

import argparse
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

Job = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """CPU seconds by job, one a round."""

    seconds: Mapping[str, Sequence[float]]

    def typical(self, job: str) -> float:
        """Give the median of a job."""
        return median(self.seconds[job])

    def times(self, job: str, *, over: str) -> float:
        """Say how many times as long a job takes as another: the median of the rounds' ratios."""
        return median(one / other for one, other in zip(self.seconds[job], self.seconds[over], strict=True))

    def spread(self, job: str, *, over: str) -> str:
        """Write the least and the greatest ratio of the rounds."""
        found = sorted(one / other for one, other in zip(self.seconds[job], self.seconds[over], strict=True))
        return f"{found[0]:.3g}–{found[-1]:.3g}"


def interleave(jobs: Mapping[str, Job], *, rounds: int) -> Timings:
    """Run every job once a round."""
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    for number in range(rounds):
        names = list(jobs) if number % 2 == 0 else list(reversed(jobs))
        for name in names:
            seconds[name].append(jobs[name]())
    return Timings(seconds=seconds)


def cpu_of(act: Callable[[], object]) -> float:
    """Give the CPU seconds that this process, and those that it begins and waits for, spend on something."""
    begun = _cpu_seconds()
    act()
    return _cpu_seconds() - begun


def _cpu_seconds() -> float:
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """What a process of its own took, and what it said."""

    cpu_seconds: float
    wall_seconds: float
    megabytes: float
    said: str


def run_child(words: Sequence[str], *, environment: Mapping[str, str] | None = None) -> Child:
    """Run a command to its end; raise ``ChildProcessError`` with what it complained of."""
    begun = time.perf_counter()
    environment = {**os.environ, **(environment or {})}
    with (
        tempfile.TemporaryFile("w+") as complaints,
        subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=complaints, text=True, env=environment
        ) as child,
    ):
        said = child.stdout.read() if child.stdout else ""
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            complaints.seek(0)
            raise ChildProcessError(f"{' '.join(words)}: exit {child.returncode}.\n{complaints.read()}")
    return Child(
        cpu_seconds=used.ru_utime + used.ru_stime,
        wall_seconds=time.perf_counter() - begun,
        megabytes=used.ru_maxrss / 1024,
        said=said,
    )


def asked(purpose: str, *, rounds: int = 5) -> argparse.ArgumentParser:
    """Make the parser of a benchmark: ``--rounds``, and ``--quick`` for a tiny job that shows it runs."""
    parser = argparse.ArgumentParser(description=purpose)
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--quick", action="store_true", help="a tiny job, to see that the script runs")
    return parser
