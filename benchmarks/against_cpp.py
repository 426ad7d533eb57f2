"""Our people engine against hand-written C++ that does the same work with the same generator.

    python benchmarks/against_cpp.py [--rounds 5] [--days 365]

The C++ (``cpp/workload_w.cpp``) has workload W in its code and reads routes, tables and seed from our
compiled Program. It is the same work because it is the same events: a shorter run is compared event by event
(a hash of every second, event, case, number, activity and place in order), the timed one in all its records.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cpp_job import hash_of, read_records, tables_of, write_job
from interleaved import asked, cpu_of, interleave
from ours import SEED, YEAR_DAYS, compile_workload, run_ours, starts_in

from simulator.compiler.program import Program
from simulator.engines.records import Run

SOURCE = Path(__file__).parent / "cpp" / "workload_w.cpp"
FLAGS = ("-std=c++20", "-march=native", "-ffp-contract=off")
# So few that even in a few days, from empty, places are kept and virtual beds are full.
FEW_PLACES = (
    "resources.beds.capacity=60",
    "resources.virtual_beds.capacity=20",
    "resources.packages.capacity=9",
)
LINE = "{:<32} {:>10} {:>14} {:>18}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cpp:
    """The hand-written program, built in a folder that will be thrown away."""

    program: Path

    def run(self, job: Path, *, keeps_log: bool = False) -> "CppRun":
        """Run a job twice in a process of its own: the first warms up."""
        records = job.with_suffix(".records")
        words = [str(self.program), str(job), str(records), "2", str(int(keeps_log))]
        said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
        nanoseconds, events, hashed = map(int, said.splitlines()[-1].split())
        return CppRun(seconds=nanoseconds / 1e9, events=events, hashed=hashed, records=records)


@dataclass(frozen=True, slots=True, kw_only=True)
class CppRun:
    """What one run of it said."""

    seconds: float
    events: int
    hashed: int
    records: Path


def build(folder: Path, *, optimise: str = "-O3") -> Cpp | None:
    """Build the C++; ``None`` where there is no g++."""
    compiler = shutil.which("g++")
    if compiler is None:
        return None
    program = folder / "workload_w"
    subprocess.run([compiler, optimise, *FLAGS, str(SOURCE), "-o", str(program)], check=True)
    return Cpp(program=program)


def same_events(cpp: Cpp, program: Program, folder: Path) -> str:
    """Compare every event of a short run, and all its records."""
    job = folder / "short"
    write_job(program, job, seed=SEED, replication=1)
    theirs = cpp.run(job, keeps_log=True)
    ours = run_ours(program, replication=1, keeps_log=True)
    assert ours.log is not None
    if hash_of(ours.log, program) != theirs.hashed:
        return f"NOT the same events in {len(ours.log.second):,} lines of the log"
    return f"the same {len(ours.log.second):,} lines of the log; {same_records(ours, theirs, program)}"


def same_records(ours: Run, theirs: CppRun, program: Program) -> str:
    """Compare all records of a run."""
    mine = tables_of(ours, program)
    different = mine.differences(read_records(theirs.records, periods=len(ours.exits)))
    return (
        "NOT the same: " + "; ".join(different) if different else f"the same {mine.size:,} numbers recorded"
    )


def main(said: Sequence[str]) -> None:
    """Build, compare, time and print."""
    parser = asked("Our people engine against hand-written C++.")
    parser.add_argument("--days", type=float, default=None)
    chosen = parser.parse_args(said)
    days = chosen.days or (2 if chosen.quick else YEAR_DAYS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cpp = build(folder, optimise="-O1" if chosen.quick else "-O3")
        if cpp is None:
            print("Skipped: no g++ here.")
            return
        shorter = compile_workload(days=min(days, 28), settings=FEW_PLACES)
        print(f"a short job with few beds: {same_events(cpp, shorter, folder)}")
        compare(cpp, compile_workload(days=days), folder, rounds=1 if chosen.quick else chosen.rounds)


def compare(cpp: Cpp, program: Program, folder: Path, *, rounds: int) -> None:
    """Time both on the same job, and print the table."""
    job = folder / "job"
    write_job(program, job, seed=SEED, replication=0)
    ours, theirs = run_ours(program), cpp.run(job)
    timings = interleave(
        {"ours": lambda: cpu_of(lambda: run_ours(program)), "C++": lambda: cpp.run(job).seconds},
        rounds=rounds,
    )
    starts = starts_in(ours)
    print(
        f"the timed job: {same_records(ours, theirs, program)}; {theirs.events:,} events, {starts:,} starts"
    )
    print(LINE.format("", "CPU s", "ns an event", "ns a service start"))
    for name, label in (("ours", "our people engine"), ("C++", "C++ by hand")):
        took = timings.typical(name)
        each = [f"{took:.3f}", f"{took / theirs.events * 1e9:.1f}", f"{took / starts * 1e9:.1f}"]
        print(LINE.format(label, *each))
    ratio, spread = timings.times("ours", over="C++"), timings.spread("ours", over="C++")
    print(f"ours ÷ C++: {ratio:.2f} (rounds {spread}); to reach: at most 1.3")


if __name__ == "__main__":
    main(sys.argv[1:])
