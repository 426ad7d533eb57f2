"""Prices of activity that stocks drive: the mean of each period, known only after a run."""

from dataclasses import replace

import numpy as np

from simulator.compiler.exchange_arrays import DRIVES_COST, Exchange, Floats
from simulator.compiler.program import Prices


def driven_prices(prices: Prices, exchange: Exchange | None, *, means: Floats | None) -> Prices:
    """Give the prices of a run whose driven ones were multiplied by ``means`` (periods, driven prices).

    A driven price is what the file and the interventions make of it, times the mean level of the period.
    """
    if exchange is None or means is None or not means.shape[1]:
        return prices
    drives = np.flatnonzero(exchange.drive_of == DRIVES_COST)
    of = list(
        zip(exchange.drive_target[drives].tolist(), exchange.drive_second[drives].tolist(), strict=True)
    )
    tables = {int(one): prices.by_period[place].copy() for place, one in enumerate(prices.changed)}
    for place, (activity, price) in enumerate(of):
        if activity not in tables:
            written = np.stack([prices.contact[activity], prices.day[activity]])
            tables[activity] = np.repeat(written[:, None, :], len(means), axis=1)
        tables[activity][price] *= means[:, place][:, None]
    changed = sorted(tables)
    by_period = np.stack([tables[one] for one in changed])
    return replace(prices, changed=np.array(changed, dtype=np.int64), by_period=by_period)
