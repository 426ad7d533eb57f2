"""The page of a design over stocks: the answer with its points, curves, what drives it, provenance."""

import json
import re
from pathlib import Path

import pytest
from experiment.test_stock_command import MODEL, stocks
from experiment.test_stock_sweep import ARRIVING, DESIGN, design
from stock_systems import written

TITLED = MODEL.replace("initial = 8\n", 'initial = 8\ntitle = "people <in> the pool"\nunit = "people"\n')
SOBOL = DESIGN.replace("latin_hypercube", "sobol").replace("runs = 30", "runs = 16\nindices = true")
GRID = DESIGN.replace('kind = "latin_hypercube"\nruns = 30', 'kind = "grid"').replace(
    " }\n", ", steps = 3 }\n"
)
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


def test_the_page_says_when_it_was_run_as_the_manifest_does(tmp_path: Path) -> None:
    said = page(tmp_path, DESIGN)

    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert f"Run {manifest['began']} to {manifest['ended']}" in said
    assert "not finished" not in said


@pytest.mark.parametrize("text", [DESIGN, SOBOL, MORRIS])
def test_the_answer_begins_with_what_drives_each_measure_as_the_terminal_says_it(
    tmp_path: Path, text: str
) -> None:
    said, out = design(tmp_path, text), tmp_path / "out"
    terminal = stocks(written(tmp_path, TITLED + ARRIVING), "--vary", said, "--out", out).stdout
    sentences = re.findall(r"Driven most by .*\.", terminal)

    words = page(tmp_path, text)

    answer = words[words.index("The answer") : words.index("On this page")]
    assert len(sentences) == 5
    for one in sentences:
        assert answer.index(one.replace("<", "&lt;").replace(">", "&gt;")) < answer.index("Between least")


def test_a_grid_speaks_of_no_runs_beside_each_other_intervals_or_scenarios(tmp_path: Path) -> None:
    said = page(tmp_path, GRID)

    assert "Each curve is of one value: the mean over all combinations of the others. What two" in said
    for word in ("run by run", "nterval", "scenario", "What drives it most"):
        assert word not in said


def test_all_that_a_point_sets_is_told_unless_it_is_much(tmp_path: Path) -> None:
    names = [f"v{number}" for number in range(7)]
    more = "".join(f"[auxiliaries.{name}]\nequation = 1\n" for name in names)
    model = written(tmp_path, MODEL + more)

    def told(count: int) -> str:
        rows = "".join(f"{name} = {{ from = 1, to = 2 }}\n" for name in names[: count - 1])
        text = DESIGN.replace("pool = { from = 0, to = 20 }\n", rows)
        out = tmp_path / str(count)
        done = stocks(model, "--vary", design(tmp_path, text), "--out", out)
        assert done.exit_code == 0, done.exception
        return done.stdout

    assert re.search(r"at the end: from \S+ where stay is \S+, v0 is \S+, v1 is .* and v4 is", told(6))
    assert re.search(r"at the end: from \S+ at point \d+ to \S+ at point \d+\.", told(7))


def _apart(folder: Path) -> list[tuple[str, str]]:
    made = [("sample", DESIGN), ("trajectories", MORRIS)]
    for name, _ in made:
        (folder / name).mkdir()
    return made
