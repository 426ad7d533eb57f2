"""Costs by organisation, and what of them the interventions themselves cost."""

from dataclasses import replace
from pathlib import Path

import pytest
from reports.building import comparison

from simulator.reports.blocks import Chart, Notice
from simulator.reports.money import money_section


@pytest.fixture
def chart(tmp_path: Path) -> Chart:
    """Give the chart of costs of an invented comparison."""
    (found,) = (block for block in money_section(comparison(tmp_path)).blocks if isinstance(block, Chart))
    return found


def test_what_a_scheme_costs_has_a_line_of_its_own_with_its_payer(chart: Chart) -> None:
    assert chart.table is not None

    lines = [group.header for group in chart.table.groups]

    assert lines == [
        "All organisations",
        "City hospital",
        "Of this: Care plans, setting up, paid by City hospital",
    ]


def test_it_is_said_that_schemes_are_in_the_costs(tmp_path: Path) -> None:
    (notice,) = (block for block in money_section(comparison(tmp_path)).blocks if isinstance(block, Notice))

    assert "what the interventions themselves cost, paid by the organisation that leads each" in notice.text


def test_the_year_of_the_prices_is_said_where_the_model_says_it(tmp_path: Path) -> None:
    found = comparison(tmp_path)
    model = found.results.model.model_copy(update={"price_base": "2024/25"})
    based = replace(found, results=replace(found.results, models={**found.results.models, "baseline": model}))

    (unsaid,), (said,) = (
        [block.text for block in money_section(one).blocks if isinstance(block, Notice)]
        for one in (found, based)
    )
    assert said == f"{unsaid} Prices are those of 2024/25 throughout, whatever the year."
