"""What one stay of one person costs whom: by the prices of the day it began, and by week of stay."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from simulator.accounts.activity_cost import contact_and_day
from simulator.compiler.program import Program
from simulator.definition.paid_by import PaidBy
from simulator.units import SECONDS_A_DAY, SECONDS_A_WEEK

Pence = dict[int, float]


class Bills:
    """The prices of a program; ``paid`` by activity, where several pay, from which week on."""

    def __init__(self, program: Program, paid: Mapping[int, PaidBy]) -> None:
        self._program, self._paid = program, paid
        self._place = {name: place for place, name in enumerate(program.names.organisations)}
        self.classes = len(program.names.classes)

    def of(self, activity: int, group: int, *, resource: int, span: tuple[int | None, int]) -> Pence:
        """Price a stay from its start to its end, in seconds, by who pays; nothing where none began."""
        starts, ends = span
        if starts is None:
            return {}
        contact, day = self._prices(activity, group, starts=starts)
        days = (ends - starts) / SECONDS_A_DAY
        if activity not in self._paid:
            return {int(self._program.prices.payer[activity, resource]): contact + day * days}
        found: Pence = {}
        for (week, payers), until in self._bands(activity, weeks=(ends - starts) / SECONDS_A_WEEK):
            pence = day * (until - week) * SECONDS_A_WEEK / SECONDS_A_DAY + (contact if week == 0 else 0.0)
            for name, share in payers.items():
                found[self._place[name]] = found.get(self._place[name], 0.0) + share * pence
        return found

    def _prices(self, activity: int, group: int, *, starts: int) -> tuple[float, float]:
        """Give the price of a start and of a day when a stay began."""
        closes = self._program.calendar.period_close_second
        period = min(int(np.searchsorted(closes, starts, side="right")), len(closes) - 1)
        at = {name: np.array([value]) for name, value in (("period", period), ("activity", activity))}
        contact, day = contact_and_day(self._program.prices, **at, group=np.array([group]))
        return float(contact[0]), float(day[0])

    def _bands(self, activity: int, *, weeks: float) -> list[tuple[tuple[float, dict[str, float]], float]]:
        """List the spans of a stay of so many weeks: when each begins, who pays, and when it ends."""
        bands = [
            (float(week), {name: float(share.value) for name, share in payers})
            for week, payers in self._paid[activity].bands
        ]
        ends = [min(later, weeks) for _, (later, _) in pairwise(bands)] + [weeks]
        return [
            (band, until) for band, until in zip(bands, ends, strict=True) if band[0] < weeks or not band[0]
        ]
