"""Capacity released, the third book: bed-days freed, what stays empty, wards; and hours of carers."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from simulator.accounts.beds import freed_days
from simulator.accounts.books import Books
from simulator.accounts.refilling import released_by_period
from simulator.analysis.after_refill import factors_by_run
from simulator.analysis.cash import Freed, OwnTime
from simulator.analysis.gathered import Gathering
from simulator.analysis.intervals import Estimate, estimate, estimate_difference
from simulator.analysis.money_measures import PENCE_A_POUND
from simulator.analysis.yearly import Floats
from simulator.experiment.results import Results
from simulator.units import SECONDS_A_YEAR


def freed_of(found: Gathering, results: Results, *, refills: Sequence[float]) -> Iterator[Freed]:
    """Give what each scenario frees of each resource that counts."""
    baseline, *others = results.scenarios
    there = found.scenarios[baseline].books
    for scenario in others:
        here = found.scenarios[scenario].books
        beds = here[0].beds
        if beds is None or there[0].beds is None:
            continue
        a_year = SECONDS_A_YEAR / here[0].seconds.sum()
        pairs = [(one.beds, other.beds) for one, other in zip(here, there, strict=True)]
        freed = np.array([freed_days(one, other) * a_year for one, other in pairs if one and other])
        of = partial(_of, draws=results.draws)
        factors = {share: factors_by_run(found, results, scenario=scenario, share=share) for share in refills}
        for place, ward in enumerate(beds.wards):
            yield Freed(
                scenario=scenario,
                resource=ward.name,
                organisation=ward.owner,
                days=of(freed[:, place]),
                empty={share: of((1 - one[:, place]) * freed[:, place]) for share, one in factors.items()},
                wards={
                    share: of(_wards(here, there, place=place, factors=one[:, place]))
                    for share, one in factors.items()
                },
            )


def own_time_of(found: Gathering, results: Results) -> Iterator[OwnTime]:
    """Give the hours that accounts spend themselves, by scenario and activity."""
    baseline = results.scenarios[0]
    there = found.scenarios[baseline].books
    for scenario in results.scenarios:
        here = found.scenarios[scenario].books
        a_year = SECONDS_A_YEAR / here[0].seconds.sum()
        for name in here[0].hours:
            account, _, activity = name.partition(".")
            mine, usual = (
                [float(one.hours[name].sum()) * a_year if name in one.hours else 0.0 for one in world]
                for world in (here, there)
            )
            prices = [one.hour_pence[account] / PENCE_A_POUND for one in here]
            pounds = [hours * price for hours, price in zip(mine, prices, strict=True)]
            yield OwnTime(
                scenario=scenario,
                account=account,
                activity=activity,
                hours=estimate(mine, draws=results.draws),
                change=None
                if scenario == baseline
                else estimate_difference(mine, usual, draws=results.draws),
                pounds=estimate(pounds, draws=results.draws),
            )


def _wards(here: Sequence[Books], there: Sequence[Books], *, place: int, factors: Floats) -> Floats:
    """Give the mean number of wards of one resource released over the window, replication by replication."""
    found = []
    for one, other, factor in zip(here, there, factors.tolist(), strict=True):
        if one.beds is not None and other.beds is not None:
            wards = released_by_period(one.beds, other.beds, place=place, factor=factor)
            found.append(float(wards @ one.beds.seconds / one.beds.seconds.sum()))
    return np.array(found)


def _of(values: Floats, *, draws: int) -> Estimate:
    return estimate_difference(values.tolist(), [0.0] * len(values), draws=draws)
