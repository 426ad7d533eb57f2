"""What the functions of equations mean, compiled: the same text as for Python, so the same bits."""

import functools
import math
import types
from collections.abc import Callable, Mapping
from typing import Any, cast

import numpy as np

from simulator.engines.compiled import kernel
from simulator.equations.lookups import Lookup, Outside
from simulator.equations.meanings import MEANINGS

NEAR = 1e-9
# How far before a moment a time counts as having reached it, in steps: sums of steps are not exact.
NEARLY = 1e-6
HOLD, EXTEND, STEPS = 0, 1, 2
WAYS = {Outside.HOLD: HOLD, Outside.EXTEND: EXTEND, Outside.STEPS: STEPS}


@functools.cache
def plain(function: Any) -> Callable[..., Any]:
    """Give a compiled function, and all that it calls, as the Python that it was; plain ones as they are."""
    if not hasattr(function, "py_func"):
        return cast(Callable[..., Any], function)
    python = function.py_func
    around = python.__globals__
    called = {
        name: plain(around[name]) for name in python.__code__.co_names if hasattr(around.get(name), "py_func")
    }
    names = {**around, **called}
    return types.FunctionType(python.__code__, names, python.__name__, python.__defaults__)


@kernel
def table_value(points: Any, starts: Any, table: int, x: float) -> float:
    """Read a table at x: ``points`` are places and heights, ``starts`` say where each table begins.

    The second row of ``starts`` says what holds outside.
    """
    first, last = starts[0, table], starts[0, table + 1] - 1
    way = starts[1, table]
    low, high = first, last + 1
    while low < high:
        middle = (low + high) // 2
        if points[0, middle] <= x:
            low = middle + 1
        else:
            high = middle
    at = low - 1
    if x != x:
        return x
    if way == STEPS:
        return points[1, at if at > first else first]
    if last == first or (way == HOLD and (at < first or at >= last)):
        return points[1, first if at < first else last]
    at = first if at < first else (last - 1 if at >= last else at)
    run = points[0, at + 1] - points[0, at]
    if run == 0.0:
        return points[1, at + 1]
    return points[1, at] + (points[1, at + 1] - points[1, at]) * ((x - points[0, at]) / run)


@kernel
def past_value(history: Any, row: int, width: int, run: int, at: float, first: float) -> float:
    """Read a row of the past between its moments, at a place in steps; before the start, what held first."""
    near = float(np.floor(at + 0.5))
    if abs(at - near) < NEAR * (1.0 + abs(at)):
        at = near
    if at < 0.0 or at != at:
        return first
    low = int(np.floor(at))
    part = at - low
    here = history[row, low * width + run]
    return here if part == 0.0 else here + part * (history[row, (low + 1) * width + run] - here)


@kernel
def square(x: float) -> float:
    """Give x²."""
    return x * x


@kernel
def cube(x: float) -> float:
    """Give x³."""
    return x * x * x


@kernel
def whole(x: float) -> float:
    """Give the largest whole number not above x, as a float: ``math.floor`` would hold 64 bits only."""
    return float(np.floor(x))


@kernel
def rounded(x: float) -> float:
    """Give the nearest whole number, halves up."""
    return float(np.floor(x + 0.5))


@kernel
def modulo(a: float, b: float) -> float:
    """Give what is left of a when whole b's are taken away."""
    return a - b * float(np.floor(a / b))


@kernel
def step(height: float, start: float, time: float, moment: float, dt: float) -> float:
    """Give 0 before a moment, and a height from then on."""
    return height if time > start - NEARLY * dt else 0.0


@kernel
def ramp(slope: float, start: float, end: float, time: float) -> float:
    """Give what gathers at a slope between two moments."""
    until = time if time < end else end
    return slope * (until - start) if until > start else 0.0


@kernel
def pulse(amount: float, first: float, every: float, moment: float, dt: float) -> float:
    """Give amount ÷ dt throughout one step at first, and again every so long (0: never again)."""
    since = moment - first + NEARLY * dt
    if since < 0.0:
        return 0.0
    if every > 0.0:
        since = since - every * float(np.floor(since / every))
    return amount / dt if since < dt else 0.0


TIMED: Mapping[str, Any] = {"step": step, "ramp": ramp, "pulse": pulse}


def tables_of(lookups: tuple[Lookup, ...]) -> tuple[Any, Any]:
    """Lay tables out one after another: their points, and where each begins and what holds outside it."""
    places = [x for one in lookups for x in one.xs]
    heights = [y for one in lookups for y in one.ys]
    starts = np.zeros((2, len(lookups) + 1), dtype=np.int64)
    starts[0, 1:] = np.cumsum([len(one.xs) for one in lookups])
    starts[1, : len(lookups)] = [WAYS[one.outside] for one in lookups]
    return np.array([places or [0.0], heights or [0.0]]), starts


def names_for_compiling() -> Mapping[str, object]:
    """Give what a generated room may call, by the names it uses."""
    functions: dict[str, object] = {
        f"f_{name}": kernel(one) for name, one in MEANINGS.items() if name.isidentifier()
    }
    timed = {f"f_{name}": one for name, one in TIMED.items()}
    functions |= {"f_int": whole, "f_round": rounded, "f_modulo": modulo}
    ours = {one.__name__: one for one in (table_value, past_value, square, cube)}
    return {**functions, **timed, **ours, "f_power": kernel(MEANINGS["^"]), "math": math, "np": np}
