"""A scenario's own contract counts where nothing feeds back: nobody's care changes, everybody's money may."""

from pathlib import Path

import pytest
from experiment.contracts import WARD_UNDER_CONTRACTS
from experiment.ward import EXPERIMENT

from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.definition.experiments import load_experiment
from simulator.errors import DefinitionError
from simulator.experiment.run import run_experiment
from simulator.reports.switches import switches_section

OWN = """
[measures.left]
of = "organisation.city.net_per_year"
[scenarios.priced]
contract = "prices"
[scenarios.both]
on = ["plans"]
contract = "prices"
"""


def files(home: Path, more: str) -> Path:
    (home / "ward.toml").write_text(WARD_UNDER_CONTRACTS, encoding="utf-8")
    plans = EXPERIMENT.replace("replications = 3", "replications = 2").partition("[scenarios.fewer_beds]")[0]
    (home / "plans.toml").write_text(plans + more, encoding="utf-8")
    return home / "plans.toml"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    home = tmp_path_factory.mktemp("own")
    return compare(run_experiment(load_experiment(files(home, OWN)), out=home / "out", workers=1))


def test_care_is_the_same_and_money_is_under_its_own_contract(found: Comparison) -> None:
    starts = found.measure("priced", "activity.ward.starts_per_day")

    moved = {name for name, one in found.differences["priced"].items() if one.mean}
    assert moved == {"left", "organisation.city.net_per_year"}
    outcome = found.contracts.outcome("priced", "city")
    assert (outcome.contract, outcome.in_baseline) == ("prices", "today")
    assert outcome.net.mean == pytest.approx(900 * starts.mean * 365.25 - 400_000)
    assert found.difference("priced", "left").mean == pytest.approx(outcome.net.mean)


def test_two_scenarios_may_differ_in_their_contract_alone(found: Comparison) -> None:
    plans, both = (found.difference(name, "system.resources_per_year") for name in ("plans", "both"))

    assert plans == both
    usual, own = (found.contracts.outcome(name, "city").received.mean for name in ("plans", "both"))
    assert usual == 0 != own


def test_what_changes_hands_is_nought_in_all_under_each(found: Comparison) -> None:
    for scenario in ("baseline", "priced", "both"):
        lines = [one for one in found.contracts.ledger[scenario] if one.book == "transfers"]
        paid, got = (
            {
                who: sum(one.level.mean for one in lines if getattr(one, side) == who)
                for who in ("city", "icb")
            }
            for side in ("payer", "payee")
        )
        assert sum(got[who] - paid[who] for who in got) == pytest.approx(0, abs=1e-9)


def test_the_report_says_that_a_scenario_is_under_a_contract_of_its_own(found: Comparison) -> None:
    assert "under a contract of its own: ‘prices’" in str(switches_section(found)).lower()


def test_a_contract_of_the_baseline_is_said_at_the_top(tmp_path: Path) -> None:
    path = files(tmp_path, '[scenarios.baseline]\ncontract = "prices"\n')

    with pytest.raises(DefinitionError, match=r"scenarios\.baseline\.contract: the baseline is under the"):
        load_experiment(path)
