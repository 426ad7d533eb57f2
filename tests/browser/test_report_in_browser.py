"""The report in a real browser, offline: drawn, quiet, readable, and proof against hostile names."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from reports.building import TEXTS, Invented, comparison

from simulator.analysis.intervals import estimate
from simulator.reports import write_report

pytestmark = pytest.mark.browser
HOSTILE = (
    '<img src=x onerror=fired()><a href="javascript:fired()">x</a>'
    "$\\href{javascript:fired()}{x}$ </script><script>fired()</script> &lt;b&gt; %{y}"
)
PATIENCE = 120_000  # milliseconds: a page of five megabytes on a busy machine
WATCH = "window.fires = 0; window.fired = () => { window.fires += 1; };"
BACKGROUNDS = """() => {
  const lightness = (text) => {
    const [r, g, b] = text.match(/[\\d.]+/g).map(Number).map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/rgba\\(.*, 0\\)/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const words = "p, li, th, td, a, h1, h2, h3, caption, figcaption, summary, code, .interval";
  return [...document.querySelectorAll(words)]
    .filter((one) => one.textContent.trim() && !one.closest(".skip"))
    .map((one) => {
      const [a, b] = [lightness(getComputedStyle(one).color), lightness(behind(one))];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    });
}"""

OVERLAPS = """() => {
  const across = (a, b) => a.left < b.right - 1 && b.left < a.right - 1;
  const meet = (a, b) => across(a, b) && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const found = [];
  document.querySelectorAll(".chart").forEach((chart) => {
    const texts = [...chart.querySelectorAll(".xtick text, .ytick text, .bartext")]
      .map((one) => [one.textContent, one.getBoundingClientRect()]);
    texts.forEach(([text, box], place) => texts.slice(place + 1).forEach(([other, beside]) => {
      if (meet(box, beside)) found.push(`${chart.id}: ${text} | ${other}`);
    }));
  });
  return found;
}"""
OUTSIDE = """() => [...document.querySelectorAll(".chart")].flatMap((chart) => {
  const frame = chart.getBoundingClientRect();
  return [...chart.querySelectorAll(".xtick text, .ytick text, .bartext")]
    .filter((one) => {
      const box = one.getBoundingClientRect();
      return box.left < frame.left - 1 || box.right > frame.right + 1;
    })
    .map((one) => `${chart.id}: ${one.textContent}`);
})"""
MANY = (
    "care_plans_by_a_team_of_three",
    "discharge_to_assess",
    "pooled_waiting_lists_of_two_hospitals",
    "virtual_ward_with_a_short_care_package",
    "falls_pick_up",
    "nurses_in_care_homes",
    "same_day_emergency_care",
    "night_sitting_service",
)


@dataclass
class Opened:
    """A page that has been opened, what it asked for, and what it said."""

    page: Any
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def opened(browser: Any, path: Path, *, width: int = 1200) -> Opened:
    """Open a file with no network and wait for its charts."""
    context = browser.new_context(offline=True, viewport={"width": width, "height": 900})
    context.set_default_timeout(PATIENCE)
    context.add_init_script(WATCH)
    found = Opened(page=context.new_page())
    found.page.on("request", lambda request: found.requests.append(request.url))
    found.page.on("console", lambda message: found.said.append(message.text))
    found.page.on("pageerror", lambda error: found.said.append(str(error)))
    found.page.goto(path.as_uri())
    found.page.wait_for_function(
        "[...document.querySelectorAll('.chart')].every(one => one.querySelector('.main-svg'))"
    )
    return found


@pytest.fixture(scope="module")
def plain_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write an ordinary report."""
    return write_report(comparison(tmp_path_factory.mktemp("plain")))


@pytest.fixture(scope="module")
def plain(browser: Any, plain_file: Path) -> Opened:
    """Open an ordinary report."""
    return opened(browser, plain_file)


@pytest.fixture(scope="module")
def crowded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a report of a scenario that averts many things."""
    made = comparison(tmp_path_factory.mktemp("crowded"))
    (one,) = made.attributions["plans"]
    averted = {name: estimate([3.0 + place, 4.0 + place]) for place, name in enumerate(MANY)}
    many = replace(made, attributions={**made.attributions, "plans": (replace(one, averted=averted),)})
    return write_report(many)


@pytest.fixture(scope="module")
def hostile(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Open a report whose every text is an attack."""
    made = comparison(
        tmp_path_factory.mktemp("hostile"), Invented(texts=dict.fromkeys(TEXTS, HOSTILE), notes=(HOSTILE,))
    )
    return opened(browser, write_report(made))


def test_nothing_is_asked_of_a_network_and_nothing_goes_wrong(plain: Opened) -> None:
    assert [url for url in plain.requests if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in plain.requests if url.startswith("file:")]) == 1
    assert plain.said == []


def test_every_chart_is_drawn(plain: Opened) -> None:
    drawn = plain.page.eval_on_selector_all(
        ".chart",
        "charts => charts.map(c => c.querySelectorAll('.trace, .scatterlayer path, .barlayer path').length)",
    )

    assert len(drawn) >= 6
    assert all(marks > 0 for marks in drawn)


def test_the_headings_are_there_the_answer_first(plain: Opened) -> None:
    assert plain.page.locator("h1").inner_text() == "Plans or beds"
    assert plain.page.locator("h2").first.inner_text() == "The answer"


def test_the_text_stands_out_from_its_background(plain: Opened) -> None:
    plain.page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")

    ratios = plain.page.evaluate(BACKGROUNDS)

    assert len(ratios) > 100
    assert min(ratios) >= 4.5


def test_everything_that_opens_or_scrolls_is_reached_by_keyboard(plain: Opened) -> None:
    unreached = plain.page.eval_on_selector_all(
        "a, summary, .scroll, pre", "all => all.filter(one => one.tabIndex < 0).length"
    )

    assert unreached == 0
    plain.page.locator("summary").first.focus()
    plain.page.keyboard.press("Enter")
    assert plain.page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_narrow_screen_scrolls_tables_and_charts_and_not_the_page(browser: Any, plain_file: Path) -> None:
    narrow = opened(browser, plain_file, width=320)

    assert narrow.page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", [1200, 700, 360])
def test_no_label_of_a_chart_lies_over_another_however_many(
    browser: Any, crowded_file: Path, width: int
) -> None:
    page = opened(browser, crowded_file, width=width).page

    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(OUTSIDE) == []


def test_hostile_names_fire_nothing_and_ask_for_nothing(hostile: Opened) -> None:
    hostile.page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    for chart in hostile.page.locator(".chart").all()[:4]:
        chart.scroll_into_view_if_needed()
        chart.hover(force=True)

    assert hostile.page.evaluate("window.fires") == 0
    assert hostile.said == []
    assert [url for url in hostile.requests if not url.startswith(("file:", "data:"))] == []


def test_long_names_lie_over_nothing(hostile: Opened) -> None:
    assert hostile.page.evaluate(OVERLAPS) == []
    assert hostile.page.evaluate(OUTSIDE) == []


def test_hostile_names_make_no_element_of_their_own(hostile: Opened) -> None:
    own = "main img, main image, .chart a, main iframe, main [onerror], main a[href^='javascript']"

    assert hostile.page.locator(own).count() == 0


def test_a_chart_shows_a_hostile_name_as_it_is_written(hostile: Opened) -> None:
    legend = " ".join(hostile.page.locator(".chart .legendtext").all_text_contents())

    assert "<img src=x onerror=fired()>" in legend
    assert "$\\href{javascript:fired()}{x}$" in legend
    assert "&lt;b&gt;" in legend
    assert "%{y}" in legend
