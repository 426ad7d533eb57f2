"""Who gains and who loses: said in a sentence, shown under every contract, read the same from the folder."""

from dataclasses import replace
from pathlib import Path

import pytest
from experiment.contracts import compared_under_contracts, ward_under_contracts
from reports.building import comparison

from simulator.analysis.cash import ALL
from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.experiment.run import load_results
from simulator.reports.answers import answer_text, answers
from simulator.reports.blocks import Items, Notice, Table
from simulator.reports.finance import finance_sections
from simulator.reports.gains import gains_sections
from simulator.reports.verdicts import purses
from simulator.reports.wording import change


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Give the small ward compared under three contracts."""
    return ward_under_contracts(tmp_path_factory.mktemp("gains"))


def tables(found: Comparison) -> list[Table]:
    (section,) = gains_sections(found)
    return [block for block in section.blocks if isinstance(block, Table)]


def test_a_sentence_says_who_is_better_off(found: Comparison) -> None:
    (section,) = gains_sections(found)
    (items,) = (block for block in section.blocks if isinstance(block, Items))

    assert [item.text for item in items.items] == [
        "Plans, under ‘Today’: better off: City hospital; untouched: ICB.",
        "Fewer beds, under ‘Today’: not to be told: City hospital; untouched: ICB.",
    ]


def test_the_answer_says_whose_purse_gains_and_loses(found: Comparison) -> None:
    (gain,), (beds,) = (purses(found, scenario) for scenario in found.others)

    assert gain.text.startswith("Better off: City hospital +£")
    assert gain.text.endswith(
        "Under the two other contracts, for the same care: ICB better off under either; City hospital "
        "worse off under ‘Prices’ and better off under ‘Together’. Nobody else surely gains or loses."
    )
    cash = found.cash
    assert cash is not None
    all_together = cash.years("fewer_beds", ALL, refill=cash.given["fewer_beds"])[-1].cumulative
    assert beds.text == (
        "Not to be told: City hospital. All together, by the end, discounted at 3.5%: "
        f"{change(all_together, '£')}. "  # no freed bed fills again here
        "Under the two other contracts, for the same care, nobody surely gains or loses."
    )
    assert gain in answers(found)[0].items
    assert f"  {gain.lead} {gain.text}" in answer_text(found).splitlines()


def test_counted_as_stocks_whose_purse_gains_is_told_by_the_sums(tmp_path: Path) -> None:
    counted = compared_under_contracts(tmp_path, 'engine="stocks"', "replications=1")

    (beds,) = purses(counted, "fewer_beds")

    assert beds.lead == (
        "Who gains and who loses, a year, under ‘Today’ "
        "(counted as stocks, with no chance in this engine and no intervals):"
    )
    assert counted.contracts is not None
    (hospital, _) = counted.contracts.of("fewer_beds")
    assert hospital.net.mean is not None
    assert hospital.net.mean < -1
    assert beds.text.startswith("Worse off: City hospital −£")
    assert "ot to be told" not in beds.text
    assert "no interval" not in beds.text


def test_gains_in_a_part_of_the_place_are_told_with_the_warning_that_a_sign_may_turn(
    found: Comparison, tmp_path: Path
) -> None:
    part = compared_under_contracts(tmp_path, "population_share=0.5")
    may_turn, why = (
        ", in 0.5 of the place (in the whole place a sign may turn):",
        "those of 0.5 of the place;",
    )

    (gain,) = purses(part, "plans")
    (section,) = gains_sections(part)

    assert gain.lead == f"Who gains and who loses, a year, under ‘Today’{may_turn}"
    assert [block.word for block in section.blocks if isinstance(block, Notice)][:2] == [
        "Read this first",
        "Part of the place",
    ]
    assert answer_text(part).count(may_turn) == len(part.others)
    assert answer_text(part).count(why) == 1
    assert "sign may turn" not in answer_text(found) + str(gains_sections(found))
    assert "Part of the place" not in str(gains_sections(found))


def test_one_replication_by_people_tells_of_nobody_who_gains(tmp_path: Path) -> None:
    once = compared_under_contracts(tmp_path, "replications=1")

    (beds,) = purses(once, "fewer_beds")

    assert beds.text.startswith("Not to be told: City hospital. ")


def test_a_net_has_its_80_per_cent_interval_in_a_column(found: Comparison) -> None:
    (table,) = (table for table in tables(found) if "Net, 80% interval" in table.columns)
    assert found.contracts is not None
    (hospital, icb) = found.contracts.of("plans")
    narrower, place = change(hospital.net.at_80, "£ a year"), table.columns.index("Net, 80% interval") - 1

    assert hospital.net.low < hospital.net.low_80 < hospital.net.mean
    assert table.groups[0].rows[0][place] == narrower.split(" (")[1].removesuffix(")")
    assert icb.net.is_nought
    assert table.groups[0].rows[1][place] == "–"


def test_every_contract_has_a_row_in_the_order_of_the_file(found: Comparison) -> None:
    net, loses = (table for table in tables(found) if "under every contract" in table.caption)

    for table in (net, loses):
        assert table.columns == ("Scenario", "Contract", "City hospital", "ICB")
        assert [row[0] for row in table.groups[0].rows] == ["Today", "Prices", "Together"]


def test_whoever_is_untouched_under_every_contract_takes_no_column(found: Comparison) -> None:
    contracts = found.contracts
    assert contracts is not None
    untouched = [
        replace(one, net=replace(one.net, mean=0.0, sd=0.0, low=0.0, high=0.0))
        if one.organisation == "icb"
        else one
        for one in contracts.outcomes
    ]
    without = replace(found, contracts=replace(contracts, outcomes=tuple(untouched)))

    columns = [table.columns for table in tables(without) if "under every contract" in table.caption]

    assert columns == [("Scenario", "Contract", "City hospital")] * 2


def test_the_folder_reads_back_to_the_same_section(found: Comparison) -> None:
    assert gains_sections(compare(load_results(found.results.folder))) == gains_sections(found)


def test_the_years_of_all_together_follow_those_of_each(found: Comparison) -> None:
    (years,) = (table for table in tables(found) if table.caption.startswith("Year by year"))

    assert [row[1:3] for row in years.groups[0].rows[:6]] == [
        (who, f"1 April {year}") for who in ("City hospital", "ICB", "All together") for year in (2025, 2026)
    ]


def test_a_model_without_average_costs_has_no_naive_case(found: Comparison) -> None:
    blocks = [block for section in finance_sections(found) for block in section.blocks]

    assert blocks
    assert all(block.columns for block in blocks if isinstance(block, Table))


def test_a_model_without_contracts_has_no_such_section(tmp_path: Path) -> None:
    assert gains_sections(comparison(tmp_path)) == ()


@pytest.mark.parametrize(
    ("rest", "says"),
    [(4000.0, "£4,000"), (-4000.0, "nothing: what is followed comes to £4,000 more than is stated")],
)
def test_a_spend_that_is_stated_too_low_is_said_in_words(found: Comparison, rest: float, says: str) -> None:
    contracts = replace(found.contracts, unexplained={"city": rest})
    (table,) = (one for one in tables(replace(found, contracts=contracts)) if "yearly spend" in one.caption)

    assert table.groups[0].rows[0][-1] == says
