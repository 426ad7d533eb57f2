"""What a design over stocks says on the terminal: ends, and what drives each measure, with intervals."""

import re
from pathlib import Path

import pytest
from experiment.test_stock_command import MODEL, stocks
from experiment.test_stock_sweep import ARRIVING, DESIGN, design
from reports.stock_sweep.test_stock_sweep_page import MORRIS, SOBOL
from stock_systems import written

PEOPLE = MODEL.replace("initial = 8\n", 'initial = 8\nunit = "people"\n')
SHARE = r"(stay|pool) \d+(\.\d)?% \(.*% to .*%\)"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (DESIGN, rf"Driven most by {SHARE}, {SHARE}: of the variance, by itself \(95% intervals\)\."),
        (SOBOL, rf"Driven most by {SHARE}, {SHARE}: of the variance, with all others \(95% intervals\)\."),
        (MORRIS, r"Driven most by \w+ [\d.]+ people \([\d.]+ to [\d.]+\), .*: over its range \(95%"),
    ],
)
def test_what_drives_a_measure_most_is_told_with_its_interval(tmp_path: Path, text: str, says: str) -> None:
    model = written(tmp_path, PEOPLE + ARRIVING)

    done = stocks(model, "--vary", design(tmp_path, text), "--out", tmp_path / "out")

    assert re.search(says, done.stdout), done.stdout


def test_where_nothing_drives_it_that_is_said(tmp_path: Path) -> None:
    text = SOBOL.replace("pool = { from = 0, to = 20 }\n", "").replace("pool.at_end", "daily.at_end")
    model = written(tmp_path, MODEL + ARRIVING)

    done = stocks(model, "--vary", design(tmp_path, text), "--out", tmp_path / "out")

    assert "Daily, at the end: 3, the same at every point." in done.stdout.replace("3.00", "3")
    assert "Nothing that was varied drives it." in done.stdout


def test_a_note_names_a_place_in_the_file_as_it_is_written_there(tmp_path: Path) -> None:
    model = written(tmp_path, MODEL + ARRIVING)

    done = stocks(model, "--vary", design(tmp_path, SOBOL), "--out", tmp_path / "out")

    assert "Note: design.runs: 16 base points are few" in done.stdout
    assert "design.runs: 16 base points" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
