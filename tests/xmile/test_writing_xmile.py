"""XMILE export: read again it gives the same numbers, and an independent engine gives them too."""

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from stock_systems import written

from simulator.engines.stocks.run import StockRuns, run_stocks
from simulator.equations.tokens import canonical
from simulator.experiment.stock_files import StockFile, read_stocks
from simulator.xmile.writing import xmile_text

WORKFORCE = """\
schema_version = 1
title = "Care workers & their <vacancies>"
[integration]
horizon = "200 days"
step = "6 hours"
save_every = "1 day"
method = "METHOD"
[stocks.care_workers]
initial = 640
unit = "people"
note = "Those who turn up."
[flows.hired]
from = "outside"
to = "care_workers"
rate = "vacancies / smooth3(time_to_hire, 20)"
[flows.leaving]
from = "care_workers"
to = "outside"
rate = "care_workers * strain(occupancy) / 600"
[auxiliaries.vacancies]
equation = "max(0, 700 - care_workers)"
[auxiliaries.occupancy]
equation = "0.8 + step(0.15, 50) + 0.05 * sin(time / 9)"
[auxiliaries.time_to_hire]
equation = "if time > 100 and not (care_workers < 100) then 40 else 70 - (2 ^ 3 ^ 1) mod 5"
[lookups.strain]
points = [[0.8, 1.0], [0.95, 1.3], [1.0, 1.8]]
"""
WARD = """\
schema_version = 1
[integration]
horizon = "30 days"
step = "3 hours"
method = "METHOD"
[strata.age]
elements = ["young", "old"]
[stocks.ward]
initial = { young = 4, old = 40 }
over = ["age"]
residence = { mean = "8 days", cv = 0.6 }
[flows.arrivals]
from = "outside"
to = "ward"
rate = { young = 2, old = "2 + 1" }
over = ["age"]
[flows.home_again]
from = "ward"
to = "outside"
over = ["age"]
[auxiliaries.share_of_old]
equation = "ward[old] / sum(ward[*])"
"""
MODELS = {"workforce": WORKFORCE, "ward": WARD}

SHARED_FOLDERS = (
    "SIR",
    "lookups",
    "delay_xmile",
    "subscripted_trig",
    "special_characters_xmile",
    "non_negative_stocks",
)


def exported(file: StockFile, folder: Path) -> Path:
    """Write what a file says as XMILE."""
    return written(folder, xmile_text(file.system), "again.xmile")


def ran(file: StockFile) -> StockRuns:
    """Run a file."""
    return run_stocks(file.system, given=file.given)


def model(folder: Path, name: str, method: str) -> StockFile:
    """Read one of the models above."""
    return read_stocks(written(folder, MODELS[name].replace("METHOD", method)))


@pytest.mark.parametrize("method", ["euler", "rk4"])
@pytest.mark.parametrize("name", MODELS)
def test_a_model_written_and_read_again_gives_the_same_numbers(
    tmp_path: Path, name: str, method: str
) -> None:
    file = model(tmp_path, name, method)

    once, again = ran(file), ran(read_stocks(exported(file, tmp_path)))

    assert set(once.names) <= set(again.names)
    assert again.times == pytest.approx(once.times)
    for column in once.names:
        assert again.column(column) == pytest.approx(once.column(column), rel=1e-12, abs=1e-12), column


@pytest.mark.parametrize("name", SHARED_FOLDERS)
def test_a_file_of_others_written_and_read_again_gives_the_same_bits(
    tmp_path: Path, name: str, shared_file: Callable[[str], Path]
) -> None:
    file = read_stocks(sorted(shared_file(f"validation/sd-test-models/{name}").glob("*.xmile"))[0])

    once, again = ran(file), ran(read_stocks(exported(file, tmp_path)))

    assert once.names == again.names
    assert np.array_equal(once.values, again.values)


@pytest.mark.parametrize("method", ["euler", "rk4"])
@pytest.mark.parametrize("name", MODELS)
def test_an_independent_engine_gives_the_same_numbers(tmp_path: Path, name: str, method: str) -> None:
    simlin: Any = pytest.importorskip("simlin", reason="pysimlin is not installed.")
    file = model(tmp_path, name, method)

    theirs = (
        importlib.import_module(simlin.__name__)
        .load(exported(file, tmp_path))
        .run(analyze_loops=False)
        .results
    )
    ours = ran(file)

    named = {canonical(str(column).replace(", ", ",")): column for column in theirs.columns}
    for column in ours.names:
        known = theirs[named[canonical(column)]].to_numpy()
        assert ours.column(column)[:, 0] == pytest.approx(known, rel=1e-9, abs=1e-9), column


TITLED = """\
schema_version = 1
[stocks.care_workers]
title = "Care workers & <helpers>"
initial = 640
note = "Those who turn up."
[flows.leaving]
title = "Leaving"
from = "care_workers"
to = "outside"
rate = "care_workers * strain(per_worker) / 600"
[auxiliaries.per_worker]
title = "Work per worker"
note = "Work per worker\\nis what it says."
equation = "1"
[auxiliaries.plain]
equation = "2"
note = "No title."
[lookups.strain]
title = "What strain does"
note = "A judgement."
points = [[0.8, 1.0], [1.0, 1.8]]
"""


def said(file: StockFile) -> dict[str, tuple[str | None, str | None]]:
    """Give the title and note of everything that a file of stocks names."""
    things = {**file.system.variables, **file.system.lookup_words}
    return {key: (one.title, one.note) for key, one in things.items()}


def test_titles_and_notes_are_kept_both_ways(tmp_path: Path) -> None:
    file = read_stocks(written(tmp_path, TITLED))
    again = read_stocks(exported(file, tmp_path))

    assert said(again) == said(file)
    assert said(file)["care_workers"] == ("Care workers & <helpers>", "Those who turn up.")
    assert said(file)["strain"] == ("What strain does", "A judgement.")
    assert xmile_text(again.system) == xmile_text(file.system)


def test_other_programs_show_titles_with_what_is_noted(tmp_path: Path) -> None:
    text = exported(read_stocks(written(tmp_path, TITLED)), tmp_path).read_text(encoding="utf-8")

    assert "<doc>Care workers &amp; &lt;helpers&gt;\nThose who turn up.</doc>" in text
    assert "<doc>Leaving</doc>" in text
    assert "<doc>What strain does\nA judgement.</doc>" in text


def test_a_note_that_another_program_has_changed_is_kept_whole(tmp_path: Path) -> None:
    text = xmile_text(read_stocks(written(tmp_path, TITLED)).system)
    changed = text.replace("\nThose who turn up.", ", who turn up.")

    found = said(read_stocks(written(tmp_path, changed, "again.xmile")))["care_workers"]

    assert found == ("Care workers & <helpers>", "Care workers & <helpers>, who turn up.")


def test_texts_of_a_file_are_written_safely(tmp_path: Path) -> None:
    text = xmile_text(model(tmp_path, "workforce", "rk4").system)

    assert "Care workers &amp; their &lt;vacancies&gt;" in text
    assert "<doc>Those who turn up.</doc>" in text


@pytest.mark.parametrize(
    ("title", "note", "kept"),
    [
        (" Care workers ", "Those.", ("Care workers", "Those.")),
        ("Care workers", "\n  Those.\n", ("Care workers", "Those.")),
        ("X", "\nX", ("X", "X")),
        (" ", "Those.", (None, "Those.")),
        ("", " ", (None, None)),
    ],
)
def test_space_round_titles_and_notes_is_dropped(
    title: str, note: str, kept: tuple[str | None, str | None], tmp_path: Path
) -> None:
    model = tmp_path / "model.toml"
    said = f"title = {json.dumps(title)}\nnote = {json.dumps(note)}\ninitial = 1\n"
    steps = '[integration]\nhorizon = "20 days"\nstep = "1 day"\n'
    model.write_text(f"schema_version = 1\n{steps}[stocks.staff]\n{said}")
    written = tmp_path / "model.xmile"
    written.write_text(xmile_text(read_stocks(model).system))

    staff = read_stocks(written).system.variables["staff"]

    assert (staff.title, staff.note) == kept
    assert ("<doc>" in written.read_text()) == (kept != (None, None))
