"""Waiting in order of arrival as one loop: the recursion of Kiefer and Wolfowitz.

Kiefer & Wolfowitz (1955), On the theory of queues with many servers, Transactions of the American
Mathematical Society 78:1-18; for one server it is Lindley's (1952). Each starts on arrival or when the
first place falls free. Arrivals and stays are those that the engine draws, so the loop must give the
engine's own waits.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from running import SEED, Setting, compiled

from simulator.engines.demand import Demand
from simulator.engines.draws import referral_case, uniform
from simulator.engines.variates import variate, whole_seconds

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patients:
    """The patients of one queue in order of arrival: seconds of arrival, of stay, and of start."""

    arrival: Ints
    stay: Ints
    start: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One queue of a setting: which referrals come, for which activity, and how many places there are."""

    setting: Setting
    streams: tuple[tuple[str, str], ...]
    places: int

    def patients(self, replication: int) -> Patients:
        """Give the patients of a replication."""
        program = compiled(self.setting)
        names, laws = program.names, program.laws
        activity_of = np.full(len(names.referrals), -1)
        for referral, activity in self.streams:
            activity_of[names.referrals.index(referral)] = names.activities.index(activity)
        found = Demand(program, seed=SEED, replication=replication).referrals()
        comes = (found.threshold < program.referrals.rate[found.referral]) & (
            activity_of[found.referral] >= 0
        )
        referral = found.referral[comes]
        activity = activity_of[referral]
        stay = drawn_stays(
            (SEED, replication),
            (program.referrals.hash[referral], found.layer[comes], found.ordinal[comes]),
            (program.activities.hash[activity], program.activities.duration_law.max(axis=1)[activity]),
            (laws.kind, laws.scale, laws.first, laws.size, laws.points, laws.cumulative),
        )
        arrival = found.second[comes]
        return Patients(arrival=arrival, stay=stay, start=starts(arrival, stay, self.places))


@njit
def drawn_stays(key, cases, activities, laws):
    """Draw stays as the engine does: by the address of each case."""
    seed, replication = key
    referral, layer, ordinal = cases
    activity, law = activities
    stay = np.empty(referral.size, dtype=np.int64)
    for k in range(referral.size):
        case = referral_case(referral[k], layer[k], ordinal[k], 0)
        u = uniform(seed, replication, case, activity[k], 0, 0)
        stay[k] = whole_seconds(variate(*laws, law[k], u, k + 1))
    return stay


@njit
def starts(arrival, stay, places):
    """Start each on arrival, or when the first of the places falls free."""
    free = np.zeros(places, dtype=np.int64)
    start = np.empty(arrival.size, dtype=np.int64)
    for k in range(arrival.size):
        first = np.argmin(free)
        start[k] = max(arrival[k], free[first])
        free[first] = start[k] + stay[k]
    return start
