"""What a method works on: the values of a block of runs, laid out flat, and which flows go where."""

from typing import Any, NamedTuple

import numpy as np

from simulator.engines.compiled import kernel
from simulator.equations.plan import MOMENT, START_TIME, STEP, TIME


class Wiring(NamedTuple):
    """Arrays of one block of runs.

    ``values`` holds each row's runs side by side. ``links`` are the rows of flow and stock of each link, and
    the place of the stock among ``stocks``; ``signs`` say whether it fills or drains. ``net``, ``total``,
    ``first`` and ``before`` are room for one number a stock and run. ``guarded`` and ``clamped`` are places
    among ``stocks``. ``unsound`` (runs): how often what was kept of a run was no number.
    """

    values: Any
    history: Any
    points: Any
    starts: Any
    links: Any
    signs: Any
    stocks: Any
    guarded: Any
    clamped: Any
    sources: Any
    net: Any
    total: Any
    first: Any
    before: Any
    unsound: Any


@kernel
def set_clock(values: Any, width: int, whole: int, part: float) -> None:
    """Write the time of a place in steps: the step in which it is, and how far into it."""
    for r in range(width):
        start, dt = values[START_TIME * width + r], values[STEP * width + r]
        values[MOMENT * width + r] = start + whole * dt
        values[TIME * width + r] = start + (whole + part) * dt


@kernel
def remember(wiring: Any, width: int, moment: int) -> None:
    """Keep what delays will ask for."""
    for k in range(len(wiring.sources)):
        source = wiring.sources[k] * width
        for r in range(width):
            wiring.history[k, moment * width + r] = wiring.values[source + r]


@kernel
def add_up(wiring: Any, width: int) -> None:
    """Add up what flows into each stock, less what flows out, now."""
    net, values = wiring.net, wiring.values
    net[:] = 0.0
    for k in range(wiring.links.shape[1]):
        flow, stock = wiring.links[0, k] * width, wiring.links[1, k] * width
        if wiring.signs[k] > 0:
            for r in range(width):
                net[stock + r] += values[flow + r]
        else:
            for r in range(width):
                net[stock + r] -= values[flow + r]


@kernel
def keep_above_nought(wiring: Any, width: int, places: Any) -> None:
    """Hold stocks at nought that rounding, or a file's own rule, would leave below it."""
    for k in range(len(places)):
        row = wiring.stocks[places[k]] * width
        for r in range(width):
            if wiring.values[row + r] < 0.0:
                wiring.values[row + r] = 0.0


def room_for(stocks: int, width: int) -> Any:
    """Make room for one number a stock and run."""
    return np.zeros(max(1, stocks * width))
