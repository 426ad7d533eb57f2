"""What drives a model of stocks alone: SALib's measures on the same runs, and known ones."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from experiment.test_stock_command import stocks
from stock_systems import written

# Ishigami and Homma (1990), A = 7, B = 0.1, as a model of stocks: the pool begins with it and stays.
ISHIGAMI = """\
schema_version = 1
[integration]
horizon = "2 days"
[stocks.pool]
initial = "sin(a) + 7 * sin(b) ^ 2 + 0.1 * c ^ 4 * sin(a)"
[auxiliaries]
a = { equation = 0 }
b = { equation = 0 }
c = { equation = 0 }
"""
VARY = "schema_version = 1\nseed = 5\n[vary]\n" + "".join(
    f"{name} = {{ from = -3.141592653589793, to = 3.141592653589793 }}\n" for name in "abc"
)
PROBLEM = {"num_vars": 3, "names": list("abc"), "bounds": [[-np.pi, np.pi]] * 3}


def tables(folder: Path, kind: str, *, vary: str = VARY) -> dict[str, list[dict[str, str]]]:
    """Run the design and read its tables."""
    said = folder / "design.toml"
    said.write_text(f"{vary}[design]\n{kind}\n", encoding="utf-8")
    done = stocks(written(folder, ISHIGAMI), "--vary", said, "--out", folder / "out")
    assert done.exit_code == 0, done.exception
    paths = (folder / "out" / "tables").glob("*.csv")
    return {path.stem: list(csv.DictReader(path.read_text("utf-8").splitlines())) for path in paths}


def column(rows: list[dict[str, str]], name: str) -> np.ndarray:
    return np.array([float(row[name]) for row in rows])


def inputs(found: dict[str, list[dict[str, str]]]) -> np.ndarray:
    return np.column_stack([column(found["points"], name) for name in "abc"])


def test_indices_of_stocks_are_those_of_salib(tmp_path: Path) -> None:
    salib = pytest.importorskip("SALib.analyze.sobol", reason="SALib is not installed (the extra 'dev')")
    found = tables(tmp_path, 'kind = "sobol"\nruns = 256\nindices = true')

    theirs = salib.analyze(PROBLEM, column(found["measures"], "value"), calc_second_order=False, seed=1)

    np.testing.assert_allclose(column(found["indices"], "first"), theirs["S1"], rtol=0, atol=1e-10)
    np.testing.assert_allclose(column(found["indices"], "total"), theirs["ST"], rtol=0, atol=1e-10)
    half = (column(found["indices"], "total_high") - column(found["indices"], "total_low")) / 2
    np.testing.assert_allclose(half, theirs["ST_conf"], rtol=0.5)


def test_screening_of_stocks_is_that_of_salib(tmp_path: Path) -> None:
    salib = pytest.importorskip("SALib.analyze.morris", reason="SALib is not installed (the extra 'dev')")
    found = tables(tmp_path, 'kind = "morris"\ntrajectories = 20')

    theirs = salib.analyze(PROBLEM, inputs(found), column(found["measures"], "value"), num_levels=4)

    for word in ("mu", "mu_star", "sigma"):
        ours = column(found["screening"], word)
        np.testing.assert_allclose(ours, np.asarray(theirs[word]), rtol=1e-9, atol=1e-9)


def test_indices_of_stocks_come_to_the_known_ones(tmp_path: Path) -> None:
    found = tables(tmp_path, 'kind = "sobol"\nruns = 2048\nindices = true')

    assert [row["parameter"] for row in found["indices"]] == ["a", "b", "c"]
    # Analytic: Sobol' & Levitan (1999).
    for word, known in (("first", [0.3139, 0.4424, 0.0]), ("total", [0.5576, 0.4424, 0.2437])):
        rows = found["indices"]
        assert (column(rows, f"{word}_low") <= known).all()
        assert (column(rows, f"{word}_high") >= known).all()
        np.testing.assert_allclose(column(rows, word), known, atol=0.02)


def test_a_sample_has_a_tornado_and_curves(tmp_path: Path) -> None:
    found = tables(tmp_path, 'kind = "latin_hypercube"\nruns = 400')

    shares = {row["parameter"]: row for row in found["shares_of_variance"]}
    assert float(shares["a"]["share"]) == pytest.approx(0.3139, abs=0.1)
    assert float(shares["a"]["swing"]) > 0.5
    assert float(shares["c"]["share"]) < 0.05
    curve = [row for row in found["responses"] if row["parameter"] == "a"]
    assert float(curve[0]["value"]) < -3
    assert float(curve[-1]["value"]) > 3
    assert all(float(row["low"]) < float(row["mean"]) < float(row["high"]) for row in curve)


def test_a_grid_has_curves_that_are_means_without_interval(tmp_path: Path) -> None:
    found = tables(tmp_path, 'kind = "grid"', vary=VARY.replace(" }", ", steps = 4 }"))

    curve = [row for row in found["responses"] if row["parameter"] == "b"]
    values = column(found["measures"], "value")
    b = column(found["points"], "b")
    for row in curve:
        assert float(row["mean"]) == pytest.approx(values[b == float(row["value"])].mean())
        assert (row["low"], row["made"]) == ("", "mean")


@pytest.mark.parametrize(("runs", "is_noted"), [(16, True), (32, False)])
def test_few_base_points_are_noted_beside_the_indices(tmp_path: Path, runs: int, is_noted: bool) -> None:
    tables(tmp_path, f'kind = "sobol"\nruns = {runs}\nindices = true')

    package = json.loads((tmp_path / "out" / "tables" / "datapackage.json").read_text("utf-8"))
    notes = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["notes"]
    [said] = [one["description"] for one in package["resources"] if one["name"] == "indices"]
    assert ("16 base points are few" in said) == is_noted
    assert any("16 base points are few" in one for one in notes) == is_noted
