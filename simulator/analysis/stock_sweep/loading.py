"""A design over stocks read again from its results folder: its own files, and what its tables kept."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
from numpy.typing import NDArray

from simulator.analysis.measure_tables import MEASURE
from simulator.analysis.points_table import POINT
from simulator.analysis.stock_sweep.asked import StockSweep, stock_sweep_of
from simulator.analysis.stock_sweep.other_settings import SETTINGS
from simulator.analysis.stock_sweep.tables import MEASURES, VALUE
from simulator.analysis.table_files import SUMMARY, TABLES
from simulator.definition.stock_design import load_stock_design
from simulator.errors import OutputError
from simulator.experiment.folder import MODEL, finished_manifest
from simulator.experiment.provenance import Manifest, hash_of
from simulator.experiment.stock_files import read_stocks
from simulator.experiment.stock_sweep.kept_files import DESIGN, POINTS, XMILE
from simulator.experiment.stock_sweep.plan import StockPlan, plan_stock_sweep

Floats = NDArray[np.float64]
KEPT = (DESIGN, MODEL, XMILE, POINTS)
AGAIN = "run the design again into another folder (downstream stocks --vary)"


def load_stock_sweep(folder: Path) -> StockSweep:
    """Read a finished design over stocks; nothing is run again.

    Raises ``OutputError`` where its files are not those that were run, or its tables are gone.
    """
    manifest = finished_manifest(folder)
    settings = _settings_of(folder)
    _check_files(folder, manifest, settings=settings)
    model = folder / MODEL if (folder / MODEL).exists() else folder / XMILE
    plan = plan_stock_sweep(read_stocks(model, settings), load_stock_design(folder / DESIGN))
    values = _values_in(folder, plan)
    return stock_sweep_of(plan, values, folder=folder, manifest=manifest, settings=settings)


def _settings_of(folder: Path) -> tuple[str, ...]:
    try:
        return tuple(json.loads((folder / SUMMARY).read_text("utf-8"))[SETTINGS])
    except (OSError, ValueError, LookupError, TypeError):
        raise OutputError(
            f"{folder}: its {SUMMARY}, which says with which settings it was made, is gone or damaged; "
            f"{AGAIN}."
        ) from None


def _check_files(folder: Path, manifest: Manifest, *, settings: tuple[str, ...]) -> None:
    """Refuse a folder whose files were changed since they were run."""
    texts = {name: _text_of(folder / name) for name in KEPT if (folder / name).exists()}
    if hash_of([texts, sorted(settings)]) != manifest.design:
        raise OutputError(f"{folder}: its files ({', '.join(texts)}) are not those that were run; {AGAIN}.")


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise OutputError(f"{path}: cannot be read as text; {AGAIN}.") from None


def _values_in(folder: Path, plan: StockPlan) -> Floats:
    """Read what was kept (points, kept) off the table of measures."""
    path = folder / TABLES / f"{MEASURES}.parquet"
    try:
        table = parquet.ParquetFile(path).read([POINT.name, MEASURE.name, VALUE.name])
        # A column that is not there is no error before it is asked for.
        said = [table[name].to_pylist() for name in (POINT.name, MEASURE.name)]
        values = np.asarray(table[VALUE.name].to_numpy(), np.float64)
    except (OSError, pa.ArrowException, LookupError, ValueError, TypeError):
        raise OutputError(f"{path}: is gone or damaged; {AGAIN}.") from None
    shape = len(plan.points), len(plan.kept)
    points, measures = (axis.ravel() for axis in np.indices(shape))
    ids = [plan.kept[place].id for place in measures.tolist()]
    if said != [(points + 1).tolist(), ids]:
        raise OutputError(f"{path}: has other points or measures than the design beside it; {AGAIN}.")
    return values.reshape(shape)
