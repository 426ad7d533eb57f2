"""How often things happen as the file has them, before any effect: needs, life events, joiners, referrals."""

import numpy as np

from simulator.compiler.draft import Draft
from simulator.compiler.open_rates import open_rates
from simulator.compiler.program import Floats
from simulator.definition.references import DEAD as DEAD
from simulator.units import SECONDS_A_YEAR


def need_rates(draft: Draft) -> Floats:
    """Give the needs a person-year (N, S); nought where the file says nothing of a segment."""
    found = np.zeros((len(draft.index.names.needs), len(draft.index.names.segments)))
    for place, name in enumerate(draft.index.names.needs):
        for segment, rate in enumerate(draft.groups.spread_over_segments(draft.model.needs[name].rate)):
            found[place, segment] = 0.0 if rate is None else float(rate.value * SECONDS_A_YEAR)
    return found


def locality_times(draft: Draft) -> Floats:
    """Give the multiplier of each need in each locality (N, L)."""
    found = np.ones((len(draft.index.names.needs), len(draft.index.names.localities)))
    for locality, times in sorted(draft.model.localities.items()):
        for need, factor in times.needs_times.items():
            found[draft.index.need[need], draft.index.locality[locality]] = float(factor)
    return found


def hazards(draft: Draft) -> Floats:
    """Give the hazards a year from each segment to each other, and in the last column to death."""
    names = draft.index.names.segments
    found = np.zeros((len(names), len(names) + 1))
    for place, name in enumerate(names):
        for target, rate in draft.model.segments[name].becomes.items():
            column = len(names) if target == DEAD else draft.index.segment[target]
            found[place, column] = float(rate.value * SECONDS_A_YEAR)
    return found


def joiners_a_year(draft: Draft) -> Floats:
    """Give the people a year who join each segment, the population's share of them."""
    share = draft.window.population_share * SECONDS_A_YEAR
    return np.array(
        [float(draft.model.segments[name].joiners.value * share) for name in draft.index.names.segments],
        dtype=np.float64,
    )


def referral_rates(draft: Draft) -> Floats:
    """Give the rate a year of each referral that comes at random (Q), in the population's share."""
    share = draft.window.population_share * SECONDS_A_YEAR
    rates = [draft.model.referrals[name].usual_rate for name in draft.index.names.referrals]
    found = np.array([0.0 if rate is None else float(rate.value * share) for rate in rates], dtype=np.float64)
    for name, rate in open_rates(draft).items():
        found[draft.index.referral[name]] = rate * float(draft.window.population_share)
    return found
