"""Who pays what activity cost: the payer of each row, or, where several pay, each its share."""

import numpy as np
from numpy.typing import NDArray

from simulator.accounts.activity_cost import contact_parts, payer_shares
from simulator.compiler.program import Prices
from simulator.experiment.layout import Layout

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Counts = Ints | Floats


def shared_rows(prices: Prices, rows: Layout, *, row: Ints) -> NDArray[np.bool_]:
    """Say which entries belong to an activity that several pay for."""
    return np.isin(rows.activity[row], prices.shared)


def shares_of(prices: Prices, rows: Layout, *, row: Ints, starts: Counts, seconds: Counts) -> Floats:
    """Give the share that each organisation pays of each entry (entries, O); all must be of shared ones."""
    activity, group = rows.activity[row], rows.group[row]
    part = contact_parts(prices, activity=activity, group=group, starts=starts, seconds=seconds)
    return payer_shares(prices, activity=activity, group=group, contact_part=part)
