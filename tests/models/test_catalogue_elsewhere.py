"""The catalogue's rows that have a place of their own: two trusts, nine practices, a county."""

from pathlib import Path

import pytest
from catalogue_place import ROOT, compared

from simulator.analysis.comparison import Comparison

SHORT = """
warm_up = "0 weeks"
horizon = "52 weeks"
replications = 1
report_every = "13 weeks"
"""
TRUSTS = """
contract = "tariff"
[scenarios.nothing]
[scenarios.pooled]
on = ["pooled_waiting_lists"]
[scenarios.teams]
on = ["provider_collaborative"]
"""


def run_on(model: str, folder: Path, settings: str) -> Comparison:
    return compared(folder, ROOT / "models" / model, SHORT + settings)


@pytest.fixture(scope="module")
def trusts(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return run_on("two_trusts.toml", tmp_path_factory.mktemp("trusts"), TRUSTS)


def changed(found: Comparison, scenario: str, name: str) -> float:
    return float(found.difference(scenario, name).mean)


def moved(found: Comparison, scenario: str) -> set[str]:
    return {name for name, one in found.differences[scenario].items() if one.mean}


def test_row_9_a_neighbour_takes_the_longest_waiters_and_looks_worse(trusts: Comparison) -> None:
    assert moved(trusts, "nothing") == set()
    assert changed(trusts, "pooled", "clock.list.open_over.40_weeks") < -100
    assert changed(trusts, "pooled", "over_18_coast") > 100


def test_row_9_who_is_paid_depends_on_whether_the_price_follows_the_patient(trusts: Comparison) -> None:
    stays, follows = (
        trusts.contracts.outcome("pooled", "coast", contract=kind).received.mean
        for kind in ("tariff", "follows")
    )

    assert stays < -1e6
    assert abs(follows) < 0.1 * abs(stays)


def test_row_10_teams_go_where_most_is_waited(trusts: Comparison) -> None:
    city, coast = (
        changed(trusts, "teams", f"resource.theatres_{who}.in_use_mean") for who in ("city", "coast")
    )

    assert city > 0 > coast
    assert changed(trusts, "teams", "clock.list.open_over.40_weeks") < -100


def test_row_11_nine_practices_share_their_slots_and_the_gap_closes(tmp_path: Path) -> None:
    scenarios = '[scenarios.nothing]\n[scenarios.shared]\non = ["gp_collaborative"]\n'
    found = run_on("nine_practices.toml", tmp_path, scenarios)

    assert moved(found, "nothing") == set()
    assert changed(found, "shared", "riverside") < -1
    assert changed(found, "shared", "routine_wait") < 0
    waits = {
        one: [
            float(found.measure(one, site).mean)
            for site in ("harbour", "riverside", "hilltop", "dale", "park")
        ]
        for one in ("baseline", "shared")
    }
    assert max(waits["shared"]) - min(waits["shared"]) < 0.5 * (
        max(waits["baseline"]) - min(waits["baseline"])
    )


def test_row_13_a_county_checks_more_and_fills_fewer_unit_beds(tmp_path: Path) -> None:
    scenarios = '[scenarios.nothing]\n[scenarios.service]\non = ["learning_disability_service"]\n'
    found = run_on("learning_disability.toml", tmp_path, scenarios)

    assert moved(found, "nothing") == set()
    assert changed(found, "service", "checks") > 50
    assert changed(found, "service", "unit") < 0
    assert changed(found, "service", "organisation.practices.resources_per_year") > 0
    assert changed(found, "service", "organisation.mental_health.resources_per_year") != 0
