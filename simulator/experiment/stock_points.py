"""Many runs of a file's stocks and flows in one batch: a table of points in, one table of all runs out."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from math import isfinite
from numbers import Real
from pathlib import Path

from simulator.definition.faults import Wrong
from simulator.definition.points_file import Row, read_points
from simulator.definition.words import nearest
from simulator.engines.stocks.given import prepared
from simulator.engines.stocks.run import StockRuns, column_names, run_stocks
from simulator.equations.system import System
from simulator.errors import DefinitionError, Fault
from simulator.experiment.stock_files import StockFile
from simulator.experiment.stock_runs import number_text
from simulator.units import shown

Columns = Mapping[str, Sequence[float]]


def points_of(points: Path, file: StockFile) -> Columns:
    """Read a file of points for a system: a variable a column, a run a row.

    Raises :class:`DefinitionError` with every fault: what is no number, no variable, or set by ``--set`` too.
    """
    try:
        rows = read_points(points.parent, points.name)
    except Wrong as found:
        raise DefinitionError([_fault(points, message) for _, message in found.faults]) from None
    return columns_of(rows, points, file=file)


def columns_of(rows: Sequence[Row], points: Path, *, file: StockFile) -> Columns:
    """Give rows that were read from a file of points as columns; raise as ``points_of`` does."""
    names = tuple(rows[0][1])
    faults = [*_of_names(names, file), *_of_numbers(rows)]
    if faults:
        raise DefinitionError([_fault(points, message) for message in faults])
    return {name: [float(str(row[name])) for _, row in rows] for name in names}


def run_points(file: StockFile, columns: Columns, *, keep: Sequence[str] = ()) -> StockRuns:
    """Run a file once for each row, all in one batch, every variable looked at; ``keep`` names those that are
    wanted, all where empty.

    The numbers of a row are those of a run of its own, bit for bit. Raises :class:`DefinitionError` for a
    variable that is none, :class:`RunFailed` as a single run does.
    """
    shown_names = {name for one in file.system.shown for name in (one.key, one.name)}
    for name in keep:
        if name not in shown_names:
            hint = nearest(name, shown_names)
            raise DefinitionError(f"--keep: no stock, flow or auxiliary is called {shown(name)}.{hint}")
    runs = len(next(iter(columns.values())))
    found = run_stocks(file.system, given={**file.given, **columns}, runs=runs)
    if not keep:
        return found
    named = column_names(file.system, keep)
    columns_kept = [found.names.index(name) for names in named.values() for name in names]
    return replace(
        found, names=tuple(found.names[one] for one in columns_kept), values=found.values[:, columns_kept]
    )


def points_text(runs: StockRuns) -> str:
    """Write all runs as CSV: the point, from 1, the time, and each variable; a run after the other."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["point", "time", *runs.names])
    times = [number_text(time) for time in runs.times.tolist()]
    for run in range(runs.values.shape[2]):
        for time, row in zip(times, runs.values[:, :, run].tolist(), strict=True):
            writer.writerow([run + 1, time, *map(number_text, row)])
    return written.getvalue()


def _of_names(names: Sequence[str], file: StockFile) -> Iterable[str]:
    for name in names:
        if name in file.given:
            yield f"line 1: {shown(name)} is set with --set as well; keep one of them."
        elif said := unknown(file.system, name):
            yield f"line 1: {said}"


def unknown(system: System, name: str) -> str:
    """Say what is wrong with a name; nothing where there is a variable of it."""
    try:
        prepared(system, (name,))
    except DefinitionError as found:
        return str(found).removeprefix("--set: ")
    return ""


def _of_numbers(rows: Sequence[Row]) -> Iterable[str]:
    for line, row in rows:
        for name, value in row.items():
            if isinstance(value, bool) or not isinstance(value, Real | Decimal) or not isfinite(value):
                yield f"line {line}: {name}: {shown(str(value))} is not a number."


def _fault(points: Path, message: str) -> Fault:
    return Fault(message=message, file=str(points))
