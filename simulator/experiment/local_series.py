"""What is done for the people of each locality, and what it costs whom: kept where a contract asks for it."""

from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import ABSENT, Prices, Program
from simulator.engines.records import ACTIVE_AREA, KEPT_AREA, STARTS, Run
from simulator.experiment.layout import Layout, layout
from simulator.experiment.payers import pence_of_starts, shared_rows, shares_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Counts = Ints | Floats


class LocalSeries(TypedDict, total=False):
    """Fields of an ``Observation``; none where no contract is of some localities."""

    local_cost_series: Floats
    local_series: Floats
    local_need_series: Floats
    local_people_series: Floats


class Amounts:
    """Starts, seconds and pence by period, locality and activity; what is of nobody's home is left out."""

    def __init__(self, program: Program, *, prices: Prices, periods: int) -> None:
        names = program.names
        shape = (periods, len(names.localities), len(names.activities))
        self._prices, self._rows = prices, layout(program)
        self.costs = np.zeros((*shape, len(names.organisations)))
        self.done = np.zeros((*shape, 2))

    def add(self, row: Ints, period: Ints, *, starts: Counts, seconds: Counts, pence: Floats) -> None:
        """Add entries by record row and period: starts, person-seconds in the place, and what they cost."""
        rows, locality = self._rows, self._rows.locality[self._rows.home[row]]
        some = locality >= 0
        row, period, locality = row[some], period[some], locality[some]
        where = (period, locality, rows.activity[row])
        begun, inside = (np.asarray(one, dtype=np.float64)[some] for one in (starts, seconds))
        np.add.at(self.done, where, np.stack([begun, inside], axis=1))
        paid = self._paid(row, period, starts=begun, pence=pence[some])
        np.add.at(self.costs, where, paid)

    def _paid(self, row: Ints, period: Ints, *, starts: Counts, pence: Floats) -> Floats:
        """Give what each entry costs each organisation (entries, O)."""
        rows: Layout = self._rows
        payer = rows.payer[row]
        found = np.zeros((len(row), self.costs.shape[-1]))
        is_paid = payer >= 0
        found[is_paid, payer[is_paid]] = pence[is_paid]
        shared = shared_rows(self._prices, rows, row=row)
        if shared.any():
            of_starts = pence_of_starts(self._prices, rows, row=row, period=period, starts=starts)[shared]
            cost = pence[shared]
            shares = shares_of(self._prices, rows, row=row[shared], of_starts=of_starts, pence=cost)
            found[shared] = cost[:, None] * shares
        return found


def local_series(
    program: Program, amounts: Amounts, *, happened: Counts, befallen: Counts | None, alive: Counts
) -> LocalSeries:
    """Put together what is kept: needs that ``happened`` (P, N, S, H), whom consequences befell (P, K, S, H),
    and person-seconds ``alive`` (P, S, H), by where people live."""
    costs = amounts.costs.copy()
    written = program.consequences
    if written is not None and befallen is not None:
        by_locality = _by_locality(program, befallen.sum(axis=2))
        for row in np.flatnonzero(written.payer != ABSENT).tolist():
            pence = by_locality[:, row] * written.pence[row]
            costs[:, :, written.activity[row], written.payer[row]] += pence
    return LocalSeries(
        local_cost_series=costs,
        local_series=amounts.done,
        local_need_series=_by_locality(program, happened.sum(axis=2)).swapaxes(1, 2),
        local_people_series=_by_locality(program, alive.sum(axis=1)),
    )


def local_of_run(run: Run, program: Program, *, prices: Prices, pence: Floats) -> LocalSeries:
    """Add up one run of people by locality; nothing where no contract asks for it.

    ``pence`` is what each record of activity costs.
    """
    if program.by_locality is None:
        return {}
    amounts = Amounts(program, prices=prices, periods=len(program.calendar.period_close_second))
    records, people = run.activities, run.people
    values = records.values
    seconds = values[:, ACTIVE_AREA] + values[:, KEPT_AREA]
    amounts.add(records.row, records.period, starts=values[:, STARTS], seconds=seconds, pence=pence)
    return local_series(
        program, amounts, happened=run.needs.happened, befallen=people.befallen, alive=people.person_seconds
    )


def _by_locality(program: Program, by_home: Counts) -> Floats:
    """Add the last dimension, homes, up to localities."""
    locality = program.people.home_locality
    found = np.zeros((*by_home.shape[:-1], len(program.names.localities)))
    for home, place in enumerate(locality.tolist()):
        found[..., place] += by_home[..., home]
    return found
