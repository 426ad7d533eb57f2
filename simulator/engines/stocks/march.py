"""The loop that moves time in a run of stocks and flows, compiled or not."""

import sys
from typing import Any

from simulator.engines.compiled import kernel
from simulator.engines.stocks.integrators import euler, runge_kutta
from simulator.engines.stocks.integrators.euler import advance as advance_by_euler
from simulator.engines.stocks.integrators.runge_kutta import advance as advance_by_runge_kutta
from simulator.engines.stocks.integrators.wiring import remember, set_clock

EULER, RUNGE_KUTTA = 0, 1
MOST = sys.float_info.max
METHODS = {euler.NAME: EULER, runge_kutta.NAME: RUNGE_KUTTA}
STABLE_TO = {euler.NAME: euler.STABLE_TO, runge_kutta.NAME: runge_kutta.STABLE_TO}


@kernel
def look(follow: Any, wiring: Any, width: int, moment: int) -> None:
    """Fill all rows at the beginning of a step."""
    set_clock(wiring.values, width, moment, 0.0)
    follow(wiring.values, wiring.history, float(moment), wiring.points, wiring.starts)
    remember(wiring, width, moment)


@kernel
def save(wiring: Any, width: int, kept: Any, first: int, out: Any, row: int) -> None:
    """Copy the rows that are kept into a row of a table (moments, rows, runs), from its run ``first`` on.

    Runs beyond the table's last only fill a block up. Of a run of which what is no number, or beyond all
    numbers, is kept, that is noted.
    """
    for k in range(len(kept)):
        place = kept[k] * width
        for r in range(min(width, out.shape[2] - first)):
            value = wiring.values[place + r]
            out[row, k, first + r] = value
            wiring.unsound[r] += 0.0 if abs(value) <= MOST else 1.0


@kernel
def march(
    follow: Any,
    wiring: Any,
    width: int,
    method: int,
    begin: int,
    end: int,
    every: int,
    kept: Any,
    first: int,
    out: Any,
) -> None:
    """Run from one step to another; every so many steps save the rows that are kept."""
    for moment in range(begin, end):
        look(follow, wiring, width, moment)
        if moment % every == 0 and out.shape[0] > 0:
            save(wiring, width, kept, first, out, moment // every)
        if method == RUNGE_KUTTA:
            advance_by_runge_kutta(follow, wiring, width, moment)
        else:
            advance_by_euler(wiring, width)
    look(follow, wiring, width, end)
    if end % every == 0 and out.shape[0] > 0:
        save(wiring, width, kept, first, out, end // every)
