"""Tables of money between organisations: the ledger, what contracts come to, and the years."""

from simulator.analysis.comparison import Comparison
from simulator.analysis.measure_tables import SCENARIO, estimated_table
from simulator.analysis.table import DAY, REAL, TEXT, Column, Table

CONTRACT = Column(name="contract", kind=TEXT, says="The contract, by its id in the model.")
ORGANISATION = Column(name="organisation", kind=TEXT, says="The organisation; empty: all of the place.")
QUANTITIES = ("resources", "received", "net")
LEFT = "left"
MEMBERS = ("gained", "moved", LEFT)


def contract_tables(comparison: Comparison) -> tuple[Table, ...]:
    """Make the tables of a model that has contracts; none of one that has not."""
    if comparison.contracts is None:
        return ()
    found = _ledger(comparison), _outcomes(comparison), _years(comparison)
    return (*found, _alliances(comparison)) if comparison.contracts.alliances else found


def _ledger(comparison: Comparison) -> Table:
    """Make the table of every line of the ledger: its level, and its difference from the baseline."""
    assert comparison.contracts is not None
    rows = [
        (scenario, what, entry, found)
        for scenario, entries in comparison.contracts.ledger.items()
        for entry in entries
        for what, found in (("level", entry.level), ("difference", entry.difference))
        if found is not None
    ]
    columns = (
        SCENARIO,
        Column(name="what", kind=TEXT, says="level, or difference from the baseline."),
        Column(name="book", kind=TEXT, says="resources (real cost) or transfers; they are never added up."),
        Column(name="payer", kind=TEXT, says="The account that pays."),
        Column(name="payee", kind=TEXT, says="The account that is paid."),
        Column(name="line", kind=TEXT, says="The activity, the interventions, or the contract."),
    )
    values = {
        "scenario": [row[0] for row in rows],
        "what": [row[1] for row in rows],
        **{word: [getattr(row[2], word) for row in rows] for word in ("book", "payer", "payee", "line")},
    }
    return estimated_table(
        "ledger",
        "Pounds a year under the contract of each world, after refill: every line, who pays whom.",
        columns=columns,
        values=values,
        found=[row[3] for row in rows],
    )


def _outcomes(comparison: Comparison) -> Table:
    """Make the table of what each scenario does to each organisation under each contract."""
    assert comparison.contracts is not None
    rows = [(one, what) for one in comparison.contracts.outcomes for what in QUANTITIES]
    columns = (
        SCENARIO,
        CONTRACT,
        Column(name="baseline_contract", kind=TEXT, says="The contract of the baseline it is compared with."),
        ORGANISATION,
        Column(name="quantity", kind=TEXT, says="resources spent, received less paid, or net of both."),
    )
    return estimated_table(
        "contracts",
        "Pounds a year, scenario less baseline: each contract in both worlds, and each world under its own.",
        columns=columns,
        values={
            "scenario": [one.scenario for one, _ in rows],
            "contract": [one.contract for one, _ in rows],
            "baseline_contract": [one.in_baseline for one, _ in rows],
            "organisation": [one.organisation for one, _ in rows],
            "quantity": [what for _, what in rows],
        },
        found=[getattr(one, what) for one, what in rows],
    )


def _alliances(comparison: Comparison) -> Table:
    """Make the table of what each member of each alliance of localities gains, is paid, and has left."""
    assert comparison.contracts is not None
    rows = [(one, what) for one in comparison.contracts.alliances for what in MEMBERS]
    columns = (
        SCENARIO,
        Column(name="alliance", kind=TEXT, says="The contract, by its id in the model."),
        Column(name="localities", kind=TEXT, says="Where the people live whom it is about."),
        ORGANISATION,
        Column(name="quantity", kind=TEXT, says="gained by them, moved by the alliance, or left of both."),
        Column(name="loses_share", kind=REAL, says="Of what is left: replications with a loss."),
    )
    return estimated_table(
        "alliances",
        "Pounds a year, scenario less baseline, after refill: members of each alliance of localities.",
        columns=columns,
        values={
            "scenario": [one.scenario for one, _ in rows],
            "alliance": [one.alliance for one, _ in rows],
            "localities": [" ".join(one.localities) for one, _ in rows],
            "organisation": [one.organisation for one, _ in rows],
            "quantity": [what for _, what in rows],
            "loses_share": [one.loses_share if what == LEFT else None for one, what in rows],
        },
        found=[getattr(one, what) for one, what in rows],
    )


def _years(comparison: Comparison) -> Table:
    """Make the table of the money of every year under the contract in force."""
    assert comparison.contracts is not None
    rows = [
        (one, what, found)
        for one in comparison.contracts.years
        for what, found in (("net", one.net), ("cumulative", one.cumulative))
    ]
    columns = (
        SCENARIO,
        ORGANISATION,
        Column(name="year_from", kind=DAY, says="The first day of the year; the last year may be cut short."),
        Column(name="quantity", kind=TEXT, says="net of the year, or cumulative, discounted at 3.5%."),
        Column(name="breaks_even_share", kind=REAL, says="Replications whose sum so far is nought or more."),
    )
    return estimated_table(
        "contract_years",
        "Pounds in each year, scenario less baseline, each under the contract of its world.",
        columns=columns,
        values={
            "scenario": [one.scenario for one, _, _ in rows],
            "organisation": [one.organisation for one, _, _ in rows],
            "year_from": [one.starts for one, _, _ in rows],
            "quantity": [what for _, what, _ in rows],
            "breaks_even_share": [one.breaks_even for one, _, _ in rows],
        },
        found=[found for _, _, found in rows],
    )
