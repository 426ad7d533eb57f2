"""Measures of money: variable cost of activity, schemes by their leads, overheads, in pounds a year.

What a scheme itself costs, and an overhead, belongs to nobody's segment or home: measures that are cut
leave it out.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from simulator.accounts.beds import freed_days
from simulator.analysis.ratios import over
from simulator.analysis.reading import Reading
from simulator.compiler.program import Program
from simulator.definition.outside import OUTSIDE
from simulator.engines.records import STARTS
from simulator.experiment.measure_names import CONTRACT_WHATS, RELEASED, TRANSFERS, MeasureName
from simulator.experiment.payers import pence_of_starts, shared_rows, shares_of
from simulator.units import SECONDS_A_YEAR

PENCE_A_POUND = 100


def money_value(reading: Reading, name: MeasureName) -> float:
    """Read pounds a year over the window: of one organisation, or of all."""
    if name.what == RELEASED:
        return _released(reading, name)
    if name.what in CONTRACT_WHATS:
        return _under_contract(reading, name)
    pence = _pence_of_rows(reading, name) if name.cuts else float(pence_by_period(reading, name).sum())
    return pence / PENCE_A_POUND / reading.window_seconds * SECONDS_A_YEAR


def money_series(reading: Reading, name: MeasureName) -> NDArray[np.float64] | None:
    """Read pounds a year by period of the window; ``None`` for cuts and for what contracts come to."""
    if name.cuts or name.what in CONTRACT_WHATS:
        return None
    return over(pence_by_period(reading, name) * (SECONDS_A_YEAR / PENCE_A_POUND), reading.frame.seconds)


def _released(reading: Reading, name: MeasureName) -> float:
    """Read the place-days of wards freed against the baseline a year, before any of them fills again."""
    here, there = reading.books, reading.plan
    if here is None or there is None or here.beds is None or there.beds is None:
        return 0.0
    freed = freed_days(here.beds, there.beds)
    meant = [not name.subject or ward.owner == name.subject for ward in here.beds.wards]
    return float(freed[meant].sum() / reading.window_seconds * SECONDS_A_YEAR)


def _under_contract(reading: Reading, name: MeasureName) -> float:
    """Read what an organisation is paid less what it pays, or that less its costs, in pounds a year.

    As the run left it; what fills again is put in when all replications are there (``net_measures``).
    """
    cost = money_value(reading, replace(name, what="resources_per_year"))
    settled, received = reading.settled, 0.0
    if settled is not None:
        paid = settled.paid[settled.in_force].sum(axis=0)
        place = settled.books.place(name.subject)
        pence = float(paid[:, place].sum() - paid[place].sum())
        received = pence / PENCE_A_POUND / reading.window_seconds * SECONDS_A_YEAR
    return received if name.what == TRANSFERS else received - cost


def pence_by_period(reading: Reading, name: MeasureName | None = None) -> NDArray[np.float64]:
    """Add up pence by period, of one organisation or all: all but what is paid for from outside."""
    subject = "" if name is None else name.subject
    program = reading.frame.program
    activity = reading.observation.cost_series[reading.first :].sum(axis=1)
    schemes = reading.observation.scheme_series[reading.first :].sum(axis=2)
    overheads, owner = program.prices.overheads[reading.first :], program.prices.overhead_owner
    outside = _outside(program)
    if not subject:
        inside = ~np.isin(program.interventions.lead, outside)
        found = np.delete(activity, outside, axis=1).sum(axis=1) + schemes[:, inside].sum(axis=1)
        return np.asarray(found + overheads[:, ~np.isin(owner, outside)].sum(axis=1))
    payer = program.names.organisations.index(subject)
    found = activity[:, payer] + schemes[:, program.interventions.lead == payer].sum(axis=1)
    return np.asarray(found + overheads[:, owner == payer].sum(axis=1))


def _pence_of_rows(reading: Reading, name: MeasureName) -> float:
    """Add up what the rows that the cuts keep cost."""
    kept = reading.rows(name.cuts)
    pence = reading.observation.activity_pence[kept]
    payer = reading.frame.layout.payer[reading.observation.activity_row[kept]]
    program = reading.frame.program
    asked = np.zeros(len(program.names.organisations))
    if name.subject:
        asked[program.names.organisations.index(name.subject)] = 1.0
    else:
        asked[:] = 1.0
        asked[_outside(program)] = 0.0
    share = np.where(payer >= 0, asked[payer], 0.0)
    row = reading.observation.activity_row[kept]
    shared = shared_rows(program.prices, reading.frame.layout, row=row)
    if shared.any():
        of_starts = _pence_of_starts(reading)[kept][shared]
        shares = shares_of(
            program.prices, reading.frame.layout, row=row[shared], of_starts=of_starts, pence=pence[shared]
        )
        share[shared] = shares @ asked
    return float((pence * share).sum())


def _pence_of_starts(reading: Reading) -> NDArray[np.float64]:
    """Give what the starts of each row cost by themselves: as kept, or at a price that never changes."""
    seen = reading.observation
    if seen.contact_pence is not None:
        return seen.contact_pence
    first = np.zeros(len(seen.activity_row), dtype=np.int64)
    return pence_of_starts(
        reading.frame.program.prices,
        reading.frame.layout,
        row=seen.activity_row,
        period=first,
        starts=seen.activity_total[:, STARTS],
    )


def _outside(program: Program) -> list[int]:
    """Give the indices of the accounts that are no organisation of the place."""
    return [place for place, one in enumerate(program.names.organisations) if one in OUTSIDE]
