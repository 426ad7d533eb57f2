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
    return pence_at(contact, day, starts=starts, place_seconds=place_seconds)


def pence_at(contact: Floats, day: Floats, *, starts: Counts, place_seconds: Counts) -> Floats:
    """Price starts and person-seconds in the place at the price of a start and of a day of each."""
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
    of_starts, of_days = shares_at(prices, activity=activity, group=group)
    return mixed_shares(of_starts, of_days, contact_part=contact_part)


def shares_at(prices: Prices, *, activity: Ints, group: Ints) -> tuple[Floats, Floats]:
    """Give the shares of starts and of days of each entry that each organisation pays (entries, O)."""
    row = np.searchsorted(prices.shared, activity)
    return prices.contact_shares[row], prices.day_shares[row, group]


def mixed_shares(of_starts: Floats, of_days: Floats, *, contact_part: Floats) -> Floats:
    """Give the share of each entry that each organisation pays, by the part of its cost that is of starts."""
    part = contact_part[:, None]
    return np.asarray(part * of_starts + (1.0 - part) * of_days)


def contact_pence(prices: Prices, *, period: Ints, activity: Ints, group: Ints, starts: Counts) -> Floats:
    """Give what the starts of each entry cost by themselves, in pence, at the price of its period."""
    contact, _ = contact_and_day(prices, period=period, activity=activity, group=group)
    return np.asarray(contact * starts, dtype=np.float64)


def contact_parts(of_starts: Floats, pence: Floats) -> Floats:
    """Give the part of what each entry cost that is of its starts."""
    return np.divide(of_starts, pence, out=np.zeros(len(pence)), where=pence > 0)
