"""Where tables are kept in a results folder, and how they are written there."""

from collections.abc import Sequence
from pathlib import Path

from simulator.analysis.table import Table, csv_bytes, datapackage_text, parquet_bytes
from simulator.experiment.files import make_folder, write_whole

TABLES = "tables"
SUMMARY = "summary.json"
DATAPACKAGE = "datapackage.json"


def write_table_files(results: Path, tables: Sequence[Table], *, experiment: str) -> None:
    """Write tables into a results folder, as parquet and CSV, with a data package that describes the CSV.

    Each file is replaced whole. Raises ``OutputError`` if it cannot be written.
    """
    folder = results / TABLES
    make_folder(folder)
    for table in tables:
        write_whole(folder / f"{table.name}.parquet", parquet_bytes(table))
        write_whole(folder / f"{table.name}.csv", csv_bytes(table))
    write_whole(folder / DATAPACKAGE, datapackage_text(experiment, tables).encode())
