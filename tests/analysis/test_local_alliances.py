"""Two alliances in one place, each of its own locality: what one's switch does is no gain of the other."""

from pathlib import Path

import numpy as np
import pytest
from experiment.contracts import WARD_UNDER_CONTRACTS, compared_under_contracts
from experiment.ward import EXPERIMENT

from simulator.analysis.comparison import Comparison
from simulator.analysis.tables import all_tables
from simulator.engines.records import STARTS
from simulator.errors import DefinitionError
from simulator.reports.alliances import alliance_blocks
from simulator.reports.answers import answer_text, answers

ALLIANCE = """
[contracts.{where}]
kind = "alliance"
over = "{over}"
members = ["city", "icb"]
localities = ["{where}"]
"""
BOTH = ALLIANCE.format(where="east", over="prices") + ALLIANCE.format(where="west", over="east")
SETTINGS = ("replications=2", 'horizon="52 weeks"', 'referrals.elective.rate="0 per week"')
FALLS = '[consequences.fall]\nafter = "ward"\nchance = 0.2\ncost = "£900"\npayer = "icb"\n'
FAMILIES = "paid_by = [[0, { city = 1 }], [1, { city = 0.5, people = 0.5 }]]\n"
SCENARIOS = """
[scenarios.nothing]
title = "Plans"
[scenarios.shorter]
set = { "activities.ward.duration.lognorm.mean" = "5 days" }
[scenarios.free]
on = ["plans"]
set = { "interventions.plans.effects.0.value" = 1, "interventions.plans.cost.place_year" = "£100" }
"""


def run(home: Path, *, alliances: str = BOTH, settings: tuple[str, ...] = ()) -> Comparison:
    everybody, those = 'eligible = { segments = ["frail"],', 'eligible = { localities = ["east"],'
    model = WARD_UNDER_CONTRACTS.replace(everybody, those) + alliances + FALLS
    model = model.replace("resident = true\n", f"resident = true\n{FAMILIES}")
    said = (*SETTINGS, *(['contract="west"'] if alliances else []), *settings)
    return compared_under_contracts(home, *said, model=model, plans=EXPERIMENT + SCENARIOS)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return run(tmp_path_factory.mktemp("alliances"))


def member(found: Comparison, scenario: str, alliance: str, who: str = "city") -> object:
    (one,) = (
        one
        for one in found.contracts.alliances
        if (one.scenario, one.alliance, one.organisation) == (scenario, alliance, who)
    )
    return one


def test_plans_for_one_locality_are_gains_of_its_alliance(found: Comparison) -> None:
    east, west = (member(found, "plans", where) for where in ("east", "west"))

    assert east.localities == ("east",)
    assert east.gained.mean
    assert west.gained.is_nought  # nobody waits for these beds, so nobody in the west is touched
    assert east.moved.mean == pytest.approx(-member(found, "plans", "east", "icb").moved.mean)
    assert east.left.mean == pytest.approx(east.gained.mean + east.moved.mean)


def test_a_scenario_that_switches_nothing_on_gains_and_moves_nothing(found: Comparison) -> None:
    mine = [one for one in found.contracts.alliances if one.scenario == "nothing"]

    assert len(mine) == 4
    assert all(one.gained.is_nought and one.moved.is_nought and not one.loses_share for one in mine)


def test_a_scheme_that_does_nothing_costs_the_locality_it_is_for_alone(found: Comparison) -> None:
    east, west = (member(found, "free", where) for where in ("east", "west"))

    cost = found.difference("free", "intervention.plans.resources_per_year").mean
    assert east.gained.mean == pytest.approx(-cost)
    assert east.loses_share == 1
    assert east.leaves_scheme
    assert member(found, "free", "east", "icb").leaves_alliance
    assert west.gained.is_nought


def test_the_ledger_has_a_line_of_each_alliance_and_each_sums_to_nought(found: Comparison) -> None:
    lines = [one for one in found.contracts.ledger["shorter"] if one.book == "transfers"]
    city, icb = (found.contracts.outcome("shorter", who).received.mean for who in ("city", "icb"))

    assert {one.line for one in lines} == {"prices", "east", "west"}
    assert city + icb == pytest.approx(0, abs=1e-6)
    moved = [member(found, "shorter", one).moved.mean for one in ("east", "west")]
    beneath = found.contracts.outcome("shorter", "city", contract="prices").received.mean
    assert all(moved)
    assert city == pytest.approx(beneath + sum(moved))


def test_the_table_has_a_row_for_each_scenario_alliance_member_and_quantity(found: Comparison) -> None:
    (table,) = (one for one in all_tables(found) if one.name == "alliances")

    assert table.rows.num_rows == 5 * 2 * 2 * 3
    shares = table.rows.select(["quantity", "loses_share"]).to_pylist()
    assert all((one["loses_share"] is None) == (one["quantity"] != "left") for one in shares)


def test_without_alliances_of_localities_all_other_figures_are_the_same(
    found: Comparison, tmp_path: Path
) -> None:
    without = run(tmp_path, alliances="", settings=('contract="prices"',))

    assert without.contracts.alliances == ()
    assert "alliances" not in {one.name for one in all_tables(without)}
    for scenario in found.scenarios:
        for who in ("city", "icb"):
            mine, usual = (
                one.contracts.outcome(scenario, who, contract="prices") for one in (found, without)
            )
            assert mine == usual
        assert found.measures[scenario] == without.measures[scenario]


@pytest.mark.parametrize("engine", ["people", "stocks"])
def test_what_is_kept_by_locality_adds_up_to_the_whole(
    engine: str, found: Comparison, tmp_path: Path
) -> None:
    if engine == "stocks":
        found = run(tmp_path, settings=("replications=1", 'engine="stocks"', 'horizon="26 weeks"'))

    for seen in next(iter(found.results.pieces())).observations.values():
        assert seen.local_cost_series.sum(axis=1) == pytest.approx(seen.cost_series)
        assert seen.local_series[..., 0].sum(axis=1) == pytest.approx(seen.activity_series[:, :, STARTS])
        assert seen.local_need_series.sum(axis=1) == pytest.approx(seen.need_series[:, :, 0])
        assert np.all(seen.local_cost_series.sum(axis=(0, 2, 3)) > 0)


def test_the_report_says_who_has_reason_to_leave_the_scheme_and_who_the_alliance(found: Comparison) -> None:
    _, items, table = alliance_blocks(found, found.contracts)
    (said,) = (item.text for item in items.items if item.text.startswith("Free, alliance of East: "))

    scheme, alliance = said.split(". Reason to leave the alliance: ")
    assert "reason to leave the scheme: City hospital −£" in scheme
    assert "ICB" not in scheme
    assert alliance.startswith("ICB −£")
    assert "by sharing" in alliance
    assert "Free, alliance of West: nothing is gained, lost or shared." in [one.text for one in items.items]
    headers = [group.header for group in table.groups]
    assert headers[:2] == ["Plans: alliance of East", "Plans: alliance of West"]
    assert len(headers) == 5 * 2  # though two scenarios have one title


def test_the_answer_says_so_on_the_page_and_on_the_terminal(found: Comparison) -> None:
    free = found.others.index("free")
    (said,) = (one for one in answers(found)[free].items if one.lead == "Who has reason to leave, £ a year:")

    assert "Alliance of East: Reason to leave the scheme: City hospital" in said.text
    assert "West" not in said.text
    assert said.text in answer_text(found)


def test_losses_of_an_alliance_of_a_locality_cannot_feed_back(tmp_path: Path) -> None:
    with pytest.raises(
        DefinitionError, match=r"contracts.west.localities: no book of a month is of a locality"
    ):
        run(tmp_path, settings=("feedback=true",))


@pytest.mark.parametrize(
    ("where", "said"), [('["east"]', "must be the same in all worlds"), ("[]", "names none; name a locality")]
)
def test_a_scenario_cannot_say_otherwise_whose_an_alliance_is(tmp_path: Path, where: str, said: str) -> None:
    setting = f'scenarios.shorter.set={{ "contracts.west.localities" = {where} }}'

    with pytest.raises(DefinitionError, match=rf"contracts.west.localities: {said}"):
        run(tmp_path, settings=(setting,))


def test_a_scheme_for_a_locality_without_people_is_of_no_locality(tmp_path: Path) -> None:
    more = ('horizon="4 weeks"', "localities.east.share=0", "localities.west.share=1")

    nobody = member(run(tmp_path, settings=(*more, "replications=1")), "free", "east")

    assert nobody.gained.mean == 0
