"""The ledger on the page: what each pays whom and for what, and who came into freed beds at whose cost."""

from collections.abc import Iterator

from simulator.analysis.comparison import Comparison
from simulator.analysis.contracts import Entry
from simulator.analysis.ledger import AGAIN, OWN_TIME, RESOURCES, SCHEMES, TRANSFERS
from simulator.reports.blocks import Group, Table
from simulator.reports.numbers import count_words
from simulator.reports.sameness import is_no_money
from simulator.reports.titles import as_words, scenario_title, title_of
from simulator.reports.verdicts import POUNDS, contract_title, organisation_title
from simulator.reports.wording import change, level

BOOKS = {
    RESOURCES: "Resources",
    TRANSFERS: "Transfers",
    OWN_TIME: "Own time",
}
CAME_INTO = f"{AGAIN}: "


def refilled_tables(comparison: Comparison) -> tuple[Table, ...]:
    """Say who came into freed beds and what their care costs whom; nothing where no freed bed fills again."""
    groups = tuple(
        Group(
            header=scenario_title(comparison, scenario),
            rows=tuple(
                (
                    _line(comparison, scenario, line=one.line.removeprefix(CAME_INTO)),
                    organisation_title(comparison, one.payer),
                    change(one.difference, POUNDS),
                )
                for one in _moved(comparison, scenario)
                if one.line.startswith(CAME_INTO)
            ),
        )
        for scenario in comparison.others
    )
    groups = tuple(one for one in groups if one.rows)
    if not groups:
        return ()
    table = Table(
        caption="Who came into freed beds, at the refill as given: what their care costs a year, and whom",
        columns=("Scenario", "Care given to them", "Who bears its cost", "Cost a year"),
        groups=groups,
    )
    return (table,)


def ledger_tables(comparison: Comparison) -> tuple[Table, ...]:
    """List every line of the ledger that differs from the baseline, by payer and payee, folded."""
    groups = tuple(
        Group(
            header=scenario_title(comparison, scenario),
            rows=tuple(
                (
                    organisation_title(comparison, one.payer),
                    organisation_title(comparison, one.payee),
                    _said(comparison, scenario, line=one.line),
                    BOOKS[one.book],
                    level(one.level, POUNDS, beside=one.difference),
                    change(one.difference, POUNDS),
                )
                for one in sorted(_moved(comparison, scenario), key=_order)
            ),
        )
        for scenario in comparison.others
    )
    groups = tuple(one for one in groups if one.rows)
    if not groups:
        return ()
    number = count_words(sum(len(one.rows) for one in groups), "line")
    table = Table(
        caption="The ledger: who pays whom for what, a year, under the contract in force, where it differs "
        "from the baseline; its books are never added up",
        columns=("Scenario", "Payer", "Payee", "For what", "Book", "In the scenario", "Difference"),
        groups=groups,
        folded=f"Show the ledger by payer and payee: {number} (all of them: tables/ledger)",
    )
    return (table,)


def _moved(comparison: Comparison, scenario: str) -> Iterator[Entry]:
    """Give the lines of a scenario that differ from the baseline."""
    if comparison.contracts is None:
        return
    for one in comparison.contracts.ledger[scenario]:
        if one.difference is not None and not is_no_money(one.difference):
            yield one


def _order(one: Entry) -> tuple[str, str, int]:
    return one.payer, one.payee, list(BOOKS).index(one.book)


def _said(comparison: Comparison, scenario: str, *, line: str) -> str:
    """Say what a line is for; care given in freed beds is told apart."""
    what = _line(comparison, scenario, line=line.removeprefix(CAME_INTO))
    return f"{what}, in freed beds" if line.startswith(CAME_INTO) else what


def _line(comparison: Comparison, scenario: str, *, line: str) -> str:
    """Name a line: an activity, schemes, a contract, or what stands, such as ``overheads: finance``."""
    model = comparison.results.models[scenario]
    if line == SCHEMES:
        return "Schemes"
    if line in model.activities:
        return title_of(model, "activity", id=line)
    if line in model.contracts:
        return f"‘{contract_title(comparison, line)}’"
    kind, _, of = line.partition(": ")
    return f"{as_words(kind)}: {as_words(of).lower()}" if of else as_words(kind)
