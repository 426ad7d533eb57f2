"""Freed beds, refill and the finance director's page, on the small ward."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from analysis.filled_by_hand import YEARS, again, parted, world
from experiment.contracts import WARD_UNDER_CONTRACTS, compared_under_contracts
from experiment.ward import EXPERIMENT

from simulator.analysis.cash import ALL
from simulator.analysis.cash_compared import purses_of
from simulator.analysis.comparison import Comparison
from simulator.analysis.flows import Flows
from simulator.analysis.tables import all_tables
from simulator.reports.finance import finance_sections
from simulator.reports.gains import gains_sections
from simulator.reports.verdicts import purses
from simulator.reports.wording import change

COSTS = """
[costs.beds]
stepped = { ward = "£200k per year", notice = "3 months" }
[costs.ward]
average = "£900"
[costs.people]
hour = "£24"
[refill]
share = { value = 0.8, low = 0.5, high = 1 }
"""


COLUMNS = ("set_up", "recurrent", "more_care", "releasing", "transfers", "net", "cumulative")
LATE = """
[interventions.late]
title = "Shorter stays"
what = "upstream"
depth = "transactional"
lead = "city"
starts = 2026-04-01
eligible = { segments = ["frail"] }
uptake = 1.0
places = 10
cost = { set_up = "£30k", place_year = "£73.05" }
[[interventions.late.effects]]
times = "activities.ward.duration"
for = "everyone"
value = 0.6
[interventions.eve]
title = "The day before"
what = "upstream"
depth = "transactional"
lead = "city"
starts = 2026-03-31
cost = { set_up = "£28k" }
"""


def with_costs(home: Path, *changes: tuple[str, str]) -> Comparison:
    """Run the ward with wards of two beds, half of the cost of a stay paid by families after a week."""
    text = WARD_UNDER_CONTRACTS.replace("capacity = 12", "capacity = 12\nward_size = 2") + COSTS
    by_week = "paid_by = [[0, { city = 1 }], [1, { city = 0.5, people = 0.5 }]]"
    text = text.replace("resident = true", f"resident = true\nstaff_minutes = {{ people = 30 }}\n{by_week}")
    text = text.replace('place_year = "£1"', "").replace(
        "places = 40", 'places = 40\ncost = { set_up = "£5k" }'
    )
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    asked = '\n[scenarios.late]\non = ["late"]\n[scenarios.eve]\non = ["eve"]\n'
    asked += '[measures.freed]\nof = "system.released_per_year"\n'
    asked += '[measures.ours]\nof = "organisation.city.released_per_year"\n'
    return compared_under_contracts(home, model=text + LATE, plans=EXPERIMENT + asked)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return with_costs(tmp_path_factory.mktemp("cash"))


def mean(one: object) -> float:
    return float(one.mean)


def test_freed_bed_days_are_measured_and_stay_out_of_money(found: Comparison) -> None:
    (freed,) = (one for one in found.cash.freed if one.scenario == "plans")

    assert mean(freed.days) > 0
    assert mean(found.measure("plans", "freed")) == pytest.approx(mean(freed.days))
    assert mean(found.measure("plans", "ours")) == pytest.approx(mean(freed.days))
    assert mean(found.measure("baseline", "freed")) == 0


def test_a_fifth_stays_empty_and_at_full_refill_nothing(found: Comparison) -> None:
    (freed,) = (one for one in found.cash.freed if one.scenario == "plans")

    assert mean(freed.empty[0.0]) == pytest.approx(mean(freed.days))
    assert mean(freed.empty[0.8]) == pytest.approx(0.2 * mean(freed.days))
    assert mean(freed.empty[1.0]) == 0 == mean(freed.wards[1.0])


def test_at_full_refill_care_releases_no_cash_but_for_stays_of_another_length(found: Comparison) -> None:
    years = [found.cash.years("plans", ALL, refill=share) for share in (0.0, 1.0)]
    here, there = (parted(YEARS) @ world(found, name).pounds for name in ("plans", "baseline"))
    left = there - here - again(found, "plans").pounds

    for none, all_of_it, spared in zip(*years, left, strict=True):
        assert mean(all_of_it.releasing) == pytest.approx(spared, abs=1e-4)
        # Of £52.50 a bed-day £7.50 is the start's; by chance stays are a few hundredths longer or shorter.
        assert abs(mean(all_of_it.releasing)) < 0.02 * mean(none.releasing)
        assert mean(all_of_it.net) == pytest.approx(mean(all_of_it.releasing) - mean(all_of_it.set_up))


def test_without_refill_cash_is_what_activity_costs_less_and_wards(found: Comparison) -> None:
    years = found.cash.years("plans", ALL, refill=0.0)
    (freed,) = (one for one in found.cash.freed if one.scenario == "plans")
    length = 728 / 365.25
    spared = -mean(found.difference("plans", "system.resources_per_year")) * length + 5_000

    wards = mean(freed.wards[0.0]) * 200_000 * length
    assert sum(mean(one.releasing) for one in years) == pytest.approx(spared + wards)


def test_refill_leaves_a_rise_in_use_as_it_is(tmp_path: Path) -> None:
    more = with_costs(tmp_path, ("value = 0.5", "value = 1.5"))

    (freed,) = (one for one in more.cash.freed if one.scenario == "plans")
    assert mean(freed.days) < 0
    assert mean(freed.empty[1.0]) == pytest.approx(mean(freed.days))


def test_set_up_is_paid_once_and_recurs_never(found: Comparison) -> None:
    first, second = found.cash.years("plans", "city", refill=0.8)

    assert mean(first.set_up) == pytest.approx(5_000)
    assert mean(second.set_up) == 0 == mean(first.recurrent)
    assert mean(found.cash.asked("plans", "city", refill=0.8).peak) >= 5_000 - mean(first.releasing)


def test_a_scheme_of_the_second_year_moves_no_money_in_the_first(found: Comparison) -> None:
    # A period of four weeks lies over the end of March 2026.
    first, second = found.cash.years("late", ALL, refill=0.8)

    assert all(getattr(first, word).is_nought for word in COLUMNS)
    assert first.breaks_even is None
    assert mean(second.set_up) == 30_000
    assert mean(second.recurrent) == pytest.approx(10 * 73.05 * 363 / 365.25)
    assert mean(second.releasing) > 0
    assert mean(found.cash.asked("late", ALL, refill=0.8).peak) >= 30_000


def test_setting_up_is_of_the_year_of_its_day(found: Comparison) -> None:
    # In a period of four weeks of which only that day is in the first year.
    first, second = found.cash.years("eve", "city", refill=0.8)

    assert mean(first.set_up) == pytest.approx(28_000)
    assert second.set_up.is_nought


def test_the_naive_case_prices_every_start_saved_at_the_average_cost(found: Comparison) -> None:
    asked = found.cash.asked("plans", "city", refill=0.8)
    fewer = -mean(found.difference("plans", "activity.ward.starts_per_day")) * 365.25

    assert mean(asked.naive) == pytest.approx(900 * fewer - 5_000 / (728 / 365.25))
    assert mean(asked.ours) < mean(asked.naive)
    assert 0 < asked.must_release < 1


def test_wards_are_a_standing_cost_and_reconciled_to_yearly_spend(found: Comparison) -> None:
    lines = {(one.payer, one.line): one for one in found.contracts.ledger["baseline"]}

    assert mean(lines["city", "wards: beds"].level) == pytest.approx(6 * 200_000)
    resources = mean(found.measure("baseline", "organisation.city.resources_per_year"))
    assert found.contracts.unexplained["city"] == pytest.approx(1_000_000 - resources)


def test_fewer_beds_are_fewer_wards_at_once(found: Comparison) -> None:
    lines = {one.line: one for one in found.contracts.ledger["fewer_beds"] if one.payer == "city"}

    assert mean(lines["wards: beds"].level) == pytest.approx(5 * 200_000)


def test_families_pay_by_week_of_stay_by_the_law_of_the_stay(found: Comparison) -> None:
    from scipy.stats import lognorm

    people, city = (
        mean(one.level)
        for payer in ("people", "city")
        for one in found.contracts.ledger["baseline"]
        if (one.payer, one.line, one.book) == (payer, "ward", "resources")
    )
    sigma = np.sqrt(np.log(1 + 0.9**2))
    law = lognorm(sigma, scale=6 / np.sqrt(1 + 0.9**2))
    after = law.expect(lambda x: x - 7, lb=7) / 6
    starts = mean(found.measure("baseline", "activity.ward.starts_per_day")) * 365.25
    days = people + city - 45 * starts
    assert people == pytest.approx(0.5 * after * days, rel=2e-3)


def test_own_time_is_a_book_of_its_own(found: Comparison) -> None:
    (line,) = (one for one in found.contracts.ledger["plans"] if one.book == "own time")
    starts = mean(found.measure("plans", "activity.ward.starts_per_day")) * 365.25

    assert mean(line.level) == pytest.approx(starts * 0.5 * 24)
    (hours,) = (one for one in found.cash.own_time if one.scenario == "plans")
    assert mean(hours.hours) == pytest.approx(starts * 0.5)
    assert mean(hours.change) < 0


@pytest.mark.parametrize("share", [0.0, 0.8, 1.0])
def test_every_column_adds_up_down_and_across(found: Comparison, share: float) -> None:
    purses = [found.cash.years("plans", name, refill=share) for name in found.cash.organisations]

    for whole, *parts in zip(found.cash.years("plans", ALL, refill=share), *purses, strict=True):
        for word in COLUMNS:
            in_parts = sum(mean(getattr(one, word)) for one in parts)
            assert mean(getattr(whole, word)) == pytest.approx(in_parts, abs=1e-4)
        costs = mean(whole.set_up) + mean(whole.recurrent) + mean(whole.more_care)
        assert mean(whole.net) == pytest.approx(mean(whole.releasing) + mean(whole.transfers) - costs)


def test_months_add_up_to_the_years_before_transfers(found: Comparison) -> None:
    months = sum(
        mean(one.net) for one in found.cash.months if (one.scenario, one.organisation) == ("plans", "")
    )
    years = found.cash.years("plans", ALL, refill=0.8)

    assert months == pytest.approx(sum(mean(one.net) - mean(one.transfers) for one in years))


def test_the_tables_and_the_page_show_every_share_of_refill(found: Comparison) -> None:
    tables = {table.name for table in all_tables(found)}
    text = str(finance_sections(found))

    assert {"cash", "funding", "cash_months", "released", "own_time"} <= tables
    assert all(word in text for word in ("refill of 0'", "0.8 (as given)", "Peak funding", "Naive"))


def test_what_fills_again_is_a_line_of_the_ledger(found: Comparison) -> None:
    ledger = {
        (one.payer, one.line): one for one in found.contracts.ledger["plans"] if one.book == "resources"
    }
    pounds = 0.8 * again(found, "plans").pounds.sum()

    assert mean(ledger["city", "filled again: ward"].level) * 728 / 365.25 == pytest.approx(pounds)


def test_what_fills_again_is_in_the_month_in_which_it_does(found: Comparison) -> None:
    # April 2025 and May: 30 and 31 days; nothing else of the city's changes but £5,000 of set-up on day one.
    mine = [one for one in found.cash.months if (one.scenario, one.organisation) == ("plans", "city")]
    spared = parted((30, 61)) @ (world(found, "baseline").pounds - world(found, "plans").pounds)
    left = spared - 0.8 * again(found, "plans", ends=(30, 61)).pounds

    assert [mean(one.net) for one in mine[:2]] == pytest.approx(left - [5000, 0])


def test_what_some_pay_others_is_exactly_nothing_for_all_together() -> None:
    paid = np.array([[[0.1, 0.2, -0.3]]])
    nothing = np.zeros_like(paid)
    words = ("set_up", "recurrent", "more_care", "releasing", "claimed", "unclaimed")
    flows = Flows(transfers=paid, **dict.fromkeys(words, nothing))

    (all_of_it,) = purses_of(flows, [0, 1, 2], names=("plans", ALL), share=0.8, starts=date(2025, 4, 1))

    assert paid.sum() != 0
    assert all_of_it.transfers.is_nought
    assert all_of_it.net.is_nought


def test_gains_say_that_they_are_after_refill(found: Comparison) -> None:
    assert "are after freed beds have filled again" in str(gains_sections(found))
    unfilled = replace(found, cash=replace(found.cash, given=dict.fromkeys(found.cash.given, 0.0)))

    assert "are after freed beds have filled again" not in str(gains_sections(unfilled))


def test_an_answer_without_contracts_says_what_is_left_after_refill(found: Comparison) -> None:
    cash = found.cash
    assert cash is not None
    alone = replace(found, contracts=None)

    (said,) = purses(alone, "plans")

    by_end = cash.years("plans", ALL, refill=0.8)[-1].cumulative
    assert said.text.startswith(
        f"All together, by the end, freed beds filled again, discounted at 3.5%: {change(by_end, '£')}"
    )
    city = cash.years("plans", "city", refill=0.8)[-1].cumulative
    assert f"Of that: City hospital {change(city, '£')}" in said.text
    assert purses(replace(alone, cash=replace(cash, refills=(0.0,))), "plans") == ()
