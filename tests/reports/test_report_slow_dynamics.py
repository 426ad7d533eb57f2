"""The stocks and flows of a model in the report of its runs; a model without them has no such section."""

from pathlib import Path

from reports.building import Invented, comparison

from simulator.reports import report_html
from simulator.reports.blocks import Chart, Table
from simulator.reports.page import page_of

WORKERS = """
[stocks.workers]
title = "Care workers"
initial = 600
[flows.hired]
from = "outside"
to = "workers"
rate = "max(0, wanted - workers) / 70"
[flows.left]
from = "workers"
to = "outside"
rate = "workers / 900"
[auxiliaries.wanted]
equation = 650
"""


def test_a_model_with_stocks_shows_its_two_diagrams_and_its_loops(tmp_path: Path) -> None:
    page = page_of(comparison(tmp_path, Invented(more=WORKERS)))

    (section,) = (one for one in page.sections if one.id == "slow-dynamics")
    charts = [one.id for one in section.blocks if isinstance(one, Chart)]
    (loops,) = (one for one in section.blocks if isinstance(one, Table))
    assert charts == ["stock-flow-diagram", "causal-loop-diagram"]
    assert [row[:3] for row in loops.groups[0].rows] == [
        ("B1", "balancing", "Care workers → (−) hired → (+) Care workers"),
        ("B2", "balancing", "Care workers → (+) left → (−) Care workers"),
    ]


def test_a_model_without_stocks_has_the_report_it_had(tmp_path: Path) -> None:
    made = comparison(tmp_path)

    assert "slow-dynamics" not in [one.id for one in page_of(made).sections]
    assert 'class="chart diagram"' not in report_html(made)


def test_the_report_of_a_model_with_stocks_is_the_same_bytes_twice(tmp_path: Path) -> None:
    made = comparison(tmp_path, Invented(more=WORKERS))

    assert report_html(made) == report_html(made)
