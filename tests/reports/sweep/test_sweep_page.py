"""The page of a sweep: the answer first, then how it goes with what was varied and what drives it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from experiment.sweep.conftest import GRID, written_sweep
from typer.testing import CliRunner

from simulator.analysis.sweep import load_sweep, sweep_as_asked, write_sweep_tables
from simulator.analysis.sweep.sensitivity import sensitivity_of
from simulator.cli import app
from simulator.definition.experiments import load_experiment
from simulator.errors import OutputError
from simulator.reports.sweep import write_sweep_report
from simulator.reports.sweep.page import sweep_page

ONE = '[vary]\n"resources.beds.capacity" = { from = 8, to = 14, steps = 3 }\n[design]\nkind = "grid"\n'
WIDE = """
[vary]
"needs.*" = "uncertain"
"resources.beds.capacity" = { from = 8, to = 14 }
[design]
"""
MORRIS = WIDE + 'kind = "morris"\ntrajectories = 2\n'
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

    with pytest.raises(OutputError, match="another version of the simulator"):
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


def test_an_idle_value_has_no_effect_and_the_active_one_has(tmp_path: Path) -> None:
    """The plan's set-up cost changes no number of beds; the number of beds does."""
    experiment = load_experiment(written_sweep(tmp_path, MORRIS), settings=["replications=1"])
    found = write_sweep_tables(sweep_as_asked(experiment, out=tmp_path / "out", workers=1))
    made = sensitivity_of(found)

    assert made.screening is not None
    assert made.screening.mu_star.shape == (len(made.paths), len(made.outputs))
    assert sweep_page(found, made).sections
