"""The page of several sweeps in a real browser: drawn, quiet, both halves of a tornado to be seen."""

from pathlib import Path
from typing import Any

import pytest
from browser.test_report_in_browser import BACKGROUNDS, OUTSIDE, OVERLAPS, Opened, opened
from reports.compare.sweeping import BEDS, MORRIS, SAMPLE, swept, varied

from simulator.analysis.folders import read_together
from simulator.reports.compare import write_together

pytestmark = pytest.mark.browser
# What the background of each hatched bar is painted with: clear, where nothing is.
HATCHED = """() => [...document.querySelectorAll(".chart")]
  .filter((one) => one.id.startsWith("tornado"))
  .flatMap((one) => [...one.querySelectorAll("pattern rect")])
  .map((one) => [one.style.fill, one.getAttribute("fill")].join(" "))"""
# By how much the table of folders is wider than the room it has.
TOO_WIDE = """() => [...document.querySelectorAll("[aria-label='The folders']")]
  .map((one) => one.scrollWidth - one.clientWidth)"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of two samples, two screenings and a grid."""
    home = tmp_path_factory.mktemp("compared")
    folders = [
        swept(home / "sample_of_few_beds", varied(SAMPLE)),
        swept(home / "sample_of_many_beds", varied(SAMPLE, most=20, uptake=True)),
        swept(home / "screening_of_few", varied(MORRIS), "replications=1"),
        swept(home / "screening_of_many", varied(MORRIS, most=20), "replications=1"),
        swept(home / "three_sizes", BEDS),
    ]
    return write_together(read_together(folders), home / "comparison.html")


@pytest.fixture(scope="module")
def page(browser: Any, file: Path) -> Opened:
    return opened(browser, file)


def test_it_is_drawn_without_a_network_and_nothing_goes_wrong(page: Opened) -> None:
    drawn = page.page.eval_on_selector_all(
        ".chart", "all => all.map(c => c.querySelectorAll('.scatterlayer path, .barlayer path').length)"
    )

    assert len(drawn) >= 6
    assert page.said == []
    assert [url for url in page.requests if not url.startswith(("file:", "data:"))] == []


def test_the_answer_comes_first_and_then_what_each_interval_is(page: Opened) -> None:
    titles = page.page.locator("h2").all_inner_texts()

    assert titles[0] == "The answer"
    assert titles.index("Side by side") < titles.index("What the answer hangs on")
    assert "sample_of_few_beds" in page.page.locator("section ul").nth(2).inner_text()


def test_hatched_bars_are_painted_on_their_colour(page: Opened) -> None:
    painted = page.page.evaluate(HATCHED)

    assert painted
    assert not [one for one in painted if "rgba(0, 0, 0, 0)" in one or "none" in one or not one.strip()]


def test_words_stand_out_and_no_label_lies_over_another(browser: Any, page: Opened, file: Path) -> None:
    page.page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")

    assert min(page.page.evaluate(BACKGROUNDS)) >= 4.5
    for width in (1200, 700, 360):
        narrow = opened(browser, file, width=width).page
        assert narrow.evaluate(OVERLAPS) == []
        assert narrow.evaluate(OUTSIDE) == []
        assert narrow.evaluate("document.documentElement.scrollWidth") <= width


def test_the_table_of_folders_is_not_cut_off_on_a_desk(browser: Any, file: Path) -> None:
    too_wide = opened(browser, file).page.evaluate(TOO_WIDE)

    assert too_wide
    assert max(too_wide) <= 0
