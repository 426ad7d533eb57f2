"""Measures of what organisations are paid and have left: after refill, as in every table and report.

They cannot be read off one run: whether a ward's days fell is judged on the mean over replications.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from simulator.accounts.books import Floats
from simulator.analysis.after_refill import after_refill, given_share, settled_at
from simulator.analysis.gathered import Gathering
from simulator.analysis.money_measures import PENCE_A_POUND
from simulator.experiment.measure_names import NET, TRANSFERS, MeasureName
from simulator.experiment.results import Results
from simulator.units import SECONDS_A_YEAR


def fill_after_refill(found: Gathering, results: Results, *, names: Mapping[str, MeasureName]) -> None:
    """Put them in every world but the baseline, where nothing is freed, so nothing fills again.

    A model without contracts, costs or wards has no books, and what was read before refill stands.
    """
    asked = {shown: name for shown, name in names.items() if name.what in (TRANSFERS, NET)}
    baseline, *others = results.scenarios
    books = found.scenarios[baseline].books
    if not asked or not books:
        return
    for scenario in others:
        received, spent = _received_and_spent(found, results, scenario=scenario)
        for shown, name in asked.items():
            pounds = received if name.what == TRANSFERS else received - spent
            found.scenarios[scenario].values[shown] = pounds[:, books[0].place(name.subject)].tolist()


def _received_and_spent(found: Gathering, results: Results, *, scenario: str) -> tuple[Floats, Floats]:
    """Give what each organisation is paid less what it pays, and what it spends (R, O), in pounds a year."""
    share = given_share(results, scenario)
    after = after_refill(found, scenario, baseline=results.scenarios[0], share=share)
    seconds = after.books[0].seconds
    spent = _a_year([one.resources for one in after.books], seconds)
    if not results.model.contracts:
        return np.zeros_like(spent), spent
    settled = settled_at(found, results, scenario=scenario, after=after)
    return _a_year([one.received(one.in_force) for one in settled], seconds), spent


def _a_year(pence: Sequence[Floats], seconds: Floats) -> Floats:
    """Turn pence by year of the window (R, Y, O) into pounds a year (R, O)."""
    total = np.array(pence).sum(axis=1)
    return np.asarray(total * (SECONDS_A_YEAR / PENCE_A_POUND / seconds.sum()))
