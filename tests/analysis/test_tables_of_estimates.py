"""Tables of estimates hold the estimates, and files of tables hold the tables."""

from pathlib import Path

import pytest
from pyarrow import parquet

from simulator.analysis.intervals import estimate_difference
from simulator.analysis.measure_tables import SCENARIO, estimated_table
from simulator.analysis.table_files import write_table_files

FOUND = estimate_difference([3.0, 5.0], [1.0, 2.0])


def test_a_row_is_its_estimate_and_one_that_is_absent_is_empty() -> None:
    table = estimated_table(
        "x", "Two rows.", columns=(SCENARIO,), values={"scenario": ["a", "b"]}, found=[FOUND, None]
    )
    first, second = table.rows.to_pylist()

    assert first["mean"] == pytest.approx(2.5)
    assert (first["low"], first["high"]) == pytest.approx((FOUND.low, FOUND.high))
    assert first["probability_of_reduction"] == pytest.approx(FOUND.probability_of_reduction)
    assert (second["mean"], second["n"]) == (None, 0)


def test_every_table_is_there_as_csv_and_parquet_and_described(tmp_path: Path) -> None:
    table = estimated_table("x", "A row.", columns=(SCENARIO,), values={"scenario": ["a"]}, found=[FOUND])

    write_table_files(tmp_path, [table], experiment="trial")

    folder = tmp_path / "tables"
    assert (folder / "x.csv").read_text("utf-8").startswith("scenario,mean,low")
    assert parquet.read_table(folder / "x.parquet").to_pylist() == table.rows.to_pylist()
    assert '"x.csv"' in (folder / "datapackage.json").read_text("utf-8")
