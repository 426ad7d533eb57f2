"""Contracts over one clinical run: the ledger adds up, and every pound gained is somebody's."""

from types import SimpleNamespace

import numpy as np
import pytest
from experiment.contracts import ward_under_contracts

from simulator.analysis.comparison import Comparison
from simulator.analysis.contracts_compared import a_year
from simulator.analysis.settled import Settled
from simulator.analysis.tables import all_tables
from simulator.units import SECONDS_A_YEAR


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Give the small ward compared under three contracts."""
    return ward_under_contracts(tmp_path_factory.mktemp("contracts"))


def mean(one: object) -> float:
    return float(one.mean)


def test_under_a_block_the_hospital_keeps_what_it_saves(found: Comparison) -> None:
    city, icb = (found.contracts.outcome("plans", name) for name in ("city", "icb"))

    assert mean(city.received) == mean(icb.received) == mean(icb.net) == 0
    assert mean(city.net) == pytest.approx(-mean(city.resources))
    assert city.net.n == 3


def test_under_a_tariff_the_commissioner_gains_what_the_hospital_loses(found: Comparison) -> None:
    city, icb = (found.contracts.outcome("plans", name, contract="prices") for name in ("city", "icb"))
    starts = found.difference("plans", "activity.ward.starts_per_day")

    assert mean(city.received) == pytest.approx(900 * mean(starts) * 365.25)
    assert mean(icb.net) == pytest.approx(-mean(city.received))
    assert icb.net.probability_of_reduction is not None


def test_an_alliance_leaves_both_the_same_gain_for_a_pound_of_spend(found: Comparison) -> None:
    city, icb = (found.contracts.outcome("plans", name, contract="together") for name in ("city", "icb"))

    assert mean(city.net) / 1e6 == pytest.approx(mean(icb.net) / 2e6)
    assert mean(city.net) + mean(icb.net) == pytest.approx(-mean(city.resources))


def test_the_ledger_adds_up_to_the_costs_that_are_measured(found: Comparison) -> None:
    for scenario in found.scenarios:
        resources = [one for one in found.contracts.ledger[scenario] if one.book == "resources"]
        assert sum(mean(one.level) for one in resources) == pytest.approx(
            mean(found.measure(scenario, "system.resources_per_year")), rel=1e-9
        )
        assert {one.payee for one in resources} == {"staff_and_suppliers"}


def test_what_is_left_is_what_is_paid_less_what_care_costs(found: Comparison) -> None:
    for scenario in found.scenarios:
        left, cost = (
            found.measure(scenario, f"organisation.city.{what}_per_year") for what in ("net", "resources")
        )
        assert mean(left) == pytest.approx(400_000 - mean(cost))


def test_the_rest_of_the_yearly_spend_is_stated(found: Comparison) -> None:
    cost = mean(found.measure("baseline", "organisation.city.resources_per_year"))

    assert found.contracts.unexplained["city"] == pytest.approx(1_000_000 - cost)
    assert found.contracts.unexplained["icb"] == pytest.approx(2_000_000 - 400_000)


def test_the_years_add_up_to_the_window(found: Comparison) -> None:
    years = [one for one in found.contracts.years if (one.scenario, one.organisation) == ("plans", "city")]
    a_year = mean(found.contracts.outcome("plans", "city").net)

    assert [one.starts.year for one in years] == [2025, 2026]
    assert sum(mean(one.net) for one in years) == pytest.approx(a_year * 728 / 365.25)
    assert mean(years[1].cumulative) == pytest.approx(mean(years[0].net) + mean(years[1].net) / 1.035)


def test_the_tables_have_a_row_for_each_contract_organisation_and_quantity(found: Comparison) -> None:
    tables = {table.name: table for table in all_tables(found)}

    assert {"ledger", "contracts", "contract_years"} <= tables.keys()
    assert tables["contracts"].rows.num_rows == 2 * 3 * 2 * 3


def test_overheads_are_in_the_costs_and_in_the_ledger(tmp_path_factory: pytest.TempPathFactory) -> None:
    spending = 'sector = "acute"\noverheads = { ict = "£50k" }'
    found = ward_under_contracts(tmp_path_factory.mktemp("overheads"), spending)
    usual = ward_under_contracts(tmp_path_factory.mktemp("without"), 'sector = "acute"')

    name = "organisation.city.resources_per_year"
    more = mean(found.measure("plans", name)) - mean(usual.measure("plans", name))
    (line,) = (one for one in found.contracts.ledger["plans"] if one.line == "overheads: ict")
    assert more == pytest.approx(50_000) == mean(line.level)
    assert mean(found.difference("plans", name)) == pytest.approx(mean(usual.difference("plans", name)))
    assert mean(found.contracts.outcome("plans", "city").net) == pytest.approx(
        mean(usual.contracts.outcome("plans", "city").net)
    )
    assert "and overheads, a year" in found.label(name)


def test_what_is_made_good_in_full_is_exactly_nothing() -> None:
    books = SimpleNamespace(seconds=np.array([float(SECONDS_A_YEAR)]))
    one = Settled(books=books, in_force="", paid={})

    assert 0.1 + 0.2 != 0.3
    assert a_year(one, np.array([0.1, 0.2])) == a_year(one, np.array([0.3]))
