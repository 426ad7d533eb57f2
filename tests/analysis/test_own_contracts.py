"""A scenario with a contract, or a share of refill, of its own: all that it comes to is under these."""

import pytest
from analysis.filled_by_hand import again
from experiment.contracts import WARD_UNDER_CONTRACTS, compared_under_contracts
from experiment.ward import EXPERIMENT

from simulator.analysis.cash import ALL
from simulator.analysis.comparison import Comparison
from simulator.reports.finance import finance_sections
from simulator.reports.gains import gains_sections

COSTS = """
[refill]
share = 0.8
of = ["beds"]
[costs.ward]
average = "£900"
[costs.day_unit]
average = "£50"
[activities.day_unit]
resource = "rooms"
duration = "2 h"
[resources.rooms]
owner = "icb"
capacity = "unlimited"
[interventions.day_unit]
what = "upstream"
depth = "resource"
lead = "icb"
starts = "0 days"
[[interventions.day_unit.effects]]
diverts = { at = "front", from = "ward", to = "day_unit", share = 0.3 }
substitution = 1.0
"""
FEEDS_BACK = EXPERIMENT.replace("seed = 20250401", "seed = 20250401\nfeedback = true")
ASKED = """
[measures.left]
of = "organisation.city.net_per_year"
[measures.paid]
of = "organisation.city.transfers_per_year"
[scenarios.priced]
on = ["plans"]
contract = "prices"
set = { "refill.share" = 0.5 }
[scenarios.unit]
on = ["day_unit"]
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Give the small ward under a block, and one scenario of it paid by price, with half of beds refilled."""
    home = tmp_path_factory.mktemp("own")
    text = WARD_UNDER_CONTRACTS.replace('starts_at = "ward"', 'starts_at = "front"') + COSTS
    text += '[activities.front]\nresource = "none"\nduration = "1 h"\nroutes = { ward = 0.9, exit = 0.1 }\n'
    return compared_under_contracts(home, model=text, plans=FEEDS_BACK + ASKED)


def mean(one: object) -> float:
    return float(one.mean)


def starts(found: Comparison, scenario: str, *, activity: str = "ward") -> float:
    return mean(found.measure(scenario, f"activity.{activity}.starts_per_day")) * 365.25


def refilled(found: Comparison, scenario: str, *, share: float) -> float:
    """Give the starts a year when a share of the freed days is filled by stays as long as the scenario's."""
    return starts(found, scenario) + share * again(found, scenario).starts.sum() * 365.25 / 728


def test_a_scenario_is_paid_under_its_own_contract_and_the_baseline_under_its(found: Comparison) -> None:
    after = refilled(found, "priced", share=0.5)

    assert mean(found.measure("baseline", "paid")) == pytest.approx(400_000)
    assert mean(found.measure("priced", "paid")) == pytest.approx(900 * after)
    outcome = found.contracts.outcome("priced", "city")
    assert (outcome.contract, outcome.in_baseline) == ("prices", "today")
    assert mean(outcome.received) == pytest.approx(900 * after - 400_000)


def test_ledger_years_and_purses_are_under_the_same_contract(found: Comparison) -> None:
    net = mean(found.contracts.outcome("priced", "city").net)
    lines = [
        mean(one.difference) * ((one.payee == "city") - (one.payer == "city"))
        for one in found.contracts.ledger["priced"]
    ]
    length = 728 / 365.25
    years = [one for one in found.contracts.years if (one.scenario, one.organisation) == ("priced", "city")]
    purses = found.cash.years("priced", "city", refill=0.5)

    assert sum(lines) == pytest.approx(net)
    assert sum(mean(one.net) for one in years) == pytest.approx(net * length)
    assert sum(mean(one.net) for one in purses) == pytest.approx(net * length)


def test_one_contract_in_both_worlds_is_still_told(found: Comparison) -> None:
    priced, usual = (found.contracts.outcome(name, "city", contract="prices") for name in ("priced", "plans"))
    before = starts(found, "baseline")
    half, most = (refilled(found, "plans", share=share) for share in (0.5, 0.8))

    assert mean(priced.received) == pytest.approx(900 * (half - before))
    assert mean(usual.received) == pytest.approx(900 * (most - before))


def test_what_is_left_is_one_number_in_measures_and_tables(found: Comparison) -> None:
    for scenario in ("plans", "priced", "unit"):
        measured = found.difference(scenario, "left")
        assert mean(measured) == pytest.approx(mean(found.contracts.outcome(scenario, "city").net))
        purses = found.cash.years(scenario, "city", refill=found.cash.given[scenario])
        assert mean(measured) * 728 / 365.25 == pytest.approx(sum(mean(one.net) for one in purses))


def test_each_scenario_refills_by_its_own_share(found: Comparison) -> None:
    assert found.cash.refills == (0.0, 0.5, 0.8, 1.0)
    assert found.cash.given == {"plans": 0.8, "fewer_beds": 0.8, "priced": 0.5, "unit": 0.8}
    months = [
        mean(one.net) for one in found.cash.months if (one.scenario, one.organisation) == ("priced", "")
    ]
    purses = found.cash.years("priced", ALL, refill=0.5)
    assert sum(months) == pytest.approx(sum(mean(one.net) - mean(one.transfers) for one in purses))


def test_the_naive_cost_of_a_new_service_is_its_owners(found: Comparison) -> None:
    purse = found.cash.asked("unit", "icb", refill=0.8)

    assert mean(purse.naive) == pytest.approx(-50 * starts(found, "unit", activity="day_unit"))


def test_the_report_says_where_the_contracts_differ(found: Comparison) -> None:
    for sections in (gains_sections(found), finance_sections(found)):
        text = str(sections)
        assert "has a contract of its own, ‘prices’; the baseline is under ‘today’" in text.lower()
        assert text.count("has a contract of its own") == 1
