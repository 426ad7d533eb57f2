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
    contact, day = contact_and_day(prices, period=period, activity=activity, group=group)
    return np.asarray(contact * starts + day * place_seconds / SECONDS_A_DAY, dtype=np.float64)


def contact_and_day(prices: Prices, *, period: Ints, activity: Ints, group: Ints) -> tuple[Floats, Floats]:
    """Give the price of a start and of a day, entry by entry, in pence."""
    contact, day = prices.contact[activity, group], prices.day[activity, group]
    for place, changed in enumerate(prices.changed):
        of_it = activity == changed
        contact[of_it], day[of_it] = prices.by_period[place][:, period[of_it], group[of_it]]
    return contact, day


def payer_shares(prices: Prices, *, activity: Ints, group: Ints, contact_part: Floats) -> Floats:
    """Give the share of what each entry cost that each organisation pays (entries, O).

    ``activity`` must be shared ones; ``contact_part`` is the part of each entry's cost that is of its starts.
    """
    row = np.searchsorted(prices.shared, activity)
    part = contact_part[:, None]
    return np.asarray(part * prices.contact_shares[row] + (1.0 - part) * prices.day_shares[row, group])


def contact_pence(prices: Prices, *, period: Ints, activity: Ints, group: Ints, starts: Counts) -> Floats:
    """Give what the starts of each entry cost by themselves, in pence, at the price of its period."""
    contact, _ = contact_and_day(prices, period=period, activity=activity, group=group)
    return np.asarray(contact * starts, dtype=np.float64)


def contact_parts(of_starts: Floats, pence: Floats) -> Floats:
    """Give the part of what each entry cost that is of its starts."""
    return np.divide(of_starts, pence, out=np.zeros(len(pence)), where=pence > 0)
