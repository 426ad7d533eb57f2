"""A world after its freed beds have filled again, and after wards that stay empty have been released."""

from dataclasses import replace

import numpy as np

from simulator.accounts.beds import Beds, Floats, wards_released
from simulator.accounts.books import Books


def refilled(books: Books, plan: Books, *, factors: Floats, years: Floats) -> Books:
    """Give the books of a world when freed places fill again.

    ``factors`` (W) is the share of each ward's change against ``plan`` that is undone: so much of the cost
    and of the starts of its activities comes back, as if whoever comes were like those who stayed away.
    ``years`` (Y, P) is the part of each period that lies in each year. What stays empty may release whole
    wards.
    """
    assert books.beds is not None
    assert plan.beds is not None
    more = np.zeros_like(books.activity)
    starts = dict(books.starts)
    for ward, factor in zip(books.beds.wards, factors, strict=True):
        for name in ward.activities:
            place = books.activities.index(name)
            more[:, place] = factor * (plan.activity[:, place] - books.activity[:, place])
            starts[name] = books.starts[name] + factor * (plan.starts[name] - books.starts[name])
    spared = released_pence(books.beds, plan.beds, factors=factors, years=years, share=books.share)
    overheads = books.overheads.copy()
    for line, pence in spared.items():
        overheads[:, books.overhead_names.index(line)] -= pence
    return replace(books, refilled=more, starts=starts, overheads=overheads)


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
