"""A tidy table, one row an observation, as parquet, as CSV and in a data package."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

NAMES = {pa.string(): "string", pa.int64(): "integer", pa.float64(): "number", pa.date32(): "date"}
TEXT, WHOLE, REAL, DAY = NAMES

Values = Sequence[object] | np.ndarray[tuple[int, ...], np.dtype[np.generic]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its name (with the unit, where it has one), its type, and what it says."""

    name: str
    kind: pa.DataType
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its description; not-a-number and ``None`` are absent values."""

    name: str
    says: str
    columns: tuple[Column, ...]
    rows: pa.Table


def table_of(
    name: str,
    says: str,
    *,
    columns: Sequence[Column],
    values: Mapping[str, Sequence[object] | np.ndarray[tuple[int, ...], np.dtype[np.generic]]],
) -> Table:
    """Make a table of columns of equal length."""
    arrays = [_array(values[column.name], column.kind) for column in columns]
    schema = pa.schema([(column.name, column.kind) for column in columns])
    return Table(
        name=name, says=says, columns=tuple(columns), rows=pa.Table.from_arrays(arrays, schema=schema)
    )


def parquet_bytes(table: Table) -> bytes:
    """Write a table as parquet."""
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(table.rows, sink, compression="zstd")
    return sink.getvalue()


def csv_bytes(table: Table) -> bytes:
    """Write a table as CSV: a line of names, commas, quotes only where needed, UTF-8."""
    from pyarrow import csv

    sink = io.BytesIO()
    csv.write_csv(table.rows, sink, csv.WriteOptions(include_header=False, quoting_style="needed"))
    return f"{','.join(table.rows.column_names)}\n".encode() + sink.getvalue()


def datapackage_text(name: str, tables: Sequence[Table]) -> str:
    """Describe the CSV files of all tables as a Frictionless data package (specs.frictionlessdata.io)."""
    resources = [
        {
            "name": table.name,
            "path": f"{table.name}.csv",
            "description": table.says,
            "profile": "tabular-data-resource",
            "schema": {
                "fields": [
                    {"name": column.name, "type": NAMES[column.kind], "description": column.says}
                    for column in table.columns
                ]
            },
        }
        for table in tables
    ]
    package = {"name": name, "profile": "tabular-data-package", "resources": resources}
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _array(values: Values, kind: pa.DataType) -> pa.Array:
    """Make one column."""
    if isinstance(values, np.ndarray):
        return pa.array(values, kind, from_pandas=True)
    return pa.array(values, kind)
