"""What one stay of one person costs whom: by the prices of the day it began, and by week of stay."""

import math
from collections.abc import Mapping

import numpy as np

from simulator.accounts.activity_cost import contact_and_day
from simulator.compiler.program import Program
from simulator.definition.paid_by import PaidBy, Payers
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
        for place, (mine, payers) in enumerate(_spans(self._paid[activity], days=days)):
            pence = day * mine + (contact if place == 0 else 0.0)
            for name, share in payers:
                who = self._place[name]
                found[who] = found.get(who, 0.0) + float(share.value) * pence
        return found

    def _prices(self, activity: int, group: int, *, starts: int) -> tuple[float, float]:
        """Give the price of a start and of a day when a stay began."""
        closes = self._program.calendar.period_close_second
        period = min(int(np.searchsorted(closes, starts, side="right")), len(closes) - 1)
        at = {name: np.array([value]) for name, value in (("period", period), ("activity", activity))}
        contact, day = contact_and_day(self._program.prices, **at, group=np.array([group]))
        return float(contact[0]), float(day[0])


def _spans(paid: PaidBy, *, days: float) -> list[tuple[float, Payers]]:
    """List how many days of a stay of so many lie in each span of weeks, and who pays for them."""
    begins = [float(week) * SECONDS_A_WEEK / SECONDS_A_DAY for week, _ in paid.bands]
    found = zip(paid.bands, begins, [*begins[1:], math.inf], strict=True)
    return [
        (min(end, days) - begin, payers) for (_, payers), begin, end in found if begin == 0 or begin < days
    ]
