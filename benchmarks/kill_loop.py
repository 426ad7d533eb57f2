"""Kill a sweep at random instants, again and again: whatever is killed, it ends as one that never was.

    python benchmarks/kill_loop.py [--kills 20] [--seed 1] [--quick]

Sweeps of the small ward (``short_sweep.toml``) by real processes: worker processes of the command, or a
cluster begun here. At random instants the command itself, the scheduler or a worker is ended with kill -9;
the same command is then given again, until it ends by itself, and its tables are compared with those of a
sweep that nothing happened to. Needs /proc, and for the cluster the extra ``cluster``.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
MAIN, SCHEDULER, WORKER = "main", "scheduler", "worker"
# So many of the first kills come while the folder is being made or has just been.
EARLY = 0.5
MEMBER, OF_CREW = b"simulator.experiment.cluster.member", b"simulator.experiment.crew.member"
# However short the sweep is: at once by worker processes.
RUN = (
    "from simulator.experiment.sweep import chunk; chunk.SECONDS_WORTH_BEGINNING = 0; "
    "from simulator.cli import main; main()"
)


def main(said: list[str]) -> None:
    """Kill until there were so many kills, and print what was killed and whether anything was lost."""
    parser = argparse.ArgumentParser(description="Kill a sweep at random instants.")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="one kill, to see that the script works")
    asked = parser.parse_args(said)
    lot, killed, sweeps = random.Random(asked.seed), Counter[str](), 0
    wanted = 1 if asked.quick else asked.kills
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole"
        subprocess.run(command(whole, cluster=False), check=True, capture_output=True)
        while killed.total() < wanted:
            out = Path(scratch) / f"killed_{sweeps}"
            sweep(out, lot, killed=killed)
            sweeps += 1
            if told(out) != told(whole):
                raise SystemExit(f"sweep {sweeps}, after {dict(killed)}: its tables are others.")
            print(f"{sweeps} sweeps, {killed.total()} kills so far: {dict(killed)}", flush=True)
    print(f"{killed.total()} kills ({dict(killed)}) in {sweeps} sweeps: the same bytes each time.")


def sweep(out: Path, lot: random.Random, *, killed: Counter[str]) -> None:
    """Sweep into a folder, killing what is drawn, until one command ends by itself with nothing killed."""
    role = ""
    while role is not None:
        cluster = bool(find_spec("distributed")) and lot.random() < 0.7
        before = parts(out)
        with subprocess.Popen(
            command(out, cluster=cluster), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as started:
            role = kill_one(started, lot, out=out, before=before)
            said = started.communicate()[1].decode()
        if role is not None:
            killed[role] += 1
        expected = {None: (0,), MAIN: (-signal.SIGKILL,), SCHEDULER: (0, 3), WORKER: (0,)}[role]
        if started.returncode not in expected or "Traceback" in said:
            raise SystemExit(f"after {role} was killed it ended with {started.returncode}:\n{said}")
        if started.returncode == 0:
            return


def kill_one(started: subprocess.Popen[bytes], lot: random.Random, *, out: Path, before: int) -> str | None:
    """Kill one process of a sweep, some parts later or in the first second of a new folder.

    Say which, or nothing if it was over before.
    """
    is_early = not out.exists() and lot.random() < EARLY
    enough = before + lot.randint(0, 12)
    while not (out.exists() if is_early else parts(out) >= enough) and started.poll() is None:
        time.sleep(0.001 if is_early else 0.01)
    time.sleep(lot.random() ** 4 if is_early else lot.random() / 4)
    there = {MAIN: [started.pid]} | {role: members(started.pid, role) for role in (SCHEDULER, WORKER)}
    role = lot.choice([role for role, pids in there.items() if pids])
    if started.poll() is not None:
        return None
    os.kill(lot.choice(there[role]), signal.SIGKILL)
    return role


def members(pid: int, role: str) -> list[int]:
    """List the processes of a role that a command began."""
    found = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
            if (MEMBER in words and role.encode() in words) or (OF_CREW in words and role == WORKER):
                found.append(int(child))
    return found


def command(out: Path, *, cluster: bool) -> list[str]:
    """Give the command of the sweep."""
    who = ["--local-cluster", "2"] if cluster else ["--workers", "2"]
    size = ["--replications", "20", "--set", "design.runs=16"]
    words = ["sweep", str(HERE / "short_sweep.toml"), "--out", str(out), *size, *who]
    return [sys.executable, "-c", RUN, *words]


def parts(out: Path) -> int:
    """Count the parts that are there."""
    return len(list((out / "parts").glob("*.parquet")))


def told(out: Path) -> dict[str, bytes]:
    """Give the bytes of what people read, less the page, which says when it was made."""
    return {one.name: one.read_bytes() for one in (*sorted((out / "tables").iterdir()), out / "summary.json")}


if __name__ == "__main__":
    main(sys.argv[1:])
