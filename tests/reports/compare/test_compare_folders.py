"""Several folders on one page: only what means the same is compared, and what differs is said."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from experiment.sweep.conftest import written_sweep
from typer.testing import CliRunner

from simulator.analysis import compare
from simulator.analysis.cash import Freed
from simulator.analysis.folders import Together, read_together
from simulator.analysis.intervals import estimate
from simulator.cli import app
from simulator.definition.experiments import load_experiment
from simulator.errors import DefinitionError, OutputError
from simulator.experiment.run import load_results, run_experiment
from simulator.reports.blocks import Chart
from simulator.reports.compare.money import money_section
from simulator.reports.compare.page import page_of, together_text, write_together
from simulator.reports.compare.rows import rows_of
from simulator.reports.numbers import plain
from simulator.reports.rendering import plotly_script

MORE = '[measures.wait]\nof = "activity.ward.wait_mean_days"\nprimary = true\ntitle = "Wait for a bed"\n'
CLOCK = '[clocks.stay]\nstarts = "ward.start"\nstops = "ward.leave"\ntargets = ["4 days"]\n'
ASKED = '[measures.short]\nof = "clock.stay.within.4_days"\n'
CONTRACT = """
[organisations.icb]
sector = "commissioner"
[contracts.prices]
kind = "tariff"
payer = "icb"
payees = { city = { variable = { ward = "£900" } } }
"""
CALIBRATED = """
[calibration]
of = "R0B"
engine = "stocks"
months = "2023 to 2025"
[calibration.held_back.attendances]
measure = "activity.ward.arrivals_per_day"
error = 0.0261
bias = 0.0148
months = 9
fitted = 0.025
"""

Make = Callable[..., Path]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Give a function that runs the small ward, with settings, into a folder of that name."""

    def make(name: str, *settings: str, more: str = MORE, clock: str = "") -> Path:
        folder = tmp_path_factory.mktemp("ran")
        path = written_sweep(folder, more)
        if clock:
            model = folder / "ward.toml"
            model.write_text(model.read_text("utf-8") + clock, "utf-8")
        run_experiment(load_experiment(path, settings=settings), out=folder / name, workers=1)
        return folder / name

    return make


@pytest.fixture(scope="module")
def two(ran: Make) -> tuple[Path, Path]:
    return ran("here"), ran("there", "scenarios.plans.set={ 'interventions.plans.uptake' = 0.3 }")


def words_of(found: Together, out: Path) -> str:
    html = write_together(found, out).read_text("utf-8")
    words = re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]+>", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", words)


def test_every_scenario_stands_beside_the_others(two: tuple[Path, Path], tmp_path: Path) -> None:
    said = words_of(read_together(two), tmp_path / "both.html")

    assert "All folders have the same baseline" in said
    assert "Plans (here)" in said
    assert "Plans (there)" in said
    assert "No tornado. These folders hold runs of scenarios" in said
    places = [said.rindex(one) for one in ("Side by side", "All measures at a glance", "Whose money")]
    assert places == sorted(places)


def test_figures_are_those_of_the_folders(two: tuple[Path, Path]) -> None:
    name = "activity.ward.wait_mean_days"
    first = rows_of(read_together(two))[0]

    assert first.difference(name) == compare(load_results(two[0])).difference("plans", name)


def test_counts_of_parts_of_different_size_are_not_compared(ran: Make, two: tuple[Path, Path]) -> None:
    found = read_together([two[0], ran("half", "population_share=0.5")])

    assert "need.illness.per_year" not in found.measures
    assert "activity.ward.wait_mean_days" in found.measures
    assert any(note.startswith("Not the same part of the place: here: 1; half: 0.5") for note in found.notes)


def test_a_clock_that_is_defined_differently_is_not_compared(ran: Make) -> None:
    other = CLOCK.replace("ward.start", "ward.arrival")
    found = read_together([ran("a", more=ASKED, clock=CLOCK), ran("b", more=ASKED, clock=other)])

    assert found.left_out == {"clock.stay.within.4_days": "defined differently"}
    assert "clock.stay.within.4_days" not in found.measures
    assert "Not compared: clock.stay.within.4_days (defined differently)." in together_text(found)


def test_another_seed_is_said(ran: Make, two: tuple[Path, Path]) -> None:
    found = read_together([two[0], ran("seeded", "seed=7")])

    assert found.notes[0] == "The folders have the same baseline with other chances (another seed)."


def test_one_folder_and_twins_are_refused(two: tuple[Path, Path]) -> None:
    for folders, said in (([two[0]], "name two"), ([two[0], two[0]], "named twice")):
        with pytest.raises(DefinitionError, match=said):
            read_together(folders)


def test_a_page_of_another_hand_is_not_written_over(two: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "mine.html").write_text("mine")

    with pytest.raises(OutputError, match="no comparison of ours"):
        write_together(read_together(two), tmp_path / "mine.html")


def test_the_command_says_what_decides_and_where_the_page_is(two: tuple[Path, Path], tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["compare", *map(str, two), "--out", str(tmp_path / "both.html")])

    assert result.exit_code == 0, result.output
    assert "Wait for a bed:" in result.output
    assert plotly_script() in (tmp_path / "both.html").read_text("utf-8")


def test_sections_without_content_are_left_out(ran: Make) -> None:
    found = read_together([ran("x", more="", clock=""), ran("y", more="")])

    assert [one.id for one in page_of(found).sections] == [
        "table",
        "multiples",
        "money",
        "effects",
        "folders",
    ]


def drawn_panels(found: Together) -> list[dict[str, Any]]:
    """Give the panels of the map of organisations as they are drawn."""
    [chart] = [one for one in money_section(found, rows_of(found)).blocks if isinstance(one, Chart)]
    return json.loads(chart.figure)["data"]


def test_a_field_of_the_map_is_its_scenarios_difference(two: tuple[Path, Path]) -> None:
    found = read_together(two)
    rows = rows_of(found)

    panels = drawn_panels(found)

    means = [one.difference("organisation.city.resources_per_year").mean for one in rows]
    assert len(panels) == len(rows)
    assert [one["z"][0][0] for one in panels] == pytest.approx(
        [mean / max(map(abs, means)) for mean in means]
    )
    assert [one["text"][0][0] for one in panels] == [plain(mean / 1000, step=0.1) for mean in means]


def test_a_map_has_what_each_organisation_is_left_with_spends_and_receives(ran: Make) -> None:
    found = read_together([ran(name, f"seed={seed}", clock=CONTRACT) for seed, name in enumerate("ab")])

    [chart] = [one for one in money_section(found, rows_of(found)).blocks if isinstance(one, Chart)]

    assert chart.table.columns[2:] == (*("Left, £ a year", "Spent, £ a year", "Received, £ a year"),)
    assert [one.header for one in chart.table.groups] == ["ICB", "City hospital"]


def test_bed_days_that_were_freed_are_added_up_by_organisation_in_a_map_of_their_own_unit(
    two: tuple[Path, Path],
) -> None:
    found = read_together(two)
    wards = [
        Freed(scenario="plans", resource=one, organisation="city", days=estimate([days]), empty={}, wards={})
        for one, days in (("ward_1", 300.0), ("ward_2", 50.0))
    ]
    cash = SimpleNamespace(freed=wards)
    stands = [replace(one, comparison=replace(one.comparison, cash=cash)) for one in found.stands]

    panels = drawn_panels(replace(found, stands=tuple(stands)))

    assert [one["text"][0][1] for one in panels] == ["350", "350"]


def test_a_difference_that_is_not_known_is_a_gap_in_the_map(two: tuple[Path, Path]) -> None:
    found = read_together(two)
    spent = "organisation.city.resources_per_year"
    there = found.stands[1]
    del there.comparison.differences["plans"][there.shown[spent]]

    first, second = drawn_panels(found)

    assert first["z"] != [[None]]
    assert (second["z"][0][0], second["text"][0][0]) == (None, "")


def test_draws_in_one_folder_alone_are_said_with_what_their_intervals_hold(
    ran: Make, two: tuple[Path, Path]
) -> None:
    found = read_together([two[0], ran("drawn", "draws=2")])

    [said] = [note for note in found.notes if note.startswith("Not the same draws: here: none; drawn: 2.")]
    assert said.endswith("holds chance alone.")
    assert found.notes[0].startswith(
        "The folders have the same baseline as it is written, but not in figures"
    )
    assert not any("All folders have the same baseline" in note for note in found.notes)


def test_another_place_with_the_same_ids_is_said(ran: Make, two: tuple[Path, Path]) -> None:
    elsewhere = ran("elsewhere", "organisations.city.title='Hospital of another town'")

    said = read_together([two[0], elsewhere]).notes

    assert "The same id with another title: organisations.city is 'City hospital' in here, " in " ".join(said)
    assert any(note.startswith("Not the same model: organisations differ.") for note in said)
    assert not any(note.startswith("Not the same model") for note in read_together(two).notes)


def test_a_calibrated_model_says_how_far_off_it_was(
    ran: Make, two: tuple[Path, Path], tmp_path: Path
) -> None:
    calibrated = ran("calibrated", clock=CALIBRATED)

    said = words_of(read_together([two[0], calibrated]), tmp_path / "calibrated.html")

    assert said.count("Values of this model were fitted to monthly figures (R0B; 2023 to 2025)") == 1
    assert "Attendances 2.5% 2.6% +1.5% 9 activity.ward.arrivals_per_day" in said
