"""The classical Runge–Kutta method of fourth order: four looks at a step (Kutta 1901).

Flows are limited by what stocks hold at the beginning of a step only. A step that would take a guarded stock
below nought is made with Euler's method instead, run by run: that cannot overdraw what was limited.
"""

from typing import Any

from simulator.engines.compiled import kernel
from simulator.engines.stocks.integrators.wiring import add_up, keep_above_nought, set_clock
from simulator.equations.plan import STEP

NAME = "rk4"
# Fastest decay, in steps, that does not grow: the real end of the method's stable region.
STABLE_TO = 2.785


@kernel
def move(wiring: Any, width: int, part: float) -> None:
    """Put the stocks so far into the step along what flows now."""
    for k in range(len(wiring.stocks)):
        row, place = wiring.stocks[k] * width, k * width
        for r in range(width):
            moved = part * wiring.values[STEP * width + r] * wiring.net[place + r]
            wiring.values[row + r] = wiring.before[place + r] + moved


@kernel
def gather(wiring: Any, width: int, weight: float) -> None:
    """Add what flows now to the step's total."""
    for k in range(len(wiring.stocks) * width):
        wiring.total[k] += weight * wiring.net[k]


@kernel
def finish(wiring: Any, width: int) -> None:
    """Put the stocks at the end of the step."""
    values, before = wiring.values, wiring.before
    for r in range(width):
        dt = values[STEP * width + r]
        overdrawn = False
        for k in range(len(wiring.guarded)):
            place = wiring.guarded[k] * width + r
            overdrawn = overdrawn or not before[place] + dt / 6.0 * wiring.total[place] >= 0.0
        for k in range(len(wiring.stocks)):
            place = k * width + r
            moved = dt * wiring.first[place] if overdrawn else dt / 6.0 * wiring.total[place]
            values[wiring.stocks[k] * width + r] = before[place] + moved


@kernel
def begin(wiring: Any, width: int) -> None:
    """Take note of the stocks, and of what flows at the beginning."""
    add_up(wiring, width)
    for k in range(len(wiring.stocks)):
        for r in range(width):
            wiring.before[k * width + r] = wiring.values[wiring.stocks[k] * width + r]
            wiring.total[k * width + r] = wiring.net[k * width + r]
            wiring.first[k * width + r] = wiring.net[k * width + r]


@kernel
def advance(follow: Any, wiring: Any, width: int, moment: int) -> None:
    """Carry the stocks on by one step, all rows being filled at its beginning."""
    values, history, points, starts = wiring.values, wiring.history, wiring.points, wiring.starts
    begin(wiring, width)
    for part, weight in ((0.5, 2.0), (0.5, 2.0), (1.0, 1.0)):
        move(wiring, width, part)
        set_clock(values, width, moment, part)
        follow(values, history, moment + part, points, starts)
        add_up(wiring, width)
        gather(wiring, width, weight)
    finish(wiring, width)
    keep_above_nought(wiring, width, wiring.guarded)
    keep_above_nought(wiring, width, wiring.clamped)
