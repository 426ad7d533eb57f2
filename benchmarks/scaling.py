"""How the people engine scales: with people, with events pending, with threads; and the generator's share.

    python benchmarks/scaling.py [--rounds 3] [--people 5000 275000 …] [--times 1 4 …] [--days 365]

People are the shipped place's, capacity taken with them (``population_share``, beyond one as well); events
pending are those of workload W, so many times as large. Each such point has a process of its own.
"""

import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import numba
import numpy as np
from interleaved import asked, cpu_of, interleave
from ours import SEED, WORKLOAD, YEAR_DAYS, compile_workload, run_ours, starts_in
from point import Point, Question, measure, measure_here
from workload import read_workload

from simulator.compiler.program import Program
from simulator.engines.demand import Demand
from simulator.engines.draws import uniform_pair
from simulator.engines.records import Run

Ask = Callable[[Question], Point]
PLACE = Path(__file__).parents[1] / "models" / "place.toml"
PLACE_PEOPLE = 275_000
RESOURCES = ("clinicians", "cubicles", "beds", "virtual_beds", "packages")
REPLICATIONS = 4
# The gap and the first route; each start then has one block, for duration and route.
BLOCKS_AN_ARRIVAL = 2
PEOPLE = "{:>12} {:>12} {:>10} {:>14} {:>18} {:>10}"
PENDING = "{:>12} {:>12} {:>10} {:>14} {:>10}"


def main(said: Sequence[str]) -> None:
    """Measure and print every table."""
    parser = asked("How the people engine scales.", rounds=3)
    parser.add_argument("--people", type=int, nargs="*", default=[5_000, 50_000, 275_000, 1_000_000])
    parser.add_argument("--times", type=int, nargs="*", default=[1, 4, 20], help="workload W so many times")
    parser.add_argument("--days", type=float, default=YEAR_DAYS)
    chosen = parser.parse_args(said)
    ask = measure
    if chosen.quick:
        chosen.people, chosen.times, chosen.days, chosen.rounds = [300], [1], 1, 1
        ask = measure_here
    print_people(ask, chosen.people, days=chosen.days)
    print_pending(ask, chosen.times, days=chosen.days / 4)
    program = compile_workload(days=chosen.days)
    run_ours(program)
    print_threads(program, rounds=chosen.rounds)
    print_generator(program)


def print_people(ask: Ask, numbers: Sequence[int], *, days: float) -> None:
    """Print a row for each number of people."""
    print(f"With people: the shipped place, {days:g} days")
    print(PEOPLE.format("people", "events", "CPU s", "ns an event", "µs a person-year", "MB"))
    for number in numbers:
        found = ask(Question(model=PLACE, days=days, share=Fraction(number, PLACE_PEOPLE)))
        each = found.typical / found.events * 1e9
        a_year = found.typical / found.people * YEAR_DAYS / days * 1e6
        figures = (f"{found.typical:.3f}", f"{each:.0f}", f"{a_year:.2f}", f"{found.megabytes:.0f}")
        print(PEOPLE.format(f"{found.people:,}", f"{found.events:,}", *figures))


def print_pending(ask: Ask, times: Sequence[int], *, days: float) -> None:
    """Print a row for each size of workload W."""
    print(f"With events pending: workload W so many times, {days:g} days from empty")
    print(PENDING.format("pending", "events", "CPU s", "ns an event", "MB"))
    for number in times:
        found = ask(Question(model=WORKLOAD, days=days, settings=so_many_times(number)))
        each = found.typical / found.events * 1e9
        figures = (f"{found.typical:.3f}", f"{each:.0f}", f"{found.megabytes:.0f}")
        print(PENDING.format(f"{found.pending:,.0f}", f"{found.events:,}", *figures))


def so_many_times(number: int) -> list[str]:
    """Give the settings that make workload W so many times as large."""
    workload = read_workload()
    places = [workload.places[name] for name in ("gp", "ae", "ward", "virtual_ward", "social_care")]
    rates = [
        f"referrals.{klass}.rate={rate * number} per hour"
        for klass, rate in workload.arrivals_an_hour.items()
    ]
    return rates + [
        f"resources.{name}.capacity={(one or 0) * number}"
        for name, one in zip(RESOURCES, places, strict=True)
    ]


def print_threads(program: Program, *, rounds: int) -> None:
    """Print wall and CPU seconds of some replications in one thread and in two."""
    cpu: dict[int, list[float]] = {1: [], 2: []}

    def wall_of(threads: int) -> float:
        begun = time.perf_counter()
        cpu[threads].append(cpu_of(lambda: run_replications(program, threads=threads)))
        return time.perf_counter() - begun

    walls = interleave({"one": lambda: wall_of(1), "two": lambda: wall_of(2)}, rounds=rounds)
    print(f"With threads: {REPLICATIONS} replications of workload W")
    for name, threads in (("one", 1), ("two", 2)):
        print(f"{name} thread(s): wall {walls.typical(name):.3f} s, CPU {np.median(cpu[threads]):.3f} s")
    ratio, spread = walls.times("one", over="two"), walls.spread("one", over="two")
    print(f"one ÷ two, wall: {ratio:.2f} (rounds {spread}); to reach: at least 1.85 on two idle cores")


def run_replications(program: Program, *, threads: int) -> None:
    """Run some replications, so many at once."""
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda number: run_ours(program, replication=number), range(REPLICATIONS)))


def print_generator(program: Program) -> None:
    """Print what the random numbers alone take."""
    runs = list[Run]()
    took = cpu_of(lambda: runs.append(run_ours(program)))
    arrivals = len(Demand(program, seed=SEED, replication=0).referrals())
    blocks = BLOCKS_AN_ARRIVAL * arrivals + starts_in(runs[0])
    draw_blocks(1)
    alone = cpu_of(lambda: draw_blocks(blocks))
    print("The generator's share: as many blocks of Threefry-2x64-20 as a run of workload W asks for, alone")
    print(
        f"{blocks:,} blocks, {alone / blocks * 1e9:.1f} ns each, {alone / took:.1%} of the run's {took:.3f} s"
    )


@numba.njit(nogil=True)
def draw_blocks(number: int) -> float:
    """Draw so many blocks, and use every word."""
    total = 0.0
    for address in range(number):
        first, second = uniform_pair(SEED, 0, address, 1, 0, 0)
        total += first + second
    return total


if __name__ == "__main__":
    main(sys.argv[1:])
