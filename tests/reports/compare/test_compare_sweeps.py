"""Sweeps on one page: bars of the same value beside each other, curves over each other, nothing mixed."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from reports.compare.sweeping import (
    ASKED,
    BEDS,
    INDICES,
    MORRIS,
    SAMPLE,
    charts_in,
    section_of,
    swept,
    table_of,
    varied,
)
from typer.testing import CliRunner

from simulator.analysis.folders import SweepStand, Together, read_together
from simulator.cli import app
from simulator.reports.blocks import Chart, Paragraph
from simulator.reports.compare.page import page_of, together_text
from simulator.reports.compare.rows import rows_of
from simulator.reports.sweep.driver_charts import UNKNOWN

PER_BED = "resources.beds.capacity"
RATE = "needs.illness.rate.frail"
HOURS = 24
THOUSAND = 1_000


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sweeps")


@pytest.fixture(scope="module")
def narrow(home: Path) -> Path:
    return swept(home / "narrow", varied(SAMPLE))


@pytest.fixture(scope="module")
def wide(home: Path) -> Path:
    return swept(home / "wide", varied(SAMPLE, most=20, uptake=True))


@pytest.fixture(scope="module")
def screened(home: Path) -> Path:
    return swept(home / "screened", varied(MORRIS), "replications=1")


@pytest.fixture(scope="module")
def sizes(home: Path) -> Path:
    return swept(home / "sizes", BEDS)


@pytest.fixture(scope="module")
def alone(home: Path) -> Path:
    return swept(home / "alone", BEDS, alone=True)


def shares(folder: Path, path: str) -> dict[str, object]:
    """Give what a value explains of the difference in what is spent, as the folder's table has it."""
    [row] = [
        one
        for one in table_of(folder, "shares_of_variance")
        if (one["kind"], one["measure"], one["parameter"]) == ("difference", "spent", path)
    ]
    return row


def tornado_of(folders: list[Path]) -> Chart:
    """Give the tornado of what is spent in sweeps."""
    return tornado_in(read_together(folders))


def tornado_in(found: Together) -> Chart:
    """Give the tornado of what is spent on a page."""
    charts = charts_in(section_of(found, "drivers").blocks)
    [one] = [one for one in charts if one.caption.startswith("Spent by the hospital")]
    return one


def test_bars_of_one_value_are_those_of_each_folder_beside_each_other(narrow: Path, wide: Path) -> None:
    chart = tornado_of([narrow, wide])

    bars = {one["name"]: one for one in json.loads(chart.figure)["data"]}
    ends = [f"{name}: value at its {end} centile" for name in ("narrow", "wide") for end in ("10th", "90th")]
    assert list(bars) == ends
    row = [group.header for group in chart.table.groups].index("Illness: rate, frail")
    for name, folder in (("narrow", narrow), ("wide", wide)):
        for end, word in (("10th", "at_low"), ("90th", "at_high")):
            drawn = bars[f"{name}: value at its {end} centile"]["customdata"][row]
            assert drawn == pytest.approx(shares(folder, RATE)[word] / THOUSAND)
    places = [bars[one]["y"][row] for one in (ends[0], ends[2])]
    assert row - 0.5 < places[0] < row < places[1] < row + 0.5


def untold(stand: SweepStand, path: str) -> SweepStand:
    """Give a sweep in which a value explains no more than chance would."""
    drives = stand.estimates.drives
    (part,) = drives.explained
    by_chance = np.full_like(part.shares[path].by_chance, 0.5)
    shares = {**part.shares, path: replace(part.shares[path], by_chance=by_chance)}
    drives = replace(drives, explained=(replace(part, shares=shares),))
    return replace(stand, estimates=replace(stand.estimates, drives=drives))


def test_a_bar_is_drawn_only_where_its_folder_tells_the_value_from_chance(narrow: Path, wide: Path) -> None:
    found = read_together([narrow, wide])
    first, second = found.sweeps

    chart = tornado_in(replace(found, stands=(first, untold(second, RATE))))

    bars = {one["name"]: one["x"] for one in json.loads(chart.figure)["data"]}
    row = [group.header for group in chart.table.groups].index("Illness: rate, frail")
    assert bars["narrow: value at its 10th centile"][row] is not None
    assert bars["wide: value at its 10th centile"][row] is None
    assert chart.table.groups[row].rows[1][-1] == "no more than chance would"


def test_an_output_that_one_folder_lacks_somewhere_is_said_and_not_drawn(narrow: Path, wide: Path) -> None:
    found = read_together([narrow, wide])
    drives = found.stands[1].estimates.drives
    lacking = tuple(replace(one, unknown=np.ones_like(one.unknown)) for one in drives.explained)
    second = replace(
        found.sweeps[1],
        estimates=replace(found.sweeps[1].estimates, drives=replace(drives, explained=lacking)),
    )

    section = section_of(replace(found, stands=(found.stands[0], second)), "drivers")

    assert charts_in(section.blocks) == []
    assert [one.text for one in section.blocks if getattr(one, "lead", "").endswith(", wide:")] == [
        UNKNOWN
    ] * 2


def test_values_of_one_folder_alone_and_other_ranges_are_said(narrow: Path, wide: Path) -> None:
    blocks = section_of(read_together([narrow, wide]), "drivers").blocks

    said = {one.lead: one.text for one in blocks if isinstance(one, Paragraph)}

    assert said["In wide alone:"] == "Care plans: uptake."
    assert "In narrow alone:" not in said
    assert said["Not the same range."].endswith(": Beds: capacity (narrow 8 to 14; wide 8 to 20).")


def test_a_value_of_one_folder_alone_is_drawn_as_such_below_the_others(home: Path) -> None:
    asked = [
        (home / name, varied(MORRIS, uptake=more)) for name, more in (("without", False), ("more", True))
    ]

    chart = tornado_of([swept(folder, more, "replications=1") for folder, more in asked])

    last = chart.table.groups[-1]
    assert last.header == "Care plans: uptake, in more alone"
    assert [row[:2] for row in last.rows] == [("without", "not there"), ("more", "0.2 to 1")]
    marks = {one["name"]: one["x"] for one in json.loads(chart.figure)["data"]}
    assert (len(marks["without"]), len(marks["more"])) == (2, 3)


def test_only_the_same_kind_stands_beside_each_other(narrow: Path, screened: Path, home: Path) -> None:
    indexed = swept(home / "indexed", varied(INDICES), "replications=1")

    section = section_of(read_together([narrow, screened, indexed]), "drivers")

    assert charts_in(section.blocks) == []
    said = " ".join(f"{one.lead} {one.text}" for one in section.blocks if isinstance(one, Paragraph))
    for name, kind in (
        ("narrow", "shares of variance over points"),
        ("screened", "a screening"),
        ("indexed", "Sobol’ indices"),
    ):
        assert (
            f"Only {name} has {kind}, so there is nothing beside it; its own page shows what drives it."
            in said
        )


@pytest.mark.parametrize(
    ("design", "table", "words", "factor"),
    [
        (MORRIS, "screening", ("mu_star", "low", "high"), 1 / THOUSAND),
        (INDICES, "indices", ("total", "total_low", "total_high"), 100),
    ],
)
def test_marks_of_screenings_and_indices_are_those_of_each_folder(
    design: str, table: str, words: tuple[str, ...], factor: float, tmp_path: Path
) -> None:
    asked = [(tmp_path / name, varied(design, most=most)) for name, most in (("a", 14), ("b", 18))]
    folders = [swept(folder, more, "replications=1") for folder, more in asked]

    chart = tornado_of(folders)

    series = {one["name"]: one for one in json.loads(chart.figure)["data"]}
    row = [group.header for group in chart.table.groups].index("Illness: rate, frail")
    for folder in folders:
        [held] = [
            one
            for one in table_of(folder, table)
            if (one["kind"], one["measure"], one["parameter"]) == ("difference", "spent", RATE)
        ]
        mark = series[folder.name]
        mean, below, above = mark["x"][row], *(mark["error_x"][word][row] for word in ("arrayminus", "array"))
        assert (mean, mean - below, mean + above) == pytest.approx([held[word] * factor for word in words])


def test_a_grid_says_why_it_has_no_tornado(sizes: Path, narrow: Path) -> None:
    section = section_of(read_together([sizes, narrow]), "drivers")

    [said] = [one for one in section.blocks if isinstance(one, Paragraph) and one.lead == "No tornado."]
    assert said.text.startswith("sizes (sweep of three points) cannot say what drives the answer: draws, or")


def test_curves_lie_over_each_other_each_over_its_own_values(narrow: Path, wide: Path, sizes: Path) -> None:
    found = read_together([sizes, narrow, wide])

    _, chart = charts_in(section_of(found, "response").blocks)

    lines = [one for one in json.loads(chart.figure)["data"] if one.get("name")]
    beds = [one for one in lines if one["xaxis"] == "x"]
    assert chart.caption.startswith("Wait for a bed: difference from the baseline")
    assert [one["name"] for one in beds] == ["sizes", "narrow", "wide"]
    assert (beds[0]["x"], beds[1]["x"][-1], beds[2]["x"][-1]) == ([8, 11, 14], 14, 20)
    own = [one["mean"] for one in table_of(sizes, "differences") if one["measure"] == "wait"]
    assert own[0] != own[1]
    assert beds[0]["y"] == pytest.approx([one * HOURS for one in own])
    headers = [group.header for group in chart.table.groups]
    assert headers == ["Beds: capacity", "Illness: rate, frail, per day"]


def test_curves_say_how_each_was_made(sizes: Path, narrow: Path) -> None:
    said = section_of(read_together([sizes, narrow]), "response").blocks[0].text

    assert "Of sizes: what was run at each value, with its 95% interval where there is one." in said
    assert "Of narrow: a fit to the value’s rank over the points" in said


def test_sweeps_that_vary_nothing_in_common_have_no_curves(sizes: Path, home: Path) -> None:
    uptakes = (
        f'{ASKED}[vary]\n"interventions.plans.uptake" = {{ values = [0.2, 1] }}\n[design]\nkind = "grid"\n'
    )
    other = swept(home / "uptakes", uptakes)

    found = read_together([sizes, other])

    assert "response" not in [one.id for one in page_of(found).sections]


def test_a_baseline_alone_lies_over_the_baselines_of_others(sizes: Path, alone: Path) -> None:
    section = section_of(read_together([alone, sizes]), "response")

    _, chart = charts_in(section.blocks)

    lines = [one for one in json.loads(chart.figure)["data"] if one.get("name")]
    assert chart.caption.startswith("Wait for a bed: level")
    assert [one["name"] for one in lines] == ["alone", "sizes"]
    for line, folder in zip(lines, (alone, sizes), strict=True):
        own = [
            one["mean"]
            for one in table_of(folder, "measures")
            if (one["measure"], one["scenario"]) == ("wait", "baseline")
        ]
        assert line["x"] == [8, 11, 14]
        assert line["y"] == pytest.approx([one * HOURS for one in own])
    assert section.blocks[1].text.startswith("Where a folder has no scenario that another has, the level")
    assert [group.header for group in chart.table.groups] == ["Beds: capacity"]


def test_differences_of_those_that_share_a_scenario_come_before_the_baselines_of_all(
    sizes: Path, narrow: Path, alone: Path
) -> None:
    charts = charts_in(section_of(read_together([alone, sizes, narrow]), "response").blocks)

    named = [
        [one["name"] for one in json.loads(chart.figure)["data"] if one.get("name") and one["xaxis"] == "x"]
        for chart in charts
    ]
    assert named == [
        ["sizes", "narrow"],
        ["sizes", "narrow"],
        ["alone", "sizes", "narrow"],
        ["alone", "sizes", "narrow"],
    ]
    assert len({chart.id for chart in charts}) == 4
    assert ["level" in chart.caption for chart in charts] == [False, False, True, True]


def test_sweeps_that_all_share_a_scenario_have_no_curves_of_baselines(sizes: Path, narrow: Path) -> None:
    charts = charts_in(section_of(read_together([sizes, narrow]), "response").blocks)

    assert ["difference" in chart.caption for chart in charts] == [True, True]


def test_the_order_of_folders_orders_the_page_and_nothing_else(narrow: Path, wide: Path) -> None:
    both = [read_together(folders) for folders in ([narrow, wide], [wide, narrow])]

    rows = [rows_of(found) for found in both]

    assert [[row.title for row in one] for one in rows] == [
        ["Plans (narrow)", "Plans (wide)"],
        ["Plans (wide)", "Plans (narrow)"],
    ]
    assert set(both[0].measures) == set(both[1].measures) != set()
    for text in both[0].measures:
        first, second = ({row.title: row.difference(text) for row in one} for one in rows)
        assert first == second
    tables = [tornado_of(folders).table for folders in ([narrow, wide], [wide, narrow])]
    groups = [[(group.header, set(group.rows)) for group in table.groups] for table in tables]
    assert groups[0] == groups[1]


def test_the_command_sets_sweeps_side_by_side(narrow: Path, wide: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["compare", str(narrow), str(wide), "--out", str(tmp_path / "both.html")]
    )

    assert result.exit_code == 0, result.output
    assert "Plans (narrow): " in result.output
    assert ", mean of 24 points" in result.output
    assert "In wide alone:" in (tmp_path / "both.html").read_text("utf-8")
    assert together_text(read_together([narrow, wide])) in result.output
