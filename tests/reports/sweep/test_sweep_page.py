"""The page of a sweep: the answer first, then how it goes with what was varied and what drives it."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from experiment.sweep.conftest import GRID, written_sweep
from typer.testing import CliRunner

from simulator.analysis.spread import over_replications
from simulator.analysis.sweep import load_sweep, sweep_as_asked, write_sweep_tables
from simulator.analysis.sweep.estimates import SweepEstimates, estimates_of
from simulator.analysis.sweep.outputs import LEVEL
from simulator.analysis.sweep.responses import responses_of
from simulator.cli import app
from simulator.definition.experiments import load_experiment
from simulator.errors import OutputError
from simulator.reports.blocks import Paragraph
from simulator.reports.numbers import scale_of
from simulator.reports.sweep import write_sweep_report
from simulator.reports.sweep.answer import sweep_answers
from simulator.reports.sweep.driver_charts import UNKNOWN
from simulator.reports.sweep.drivers import drivers_section
from simulator.reports.sweep.knowing import knowing_section
from simulator.reports.sweep.response import response_section
from simulator.reports.sweep.words import path_title, point_words, primary_places, unit_words, value_words

ONE = '[vary]\n"resources.beds.capacity" = { from = 8, to = 14, steps = 3 }\n[design]\nkind = "grid"\n'
BEDS = '"resources.beds.capacity" = { values = [8, 14] }\n'
THREE = f"""
[vary]
{BEDS}
"interventions.plans.uptake" = {{ values = [0.2, 1] }}
"activities.ward.cost.day" = {{ values = ["£40", "£90"] }}
[design]
kind = "grid"
"""
WIDE = """
[vary]
"needs.*" = "uncertain"
"resources.beds.capacity" = { from = 8, to = 14 }
[design]
"""
MORRIS = WIDE + 'kind = "morris"\ntrajectories = 2\n'
PRICE_AND_BEDS = """
[measures.wait]
of = "activity.ward.queue_time_mean_days"
[vary]
"activities.ward.cost.day" = { from = "£40", to = "£160" }
"resources.beds.capacity" = { from = 4, to = 8 }
[design]
kind = "morris"
trajectories = 2
"""
INDICES = WIDE + 'kind = "sobol"\nruns = 4\nindices = true\n'
SAMPLE = WIDE + 'kind = "latin_hypercube"\nruns = 24\n'

Page = Callable[[str], str]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """Give a function from what is varied to the words of the page, markup taken out."""

    def make(more: str, *settings: str) -> str:
        folder = tmp_path_factory.mktemp("page")
        experiment = load_experiment(written_sweep(folder, more), settings=settings)
        found = write_sweep_tables(sweep_as_asked(experiment, out=folder / "out", workers=1))
        html = write_sweep_report(found).read_text("utf-8")
        words = re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]+>", " ", html, flags=re.S)
        return re.sub(r"\s+", " ", words)

    return make


def test_one_value_over_a_grid_has_a_curve_and_its_table(page: Page) -> None:
    said = page(ONE)

    assert said.index("The answer") < said.index("How it goes with what was varied")
    assert "difference from the baseline, by Beds: capacity" in said
    assert re.search(
        r"Beds: capacity Baseline \(95% interval\) Plans: difference \(95% interval\) 8 [\d.]+ h \(", said
    )
    assert "What was varied Value Over Path in the model" in said


def test_two_values_over_a_grid_have_a_map(page: Page) -> None:
    assert "A map of" in page(GRID)


def test_three_values_over_a_grid_have_a_curve_each_over_the_means_of_the_others(tmp_path: Path) -> None:
    experiment = load_experiment(written_sweep(tmp_path, THREE))
    found = estimates_of(sweep_as_asked(experiment, out=tmp_path / "out", workers=1))
    measure = primary_places(found)[0]

    responses = responses_of(found.results, measures=[measure])

    assert [one.path for one in responses] == list(found.results.plan.paths)
    beds = next(one for one in responses if one.path == "resources.beds.capacity")
    assert beds.values == (8.0, 14.0)
    at_8 = [place for place, point in enumerate(found.results.plan.points) if str(point[beds.path]) == "8"]
    assert len(at_8) == 4
    assert beds.mean[0, 0, 0] == pytest.approx(found.differences.mean[at_8, 0, measure].mean())
    values = found.results.values[at_8, 0, :, :, measure].mean(axis=0)
    assert beds.low[0, 0, 0] == pytest.approx(over_replications(values[:, 1] - values[:, 0]).low)
    [said, chart] = response_section(found).blocks
    assert said.text.startswith("Each curve is of one value: the mean over all combinations of the others")
    headers = [group.header for group in chart.table.groups]
    assert headers[0] == "Beds: capacity"
    assert sorted(headers)[1:] == ["Care plans: uptake", "Ward: cost, day, pounds"]


def test_words_on_a_grid_have_marks_and_no_line_between(sizes_of_ward: SweepEstimates) -> None:
    plan = sizes_of_ward.results.plan
    beds = "resources.beds.capacity"
    told = tuple(point | {beds: "few" if str(point[beds]) == "8" else "many"} for point in plan.points)
    found = replace(sizes_of_ward, results=replace(sizes_of_ward.results, plan=replace(plan, points=told)))

    chart = next(
        one for one in response_section(found).blocks if getattr(one, "id", "").startswith("responses")
    )

    marks = [one for one in json.loads(chart.figure)["data"] if one["mode"] == "markers"]
    assert [one["x"] for one in marks] == [["few", "many"]]


def test_a_screening_has_a_fitted_curve_for_each_number_without_interval(page: Page) -> None:
    said = page(MORRIS.replace("trajectories = 2", "trajectories = 7"), "replications=1")

    assert "by each value that was varied" in said
    assert "the points of this design hang together, so the fit has no interval" in said
    assert "stands below" not in said


def test_too_few_points_for_a_curve_are_said_and_listed(page: Page) -> None:
    said = page(SAMPLE.replace("24", "5"))

    assert "Five points of two values are too few for a curve of each value: a grid, or 20 points" in said
    assert said.count("Plans: difference (95% interval)") == 1


def test_a_screening_names_what_matters_most_first(page: Page) -> None:
    said = page(MORRIS, "replications=1")

    assert "size of the effect of each value over its range" in said
    assert "one at a time (Morris)" in said


def test_indices_are_shown_alone_and_with_others(page: Page) -> None:
    assert "By itself With all others" in page(INDICES, "replications=1")


def test_a_sample_shows_what_single_values_explain(page: Page) -> None:
    said = page(SAMPLE, "replications=1")

    assert "what it comes to as one value goes from low to high" in said
    assert "Share of variance (95% interval)" in said
    assert "difference from the baseline, by each value that was varied" in said
    assert "with the 95% interval of the fit" in said


def test_draws_answer_as_a_run_does_and_say_what_is_worth_knowing(page: Page) -> None:
    said = page("", "draws=24")

    assert "Intervals are over draws of what nobody knows exactly" in said
    assert "What it would be worth to know" in said
    assert "so much is doubt about values" in said


def test_a_report_can_be_written_anew(tmp_path: Path) -> None:
    experiment = load_experiment(written_sweep(tmp_path, ONE), settings=["replications=1"])
    found = write_sweep_tables(sweep_as_asked(experiment, out=tmp_path / "out", workers=1))
    before = write_sweep_report(found).read_bytes()

    result = CliRunner().invoke(app, ["report", str(tmp_path / "out")])

    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "report.html").read_bytes() == before


def test_a_sweep_of_another_design_is_not_read(tmp_path: Path) -> None:
    experiment = load_experiment(written_sweep(tmp_path, ONE), settings=["replications=1"])
    write_sweep_tables(sweep_as_asked(experiment, out=tmp_path / "out", workers=1))
    manifest = tmp_path / "out" / "manifest.json"
    manifest.write_text(re.sub(r'"design": "\w+', '"design": "0', manifest.read_text("utf-8")), "utf-8")

    with pytest.raises(
        OutputError, match=r"another state of the code of version .*\(downstream sweep, into another folder\)"
    ):
        load_sweep(tmp_path / "out")


def test_titles_from_files_are_escaped(tmp_path: Path) -> None:
    written = written_sweep(tmp_path, ONE)
    written.write_text(written.read_text("utf-8").replace("Sizes of a ward", "<b>$x$</b> & sizes"), "utf-8")
    found = write_sweep_tables(
        sweep_as_asked(load_experiment(written, settings=["replications=1"]), out=tmp_path / "out", workers=1)
    )

    html = write_sweep_report(found).read_text("utf-8")

    assert "&lt;b&gt;$x$&lt;/b&gt; &amp; sizes" in html
    assert "<b>$x$" not in html


def test_a_price_moves_the_cost_and_no_wait_and_beds_move_the_wait(tmp_path: Path) -> None:
    experiment = load_experiment(written_sweep(tmp_path, PRICE_AND_BEDS), settings=["replications=1"])
    drives = write_sweep_tables(sweep_as_asked(experiment, out=tmp_path / "out", workers=1)).drives

    assert drives.screening is not None
    sizes = {
        (path, output.spelt): drives.screening.mu_star[row, place]
        for row, path in enumerate(drives.paths)
        for place, output in enumerate(drives.outputs)
        if (output.scenario, output.kind) == ("baseline", LEVEL)
    }
    price, beds = "activities.ward.cost.day", "resources.beds.capacity"
    assert sizes[price, "wait"] == 0 < sizes[beds, "wait"]
    assert sizes[price, "cost"] > 0


def test_a_point_without_a_figure_is_said_not_taken_for_no_effect(tmp_path: Path) -> None:
    experiment = load_experiment(written_sweep(tmp_path, MORRIS), settings=["replications=1"])
    results = sweep_as_asked(experiment, out=tmp_path / "out", workers=1)
    results.values[0] = np.nan

    blocks = drivers_section(estimates_of(results)).blocks

    assert [one.text for one in blocks[1:]] == [UNKNOWN] * len(blocks[1:])


@pytest.fixture(scope="module")
def sizes_of_ward(tmp_path_factory: pytest.TempPathFactory) -> SweepEstimates:
    """Give the sweep over beds and uptake, each at two values."""
    folder = tmp_path_factory.mktemp("maps")
    experiment = load_experiment(written_sweep(folder, GRID), settings=["replications=2"])
    return estimates_of(sweep_as_asked(experiment, out=folder / "out", workers=1))


def primary_means(found: SweepEstimates) -> tuple[int, np.ndarray]:
    """Give the measure that decides, and its mean difference at every point."""
    [measure] = primary_places(found)
    return measure, found.differences.mean[:, 0, measure]


def test_the_answer_says_each_end_with_its_own_point(sizes_of_ward: SweepEstimates) -> None:
    _, means = primary_means(sizes_of_ward)
    ends = [int(np.nanargmin(means)), int(np.nanargmax(means))]
    assert means[ends[0]] < means[ends[1]]

    [answer] = sweep_answers(sizes_of_ward)
    text = answer.items[0].text

    places = [text.index(point_words(sizes_of_ward, point)) for point in ends]
    assert places == sorted(places)
    assert text.startswith("from −")


def test_a_field_of_a_map_is_the_difference_at_its_point(sizes_of_ward: SweepEstimates) -> None:
    chart = response_section(sizes_of_ward).blocks[0]
    [drawn] = json.loads(chart.figure)["data"]

    measure, means = primary_means(sizes_of_ward)
    scale = scale_of(unit_words(sizes_of_ward, measure), means, is_difference=True)
    for number, point in enumerate(sizes_of_ward.results.plan.points):
        across, upward = (value_words(point[path]) for path in sizes_of_ward.results.plan.paths)
        field = drawn["z"][drawn["y"].index(upward)][drawn["x"].index(across)]
        assert field == pytest.approx(means[number] * scale.factor)


def test_a_measure_that_some_draws_lack_is_named_with_why_nobody_weighs_it(tmp_path: Path) -> None:
    path = written_sweep(tmp_path, "[measures.beds]\nof = 'resource.beds.free_share'\n")
    results = sweep_as_asked(load_experiment(path, settings=["draws=4"]), out=tmp_path / "out", workers=1)
    place = results.plan.names.index("wait")
    results.values[0, 1, :, 1, place] = np.nan

    section = knowing_section(estimates_of(results))

    assert section is not None
    said = [one.text for one in section.blocks if isinstance(one, Paragraph) and one.lead == "Not weighed."]
    assert "it has no value in 1 of 4 draws (nobody to measure it of)" in said[0]
    assert "neither less nor more of it is better" in said[0]


def test_the_year_of_an_effect_is_no_place_in_a_list(sizes_of_ward: SweepEstimates) -> None:
    said = path_title(sizes_of_ward.results.plan.model, "interventions.plans.effects.0.by_year.3")

    assert said == "Care plans: effect on Illness, rate, year 3"


def test_a_point_of_many_values_is_told_by_its_number(sizes_of_ward: SweepEstimates) -> None:
    plan = sizes_of_ward.results.plan
    many = tuple(dict.fromkeys("abcd", number) for number, _ in enumerate(plan.points))
    found = replace(sizes_of_ward, results=replace(sizes_of_ward.results, plan=replace(plan, points=many)))

    [answer] = sweep_answers(found)

    assert answer.text.endswith("tables/points has what each point sets.")
    assert re.search(r"at point \d to .* at point \d", answer.items[0].text)
