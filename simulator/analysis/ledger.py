"""The ledger of a world under the contract in force: every line with who pays whom, and what is in no line.

Books here are never added up: resources, the real cost of care, schemes and all that stands, paid to staff
and suppliers; transfers, which change hands; and own time, hours of carers whom nobody pays. Over all
accounts each entry is a plus and a minus: the sum is nought.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from simulator.analysis.contracts import Entry
from simulator.analysis.intervals import estimate, estimate_difference
from simulator.analysis.money_measures import PENCE_A_POUND
from simulator.analysis.settled import Settled
from simulator.analysis.yearly import Floats
from simulator.definition.contracts import Contract, chain_of
from simulator.definition.model import Model
from simulator.definition.outside import OUTSIDE
from simulator.units import SECONDS_A_YEAR

RESOURCES, TRANSFERS = "resources", "transfers"
STAFF = "staff_and_suppliers"
SCHEMES = "interventions"
AGAIN = "filled again"
OWN_TIME = "own time"

Key = tuple[str, str, str, str]


def ledger_of(
    here: Sequence[Settled],
    there: Sequence[Settled],
    *,
    contracts: Mapping[str, Contract],
    draws: int = 0,
) -> tuple[Entry, ...]:
    """Give every line of one world, with its difference from the baseline unless it is that.

    Each world is under its own contract, whose name is a line: where they differ, there are lines of both. A
    contract of some localities is a line of its own, beside that of the one beneath it.
    """
    mine = [entries(one, contracts) for one in here]
    base = mine if here is there else [entries(one, contracts) for one in there]
    keys = dict.fromkeys(key for one in (*base, *mine) for key in one)
    found = []
    for key in keys:
        level, usual = ([one.get(key, 0.0) for one in world] for world in (mine, base))
        difference = None if here is there else estimate_difference(level, usual, draws=draws)
        book, payer, payee, line = key
        found.append(
            Entry(
                book=book,
                payer=payer,
                payee=payee,
                line=line,
                level=estimate(level, draws=draws),
                difference=difference,
            )
        )
    return tuple(found)


def entries(settled: Settled, contracts: Mapping[str, Contract]) -> Mapping[Key, float]:
    """Give the lines of one replication, in pounds a year of the window."""
    books = settled.books
    a_year = SECONDS_A_YEAR / PENCE_A_POUND / books.seconds.sum()
    found: dict[Key, float] = {}
    by_activity = books.activity.sum(axis=0) * a_year
    for activity, payer in np.argwhere(by_activity):
        key = (RESOURCES, books.organisations[payer], STAFF, books.activities[activity])
        found[key] = float(by_activity[activity, payer])
    if books.refilled is not None:
        again = books.refilled.sum(axis=0) * a_year
        for activity, payer in np.argwhere(again):
            key = (RESOURCES, books.organisations[payer], STAFF, f"{AGAIN}: {books.activities[activity]}")
            found[key] = float(again[activity, payer])
    for payer, pence in enumerate(books.schemes.sum(axis=0) * a_year):
        if pence:
            found[RESOURCES, books.organisations[payer], STAFF, SCHEMES] = float(pence)
    for name, pence in zip(books.overhead_names, books.overheads.sum(axis=0) * a_year, strict=True):
        owner, _, function = name.partition(".")
        line = function if ":" in function else f"overheads: {function}"
        found[RESOURCES, owner, STAFF, spaced(line)] = float(pence)
    for name, hours in books.hours.items():
        account, _, activity = name.partition(".")
        pence = float(hours.sum()) * a_year * books.hour_pence[account]
        found[OWN_TIME, account, account, activity] = pence  # no money changes hands
    for contract, pence in _layers(settled, contracts):
        paid = pence.sum(axis=0) * a_year
        for payer, payee in np.argwhere(paid):
            found[TRANSFERS, books.organisations[payer], books.organisations[payee], contract] = float(
                paid[payer, payee]
            )
    return found


def _layers(settled: Settled, contracts: Mapping[str, Contract]) -> Iterator[tuple[str, Floats]]:
    """Yield what the contract in force pays: what those of localities move each, then all beneath them."""
    for name, contract in chain_of(settled.in_force, contracts):
        if not contract.localities:
            yield name, settled.paid[name]
            return
        yield name, settled.moved(name, contract.over)


def spaced(line: str) -> str:
    """Write the name of a standing line: its kind, and what of it."""
    kind, _, rest = line.partition(":")
    return f"{kind}: {rest.strip()}"


def unexplained(baseline: Sequence[Settled], model: Model) -> Mapping[str, float]:
    """Give what each organisation spends a year beyond the lines of the baseline.

    What it pays to others is spent, too: a commissioner's yearly spend is mostly that.
    """
    lines = [entries(one, model.contracts) for one in baseline]
    found = {}
    for name, one in model.organisations.items():
        if one.yearly_spend is None or name in OUTSIDE:
            continue
        stated = float(one.yearly_spend.value) * baseline[0].books.share / PENCE_A_POUND
        spent = [
            sum(pounds for key, pounds in each.items() if key[1] == name and key[0] != OWN_TIME)
            for each in lines
        ]
        found[name] = stated - float(np.mean(spent))
    return found
