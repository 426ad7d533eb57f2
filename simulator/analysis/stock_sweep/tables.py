"""The tables of a design over stocks, with the columns of a sweep's; and its summary."""

import json
from collections.abc import Iterator

import numpy as np

from simulator.analysis.measure_tables import MEASURE, UNIT
from simulator.analysis.points_table import POINT, points_table
from simulator.analysis.stock_sweep.asked import StockSweep
from simulator.analysis.sweep.outputs import LEVEL
from simulator.analysis.sweep.responses import is_grid
from simulator.analysis.sweep.responses_table import FIT, MEAN, Drawn, responses_table
from simulator.analysis.sweep.sensitivity_tables import sensitivity_tables
from simulator.analysis.table import REAL, Column, Table, Values, table_of
from simulator.analysis.table_files import SUMMARY, write_table_files
from simulator.definition.experiment import BASELINE
from simulator.experiment.files import write_whole
from simulator.experiment.stock_sweep.plan import unit_of

VALUE = Column(name="value", kind=REAL, says="The measure in the run of this point.")
MEASURES = "measures"
POINTS = "What each point sets, in the variable's own unit."


def write_stock_sweep_tables(found: StockSweep) -> None:
    """Write ``tables/`` and ``summary.json`` into the folder, the summary last."""
    tables = [
        points_table(found.plan.points, paths=found.plan.paths, says=POINTS),
        measures_table(found),
        *sensitivity_tables(found.drives),
    ]
    tables += _responses(found)
    write_table_files(found.folder, tables, experiment=found.manifest.experiment)
    write_whole(found.folder / SUMMARY, summary_text(found).encode())


def measures_table(found: StockSweep) -> Table:
    """Make the table of what is kept of each point's run."""
    kept = found.plan.kept
    point, measure = (axis.ravel() for axis in np.indices(found.values.shape))
    values: dict[str, Values] = {
        POINT.name: point + 1,
        MEASURE.name: np.array([one.id for one in kept], dtype=object)[measure],
        UNIT.name: np.array([one.unit for one in kept], dtype=object)[measure],
        VALUE.name: found.values.ravel(),
    }
    says = "What is kept of the run of each point."
    return table_of(MEASURES, says, columns=(POINT, MEASURE, UNIT, VALUE), values=values)


def ends_of(found: StockSweep, place: int) -> tuple[int, int]:
    """Give the points at which what is kept at this place is least and most, the first of equals."""
    return int(found.values[:, place].argmin()), int(found.values[:, place].argmax())


def summary_text(found: StockSweep) -> str:
    """Write the summary: the same bytes for the same files."""
    plan = found.plan
    said = {
        "experiment": found.manifest.experiment,
        "engine": found.manifest.engine,
        "seed": plan.design.seed,
        "settings": list(found.settings),
        "points": len(plan.points),
        "varied": list(plan.paths),
        "measures": {
            one.id: {"of": f"{one.column}.{one.what}", "unit": one.unit}
            | {
                word: {"point": point + 1, "value": float(found.values[point, place])}
                for word, point in zip(("least", "most"), ends_of(found, place), strict=True)
            }
            for place, one in enumerate(plan.kept)
        },
    }
    return json.dumps(said, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _responses(found: StockSweep) -> Iterator[Table]:
    """Make the table of curves, where there are any."""
    if not found.responses:
        return
    kept = found.plan.kept
    yield responses_table(
        [
            Drawn(
                responses=found.responses,
                kind=LEVEL,
                scenarios=(BASELINE,),
                measures=[one.id for one in kept],
                units=[one.unit for one in kept],
                made=MEAN if is_grid(found.plan.points) else FIT,
                value_units={path: unit_of(found.plan.file.system, path) for path in found.plan.paths},
            )
        ]
    )
