"""The finance director's page: when each purse has broken even."""

from dataclasses import replace

import pytest
from experiment.contracts import ward_under_contracts

from simulator.analysis.cash import ALL, Cash
from simulator.analysis.comparison import Comparison
from simulator.reports.blocks import Table
from simulator.reports.finance import BROKEN_EVEN, finance_sections


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Give the small ward compared under three contracts, over two years."""
    return ward_under_contracts(tmp_path_factory.mktemp("finance"))


def with_sums(found: Comparison, *sums: float) -> Comparison:
    """Give the comparison in which all together have such sums at the end of each year of the care plans."""
    assert found.cash is not None
    left = iter(sums)
    purses = tuple(
        replace(one, cumulative=replace(one.cumulative, mean=next(left)))
        if (one.scenario, one.organisation) == ("plans", ALL)
        else one
        for one in found.cash.purses
    )
    cash: Cash = replace(found.cash, purses=purses)
    return replace(found, cash=cash)


@pytest.mark.parametrize(
    ("sums", "when"),
    [
        ((-10.0, 5.0), "29 March 2027"),  # 104 weeks: the last year ends with the window
        ((10.0, 5.0), "31 March 2026"),
        ((-10.0, -5.0), "not within the window"),
        ((10.0, -5.0), "31 March 2026, and below nought again later"),
        ((-1e-9, 5.0), "31 March 2026"),
    ],
)
def test_a_purse_has_broken_even_at_the_end_of_the_first_year_whose_sum_is_nought_or_more(
    found: Comparison, sums: tuple[float, ...], when: str
) -> None:
    sections = finance_sections(with_sums(found, *sums))

    (table,) = (
        block
        for section in sections
        for block in section.blocks
        if isinstance(block, Table) and BROKEN_EVEN in block.columns
    )
    assert table.groups[0].rows[0][0] == "All together"
    assert table.groups[0].rows[0][table.columns.index(BROKEN_EVEN) - 1] == when
