"""The description of a model in a real browser, offline: drawn, quiet, readable on a narrow screen too."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from browser.test_report_in_browser import BACKGROUNDS, HOSTILE, Opened, opened

from simulator.reports.describe import describe_file, write_description

pytestmark = pytest.mark.browser
TESTS = Path(__file__).resolve().parents[1]
MODELS = {
    "sir": TESTS / "validation" / "models" / "sir.toml",
    "home_care": TESTS / "reports" / "home_care.toml",
    "small_place": TESTS.parent / "models" / "small_place.toml",
}
# Names in a diagram that lie over one another; signs and loops' names stand on lines and may come close.
OVERLAPS = """() => [...document.querySelectorAll(".chart")].flatMap((chart) => {
  const names = [...chart.querySelectorAll(".textpoint text")].filter((one) => one.textContent.length > 1)
    .map((one) => [one.textContent, one.getBoundingClientRect()]);
  const across = (a, b) => a.left < b.right - 1 && b.left < a.right - 1;
  const meet = (a, b) => across(a, b) && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return names.flatMap(([text, box], place) => names.slice(place + 1)
    .filter(([, other]) => meet(box, other)).map(([other]) => `${chart.id}: ${text} | ${other}`));
})"""
OUTSIDE = """() => [...document.querySelectorAll(".chart")].flatMap((chart) => {
  const frame = chart.getBoundingClientRect();
  return [...chart.querySelectorAll(".textpoint text")].filter((one) => {
    const box = one.getBoundingClientRect();
    const isAcross = box.left < frame.left || box.right > frame.right;
    return isAcross || box.top < frame.top || box.bottom > frame.bottom;
  }).map((one) => `${chart.id}: ${one.textContent}`);
})"""
COVERED = """() => {
  const boxes = (name) => [...document.querySelectorAll(`#causal-loop-diagram ${name}`)];
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const signs = boxes(".textpoint text").filter((one) => "+−±?".includes(one.textContent));
  const labels = boxes(".annotation-text").map((one) => one.getBoundingClientRect());
  const isCovered = (one) => labels.some((label) => meet(label, one.getBoundingClientRect()));
  return [signs.length, signs.filter(isCovered).length];
}"""
# A diagram is made of shapes; a chart of the stocks over time of lines.
DRAWN = """() => Object.fromEntries([...document.querySelectorAll(".chart")].map((chart) => [chart.id, {
  shapes: chart.querySelectorAll(".shapelayer path").length,
  lines: chart.querySelectorAll(".scatterlayer path.js-line").length,
}]))"""
SIZES = """() => [...document.querySelectorAll(".chart .textpoint text")]
  .map((one) => parseFloat(getComputedStyle(one).fontSize))"""


# Opens what can be opened, and says what was open.
UNFOLD = """() => [...document.querySelectorAll("details")].map((one) => {
  const was = one.open;
  one.open = true;
  return was;
})"""
FOLD = """(before) => [...document.querySelectorAll("details")]
  .forEach((one, place) => { one.open = before[place]; })"""

WIDE = 1200
Pages = Callable[..., Opened]


def page_of(browser: Any, model: Path, folder: Path, *, width: int = WIDE) -> Opened:
    """Describe a model and open the page."""
    path = folder / f"{model.stem}.html"
    write_description(describe_file(model), path)
    return opened(browser, path, width=width)


@pytest.fixture(scope="module")
def pages(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Give the page of a model at a width, opened once: tests leave it as they find it."""
    folder = tmp_path_factory.mktemp("pages")

    @cache
    def page(name: str, width: int) -> Opened:
        return page_of(browser, MODELS[name], folder, width=width)

    return page


@pytest.mark.parametrize("name", MODELS)
def test_a_description_is_drawn_and_asks_for_nothing(pages: Pages, name: str) -> None:
    found = pages(name, WIDE)

    drawn = found.page.evaluate(DRAWN)
    diagrams = [id for id in drawn if id.endswith("-diagram")]
    assert diagrams
    assert all(drawn[id]["shapes"] >= 6 for id in diagrams)
    assert all(drawn[id]["lines"] >= 1 for id in drawn if id not in diagrams)
    assert found.said == []
    assert [url for url in found.requests if not url.startswith(("file:", "data:"))] == []


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("width", [WIDE, 400])
def test_names_in_diagrams_are_readable_and_apart_at_any_width(pages: Pages, name: str, width: int) -> None:
    page = pages(name, width).page

    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(OUTSIDE) == []
    assert min(page.evaluate(SIZES)) >= 13
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["sir", "home_care"])
def test_no_name_of_a_loop_covers_a_sign(pages: Pages, name: str) -> None:
    signs, covered = pages(name, WIDE).page.evaluate(COVERED)

    assert signs >= 6
    assert covered == 0


def test_the_text_of_a_description_stands_out(pages: Pages) -> None:
    page = pages("home_care", WIDE).page
    before = page.evaluate(UNFOLD)

    ratios = page.evaluate(BACKGROUNDS)

    page.evaluate(FOLD, before)
    assert min(ratios) >= 4.5


def test_pointing_at_a_name_shows_its_equation(pages: Pages) -> None:
    page = pages("sir", WIDE).page

    page.locator("#stock-flow-diagram .textpoint", has_text="recovering").hover(force=True)

    page.wait_for_selector("#stock-flow-diagram .hovertext")
    assert "infectious ÷ duration" in (page.locator("#stock-flow-diagram .hovertext").text_content() or "")
    page.mouse.move(0, 0)


def test_hostile_names_in_diagrams_fire_nothing(browser: Any, tmp_path: Path) -> None:
    model = tmp_path / "model.toml"
    quoted = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    text = (
        MODELS["sir"]
        .read_text(encoding="utf-8")
        .replace("[stocks.infectious]", f'[stocks.infectious]\ntitle = "{quoted}"')
    )
    model.write_text(text, encoding="utf-8")

    found = page_of(browser, model, tmp_path)

    assert found.page.evaluate("window.fires") == 0
    assert found.page.locator(".chart a, main img, main image").count() == 0
    assert found.page.evaluate(OVERLAPS) == []
