"""Tables of cash and of capacity released: purses by year and month, funding, freed days, own time."""

from simulator.analysis.cash import Cash
from simulator.analysis.comparison import Comparison
from simulator.analysis.contract_tables import ORGANISATION
from simulator.analysis.intervals import Estimate
from simulator.analysis.measure_tables import SCENARIO, estimated_table
from simulator.analysis.table import DAY, REAL, TEXT, Column, Table

REFILL = Column(name="refill_share", kind=REAL, says="The share of freed bed-days that fill again.")
QUANTITY = Column(name="quantity", kind=TEXT, says="What the row is an estimate of.")
PURSE = ("set_up", "recurrent", "more_care", "releasing", "transfers", "net", "cumulative")
FUNDING = ("peak", "naive", "ours")


def cash_tables(comparison: Comparison) -> tuple[Table, ...]:
    """Make the tables of a model that has money or wards beyond activity cost; none of one that has not."""
    cash = comparison.cash
    if cash is None:
        return ()
    made = [_purses(cash), _funding(cash), _months(cash)]
    made += [_released(cash)] if cash.freed else []
    made += [_own_time(cash)] if cash.own_time else []
    return tuple(made)


def _purses(cash: Cash) -> Table:
    rows = [(one, what) for one in cash.purses for what in PURSE]
    return estimated_table(
        "cash",
        "Pounds in each year against the baseline, by share of refill; cumulative is discounted at 3.5%.",
        columns=(
            SCENARIO,
            REFILL,
            ORGANISATION,
            Column(name="year_from", kind=DAY, says="The first day of the year; the last may be cut short."),
            QUANTITY,
            Column(
                name="breaks_even_share",
                kind=REAL,
                says="Replications whose sum so far is nought or more; none where nothing has changed yet.",
            ),
        ),
        values={
            "scenario": [one.scenario for one, _ in rows],
            "refill_share": [one.refill for one, _ in rows],
            "organisation": [one.organisation for one, _ in rows],
            "year_from": [one.starts for one, _ in rows],
            "quantity": [what for _, what in rows],
            "breaks_even_share": [one.breaks_even for one, _ in rows],
        },
        found=[getattr(one, what) for one, what in rows],
    )


def _funding(cash: Cash) -> Table:
    rows = [(one, what) for one in cash.funding for what in FUNDING]
    return estimated_table(
        "funding",
        "Pounds: peak over the window; naive (average cost × fewer starts less what is spent), ours: a year.",
        columns=(
            SCENARIO,
            REFILL,
            ORGANISATION,
            QUANTITY,
            Column(
                name="must_release_share",
                kind=REAL,
                says="The part of the average cost to be released to break even; above 1 no release could.",
            ),
        ),
        values={
            "scenario": [one.scenario for one, _ in rows],
            "refill_share": [one.refill for one, _ in rows],
            "organisation": [one.organisation for one, _ in rows],
            "quantity": [what for _, what in rows],
            "must_release_share": [one.must_release for one, _ in rows],
        },
        found=[getattr(one, what) for one, what in rows],
    )


def _months(cash: Cash) -> Table:
    rows = cash.months
    return estimated_table(
        "cash_months",
        "Pounds in each calendar month against the baseline, before transfers, after the model's own refill.",
        columns=(
            SCENARIO,
            ORGANISATION,
            Column(name="month_from", kind=DAY, says="The first day of the month within the window."),
        ),
        values={
            "scenario": [one.scenario for one in rows],
            "organisation": [one.organisation for one in rows],
            "month_from": [one.starts for one in rows],
        },
        found=[one.net for one in rows],
    )


def _released(cash: Cash) -> Table:
    rows: list[tuple[int, str, float | None, Estimate]] = []
    for place, one in enumerate(cash.freed):
        rows.append((place, "bed-days freed a year", None, one.days))
        rows += [(place, "bed-days a year that stay empty", share, it) for share, it in one.empty.items()]
        rows += [(place, "whole wards released", share, it) for share, it in one.wards.items()]
    return estimated_table(
        "released",
        "Capacity released against the baseline: a book of its own, never added to money.",
        columns=(
            SCENARIO,
            ORGANISATION,
            Column(name="resource", kind=TEXT, says="The resource whose places are freed."),
            QUANTITY,
            REFILL,
        ),
        values={
            "scenario": [cash.freed[place].scenario for place, _, _, _ in rows],
            "organisation": [cash.freed[place].organisation for place, _, _, _ in rows],
            "resource": [cash.freed[place].resource for place, _, _, _ in rows],
            "quantity": [what for _, what, _, _ in rows],
            "refill_share": [share for _, _, share, _ in rows],
        },
        found=[it for _, _, _, it in rows],
    )


def _own_time(cash: Cash) -> Table:
    rows = [
        (one, what, it)
        for one in cash.own_time
        for what, it in (
            ("hours a year", one.hours),
            ("hours a year, difference", one.change),
            ("pounds a year that the hours are worth", one.pounds),
        )
        if it is not None
    ]
    return estimated_table(
        "own_time",
        "Hours of carers and others whom nobody pays, and their worth: in no sum of money.",
        columns=(
            SCENARIO,
            Column(name="account", kind=TEXT, says="Whose time it is."),
            Column(name="activity", kind=TEXT, says="What it is spent on."),
            QUANTITY,
        ),
        values={
            "scenario": [one.scenario for one, _, _ in rows],
            "account": [one.account for one, _, _ in rows],
            "activity": [one.activity for one, _, _ in rows],
            "quantity": [what for _, what, _ in rows],
        },
        found=[it for _, _, it in rows],
    )
