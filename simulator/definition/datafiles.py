"""Data files that a model names: columns of numbers for empirical laws."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from simulator.definition.faults import Complaints, wrong
from simulator.definition.faults import Path as Way
from simulator.definition.files import inside, read_text_file
from simulator.definition.words import nearest
from simulator.errors import DefinitionError
from simulator.units import UNITS, shown

MOST_BYTES = 64 * 1024 * 1024
WORDS = ("file", "column", "unit")
EMPIRICAL = "empirical"


def with_data(
    raw: Mapping[str, object], folder: Path, *, below: Iterable[Way] | None = None
) -> tuple[dict[str, object], list[tuple[Way, str]]]:
    """Put the values of every data file that a table names in the place of its name.

    Where it is known ``below`` which of the named things a table may have come to name one, only there.
    """
    complaints = Complaints()
    parts = [((), raw)] if below is None else [(way, _at(raw, way)) for way in dict.fromkeys(below)]
    read = {
        way: complaints.read(lambda one: _read_column(one, folder), named, *way)
        for above, part in parts
        for way, named in _named(part, above)
    }
    return _replaced(raw, read), complaints.faults


def _at(raw: object, way: Way) -> object:
    """Give what stands at the end of a way; nothing where there is no such thing."""
    for part in way:
        raw = raw.get(str(part)) if isinstance(raw, Mapping) else None
    return raw


def _named(raw: object, above: Way = ()) -> Iterator[tuple[Way, object]]:
    inner = raw.items() if isinstance(raw, Mapping) else enumerate(raw) if isinstance(raw, list) else ()
    for key, one in inner:
        if key == EMPIRICAL and len(above) > 1 and isinstance(one, str | Mapping):
            yield (*above, key), one
        else:
            yield from _named(one, (*above, key))


def _replaced(raw: Mapping[str, object], read: Mapping[Way, list[object] | None]) -> dict[str, object]:
    def copied(one: object, way: Way) -> object:
        if (values := read.get(way)) is not None:
            return values
        if isinstance(one, Mapping):
            return {key: copied(inner, (*way, key)) for key, inner in one.items()}
        if isinstance(one, list):
            return [copied(inner, (*way, place)) for place, inner in enumerate(one)]
        return one

    return {key: copied(one, (key,)) for key, one in raw.items()} if read else dict(raw)


def _read_column(raw: object, folder: Path) -> list[object]:
    said = {"file": raw} if isinstance(raw, str) else raw
    assert isinstance(said, Mapping)
    complaints = Complaints()
    for word, one in said.items():
        if word not in WORDS:
            complaints.add(f"unknown key; allowed are {', '.join(WORDS)}.{nearest(word, WORDS)}", word)
        elif not isinstance(one, str):
            complaints.add(f"{shown(str(one))} is not text.", word)
    if "file" not in said:
        complaints.add("'file' is missing.")
    complaints.raise_any()
    try:
        path = inside(folder, str(said["file"]))
        text = read_text_file(path, most_bytes=MOST_BYTES)
    except ValueError as error:
        raise wrong(str(error)) from None
    except DefinitionError as error:
        raise wrong(f"{shown(str(said['file']))}: {error.faults[0].message}") from None
    rows = [row for row in csv.reader(text.splitlines()) if any(cell.strip() for cell in row)]
    return _values(rows, column=said.get("column"), unit=said.get("unit"))


def _values(rows: list[list[str]], *, column: object, unit: object) -> list[object]:
    if not rows:
        raise wrong("the data file is empty.")
    header = [cell.strip() for cell in rows[0]]
    has_header = any(_number(cell) is None and _quantity_like(cell) is None for cell in header)
    place = _place_of(column, header if has_header else [])
    if place is None and len(header) > 1:
        raise wrong(
            f'the data file has several columns; say which: column = "…", of {", ".join(header[:10])}.'
        )
    name = header[place or 0] if has_header else ""
    meant = (
        unit
        if isinstance(unit, str)
        else name.rpartition("_")[2]
        if name.rpartition("_")[2] in UNITS
        else None
    )
    if meant is not None and meant not in UNITS:
        raise wrong(f"{shown(meant)} is not a unit of time.{nearest(meant, UNITS)}", "unit")
    found: list[object] = []
    for line, row in enumerate(rows[has_header:], start=1 + has_header):
        cell = row[place or 0].strip() if len(row) > (place or 0) else ""
        number = _number(cell)
        if number is None and _quantity_like(cell) is None:
            raise wrong(f"row {line} of the data file holds {shown(cell)}, which is not a number.")
        found.append(cell if number is None else number if meant is None else f"{cell} {meant}")
    if not found:
        raise wrong("the data file holds a header and no values.")
    return found


def _place_of(column: object, header: list[str]) -> int | None:
    if column is None:
        return None
    if column not in header:
        raise wrong(
            f"the data file has no column {shown(str(column))}.{nearest(str(column), header)}", "column"
        )
    return header.index(str(column))


def _number(cell: str) -> Decimal | None:
    try:
        found = Decimal(cell)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _quantity_like(cell: str) -> str | None:
    number, _, unit = cell.partition(" ")
    return cell if _number(number) is not None and unit.strip() in UNITS else None
