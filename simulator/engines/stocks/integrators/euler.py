"""Euler's method: what flows now flows throughout the step."""

from typing import Any

from simulator.engines.compiled import kernel
from simulator.engines.stocks.integrators.wiring import add_up, keep_above_nought
from simulator.equations.plan import STEP

NAME = "euler"
# Fastest decay, in steps, that does not grow: 1 − z stays above −1.
STABLE_TO = 2.0


@kernel
def advance(wiring: Any, width: int) -> None:
    """Carry the stocks on by one step, all rows being filled at its beginning."""
    add_up(wiring, width)
    for k in range(len(wiring.stocks)):
        row, place = wiring.stocks[k] * width, k * width
        for r in range(width):
            wiring.values[row + r] += wiring.values[STEP * width + r] * wiring.net[place + r]
    keep_above_nought(wiring, width, wiring.guarded)
    keep_above_nought(wiring, width, wiring.clamped)
