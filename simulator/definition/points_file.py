"""Points of a sweep written out as a table: a CSV file whose columns are dotted paths of the model."""

import csv
from pathlib import Path

from simulator.definition.design import MOST_RUNS
from simulator.definition.faults import Wrong, wrong
from simulator.definition.files import inside, read_text_file
from simulator.definition.settings import value_of
from simulator.errors import DefinitionError
from simulator.units import shown

MOST_BYTES = 64 * 1024 * 1024
ENDING = ".csv"

Row = tuple[int, dict[str, object]]


def read_points(folder: Path, name: str) -> tuple[Row, ...]:
    """Read the rows of a file of points, each with its line; raise ``Wrong`` with every fault."""
    if not name.endswith(ENDING):
        raise wrong(f"{shown(name)} is not a file of points; write its path, ending in {ENDING}.")
    try:
        text = read_text_file(inside(folder, name), most_bytes=MOST_BYTES)
    except ValueError as error:
        raise wrong(str(error).replace("the model's folder", "the experiment's folder")) from None
    except DefinitionError as error:
        raise wrong(f"{shown(name)}: {error.faults[0].message}") from None
    reader = csv.reader(text.splitlines())
    found = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(map(str.strip, row))]
    if len(found) < 2:
        raise wrong("the file of points needs a line of paths and a line for each point.")
    (_, header), *rows = found
    faults = [*_of_header(header), *_of_rows(rows, len(header))]
    if faults:
        raise Wrong(*(((), fault) for fault in faults))
    return tuple((line, dict(zip(header, map(value_of, row), strict=True))) for line, row in rows)


def _of_header(header: list[str]) -> list[str]:
    """Say what is wrong with the paths at the top."""
    faults = [f"line 1: column {place + 1} has no path." for place, one in enumerate(header) if not one]
    return faults + [
        f"line 1: {shown(one)} stands over two columns."
        for place, one in enumerate(header)
        if one and one in header[:place]
    ]


def _of_rows(rows: list[tuple[int, list[str]]], columns: int) -> list[str]:
    """Say what is wrong with the shape of the rows."""
    faults = [
        f"line {line}: {len(row)} values; the paths at the top are {columns}."
        for line, row in rows
        if len(row) != columns
    ]
    faults += [f"line {line}: a value is missing." for line, row in rows if len(row) == columns and "" in row]
    if len(rows) > MOST_RUNS:
        faults.append(f"{len(rows):,} points; {MOST_RUNS:,} are the most.")
    return faults
