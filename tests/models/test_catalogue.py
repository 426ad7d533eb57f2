"""Each row of the catalogue in the small place: what it does with the switch on, and not without it.

One experiment, one replication, and fixed seeds: nothing here can come out otherwise on another day.
Scenarios make effects larger than anybody has seen, so that 5,000 people in eighteen months show them.
Whatever a row is said to do, it has to do by people and counted as stocks; what a switch does not touch is as
before, to the last bit, in both. Sums over organisations may differ as stocks by ``PENNY``, and what is held
beside people is as much to within a factor of its own, as measured and a little.
"""

from pathlib import Path

import pytest
from catalogue_place import compared, small_place

from simulator.analysis.alliances import Membership
from simulator.analysis.comparison import Comparison
from simulator.analysis.gaps import AIMS, gaps
from simulator.definition import load_model
from simulator.reports.scorecard import scorecard_section

SCENARIOS = Path(__file__).with_name("catalogue_scenarios.toml")
ALLIANCES = ("east_alliance", "city_alliance", "three_alliances")
CARE = ("activity.", "need.", "resource.", "clock.", "people.", "deaths_per_year", "harm.")


ENGINES = ("people", "stocks")
# As stocks somebody less who waits for a nurse is somebody less who dies or is admitted meanwhile.
WAITING = {"people": 0.0, "stocks": 1e-4}
# Their books are fractions of cases, each written to a millionth of a pound.
PENNY = {"people": 0.0, "stocks": 1e-5}
# What differs by 15 cases or more by people, which chance does not do, is as much by stocks to a factor.
TOLD_FROM_NOUGHT = (
    ("plans", "activity.review_by_gp.starts_per_day", 1.25),
    ("plans", "activity.review_by_matron.starts_per_day", 1.25),
    ("plans", "activity.review_by_social_worker.starts_per_day", 1.27),
    ("plans", "need.emergency.averted_per_year", 1.2),
    ("carers", "activity.district_nurse_visit.starts_per_day", 1.02),
    ("carers", "activity.carer_visit.starts_per_day", 1.02),
    ("hills_alone", "activity.carer_visit.starts_per_day", 1.16),
    ("responders", "activity.responder_visit.starts_per_day", 1.05),
    ("responders", "activity.ambulance.starts_per_day", 1.03),
    ("responders", "organisation.fire.resources_per_year", 1.005),
    ("responders", "organisation.ambulance.resources_per_year", 1.02),
    ("week", "need.emergency.averted_per_year", 1.02),
    ("ward_and_care", "activity.short_term_care.starts_per_day", 1.17),
    ("flood", "activity.same_day_appointment.starts_per_day", 1.03),
    ("flood_with_premises", "activity.hot_clinic.starts_per_day", 1.23),
    ("urgent", "need.walk_in.per_year", 1.13),
    ("urgent", "activity.ae.arrivals_per_day", 1.21),
    ("urgent", "organisation.community.resources_per_year", 1.005),
    ("three_alliances", "activity.city_virtual_ward.starts_per_day", 1.04),
    ("forum", "organisation.icb.resources_per_year", 1.001),
)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Comparison]:
    """Give every switch of the small place beside its baseline, by people and as stocks."""
    settings = SCENARIOS.read_text("utf-8")
    folders = {engine: tmp_path_factory.mktemp(engine) for engine in ENGINES}
    return {
        engine: compared(folder, small_place(folder), f'engine = "{engine}"\n{settings}')
        for engine, folder in folders.items()
    }


@pytest.fixture(params=ENGINES)
def found(request: pytest.FixtureRequest, both: dict[str, Comparison]) -> Comparison:
    """Give them by one of the engines."""
    return both[request.param]


def changed(found: Comparison, scenario: str, name: str) -> float:
    return float(found.difference(scenario, name).mean)


def before(found: Comparison, name: str) -> float:
    return float(found.measure("baseline", name).mean)


def moved(found: Comparison, scenario: str, *families: str) -> set[str]:
    """Name the measures that differ from the baseline."""
    named = found.differences[scenario].items()
    mine = [(name, float(one.mean or 0.0)) for name, one in named if name.startswith(families or CARE)]
    return {name for name, change in mine if change}


def test_with_nothing_on_nothing_differs(found: Comparison) -> None:
    assert len(found.differences["nothing"]) > 300
    assert {name for name, one in found.differences["nothing"].items() if one.mean} == set()


def test_row_1_care_plans_are_reviewed_by_three_clinicians_and_avert_emergencies_by_name(
    found: Comparison,
) -> None:
    reviews = [f"activity.review_by_{who}.starts_per_day" for who in ("gp", "matron", "social_worker")]
    emergencies = next(one for one in found.attribution("plans") if one.need == "emergency")

    assert all(before(found, one) == 0 < changed(found, "plans", one) for one in reviews)
    assert emergencies.averted["mdt_care_plans"].mean > 10
    assert changed(found, "plans", "need.emergency.per_year") < -10


def test_row_1_without_an_effect_there_is_a_naive_fall_and_no_true_one(found: Comparison) -> None:
    effect = next(one for one in found.enrolled("plans_without_effect") if one.need == "emergency")

    assert effect.naive.mean < -0.5
    assert effect.true.mean == pytest.approx(0, abs=0.05)
    assert changed(found, "plans_without_effect", "need.emergency.averted_per_year") == 0


def test_row_2_what_nurses_visit_less_carers_visit_more(found: Comparison) -> None:
    nurses = changed(found, "carers", "activity.district_nurse_visit.starts_per_day")

    assert before(found, "activity.carer_visit.starts_per_day") == 0
    assert nurses < 0
    carers = changed(found, "carers", "activity.carer_visit.starts_per_day")
    assert carers == pytest.approx(-nurses, rel=WAITING[found.results.experiment.engine] or None)
    assert moved(found, "carers", "need.emergency", "deaths_per_year") == set()
    hours = {one.scenario: one.hours.mean for one in found.cash.own_time if one.account == "people"}
    assert hours["carers"] > 0 == hours["baseline"]


@pytest.mark.parametrize("scenario", ["plans", "carers", "ward_and_care", "urgent", "assess", "mirror"])
def test_row_3_every_pound_is_somebodys_and_transfers_sum_to_nothing(
    found: Comparison, scenario: str
) -> None:
    members = [found.contracts.outcome(scenario, one) for one in found.contracts.organisations]
    spent = sum(one.resources.mean for one in members)
    lines = [one.difference.mean for one in found.contracts.ledger[scenario] if one.book == "resources"]

    assert spent != 0
    assert sum(lines) == pytest.approx(spent, rel=1e-9)
    assert sum(one.received.mean for one in members) == pytest.approx(0, abs=0.01)
    penny = PENNY[found.results.experiment.engine]
    assert sum(one.net.mean for one in members) == pytest.approx(-spent, rel=1e-9, abs=penny)


def test_row_4_a_mirror_merges_overheads_and_changes_no_care(found: Comparison) -> None:
    last = {one.organisation: one.releasing.mean for one in found.cash.purses if one.scenario == "mirror"}

    assert moved(found, "mirror") == set()
    assert all(last[who] > 0 for who in ("hospital", "community"))
    assert last["council"] == 0


def test_row_5_responders_go_where_crews_went_and_the_fire_service_pays(found: Comparison) -> None:
    assert before(found, "activity.responder_visit.starts_per_day") == 0
    assert changed(found, "responders", "activity.responder_visit.starts_per_day") > 0.2
    assert changed(found, "responders", "activity.ambulance.starts_per_day") < -0.2
    assert changed(found, "responders", "organisation.fire.resources_per_year") > 0
    assert changed(found, "responders", "organisation.ambulance.resources_per_year") < 0


def test_row_6_an_action_week_is_a_pulse_of_which_nothing_is_left(found: Comparison) -> None:
    quarters = found.series_difference("week", "need.emergency.averted_per_year").mean

    assert quarters[0] > quarters[1] > 0
    assert quarters[2:].tolist() == [0] * (len(quarters) - 2)


def test_row_7_short_term_care_moves_people_out_of_beds_and_the_council_pays(found: Comparison) -> None:
    assert before(found, "activity.short_term_care.starts_per_day") == 0
    assert changed(found, "ward_and_care", "activity.short_term_care.starts_per_day") > 0
    assert changed(found, "ward_and_care", "activity.virtual_ward.starts_per_day") > 0
    assert changed(found, "ward_and_care", "resource.beds_older.kept_mean") < 0
    council = [one for one in found.contracts.ledger["ward_and_care"] if one.payer == "council"]
    assert any(one.line == "short_term_care" and one.difference.mean > 0 for one in council)


def test_row_8_shared_premises_see_some_of_those_whom_a_flood_turns_away(found: Comparison) -> None:
    seen = [f"activity.{one}.starts_per_day" for one in ("same_day_appointment", "hot_clinic")]
    alone, shared = (
        sum(changed(found, one, each) for each in seen) for one in ("flood", "flood_with_premises")
    )

    assert changed(found, "flood", "activity.hot_clinic.starts_per_day") == 0
    assert alone < 0
    assert shared > alone


def test_row_12_an_urgent_treatment_centre_takes_minors_and_brings_its_own(found: Comparison) -> None:
    assert before(found, "need.walk_in.per_year") == 0
    assert changed(found, "urgent", "need.walk_in.per_year") > 20
    assert changed(found, "urgent", "activity.ae.arrivals_per_day") < -0.05
    assert changed(found, "urgent", "organisation.community.resources_per_year") > 0


def test_row_15_assessing_after_leaving_moves_the_wait(found: Comparison) -> None:
    assert changed(found, "assess", "activity.assessed_for_home.time_mean_days") < -1
    assert changed(found, "assess", "activity.home_with_support.time_mean_days") > 0.2


def test_row_16_the_same_care_is_settled_otherwise_by_each_contract(found: Comparison) -> None:
    kinds = ("today", "block", "tariff", "capitation", "prime", "alliance", "pooled_fund")
    nets = {
        kind: [
            found.contracts.outcome("assess", one, contract=kind).net.mean
            for one in found.contracts.organisations
        ]
        for kind in kinds
    }

    assert len({tuple(round(one) for one in net) for net in nets.values()}) >= 5
    assert {round(sum(net), 2) for net in nets.values()} == {round(sum(nets["today"]), 2)}


def members(found: Comparison, scenario: str, alliance: str) -> dict[str, Membership]:
    mine = [one for one in found.contracts.alliances if (one.scenario, one.alliance) == (scenario, alliance)]
    return {one.organisation: one for one in mine}


def test_row_16_each_of_three_alliances_shares_what_comes_of_its_own_people(found: Comparison) -> None:
    east, city, hills = (members(found, "three_alliances", one) for one in ALLIANCES)

    assert changed(found, "three_alliances", "activity.city_virtual_ward.starts_per_day") > 0
    payers = (east["practices"], city["community"], hills["community"])
    assert all(one.gained.mean < one.left.mean < 0 < one.moved.mean for one in payers)
    for alliance in (east, city, hills):
        assert sum(one.moved.mean for one in alliance.values()) == pytest.approx(0, abs=0.01)


def test_row_16_a_switch_of_one_alliance_saves_its_own_payer_most(found: Comparison) -> None:
    east, city, hills = (members(found, "hills_alone", one) for one in ALLIANCES)
    saved = -hills["community"].gained.mean

    assert saved > 0
    assert all(abs(one.gained.mean) < 0.02 * saved for one in (*east.values(), *city.values()))
    assert all(one.gained.is_nought for name in ALLIANCES for one in members(found, "nothing", name).values())


def test_row_16_a_switch_of_one_alliance_moves_nothing_in_the_others(found: Comparison) -> None:
    east, city = (members(found, "hills_alone", one) for one in ALLIANCES[:2])

    assert all(one.gained.is_nought and one.moved.is_nought for one in (*east.values(), *city.values()))


def test_row_17_under_the_guarantee_no_member_loses_more_than_all_do(found: Comparison) -> None:
    who = load_model(Path(found.results.experiment.model)).contracts["guarantee"].members
    free, bound = (
        [found.contracts.outcome("urgent", one, contract=kind).net.mean for one in who]
        for kind in ("today", "guarantee")
    )

    assert sum(bound) == pytest.approx(sum(free), rel=1e-9)
    assert max(bound) <= max(max(free), 0) + 0.01
    assert min(bound) > min(free)


def fidelity(found: Comparison, scenario: str) -> float:
    one = next(one for one in found.collaborating if one.scenario == scenario)
    return float(one.levels["fidelity"][-1].mean)


def test_row_18_the_same_scheme_does_what_its_collaboration_lets_it(found: Comparison) -> None:
    presets = ("forced", "typical", "mature")
    strengths = [fidelity(found, one) for one in presets]
    places = [changed(found, one, "resource.virtual_ward_places.in_use_mean") for one in presets]

    assert strengths == sorted(strengths)
    assert strengths[-1] > 3 * strengths[0]
    assert places[0] < places[-1]


def test_row_19_a_forum_alone_does_nothing_and_strengthens_what_depends_on_it(found: Comparison) -> None:
    assert moved(found, "forum") == set()
    assert changed(found, "forum", "organisation.icb.resources_per_year") > 0
    assert fidelity(found, "with_forum") > fidelity(found, "typical")


def test_row_20_a_scorecard_has_three_aims_and_the_gaps_in_them(found: Comparison) -> None:
    section = scorecard_section(found)

    assert section is not None
    captions = [block.caption for block in section.blocks if hasattr(block, "caption")]
    assert all(any(aim in caption.lower() for caption in captions) for aim in ("health", "care", "finance"))
    assert {one.row.aim for one in gaps(found)} == set(AIMS)


def test_row_21_harm_is_reckoned_by_setting_in_both_worlds(found: Comparison) -> None:
    where = {"ae_delay", "kept_in_bed", "waiting_at_home", "waiting_for_care", "waiting_on_lists"}

    assert {f"expected_deaths_per_year.{one}" for one in where} <= set(found.names)
    assert before(found, "expected_deaths_per_year.ae_delay") > 0
    assert "expected_deaths_per_year.kept_in_bed.at_high" in moved(found, "assess", "expected_")
    assert moved(found, "forum", "expected_") == set()


@pytest.mark.parametrize(("scenario", "measure", "factor"), TOLD_FROM_NOUGHT)
def test_what_people_tell_from_nought_stocks_count_as_much(
    both: dict[str, Comparison], scenario: str, measure: str, factor: float
) -> None:
    by_people, as_stocks = (changed(both[engine], scenario, measure) for engine in ENGINES)

    assert 1 / factor < as_stocks / by_people < factor
