"""The page of a design over stocks: the answer with its points, curves, what drives it, provenance."""

import re
from pathlib import Path

import pytest
from experiment.test_stock_command import MODEL, stocks
from experiment.test_stock_sweep import ARRIVING, DESIGN, design
from stock_systems import written

TITLED = MODEL.replace("initial = 8\n", 'initial = 8\ntitle = "people <in> the pool"\nunit = "people"\n')
SOBOL = DESIGN.replace("latin_hypercube", "sobol").replace("runs = 30", "runs = 16\nindices = true")
MORRIS = DESIGN.replace("latin_hypercube", "morris").replace("runs = 30", "trajectories = 12")


def page(folder: Path, text: str, *words: str) -> str:
    """Give the words of the page, markup taken out."""
    said, out = design(folder, text), folder / "out"
    done = stocks(written(folder, TITLED + ARRIVING), "--vary", said, "--out", out, *words)
    assert done.exit_code == 0, done.exception
    html = (out / "report.html").read_text("utf-8")
    assert "<in>" not in html
    plain = re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]+>", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", plain)


def test_the_answer_says_each_end_with_its_point_and_unit(tmp_path: Path) -> None:
    said = page(tmp_path, DESIGN)

    assert re.search(
        r"People &lt;in&gt; the pool, at the end: from [\d.]+ people where people &lt;in&gt; the pool is "
        r"[\d.]+ and stay is [\d.]+ to [\d.]+ people where",
        said,
    )
    assert said.index("The answer") < said.index("How it goes with what was varied")
    assert "from 0 to 4 days in steps of 1 day (Euler)" in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (DESIGN, "At its 10th centile At its 90th centile Share of variance (95% interval)"),
        (SOBOL, "What was varied By itself With all others"),
        (MORRIS, "What was moved Mean size Mean Spread (standard deviation)"),
    ],
)
def test_what_drives_a_measure_is_told_as_the_design_allows(tmp_path: Path, text: str, says: str) -> None:
    said = page(tmp_path, text)

    assert "What the answer hangs on" in said
    assert says in said


def test_a_curve_has_an_interval_only_where_points_were_picked_each_by_itself(tmp_path: Path) -> None:
    sample, trajectories = (page(tmp_path / name, text) for name, text in _apart(tmp_path))

    assert "pool, at the end: level (95% interval)" in sample
    assert "pool, at the end: level (95% interval)" not in trajectories
    assert "the points of this design hang together, so the fit has no interval" in trajectories


def test_how_to_run_it_again_has_the_settings(tmp_path: Path) -> None:
    said = page(tmp_path, DESIGN, "--set", "daily=4")

    assert "downstream stocks model.toml --vary design.toml --set daily=4 --out ." in said


def _apart(folder: Path) -> list[tuple[str, str]]:
    made = [("sample", DESIGN), ("trajectories", MORRIS)]
    for name, _ in made:
        (folder / name).mkdir()
    return made
