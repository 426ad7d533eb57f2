"""Our people engine against Ciw, on a Jackson network (``jackson.toml``).

    python benchmarks/against_ciw.py [--python ciw/bin/python] [--rounds 5] [--days 100]

Ciw may live in an environment of its own: ``python3 -m venv ciw && ciw/bin/pip install ciw``.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from interleaved import asked, cpu_of, interleave
from ours import compile_days, run_ours, starts_in

from simulator.engines import records
from simulator.engines.records import Run

MODEL = Path(__file__).with_name("jackson.toml")
WORKER = Path(__file__).with_name("ciw_jackson.py")
LINE = "{:<20} {:>10} {:>24} {:>18}"


def has_ciw(python: str) -> bool:
    """Say whether an interpreter can import Ciw."""
    return subprocess.run([python, "-c", "import ciw"], capture_output=True, check=False).returncode == 0


def network() -> str:
    """Read the network off the model file, for the worker."""
    raw = tomllib.loads(MODEL.read_text(encoding="utf-8"))
    activities, names = raw["activities"], list(raw["activities"])
    rates = {one["starts_at"]: one["rate"] for one in raw["referrals"].values()}
    nodes = {
        "arrivals": [float(rates[name].removesuffix(" per hour")) for name in names],
        "services": [60 / float(mean_minutes(activities[name])) for name in names],
        "servers": [raw["resources"][activities[name]["resource"]]["capacity"] for name in names],
        "routes": [[activities[name]["routes"].get(to, 0.0) for to in names] for name in names],
    }
    return json.dumps(nodes)


def mean_minutes(activity: Mapping[str, Any]) -> str:
    """Read the minutes of an exponential duration."""
    text: str = activity["duration"]["expon"]["mean"]
    return text.removesuffix(" min")


def mean_wait(run: Run) -> float:
    """Give the mean wait of one of our runs, in hours."""
    values = run.activities.values
    return float(values[:, records.WAIT_SECONDS].sum() / values[:, records.STARTS].sum() / 3600)


def main(said: Sequence[str]) -> None:
    """Time, compare and print."""
    parser = asked("Our people engine against Ciw.")
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has Ciw")
    parser.add_argument("--days", type=float, default=None)
    chosen = parser.parse_args(said)
    if not has_ciw(chosen.python):
        print("Skipped: no Ciw here. python3 -m venv ciw && ciw/bin/pip install ciw, then --python.")
        return
    days = chosen.days or (1 if chosen.quick else 100)
    compare(chosen.python, days, rounds=1 if chosen.quick else chosen.rounds)


def compare(python: str, days: float, *, rounds: int) -> None:
    """Run both in rounds, each a replication of its own."""
    program = compile_days(MODEL, days=days)
    nodes, ours, theirs = network(), [run_ours(program)], []

    def run_ciw() -> float:
        words = [python, str(WORKER), str(days * 24), str(len(theirs)), nodes]
        taken, services, waited = subprocess.run(
            words, check=True, capture_output=True, text=True
        ).stdout.split()
        theirs.append((int(services), float(waited)))
        return float(taken)

    def run_one() -> float:
        return cpu_of(lambda: ours.append(run_ours(program, replication=len(ours))))

    timings = interleave({"ours": run_one, "Ciw": run_ciw}, rounds=rounds)
    print(LINE.format(f"{days:g} days", "CPU s", "services a CPU second", "mean wait, min"))
    ours_said = (mean(map(starts_in, ours)), mean(map(mean_wait, ours)))
    ciw_said = (mean(one for one, _ in theirs), mean(wait for _, wait in theirs))
    for name, label, (services, wait) in (
        ("ours", "our people engine", ours_said),
        ("Ciw", "Ciw", ciw_said),
    ):
        took = timings.typical(name)
        print(LINE.format(label, f"{took:.3f}", f"{services / took:,.0f}", f"{wait * 60:.3f}"))
    print(
        f"Ciw ÷ ours: {timings.times('Ciw', over='ours'):.1f} (rounds {timings.spread('Ciw', over='ours')})"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
