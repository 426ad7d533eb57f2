"""``tables/responses``: the curves of the page as a table, of every measure that a sweep keeps."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from experiment.sweep.conftest import GRID, written_sweep

from simulator.analysis.sweep import sweep_as_asked, write_sweep_tables
from simulator.analysis.sweep.responses import averages, fitted
from simulator.definition.experiments import load_experiment

SAMPLE = """
[vary]
"needs.*" = "uncertain"
"resources.beds.capacity" = { from = 8, to = 14 }
[design]
kind = "latin_hypercube"
runs = 24
"""
ROUTES = GRID.replace("[design]", '"activities.ward.cost.day" = { values = ["£40", "£90"] }\n[design]')

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, Rows]]:
    """Give a function from what is varied to tables of the sweep, by name."""

    def make(more: str) -> dict[str, Rows]:
        folder = tmp_path_factory.mktemp("responses")
        experiment = load_experiment(written_sweep(folder, more))
        write_sweep_tables(sweep_as_asked(experiment, out=folder / "out", workers=1))
        return {one.stem: read(one) for one in (folder / "out" / "tables").glob("*.csv")}

    return make


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def test_on_a_grid_a_row_is_the_mean_over_the_values_of_the_others(
    tables: Callable[[str], dict[str, Rows]],
) -> None:
    found = tables(ROUTES)

    at_8 = {one["point"] for one in found["points"] if float(one["resources.beds.capacity"]) == 8}
    for kind, table in (("level", "measures"), ("difference", "differences")):
        [row] = [
            one
            for one in found["responses"]
            if (one["parameter"], one["kind"], one["scenario"]) == ("resources.beds.capacity", kind, "plans")
            and float(one["value"]) == 8
            and one["measure"] == "cost"
        ]
        there = [
            one
            for one in found[table]
            if one["point"] in at_8 and (one["scenario"], one["measure"]) == ("plans", "cost")
        ]
        assert len(there) == 4
        assert float(row["mean"]) == pytest.approx(np.mean([float(one["mean"]) for one in there]))
        assert (row["unit"], row["made"]) == (there[0]["unit"], "mean")
        assert float(row["low"]) <= float(row["mean"]) <= float(row["high"])


def test_a_value_has_its_unit_beside_it(tables: Callable[[str], dict[str, Rows]]) -> None:
    prices = [one for one in tables(ROUTES)["responses"] if one["parameter"] == "activities.ward.cost.day"]

    assert {(float(one["value"]), one["value_unit"], one["words"]) for one in prices} == {
        (40.0, "pounds", ""),
        (90.0, "pounds", ""),
    }


def test_of_a_sample_a_row_is_of_the_fit(tables: Callable[[str], dict[str, Rows]]) -> None:
    rows = tables(SAMPLE)["responses"]

    assert {one["made"] for one in rows} == {"fit"}
    assert {one["kind"] for one in rows} == {"level", "difference"}
    assert all(float(one["low"]) <= float(one["mean"]) <= float(one["high"]) for one in rows)
    levels = [
        one for one in rows if (one["kind"], one["scenario"], one["measure"]) == ("level", "baseline", "cost")
    ]
    beds = [float(one["value"]) for one in levels if one["parameter"] == "resources.beds.capacity"]
    assert beds == sorted(beds)
    assert (beds[0], beds[-1]) == (8.0, 14.0)


def test_where_no_value_can_have_a_curve_there_is_no_table(tables: Callable[[str], dict[str, Rows]]) -> None:
    few = SAMPLE.replace("runs = 24", "runs = 4").replace('"needs.*" = "uncertain"\n', "") + "indices = true"

    assert "responses" not in tables(few.replace("latin_hypercube", "sobol"))


def test_measures_fitted_together_are_what_each_is_alone() -> None:
    numbers = np.random.Generator(np.random.PCG64(1)).random((30, 2))
    points = [{"a": a, "b": b} for a, b in numbers.tolist()]
    values = np.stack([numbers[:, :1] ** 2, numbers[:, 1:], numbers[:, :1] * numbers[:, 1:]], axis=2)
    values[3, 0, 1] = np.nan

    together = list(fitted(points, values, has_interval=True))

    for measure in range(3):
        for one, alone in zip(
            together, fitted(points, values[:, :, [measure]], has_interval=True), strict=True
        ):
            for word in ("mean", "low", "high"):
                ours = getattr(one, word)[..., measure]
                np.testing.assert_allclose(ours, getattr(alone, word)[..., 0], rtol=1e-9, atol=1e-12)


def test_words_are_averaged_as_they_come() -> None:
    levels, means = averages(["b", "a", "b"], np.array([[1.0], [5.0], [3.0]]))

    assert levels == ("b", "a")
    assert means.tolist() == [[2.0], [5.0]]
