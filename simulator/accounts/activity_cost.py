"""What activity costs: starts and days in the place, priced, in pence."""

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import Prices
from simulator.units import SECONDS_A_DAY

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Counts = Ints | Floats


def activity_pence(
    prices: Prices, *, period: Ints, activity: Ints, group: Ints, starts: Counts, place_seconds: Counts
) -> Floats:
    """Price starts and person-seconds in the place, entry by entry, in pence.

    All arrays are one entry a record row and period: the period, its activity, its group, the starts and the
    person-seconds from start to leaving. Only variable cost is meant: a contact price a
    start, a day price a day. Wards that close and staff that leave are another book.
    """
    contact, day = prices.contact[activity, group], prices.day[activity, group]
    for place, changed in enumerate(prices.changed):
        of_it = activity == changed
        contact[of_it], day[of_it] = prices.by_period[place][:, period[of_it], group[of_it]]
    return np.asarray(contact * starts + day * place_seconds / SECONDS_A_DAY, dtype=np.float64)
