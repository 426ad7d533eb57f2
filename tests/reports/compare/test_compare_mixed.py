"""Runs and sweeps on one page: what a figure of each is, what means the same, and what cannot be read."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from experiment.sweep.few_servers import few_servers
from experiment.test_stock_command import MODEL as POOL
from reports.compare.sweeping import (
    ASKED,
    BEDS,
    SAMPLE,
    charts_in,
    ran,
    section_of,
    swept,
    table_of,
    varied,
)
from scipy.stats import t as student
from stock_systems import written
from typer.testing import CliRunner

from simulator.analysis.folders import read_together
from simulator.analysis.folders.over_points import over_points
from simulator.analysis.sweep import load_sweep, sweep_as_asked
from simulator.cli import app
from simulator.errors import DefinitionError, OutputError
from simulator.reports.blocks import Table
from simulator.reports.compare.holding import figure_words
from simulator.reports.compare.page import page_of, together_text, write_together
from simulator.reports.compare.rows import rows_of
from simulator.reports.numbers import count_words

COST = "organisation.city.resources_per_year"
WAIT = "activity.ward.queue_time_mean_days"
DRAWS = ("draws=6", "replications=2")
ADMISSIONS = """
[measures.admissions]
of = "need.illness.per_year"
title = "Emergency admissions"
primary = true
"""
STOCKS_ALONE = """
schema_version = 1
seed = 7
[vary]
stay = { values = [2, 4] }
[design]
kind = "grid"
"""
OTHERWISE = ("engine='stocks'", "horizon='4 weeks'", "needs.illness.title='Illness of others'")
ENDED = re.compile(r'"(began|ended)": "[^"]*"')


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mixed")


@pytest.fixture(scope="module")
def run(home: Path) -> Path:
    return ran(home / "run", ASKED)


@pytest.fixture(scope="module")
def sizes(home: Path) -> Path:
    return swept(home / "sizes", BEDS)


@pytest.fixture(scope="module")
def drawn(home: Path) -> Path:
    return swept(home / "drawn", ASKED, *DRAWS)


def said_in_table(folders: list[Path]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Give the cells of the page's table by measure and scenario."""
    [table] = [one for one in section_of(read_together(folders), "table").blocks if isinstance(one, Table)]
    return {(group.header, str(row[0])): row[1:] for group in table.groups for row in group.rows}


def test_a_difference_of_a_sweep_is_the_mean_over_its_points_run_by_run(run: Path, sizes: Path) -> None:
    _, row = rows_of(read_together([run, sizes]))

    found = row.difference(WAIT)

    values = np.full((2, 3, 2), np.nan)
    for one in table_of(sizes, "runs"):
        if one["measure"] == "wait":
            at = ("baseline", "plans").index(one["scenario"]), one["point"] - 1, one["replication"] - 1
            values[at] = one["value"]
    each = (values[1] - values[0]).mean(axis=0)
    half = student.ppf(0.975, 1) * each.std(ddof=1) / np.sqrt(2)
    assert found.mean == pytest.approx(each.mean())
    assert (found.low, found.high) == pytest.approx((each.mean() - half, each.mean() + half))
    assert found.n == 2


def test_one_point_of_draws_is_told_as_in_the_tables_of_its_folder(run: Path, drawn: Path) -> None:
    row = rows_of(read_together([run, drawn]))[1]

    found = row.difference(COST)

    [held] = [one for one in table_of(drawn, "differences") if one["measure"] == "spent"]
    words = ("mean", "low", "high", "low_80", "high_80", "mean_low", "mean_high", "n")
    assert {word: getattr(found, word) for word in words} == {word: held[word] for word in words}
    assert found.draws == 6


def test_a_run_and_a_sweep_of_the_same_draws_say_the_same(drawn: Path, home: Path) -> None:
    same = ran(home / "same_draws", ASKED, *DRAWS)

    found = read_together([drawn, same])

    one, other = rows_of(found)
    for text in (COST, WAIT):
        first, second = one.difference(text), other.difference(text)
        for word in ("mean", "low", "high", "mean_low", "mean_high", "probability_of_reduction"):
            assert getattr(first, word) == pytest.approx(getattr(second, word), rel=1e-9)
    assert found.notes == ("All folders have the same baseline: the same people with the same needs.",)


def test_what_each_interval_is_stands_over_the_table(run: Path, sizes: Path, drawn: Path) -> None:
    said = section_of(read_together([run, sizes, drawn]), "table").blocks[0]

    told = {one.lead: one.text for one in said.items}
    assert told["run (run):"] == "95% interval over two replications (Student’s t): chance alone."
    assert told["sizes (sweep of three points):"].startswith(
        "the mean over its three points, each with its own baseline; 95% interval over two replications"
    )
    assert told["drawn (sweep of six draws):"].startswith("95% of six draws of what is uncertain lie between")


def test_points_with_the_least_and_the_most_stand_beside_the_mean(run: Path, sizes: Path) -> None:
    cells = said_in_table([run, sizes])

    of_sweep = cells["Wait for a bed", "Plans (sizes), mean of three points"]
    means = [one["mean"] * 24 for one in table_of(sizes, "differences") if one["measure"] == "wait"]
    assert of_sweep[-1] == f"−{-min(means):.2f} h at 8 to 0.00 h at 11"
    assert cells["Wait for a bed", "Plans (run)"][-1] == "–"


def test_picked_points_have_no_mean(run: Path, home: Path) -> None:
    picked = swept(home / "picked", BEDS, "design={ kind = 'grid', only = [1, 3] }")

    found = read_together([run, picked])

    means = [one["mean"] for one in table_of(picked, "differences") if one["measure"] == "wait"]
    assert rows_of(found)[1].difference(COST) is None
    assert "two points that were picked (only): no sample of anything" in str(page_of(found))
    assert said_in_table([run, picked])["Wait for a bed", "Plans (picked), picked points"][2:] == (
        "no mean",
        "–",
        f"−{-means[0] * 24:.2f} h at 8 to 0.00 h at 14",
    )
    assert f"Plans (picked): no mean, picked points: −{-means[0] * 24:.2f} h at 8 to" in together_text(found)


def test_where_all_points_were_picked_nobody_says_that_nothing_differs(home: Path) -> None:
    folders = [
        swept(home / name, BEDS, f"design={{ kind = 'grid', only = [{only}] }}")
        for name, only in (("one_pick", "1, 3"), ("other_pick", "1, 2"))
    ]

    said = {one.title: one.text for one in page_of(read_together(folders)).answers}

    assert said["Wait for a bed"] == "No mean is told of any; between which points each goes is below."


def test_picked_points_are_not_among_those_that_differ_in_nothing(home: Path) -> None:
    idle = ran(home / "in_vain", ASKED, "interventions.plans.uptake=0")
    picked = swept(home / "third_pick", BEDS, "design={ kind = 'grid', only = [1, 3] }")

    said = {one.title: one.text for one in page_of(read_together([idle, picked])).answers}

    assert said["Wait for a bed"] == "No difference at all where a mean is told."


def test_a_point_without_the_measure_is_left_out_and_a_run_without_it_is_not_counted(sizes: Path) -> None:
    results = load_sweep(sizes)
    wait = results.plan.spelt.index(WAIT)
    values = results.values.copy()
    values[1, ..., wait] = np.nan
    values[2, :, 1, :, wait] = np.nan

    found = over_points(replace(results, values=values))

    expected = values[[0, 2], 0, 0, 1, wait] - values[[0, 2], 0, 0, 0, wait]
    assert found.differences.mean[0, wait] == pytest.approx(expected.mean())
    assert found.differences.n[0, wait] == 1


def test_until_precise_the_mean_is_over_runs_that_every_point_has(home: Path) -> None:
    until = "replications={ until = 'precise', at_least = 3, at_most = 12 }"
    folders = [home / "precise_7", home / "precise_8"]
    for folder in folders:
        experiment = few_servers(home / "queue", until, f"seed={folder.name[-1]}")
        sweep_as_asked(experiment, out=folder, workers=1)

    found = read_together(folders)

    for stand, row in zip(found.sweeps, rows_of(found), strict=True):
        least, most = stand.counts
        assert least < most
        assert row.difference("activity.service.waiting_mean").n == least
        assert f"95% interval over {count_words(least, 'replication')}" in figure_words(stand)


def test_a_sweep_of_a_part_of_the_place_is_compared_by_waits_alone(run: Path, home: Path) -> None:
    half = swept(home / "half", BEDS, "population_share=0.5")

    found = read_together([run, half])

    assert WAIT in found.measures
    assert found.left_out[COST] == "of parts of the place of different size"
    assert any(note.startswith("Not the same part of the place: run: 1; half: 0.5") for note in found.notes)


def test_models_engines_and_times_that_differ_are_said_of_sweeps_as_of_runs(run: Path, home: Path) -> None:
    other = swept(home / "other", BEDS, *OTHERWISE)

    notes = " ".join(read_together([run, other]).notes)

    assert "Not the same model: needs differ." in notes
    assert "needs.illness is 'illness' in run, 'Illness of others' in other" in notes
    assert "Not the same engine: run: people; other: stocks." in notes
    assert "Not the same time that counts: run: 56 days; other: 28 days." in notes
    assert "baselines of their own, and a sweep one at each point" in notes


def test_prices_of_different_years_are_not_compared(run: Path, home: Path) -> None:
    dear = swept(home / "dear", BEDS, "price_base='2019/20'")

    assert read_together([run, dear]).left_out[COST] == "in prices of different years"


def test_stocks_without_chance_have_no_intervals_and_the_answer_says_so(home: Path) -> None:
    asked = (("few", BEDS), ("sample", varied(SAMPLE)))
    folders = [swept(home / name, more, "engine='stocks'") for name, more in asked]

    page = page_of(read_together(folders))

    assert [one.text for one in page.answers if "There are no intervals." in one.text] != []
    assert "no interval: there is no chance in this engine" in str(page.sections[0])


def test_a_scenario_of_one_id_with_other_things_on_is_said(run: Path, home: Path) -> None:
    idle = swept(home / "idle", BEDS, "scenarios.plans.set={ 'interventions.plans.places' = 3 }")

    notes = read_together([run, idle]).notes

    assert "The scenario plans has other things on, or set, in these folders: run, idle." in notes


def test_a_claim_of_a_sweep_is_warned_of_with_its_folder_and_point(run: Path, home: Path) -> None:
    bold = swept(home / "bold", ADMISSIONS + BEDS.removeprefix(ASKED))

    warning = page_of(read_together([run, bold])).warnings[-1]

    assert warning.text.startswith("Plans (bold) at 8 (the most; 3 of 3 points claim too much): a fall of ")


def test_the_map_of_organisations_has_sweeps_and_names_folders_that_keep_no_money(
    run: Path, sizes: Path, home: Path
) -> None:
    no_money = [f"measures.{one}.of='{WAIT}'" for one in ("cost", "spent")]
    without = swept(home / "without_money", BEDS, *no_money)

    found = read_together([run, sizes, without])

    section = section_of(found, "money")
    [chart] = charts_in(section.blocks)
    panels = json.loads(chart.figure)["data"]
    means = [row.difference(COST).mean for row in rows_of(found)[:2]]
    assert [one["z"][0][0] for one in panels] == pytest.approx([one / max(map(abs, means)) for one in means])
    assert "not in the map: without_money." in section.blocks[0].text


def test_the_same_bytes_whatever_the_workers(home: Path) -> None:
    pages = []
    for workers in (1, 2):
        there = home / f"by_{workers}"
        asked = (("a", 14), ("b", 20))
        folders = [swept(there / name, varied(SAMPLE, most=most), workers=workers) for name, most in asked]
        for folder in folders:
            manifest = folder / "manifest.json"
            manifest.write_text(ENDED.sub(r'"\1": "then"', manifest.read_text("utf-8")), "utf-8")
        pages.append(write_together(read_together(folders), there / "page.html").read_bytes())

    assert pages[0] == pages[1]


def test_one_sweep_alone_is_refused_as_one_run_is(sizes: Path) -> None:
    with pytest.raises(DefinitionError, match="name two results folders or more; one has a report"):
        read_together([sizes])


def test_a_sweep_that_is_not_finished_is_told_with_what_goes_on(run: Path, home: Path) -> None:
    begun = swept(home / "begun", BEDS)
    manifest = begun / "manifest.json"
    manifest.write_text(re.sub(r'"ended": "[^"]*"', '"ended": null', manifest.read_text("utf-8")), "utf-8")

    with pytest.raises(OutputError, match=r"begun: is not finished; .* \(downstream sweep\) goes on with it"):
        read_together([run, begun])


def test_a_sweep_without_tables_is_read_and_one_without_parts_refused(run: Path, home: Path) -> None:
    bare = swept(home / "bare", BEDS)
    before = together_text(read_together([run, bare]))
    for one in (bare / "tables").iterdir():
        one.unlink()

    assert together_text(read_together([run, bare])) == before
    for one in (bare / "parts").glob("*.parquet"):
        one.unlink()
    with pytest.raises(OutputError, match=r"bare: its parts are gone \(parts/chunk_….parquet\)"):
        read_together([run, bare])


def test_a_design_over_stocks_alone_is_refused_with_what_would_be_right(run: Path, home: Path) -> None:
    design = home / "design.toml"
    design.write_text(STOCKS_ALONE, "utf-8")
    words = ["stocks", written(home, POOL), "--vary", design, "--out", home / "pool"]
    assert CliRunner().invoke(app, [*map(str, words)]).exit_code == 0

    with pytest.raises(OutputError, match=r"pool: holds a design over stocks alone, .* one scenario"):
        read_together([run, home / "pool"])


def test_a_table_of_points_of_stocks_alone_is_refused_with_what_would_be_right(run: Path, home: Path) -> None:
    table = home / "points.csv"
    table.write_text("run,pool\n1,3\n")

    with pytest.raises(
        OutputError, match=r"points.csv: is a file; name the results folder of a run or a sweep"
    ):
        read_together([run, table])
    with pytest.raises(OutputError, match="holds no results; name a folder that downstream run or sweep has"):
        read_together([run, home / "run_files"])
