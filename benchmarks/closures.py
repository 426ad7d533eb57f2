"""How well do closures follow a queue near saturation? Each beside the exact birth-death chain.

    python benchmarks/closures.py [--markdown] [--quick]

The number present in M(t)/M/c+M, from an empty start, arrivals cycling by 30% either way: the forward
equations of the chain (Crank and Nicolson's steps on every state) against fluid, matching, and mean and
variance. Errors are of the number present over the last two thirds of 30 stays: the mean error, and in
brackets the largest at any time, in per cent of the exact mean.
"""

import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from interleaved import asked
from numpy.typing import NDArray
from scipy.linalg import solve_banded

from simulator.engines.network.matching import busy_at, matching
from simulator.engines.network.moments import slopes

Floats = NDArray[np.float64]
State = tuple[float, ...]
Slope = Callable[[float, State], State]

STAYS, STEP, SWING = 30.0, 0.02, 0.3
PLACES = (5, 10, 30, 100, 500)
LOADS = (0.7, 0.85, 0.92, 1.0, 1.1)
SETTLED = 0.85  # up to here a queue that nobody leaves is at rest within twenty stays
PATIENCE = {"none": 0.0, "long": 0.1, "short": 3.0}
CYCLES = (1.0, 5.0)
CLOSURES = ("fluid", "matching", "mean and variance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One cell of the grid; ``cycle`` in stays."""

    places: int
    load: float
    patience: float
    cycle: float

    def arrivals(self, time: float) -> float:
        """Give the arrivals a stay."""
        return self.places * self.load * (1.0 + SWING * math.sin(2.0 * math.pi * time / self.cycle))


def main(said: Sequence[str]) -> None:
    """Print a row for each cell, then what each closure does on the whole."""
    parser = asked("How well closures follow a queue near saturation.", rounds=1)
    parser.add_argument("--markdown", action="store_true")
    chosen = parser.parse_args(said)
    places = PLACES[:1] if chosen.quick else PLACES
    loads = LOADS[:1] if chosen.quick else LOADS
    bar = " | " if chosen.markdown else "  "
    print(bar.join(["places", "load", "patience", "cycle", "present", *CLOSURES]))
    if chosen.markdown:
        print("|".join(["---:"] * 8))
    errors, settles = [], []
    for queue, word in cells(places, loads):
        true = exact(queue)
        found = [error_of(follow(queue, closure), true) for closure in CLOSURES]
        errors.append([mean for mean, _ in found])
        settles.append(word != "none" or queue.load <= SETTLED)
        shown = [f"{mean:+.1f} ({most:.1f})" for mean, most in found]
        row = [f"{queue.places}", f"{queue.load:g}", word, f"{queue.cycle:g}", f"{true[late()].mean():.1f}"]
        print(bar.join([*row, *shown]))
    table, settled = np.abs(np.array(errors)), np.array(settles)
    for what, rows in (("all", table), ("settles", table[settled]), ("still grows", table[~settled])):
        for at, closure in enumerate(CLOSURES if len(rows) else ()):
            mean, most = rows[:, at].mean(), rows[:, at].max()
            print(f"{what}, {len(rows)} queues, {closure}: mean size of error {mean:.2f}%, worst {most:.1f}%")


def cells(places: Sequence[int], loads: Sequence[float]) -> list[tuple[Queue, str]]:
    """List the grid, each with its word for patience."""
    return [
        (Queue(places=number, load=load, patience=rate, cycle=cycle), word)
        for number in places
        for load in loads
        for word, rate in PATIENCE.items()
        for cycle in CYCLES
    ]


def times() -> Floats:
    """Give the times that are compared, in stays."""
    return np.arange(0.0, STAYS + STEP / 2, STEP)


def late() -> slice:
    """Keep the last two thirds."""
    return slice(len(times()) // 3, None)


def error_of(found: Floats, true: Floats) -> tuple[float, float]:
    """Give the mean and the largest error, in per cent of the true mean."""
    gap = (found - true)[late()] / true[late()].mean() * 100.0
    return float(gap.mean()), float(np.abs(gap).max())


def follow(queue: Queue, closure: str) -> Floats:
    """Follow the mean number present under a closure, from an empty queue (RK4)."""
    state: State = (0.0, 0.0) if closure == "mean and variance" else (0.0,)
    slope = SLOPES[closure](queue)
    found = [state[0]]
    for time in times()[:-1].tolist():
        one = slope(time, state)
        two = slope(time + STEP / 2, moved(state, one, STEP / 2))
        three = slope(time + STEP / 2, moved(state, two, STEP / 2))
        four = slope(time + STEP, moved(state, three, STEP))
        mean = tuple((a + 2 * b + 2 * c + d) / 6 for a, b, c, d in zip(one, two, three, four, strict=True))
        state = moved(state, mean, STEP)
        found.append(state[0])
    return np.array(found)


def moved(state: State, slope: State, step: float) -> State:
    """Go along a slope."""
    return tuple(value + step * one for value, one in zip(state, slope, strict=True))


def fluid(queue: Queue) -> Slope:
    """Serve whoever is there, up to the number of places."""

    def slope(time: float, state: State) -> State:
        busy = min(state[0], queue.places)
        return (queue.arrivals(time) - busy - queue.patience * (state[0] - busy),)

    return slope


def matched(queue: Queue) -> Slope:
    """Serve as many as the stationary queue of this size does."""
    table = matching(queue.places, patience=queue.patience)

    def slope(time: float, state: State) -> State:
        busy = busy_at(table, state[0])
        return (queue.arrivals(time) - busy - queue.patience * (state[0] - busy),)

    return slope


def normal(queue: Queue) -> Slope:
    """Take the number present to be normal."""

    def slope(time: float, state: State) -> State:
        load, places = queue.arrivals(time), float(queue.places)
        return slopes(state[0], state[1], load=load, places=places, patience=queue.patience)

    return slope


SLOPES: dict[str, Callable[[Queue], Slope]] = dict(zip(CLOSURES, (fluid, matched, normal), strict=True))


def exact(queue: Queue) -> Floats:
    """Solve the forward equations and give the mean number present at each time."""
    number = np.arange(states_of(queue))
    leaving = np.minimum(number, queue.places) + queue.patience * np.maximum(number - queue.places, 0)
    chance = np.zeros(len(number))
    chance[0] = 1.0
    found = [0.0]
    for time in times()[:-1].tolist():
        arriving = np.full(len(number), queue.arrivals(time + STEP / 2))
        arriving[-1] = 0.0
        chance = stepped(chance, arriving, leaving)
        found.append(float(chance @ number))
    return np.array(found)


def states_of(queue: Queue) -> int:
    """Say how many states hold all but next to nothing of the chain."""
    most = queue.places * max(queue.load * (1.0 + SWING), 1.0)
    growth = queue.places * max(queue.load - 1.0, 0.0) * STAYS if queue.patience == 0 else 0.0
    tail = 12.0 * math.sqrt(queue.places * STAYS) + 60.0 / max(1.02 - queue.load, 0.05)
    return int(most + growth + tail) + 60


def stepped(chance: Floats, arriving: Floats, leaving: Floats) -> Floats:
    """Go one step of Crank and Nicolson on the forward equations."""
    half = STEP / 2
    stay = arriving + leaving
    flow = -stay * chance
    flow[1:] += arriving[:-1] * chance[:-1]
    flow[:-1] += leaving[1:] * chance[1:]
    bands = np.zeros((3, len(chance)))
    bands[0, 1:] = -half * leaving[1:]
    bands[1] = 1.0 + half * stay
    bands[2, :-1] = -half * arriving[:-1]
    return np.asarray(solve_banded((1, 1), bands, chance + half * flow, check_finite=False))


if __name__ == "__main__":
    main(sys.argv[1:])
