"""How organisations work together, in the report: fidelity, losses, prices of contracts, the hypothesis."""

from pathlib import Path

import pytest
from experiment.alliance import SCENARIOS, alliance_experiment
from reports.building import comparison

from simulator.analysis.collaborations_table import collaborations_table
from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.experiment.follow import follow
from simulator.experiment.run import load_results, run_experiment
from simulator.reports.blocks import Chart, Notice, Table
from simulator.reports.collaboration import collaboration_sections
from simulator.reports.diary import TwoDiaries, diary_page
from simulator.reports.hypothesis import HYPOTHESIS
from simulator.reports.page import page_of

FORUM = '[scenarios.forum]\non = ["forum", "joint"]\n'


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    home = tmp_path_factory.mktemp("alliance")
    experiment = alliance_experiment(home, "replications=2", scenarios=SCENARIOS + FORUM)
    return compare(run_experiment(experiment, out=home / "out", workers=1))


def tables(found: Comparison) -> list[Table]:
    (section,) = collaboration_sections(found)
    return [block for block in section.blocks if isinstance(block, Table)]


def test_fidelity_is_drawn_over_time_with_a_line_and_a_column_a_scenario(found: Comparison) -> None:
    (section,) = collaboration_sections(found)
    chart = next(block for block in section.blocks if isinstance(block, Chart))

    assert chart.id == "chart-fidelity-0"
    assert chart.table.columns == ("Monday", "Joint", "Idle", "Prices", "Together", "Forum")
    assert [row[2] for row in chart.table.groups[0].rows][:2] == ["0", "0.0655"]


def test_losses_prices_of_contracts_and_the_worth_of_a_forum_are_shown(found: Comparison) -> None:
    captions = [table.caption for table in tables(found)]
    price = next(table for table in tables(found) if "another contract" in table.caption)
    forum = next(table for table in tables(found) if table.caption.startswith("With the forum"))

    assert any(caption.startswith("What members lose") for caption in captions)
    assert [group.header for group in price.groups] == ["Prices, less Joint", "Together, less Joint"]
    assert [group.header for group in forum.groups] == ["Forum, less Joint"]


def test_the_page_says_that_a_loss_is_before_refill_where_losses_feed_back(found: Comparison) -> None:
    assert "what there is to share out of freed beds is put too high here" in str(
        collaboration_sections(found)
    )


def test_the_loops_are_drawn_and_every_page_says_that_this_is_a_hypothesis(found: Comparison) -> None:
    (section,) = collaboration_sections(found)
    notices = [block.text for block in section.blocks if isinstance(block, Notice)]

    assert "causal-loop-diagram" in [block.id for block in section.blocks if isinstance(block, Chart)]
    assert notices == [HYPOTHESIS]
    assert any(HYPOTHESIS in notice.text for notice in page_of(found).notices)


def test_as_stocks_the_page_shows_the_same_without_means_and_says_that_nobody_loses_by_chance(
    tmp_path: Path, found: Comparison
) -> None:
    experiment = alliance_experiment(tmp_path, "engine=stocks", scenarios=SCENARIOS + FORUM)
    stocks = compare(run_experiment(experiment, out=tmp_path / "out", workers=1))
    (section,) = collaboration_sections(stocks)
    chart = next(block for block in section.blocks if isinstance(block, Chart))

    assert [one.caption for one in tables(stocks)] == [one.caption for one in tables(found)]
    assert chart.caption == "Alliance: fidelity over time"
    assert "As stocks nobody loses by chance." in str(section)
    assert "As stocks" not in str(collaboration_sections(found))


def test_as_stocks_the_table_has_the_same_levels_and_losses(tmp_path: Path, found: Comparison) -> None:
    experiment = alliance_experiment(tmp_path, "engine=stocks", scenarios=SCENARIOS + FORUM)
    stocks = compare(load_results(run_experiment(experiment, out=tmp_path / "out", workers=2).folder))
    rows, usual = (collaborations_table(one).rows for one in (stocks, found))

    assert rows.column_names == usual.column_names
    for name in ("scenario", "collaboration", "monday", "quantity"):
        assert rows.column(name).to_pylist() == usual.column(name).to_pylist()


def test_the_table_has_every_level_and_loss(found: Comparison) -> None:
    table = collaborations_table(found)
    kinds = set(table.rows.column("quantity").to_pylist())

    assert {"fidelity", "trust", "commitment", "performing", "loss.city", "loss.council"} <= kinds


def test_a_model_without_collaborations_has_no_such_section(tmp_path: Path) -> None:
    made = comparison(tmp_path)

    assert collaboration_sections(made) == ()
    assert collaborations_table(made) is None


def test_a_diary_of_somebody_whose_scheme_depends_on_one_says_so_too(tmp_path: Path) -> None:
    found = follow(alliance_experiment(tmp_path), scenario="joint", person=0)

    assert "structured hypothesis" in diary_page(TwoDiaries(found))
