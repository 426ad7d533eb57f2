"""The ledger on the finance director's page: who came into freed beds, and who pays whom for what."""

from pathlib import Path

import pytest
from experiment.contracts import WARD_UNDER_CONTRACTS, compared_under_contracts, ward_under_contracts

from simulator.analysis.comparison import Comparison
from simulator.reports.blocks import Table
from simulator.reports.finance import finance_sections
from simulator.reports.ledger import ledger_tables, refilled_tables
from simulator.reports.wording import change

REFILL = '[costs.beds]\nstepped = { ward = "£200k per year", notice = "3 months" }\n[refill]\nshare = 0.8\n'


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Give the small ward with wards of two beds, whose freed beds fill again."""
    text = WARD_UNDER_CONTRACTS.replace("capacity = 12", "capacity = 12\nward_size = 2") + REFILL
    return compared_under_contracts(tmp_path_factory.mktemp("ledger"), model=text)


def captions(found: Comparison) -> list[list[str]]:
    return [
        [block.caption for block in section.blocks if isinstance(block, Table)]
        for section in finance_sections(found)
    ]


def test_who_came_into_freed_beds_stands_beside_what_stays_empty(found: Comparison) -> None:
    (table,) = refilled_tables(found)
    assert found.contracts is not None
    again = {one.line: one for one in found.contracts.ledger["plans"]}["filled again: ward"]

    assert table.groups[0].header == "Plans"
    assert table.groups[0].rows == (("Ward", "City hospital", change(again.difference, "£ a year")),)
    freed = next(one for one in captions(found) if any("stays empty" in each for each in one))
    assert freed.index(table.caption) == 1


def test_the_ledger_is_told_by_payer_and_payee(found: Comparison) -> None:
    (table,) = ledger_tables(found)

    assert table.folded.startswith("Show the ledger by payer and payee: ")
    assert [row[:4] for row in table.groups[0].rows] == [
        ("City hospital", "Staff and suppliers", "Ward", "Resources"),
        ("City hospital", "Staff and suppliers", "Ward, in freed beds", "Resources"),
    ]
    assert table.caption in captions(found)[-1]


def test_where_no_freed_bed_fills_again_nobody_came_into_one(tmp_path: Path) -> None:
    assert refilled_tables(ward_under_contracts(tmp_path)) == ()
