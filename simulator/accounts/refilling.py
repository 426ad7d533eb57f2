"""A world after its freed beds have filled again, and after wards that stay empty have been released."""

from dataclasses import replace

import numpy as np

from simulator.accounts.beds import Beds, Floats, wards_released
from simulator.accounts.books import Books
from simulator.accounts.fillings import Filling


def refilled(books: Books, plan: Books, *, filling: Filling, spans: Floats) -> Books:
    """Give the books of a world when places that it frees against ``plan`` fill again.

    So many days of stays come back, each at the scenario's price and with as many starts as a day of the
    scenario has. ``spans`` (S, P) is the part of each period that lies in each year, or month, of the books.
    What stays empty may release whole wards.
    """
    assert books.beds is not None
    assert plan.beds is not None
    seconds = filling.seconds(books.beds, plan.beds, spans=spans)
    begun = (seconds * filling.starts).sum(axis=1)
    starts = {
        name: done + begun[:, books.activities.index(name)] if name in books.activities else done
        for name, done in books.starts.items()
    }
    spared = released_pence(books.beds, plan.beds, factors=filling.factors, years=spans, share=books.share)
    overheads = books.overheads.copy()
    for line, pence in spared.items():
        overheads[:, books.overhead_names.index(line)] -= pence
    more = np.einsum("sya,yao->sao", seconds, filling.pence)
    local = books.local
    if local is not None and filling.homes is not None:
        local = local.filled(more, begun=begun, homes=filling.homes)
    return replace(books, refilled=more, starts=starts, overheads=overheads, local=local)


def released_pence(
    here: Beds, there: Beds, *, factors: Floats, years: Floats, share: float
) -> dict[str, Floats]:
    """Give what released wards no longer cost by standing line (Y), in pence."""
    found: dict[str, Floats] = {}
    for place, ward in enumerate(here.wards):
        if ward.line:
            empty = released_by_period(here, there, place=place, factor=float(factors[place]))
            pence = years @ (empty * here.seconds) * ward.pence * share
            found[ward.line] = found.get(ward.line, 0.0) + pence
    return found


def released_by_period(here: Beds, there: Beds, *, place: int, factor: float) -> Floats:
    """Give how many whole wards of one resource are released in each period (P)."""
    fall = (1.0 - factor) * (there.used[:, place] - here.used[:, place]) / here.seconds
    return wards_released(fall, here, ward=here.wards[place])
