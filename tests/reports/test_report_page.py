"""The page as text: order, answers, escaping, structure, determinism."""

import json
import math
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from reports.building import TEXTS, Invented, as_stocks, comparison

from simulator.analysis.comparison import Comparison
from simulator.analysis.intervals import estimate
from simulator.reports import answer_text, ranking, report_html, write_report
from simulator.reports.averted import steps_of
from simulator.reports.blocks import Chart, Paragraph, Table
from simulator.reports.enrolled import enrolled_section, enrolled_words
from simulator.reports.page import page_of
from simulator.reports.rendering import plotly_script

HOSTILE = (
    "<img src=x onerror=alert(1)>\"'$\\href{javascript:alert(2)}{x}$ %{x} "
    "&lt;b&gt; </script><script>alert(3)</script>"
)
SECTIONS = [
    "The answer",
    "On this page",
    "Who does what",
    "What happens to demand",
    "Occupancy and waits",
    "What was averted, what was induced, and by what",
    "Before and after, and the true effect",
    "Activity cost by organisation",
    "The triple aim",
    "All compared at once",
    "What is assumed, and how well it is known",
    "How the place stands without any of this",
    "How this was worked out, and what it leaves out",
    "Where these numbers come from",
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Give a comparison made by hand."""
    return comparison(tmp_path_factory.mktemp("report"))


class Outline(HTMLParser):
    """The elements and headings of a page, scripts left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[tuple[int, str]] = []
        self._level = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self._level = int(tag[1])
            self.headings.append((self._level, ""))

    def handle_endtag(self, tag: str) -> None:
        if re.fullmatch("h[1-6]", tag):
            self._level = 0

    def handle_data(self, data: str) -> None:
        if self._level:
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)


def test_the_answer_comes_first_and_the_rest_in_order(made: Comparison) -> None:
    headings = Outline(report_html(made)).headings

    assert headings[0] == (1, "Plans or beds")
    assert [text for level, text in headings if level == 2] == SECTIONS


def test_headings_never_skip_a_level(made: Comparison) -> None:
    levels = [level for level, _ in Outline(report_html(made)).headings]

    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_the_page_has_a_language_landmarks_and_captions(made: Comparison) -> None:
    tags = Outline(report_html(made)).tags
    names = [tag for tag, _ in tags]

    assert ("html", {"lang": "en-GB"}) in tags
    assert all(names.count(landmark) == 1 for landmark in ("header", "main", "nav", "footer", "h1", "title"))
    assert names.count("caption") == names.count("table") > 5
    assert all(
        attributes.get("scope") in ("col", "row", "rowgroup") for tag, attributes in tags if tag == "th"
    )


def test_every_id_is_used_once_and_every_link_leads_somewhere(made: Comparison) -> None:
    tags = Outline(report_html(made)).tags
    ids = [found["id"] for _, found in tags if "id" in found]
    links = [str(found["href"]) for tag, found in tags if tag == "a"]

    assert len(ids) == len(set(ids))
    assert all(link[0] == "#" and link[1:] in ids for link in links)


def test_each_chart_has_words_and_its_table(made: Comparison) -> None:
    charts = page_of(made).charts

    assert len(charts) >= 6
    assert all(
        chart.alternative and isinstance(chart.table, Table) and chart.table.groups for chart in charts
    )
    assert all(json.loads(chart.figure)["data"] for chart in charts)


def test_the_chart_library_stands_in_the_page_once_and_nothing_comes_from_elsewhere(made: Comparison) -> None:
    html = report_html(made)
    own = html.replace(plotly_script(), "")

    assert html.count(plotly_script()) == 1
    assert not re.search(r"(?:src|href)\s*=\s*[\"']?(?:https?:)?//", own)
    assert "@import" not in own
    assert "url(" not in own


def test_a_scenario_is_answered_with_number_interval_and_null(made: Comparison) -> None:
    said = answer_text(made)

    assert (
        "Care plans for all: Sudden illnesses a year: about 25 fewer (95% interval 20 to 29 fewer)." in said
    )
    assert (
        "More beds: No difference that five replications could see in either of the two measures that decide."
        in said
    )


def test_many_scenarios_are_answered_in_a_sentence_first_on_the_page_and_on_the_terminal(
    made: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not page_of(made).first
    monkeypatch.setattr(ranking, "MANY", 2)

    first = (
        "Sudden illnesses a year: one of the two scenarios differs from the baseline by the 95% intervals; "
    )
    first += "one fewer: ‘Care plans for all’, about 25 fewer (95% interval 20 to 29 fewer)."

    assert answer_text(made).splitlines()[0] == first
    assert f'<h2 id="answer">The answer</h2>\n<p><strong>{first}</strong></p>' in report_html(made)


def test_warnings_stand_before_the_answer_and_notes_after_it(tmp_path: Path) -> None:
    found = comparison(
        tmp_path, Invented(share=0.05, changes={"plans": -0.1}, notes=("The baseline drifts.",))
    )

    words = [(notice.word, notice.text) for notice in page_of(found).notices]

    assert [word for word, _ in words] == ["Warning", "Notice", "Notice"]
    assert any("Only 0.05 of the people" in text for _, text in words)
    assert ("Notice", "The baseline drifts.") in words
    html = report_html(found)
    places = [html.index(one) for one in ("Warning:", 'id="answer"', "The baseline drifts.", 'id="contents"')]
    assert places == sorted(places)


def test_a_waterfall_adds_up_to_what_the_scenario_has(made: Comparison) -> None:
    (one,) = made.attribution("plans")
    steps = steps_of(made, one)

    assert steps[0].title == "Averted by care plans"
    assert math.fsum(step.value for step in steps) == pytest.approx(-25, rel=0.05)


def test_the_naive_fall_is_told_beside_the_true_one(made: Comparison) -> None:
    (one,) = made.enrolled("plans")

    assert enrolled_words(made, one) == (
        "Sudden illness, a person and year, of the 65 people enrolled and followed (95% intervals in "
        "brackets): 3.00 (2.75 to 3.25) in the year before, 1.50 (1.25 to 1.75) in the year after. In the "
        "world without the scheme the same people would have had 1.58 (1.38 to 1.78). "
        "A before-and-after evaluation would publish a fall of 50%; "
        "the true effect is a fall of 5% (95% interval −8% to −2%)."
    )


def test_stocks_tell_nothing_of_needs_that_only_the_scheme_makes(tmp_path: Path) -> None:
    made = as_stocks(comparison(tmp_path))
    (one,) = made.enrolled("plans")
    own = replace(one, need="review", before=estimate([0.0]), after_without=estimate([0.0]))

    section = enrolled_section(replace(made, enrolments={"plans": (one, own)}))

    (chart,) = (block for block in section.blocks if isinstance(block, Chart))
    assert "Review" not in chart.alternative
    assert "Sudden illness" in chart.alternative
    assert not [block for block in section.blocks if isinstance(block, Paragraph) and "Review" in block.text]


def test_the_page_is_the_same_bytes_every_time(made: Comparison) -> None:
    assert report_html(made) == report_html(made)


def test_no_text_of_a_file_becomes_markup(tmp_path: Path) -> None:
    found = comparison(tmp_path, Invented(texts=dict.fromkeys(TEXTS, HOSTILE), notes=(HOSTILE,)))

    html = report_html(found).replace(plotly_script(), "")
    tags = [tag for tag, _ in Outline(html).tags]

    assert "img" not in tags
    assert tags.count("script") == len(page_of(found).charts) + 2
    assert not any(name.startswith("on") for _, attributes in Outline(html).tags for name in attributes)
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_no_text_of_a_file_means_anything_to_the_chart_library(tmp_path: Path) -> None:
    found = comparison(tmp_path, Invented(texts=dict.fromkeys(TEXTS, HOSTILE)))

    texts = [text for chart in page_of(found).charts for text in _texts(json.loads(chart.figure))]

    assert any("&#60;img" in text for text in texts)
    assert not any(re.search(r"<(?!br>|/?extra>)|\$", text) for text in texts)
    assert not any("extra>" in text and "img" in text for text in texts)


def test_a_figure_cannot_leave_its_script_element(tmp_path: Path) -> None:
    found = comparison(tmp_path, Invented(texts=dict.fromkeys(TEXTS, HOSTILE)))

    assert not any(set(chart.figure) & set("<>&\u2028\u2029") for chart in page_of(found).charts)


def test_a_baseline_alone_is_told_without_comparison(made: Comparison) -> None:
    alone = replace(made, results=replace(made.results, programs={"baseline": None}))  # type: ignore[dict-item]

    html = report_html(alone)

    assert "Only the baseline was run" in html
    assert "What happens to demand" not in html
    assert "Plotly" not in html


def test_a_single_replication_is_never_called_sure(tmp_path: Path) -> None:
    said = answer_text(comparison(tmp_path, Invented(replications=1)))

    assert "In a single replication, which cannot say how sure this is" in said
    assert "95%" not in said


def test_the_report_is_written_beside_the_results(tmp_path: Path) -> None:
    path = write_report(comparison(tmp_path))

    assert path == tmp_path / "report.html"
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def _texts(value: object) -> list[str]:
    """List every text inside a figure."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    return [text for one in value for text in _texts(one)] if isinstance(value, list) else []


def test_a_sign_is_never_parted_from_its_pound_by_the_end_of_a_line(tmp_path: Path) -> None:
    told = comparison(tmp_path, Invented(notes=("It comes to −£822 and +£3k & more.",)))

    html = report_html(told)

    assert "It comes to −\u2060£822 and +\u2060£3k &amp; more." in html
    assert not re.search("[−+]£", html.split("<script")[0])
