"""Too coarse a step is refused: one longer than a delay, or in which something decays several times over.

What decays is found from how the flows answer a small change of each stock, at the start of the run: the
eigenvalues of that matrix, times the step, must lie where the method is stable. Where a stock's answer is no
straight line (a table's corner, a comparison) it is left out.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from simulator.engines.stocks.arithmetic import plain
from simulator.engines.stocks.blocks import Block, Engine
from simulator.engines.stocks.integrators.wiring import add_up
from simulator.engines.stocks.march import STABLE_TO
from simulator.equations.plan import Plan
from simulator.equations.system import Timing
from simulator.errors import RunFailed

Array = Any
MOST_STOCKS = 200
SMALL, SMALLER = 1e-4, 2e-5
STRAIGHT = 1e-2
SLACK = 1e-9


def check_step(engine: Engine, timing: Timing, *, spans: Array, given: Mapping[int, Any]) -> None:
    """Refuse a step that is too coarse. Raises :class:`RunFailed` saying which would do."""
    plan = engine.plan
    if spans.size and float(spans.min()) < timing.step * (1 - SLACK):
        at = int(np.argwhere(spans == spans.min())[0][1])
        name = plan.names[plan.spans[at]]
        owner = plan.system.variables.get(name.partition("#")[0])
        shortest = float(spans.min())
        raise RunFailed(
            f"the step of {timing.step:g} is too coarse: '{owner.name if owner else name}' has a delay "
            f"or a stage of {shortest:g}; "
            + (f"take a step of {shortest:g} or less." if shortest > 0 else "no step is so short.")
        )
    rate, name = fastest_decay(engine, timing, given=given)
    if rate * timing.step > STABLE_TO[timing.method] * (1 + 1e-6):
        raise RunFailed(
            f"the step of {timing.step:g} is too coarse: '{name}' settles within {1 / rate:.3g}, and the "
            f"run would swing to and fro instead; take a step of {1 / rate:.2g} or less."
        )


def fastest_decay(engine: Engine, timing: Timing, *, given: Mapping[int, Any]) -> tuple[float, str]:
    """Find the rate of the fastest decay at the start, and the stock that it moves most; 0 for none."""
    plan = engine.plan
    stocks = np.array(plan.stocks, dtype=np.int64)
    if not 0 < len(stocks) <= MOST_STOCKS:
        return 0.0, ""
    one = {row: value if np.ndim(value) == 0 else value[:1] for row, value in given.items()}
    matrix = _answers(engine, timing, given=one, stocks=stocks)
    if not np.isfinite(matrix).all():
        return 0.0, ""
    values, vectors = np.linalg.eig(matrix)
    rates = np.where(-values.real > np.abs(values.imag), -values.real, 0.0)
    fastest = int(np.argmax(rates))
    row = int(stocks[int(np.argmax(np.abs(vectors[:, fastest])))])
    return float(rates[fastest]), plan.names[row].partition("#")[0]


def _answers(engine: Engine, timing: Timing, *, given: Mapping[int, Any], stocks: Array) -> Array:
    """Give how the net flow of each stock changes with each stock, nought where not along a straight line."""
    count = len(stocks)
    interpreted = Engine(engine.plan)
    block = interpreted.block(timing, given, width=4 * count)
    size = np.maximum(np.abs(block.values[stocks, 0]), 1.0)
    for at, (sign, part) in enumerate(((1, SMALL), (-1, SMALL), (1, SMALLER), (-1, SMALLER))):
        runs = np.arange(count) + at * count
        block.values[stocks, runs] += sign * part * size
    net = _net(block, interpreted.plan)
    up, down, near_up, near_down = (net[:, at * count : (at + 1) * count] for at in range(4))
    wide, narrow = (up - down) / (2 * SMALL * size), (near_up - near_down) / (2 * SMALLER * size)
    middle = (up + down) / 2 - (near_up + near_down) / 2
    bend = np.abs(middle) / (SMALL * size)
    scale = np.maximum(np.abs(wide), 1e-12)
    is_straight = (np.abs(wide - narrow) <= STRAIGHT * scale) & (bend <= STRAIGHT * scale)
    return np.where(is_straight, wide, 0.0)


def _net(block: Block, plan: Plan) -> Array:
    block.engine.follower(block.width)(block.wiring.values, block.wiring.history, 0.0)
    plain(add_up)(block.wiring, block.width)
    return block.wiring.net.reshape(-1, block.width)[: len(plan.stocks)].copy()
