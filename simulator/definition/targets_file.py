"""Monthly figures that a model is fitted to: a CSV file with a column ``month`` and a column a figure."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from simulator.definition.faults import Wrong, wrong
from simulator.definition.files import ADDRESS, read_text_file
from simulator.definition.words import nearest
from simulator.errors import DefinitionError
from simulator.units import shown

MOST_BYTES = 16 * 1024 * 1024
MOST_TOLD = 20
ENDING = ".csv"
MONTH = "month"

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyFigures:
    """The figures of each column by month; ``None`` where nothing was published."""

    months: tuple[date, ...]
    columns: dict[str, tuple[float | None, ...]]


def read_targets(folder: Path, name: str) -> MonthlyFigures:
    """Read a file of months, in order and without a gap; raise ``Wrong`` with every fault and its line."""
    if ADDRESS.match(name) or "\x00" in name or not name.endswith(ENDING):
        raise wrong(f"{shown(name)} is not a file of months; write its path, ending in {ENDING}.")
    path = folder / name
    if not path.exists():
        beside = [one.name for one in path.parent.glob(f"*{ENDING}")] if path.parent.is_dir() else []
        raise wrong(f"there is no file {shown(name)}.{nearest(path.name, beside)}")
    try:
        text = read_text_file(path, most_bytes=MOST_BYTES)
    except DefinitionError as error:
        raise wrong(f"{shown(name)}: {error.faults[0].message}") from None
    reader = csv.reader(text.splitlines())
    found = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(map(str.strip, row))]
    if len(found) < 2 or MONTH not in found[0][1]:
        raise wrong(f"{shown(name)} needs a line of names, '{MONTH}' among them, and a line a month.")
    (_, header), *rows = found
    faults = list(_faults(header, rows))
    if faults:
        raise Wrong(*(((), f"{shown(name)}, {said}") for said in faults[:MOST_TOLD]))
    place = header.index(MONTH)
    return MonthlyFigures(
        months=tuple(_month(row[place]) for _, row in rows),
        columns={
            one: tuple(_number(row[column]) for _, row in rows)
            for column, one in enumerate(header)
            if column != place
        },
    )


def _faults(header: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    """Say what is wrong, line by line."""
    for place, one in enumerate(header):
        if not one or one in header[:place]:
            yield f"line 1: column {place + 1} has {'no name' if not one else 'a name given before'}."
    before: date | None = None
    for line, row in rows:
        if len(row) != len(header):
            yield f"line {line}: {len(row)} values; the names at the top are {len(header)}."
            continue
        yield from (f"line {line}: {said}" for said in _of_cells(header, row))
        try:
            month = _month(row[header.index(MONTH)])
        except ValueError:
            yield f"line {line}: {shown(row[header.index(MONTH)])} is not a month; write it as 2024-07."
            continue
        if before is not None and month != after(before):
            yield (
                f"line {line}: {month:%Y-%m} follows {before:%Y-%m}; months follow one another without a "
                "gap. Leave cells empty where nothing was published."
            )
        before = month


def _of_cells(header: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    for name, cell in zip(header, row, strict=True):
        if name == MONTH:
            continue
        try:
            if (number := _number(cell)) is not None and not 0 <= number < 1e15:
                yield f"{name}: {shown(cell)} must be 0 or more."
        except (InvalidOperation, ValueError):
            yield f"{name}: {shown(cell)} is not a number."


def after(month: date) -> date:
    """Give the first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _month(text: str) -> date:
    year, _, month = text.partition("-")
    return date(int(year), int(month), 1)


def _number(cell: str) -> float | None:
    return float(Decimal(cell)) if cell else None
