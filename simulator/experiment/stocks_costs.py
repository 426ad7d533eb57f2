"""What activity cost in a run of the network as stocks: by period and payer, and by row of the window.

Wherever a case can be, and wherever it keeps another's place, is an entry. What an entry is priced at and who
pays for it is looked up once, if no price changes over time; only amounts differ from period to period.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.accounts.activity_cost import contact_and_day, contact_parts, mixed_shares, pence_at, shares_at
from simulator.compiler.program import Prices, Program
from simulator.engines.network.rows import Places, lane_fields
from simulator.engines.records import ACTIVE_AREA, KEPT_AREA, STARTS
from simulator.experiment.layout import layout
from simulator.experiment.local_series import Amounts
from simulator.experiment.payers import shared_rows
from simulator.experiment.window import periods

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Variable cost in pence: ``series`` (periods, A, organisations), ``window`` (2, rows) all of it and what
    starts cost; ``amounts`` by locality, where a contract asks for them."""

    series: Floats
    window: Floats
    amounts: Amounts | None


def costs_of(program: Program, places: Places, *, lanes: Floats) -> Costs:
    """Price what lanes (periods, L, LANE_FIELDS) did."""
    entries, names = _Entries(program, places), program.names
    found = np.zeros((len(lanes), len(names.activities) * len(names.organisations)))
    window, first = np.zeros((2, program.rows)), periods(program.calendar).first
    amounts = None
    if program.by_locality is not None:
        amounts = Amounts(program, prices=program.prices, periods=len(lanes))
    for period, sums in enumerate(lane_fields(lanes)):
        starts, seconds = entries.amounts(sums)
        contact, day = entries.prices(period)
        pence = pence_at(contact, day, starts=starts, place_seconds=seconds)
        found[period] = entries.by_payer(pence, contact * starts)
        if amounts is not None:
            when = np.full(entries.row.size, period, dtype=np.int64)
            amounts.add(entries.row, when, starts=starts, seconds=seconds, pence=pence)
        if period >= first:
            window[0] += entries.by_row(pence)
            if entries.any_shared:
                window[1] += entries.by_row(contact * starts)
    shape = (len(lanes), len(names.activities), len(names.organisations))
    return Costs(series=found.reshape(shape), window=window, amounts=amounts)


class _Entries:
    """All entries: those of every place first, then those of places kept for others."""

    def __init__(self, program: Program, places: Places) -> None:
        rows, names = layout(program), program.names
        self._program, self._places, self._held = program, places, places.owner >= 0
        self.row = np.concatenate([places.row, places.owner[self._held]])
        self._activity, self._group = rows.activity[self.row], rows.group[self.row]
        self._size, self._payers = len(names.activities) * len(names.organisations), len(names.organisations)
        shared = shared_rows(program.prices, rows, row=self.row)
        self._paid = np.flatnonzero((rows.payer[self.row] >= 0) & ~shared)
        self._of_paid = self._activity[self._paid] * self._payers + rows.payer[self.row[self._paid]]
        self._shared, self.any_shared = np.flatnonzero(shared), bool(shared.any())
        self._of_shared, self._shares = self._sharing(program.prices)
        self._usual = None if len(program.prices.changed) else self._priced(0)

    def amounts(self, sums: Floats) -> tuple[Floats, Floats]:
        """Give the starts and the person-seconds in the place of each entry, from the sums of lanes."""
        places, held = self._places, self._held
        starts = np.zeros(self.row.size)
        starts[: places.row.size] = sums[places.lane, STARTS] * places.share
        stay = sums[places.lane, ACTIVE_AREA] * places.inside + sums[places.lane, KEPT_AREA] * places.keeping
        kept = (sums[:, ACTIVE_AREA] + sums[:, KEPT_AREA])[places.lane[held]] * places.inside[held]
        return starts, np.concatenate([stay, kept])

    def prices(self, period: int) -> tuple[Floats, Floats]:
        """Give the price of a start and of a day of each entry in a period."""
        return self._priced(period) if self._usual is None else self._usual

    def by_payer(self, pence: Floats, of_starts: Floats) -> Floats:
        """Add up by activity and who pays."""
        found = np.zeros(self._size)  # of nothing numpy counts whole numbers, whatever the weights
        found += np.bincount(self._of_paid, weights=pence[self._paid], minlength=self._size)
        if self.any_shared:
            mine = pence[self._shared]
            part = contact_parts(of_starts[self._shared], mine)
            shares = mixed_shares(*self._shares, contact_part=part)
            weights = (mine[:, None] * shares).ravel()
            found += np.bincount(self._of_shared, weights=weights, minlength=self._size)
        return found

    def by_row(self, pence: Floats) -> Floats:
        """Add up by record row."""
        return np.asarray(np.bincount(self.row, weights=pence, minlength=self._program.rows), np.float64)

    def _priced(self, period: int) -> tuple[Floats, Floats]:
        when = np.full(self.row.size, period, dtype=np.int64)
        return contact_and_day(self._program.prices, period=when, activity=self._activity, group=self._group)

    def _sharing(self, prices: Prices) -> tuple[Ints, tuple[Floats, Floats]]:
        """Give where each payer's share of each shared entry goes, and its shares of starts and of days."""
        activity, group = self._activity[self._shared], self._group[self._shared]
        place = activity[:, None] * self._payers + np.arange(self._payers)
        return place.ravel(), shares_at(prices, activity=activity, group=group)
