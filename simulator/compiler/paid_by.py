"""Who pays for an activity where several do: shares of each start, and of each day in the place.

By week of stay the share of days in each span follows from the law of the stay: of all days in the place the
part that lies between weeks a and b is ∫ S(x) dx from a to b, divided by the mean, with S(x) the chance to
stay longer than x (Cox 1962, "Renewal theory", §5.2). Both engines and the stocks read the same table.
"""

from collections.abc import Callable

import numpy as np

from simulator.compiler.draft import Draft
from simulator.compiler.law_excess import survival
from simulator.compiler.law_tables import LawTable
from simulator.compiler.program import ABSENT, Floats, Ints
from simulator.definition.laws import Law
from simulator.definition.paid_by import PaidBy
from simulator.units import SECONDS_A_WEEK


def build_shares(draft: Draft) -> tuple[Ints, Floats, Floats]:
    """Give the activities that several pay for (K), the shares of a start (K, O) and of days (K, G, O)."""
    names, groups = draft.index.names, draft.groups.count
    written = [(place, draft.model.activities[name]) for place, name in enumerate(names.activities)]
    shared = [(place, one, one.paid_by) for place, one in written if one.paid_by is not None]
    contact = np.zeros((len(shared), len(names.organisations)))
    days = np.zeros((len(shared), groups, len(names.organisations)))
    for row, (_, activity, paid) in enumerate(shared):
        payers = np.array([payers_of(draft, paid, band=band) for band in range(len(paid.bands))])
        contact[row] = payers[0]
        days[row] = draft.groups.spread_as(activity.duration, days_of(draft, paid, payers=payers))
    return np.array([place for place, _, _ in shared], dtype=np.int64), contact, days


def main_payer(draft: Draft, paid: PaidBy) -> int:
    """Give the organisation that pays most from the last of the weeks on."""
    shares = payers_of(draft, paid, band=-1)
    return int(np.argmax(shares)) if shares.any() else ABSENT


def payers_of(draft: Draft, paid: PaidBy, *, band: int) -> Floats:
    """Give the share that each organisation pays (O) in one span of the stay."""
    found = np.zeros(len(draft.index.names.organisations))
    for name, share in paid.bands[band][1]:
        found[draft.index.organisation[name]] = float(share.value)
    return found


def days_of(draft: Draft, paid: PaidBy, *, payers: Floats) -> Callable[[Law | None], Floats]:
    """Give what says of a law of stays which share of days each organisation pays (O)."""
    return lambda law: np.asarray(band_shares(draft, paid, law=law) @ payers)


def band_shares(draft: Draft, paid: PaidBy, *, law: Law | None) -> Floats:
    """Give the part of all days in the place that lies in each span of weeks (bands), adding to one."""
    first = np.zeros(len(paid.bands))
    first[0] = 1.0
    if law is None or len(paid.bands) == 1:
        return first
    begins = [float(week) * SECONDS_A_WEEK for week, _ in paid.bands]
    below = stay_below(draft.laws.read_once(law), np.array([*begins[1:], np.inf]))
    return np.diff(below, prepend=0.0) / below[-1] if below[-1] > 0 else first


def stay_below(table: LawTable, seconds: Floats) -> Floats:
    """Give the mean of the stay cut off at each of some lengths, in seconds."""
    values, above = survival(table)
    areas = np.append(0.0, np.cumsum(np.diff(values) * (above[:-1] + above[1:]) / 2.0))
    cut = np.minimum(seconds, values[-1])
    place = np.clip(np.searchsorted(values, cut, side="right") - 1, 0, len(values) - 2)
    width = values[place + 1] - values[place]
    part = np.divide(cut - values[place], width, out=np.zeros_like(cut), where=width > 0)
    height = above[place] + part * (above[place + 1] - above[place])
    return np.asarray(areas[place] + (cut - values[place]) * (above[place] + height) / 2.0)
