"""The report of one run without chance: what differs is what was counted, and nothing has an interval."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from experiment.contracts import compared_under_contracts
from reports.building import Invented, as_stocks, comparison

from simulator.analysis.comparison import Comparison
from simulator.experiment.results import Results
from simulator.reports import report_html
from simulator.reports.averted import averted_section
from simulator.reports.blocks import Chart, Paragraph, Section
from simulator.reports.demand import demand_section
from simulator.reports.rendering import plotly_script


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return as_stocks(comparison(tmp_path_factory.mktemp("stocks"), Invented(replications=1)))


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("counted")
    html = report_html(compared_under_contracts(folder, 'engine="stocks"', "replications=1"))
    words = re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]+>", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", words)


def texts(section: Section) -> str:
    return " ".join(block.text for block in section.blocks if isinstance(block, Paragraph))


def test_a_chart_tells_what_was_counted(made: Comparison) -> None:
    (chart, *_) = (block for block in demand_section(made).blocks if isinstance(block, Chart))

    assert re.search(r"Care plans for all: .*[Ii]llness\S* .*−2\d", chart.alternative)
    assert "that could be seen" not in chart.alternative


def test_with_chance_one_replication_is_told_as_before(tmp_path: Path) -> None:
    once = comparison(tmp_path, Invented(replications=1))

    (chart, *_) = (block for block in demand_section(once).blocks if isinstance(block, Chart))

    assert chart.alternative.startswith("Dots with intervals, one row a measure. ")
    assert "no difference that could be seen" in chart.alternative


def test_no_interval_is_promised(made: Comparison) -> None:
    html = report_html(replace(made, enrolments={})).replace(plotly_script(), "")

    assert "95%" not in html
    assert "with interval" not in html


def test_draws_of_stocks_have_their_intervals(made: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Results, "draws", 5)

    said = texts(demand_section(made))

    assert "draw by draw. The interval is a 95% interval" in said
    assert "chance" not in said


def test_needs_are_nobodys_in_particular(made: Comparison) -> None:
    said = texts(averted_section(made))

    assert "particular person" not in said
    assert "averted, or induced" in said


def test_one_run_has_broken_even_or_has_not(counted: str) -> None:
    assert "of the replications" not in counted
    assert re.search(r"by the end, has (not )?broken even", counted)
    assert "Has broken even" in counted
