"""Who pays what activity cost: the payer of each row, or, where several pay, each its share."""

import numpy as np
from numpy.typing import NDArray

from simulator.accounts.activity_cost import contact_parts, contact_pence, payer_shares
from simulator.compiler.program import Prices
from simulator.experiment.layout import Layout

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Counts = Ints | Floats


def shared_rows(prices: Prices, rows: Layout, *, row: Ints) -> NDArray[np.bool_]:
    """Say which entries belong to an activity that several pay for."""
    return np.isin(rows.activity[row], prices.shared)


def has_moving_shares(prices: Prices) -> bool:
    """Say whether the price of an activity that several pay for changes over time.

    What its starts cost by themselves must then be kept: totals over a window no longer tell it.
    """
    return bool(np.isin(prices.shared, prices.changed).any())


def shares_of(prices: Prices, rows: Layout, *, row: Ints, of_starts: Floats, pence: Floats) -> Floats:
    """Give the share that each organisation pays of each entry (entries, O); all must be of shared ones.

    ``pence`` is what each cost, ``of_starts`` what of it its starts did.
    """
    part = contact_parts(of_starts, pence)
    return payer_shares(prices, activity=rows.activity[row], group=rows.group[row], contact_part=part)


def pence_of_starts(prices: Prices, rows: Layout, *, row: Ints, period: Ints, starts: Counts) -> Floats:
    """Give what the starts of each entry cost by themselves, in pence."""
    activity, group = rows.activity[row], rows.group[row]
    return contact_pence(prices, period=period, activity=activity, group=group, starts=starts)
