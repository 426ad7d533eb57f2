"""What changes of itself over time, as arrays: trends, shocks, and places lost at random.

Letters used in shapes: M stretches of months, K trends, J shocks, Y years, P what shocks act on, O outages.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

# What a trend or a shock multiplies.
OF_NEEDS, OF_REFERRALS, OF_DURATIONS, OF_JOINERS, OF_CAPACITY = range(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swings:
    """All that multiplies values of itself; ``None`` in a program where nothing does.

    ``begin_second`` (M): where a month begins, and where the run begins to count; ``month_number`` (M):
    months since January 1900. ``trend_factor`` (K, M) of ``trend_of`` and ``trend_target`` (K). A shock
    comes once a year by ``level_law``, ``from_law`` (after ``april_second`` (Y), 1 April of ``first_april``
    and on) and ``lasts_law``; or, where these are -1, month by month: ``monthly_scores`` (J, 1025) are
    factors at normal scores, of which one carries ``monthly_r`` (J) over to the next month. ``shocked`` (P)
    names the shock that multiplies ``shocked_target`` of ``shocked_of``. Of each outage ``every_law`` is the
    time from the end of one to the next, ``first_law`` what is left of it at second 0, ``outage_law`` how
    long one lasts, ``outage_loses`` the part that is lost.
    """

    begin_second: Ints
    month_number: Ints
    trend_of: Ints
    trend_target: Ints
    trend_factor: Floats
    shock_hash: Ints
    level_law: Ints
    from_law: Ints
    lasts_law: Ints
    monthly_scores: Floats
    monthly_r: Floats
    first_april: int
    april_second: Ints
    shocked: Ints
    shocked_of: Ints
    shocked_target: Ints
    outage_resource: Ints
    outage_hash: Ints
    first_law: Ints
    every_law: Ints
    outage_law: Ints
    outage_loses: Floats
