"""The tables of a sweep: points, draws, measures, differences, runs, failed runs; and its summary."""

from collections.abc import Mapping, Sequence

import numpy as np

from simulator.analysis.drawn_table import drawn_table
from simulator.analysis.holm import COLUMNS
from simulator.analysis.measure_tables import (
    DRAW,
    ESTIMATES_OF_DRAWS,
    MEASURE,
    PROBABILITY_OF_DRAWS,
    REPLICATION,
    SCENARIO,
    UNIT,
)
from simulator.analysis.measures import unit
from simulator.analysis.points_table import POINT, points_table
from simulator.analysis.spread import Spread
from simulator.analysis.sweep.choice_tables import choice_tables
from simulator.analysis.sweep.estimates import SweepEstimates, estimates_of
from simulator.analysis.sweep.lens_tables import lens_tables
from simulator.analysis.sweep.measuring import names_of
from simulator.analysis.sweep.precision_table import precision_tables
from simulator.analysis.sweep.responses_table import response_tables
from simulator.analysis.sweep.sensitivity_tables import sensitivity_tables
from simulator.analysis.sweep.summary import sweep_summary_text
from simulator.analysis.table import (
    REAL,
    TEXT,
    Column,
    Table,
    Values,
    parquet_bytes,
    table_of,
)
from simulator.analysis.table_files import SUMMARY, TABLES, write_table_files
from simulator.experiment.files import write_whole
from simulator.experiment.sweep.results import SweepResults

WHY = Column(name="why", kind=TEXT, says="What went wrong, and where.")
POINTS = "What each point of the sweep sets; the unit is in the column's name."


def write_sweep_tables(results: SweepResults) -> SweepEstimates:
    """Write ``tables/`` and ``summary.json`` into a sweep's folder; raise ``OutputError`` if it cannot.

    Each file is replaced whole, the summary last. The table of runs is parquet alone, for it may be long.
    """
    found = estimates_of(results)
    tables = [
        points_table(results.plan.points, paths=results.plan.paths, says=POINTS),
        *([drawn_table(results.drawn)] if results.drawn else []),
        measures_table(found),
        differences_table(found),
        *precision_tables(results),
        *choice_tables(found),
        *lens_tables(found),
        *sensitivity_tables(found.drives),
        *response_tables(results),
        failed_table(results),
    ]
    write_table_files(results.folder, tables, experiment=results.manifest.experiment)
    write_whole(results.folder / TABLES / "runs.parquet", parquet_bytes(runs_table(results)))
    write_whole(results.folder / SUMMARY, sweep_summary_text(found).encode())
    return found


def measures_table(found: SweepEstimates) -> Table:
    """Make the table of every measure by point and scenario."""
    return table_of(
        "measures",
        "Every measure over the window after warm-up, by point and scenario.",
        columns=(POINT, SCENARIO, MEASURE, UNIT, *ESTIMATES_OF_DRAWS),
        values=_keys(found, found.results.plan.scenarios) | _numbers(found.levels),
    )


def differences_table(found: SweepEstimates) -> Table:
    """Make the table of every measure's difference from the baseline of the same point."""
    return table_of(
        "differences",
        "Every measure's difference from the same point's baseline, run by run: scenario less baseline.",
        columns=(POINT, SCENARIO, MEASURE, UNIT, *ESTIMATES_OF_DRAWS, PROBABILITY_OF_DRAWS, *COLUMNS),
        values=_keys(found, found.others)
        | _numbers(found.differences)
        | {PROBABILITY_OF_DRAWS.name: found.differences.below.ravel()}
        | _together(found),
    )


def _together(found: SweepEstimates) -> dict[str, Values]:
    """Give the differences of each measure judged together; with draws there are none."""
    absent = np.full(found.differences.mean.size, np.nan)
    if found.together is None:
        return {column.name: absent for column in COLUMNS}
    words = ("low", "high", "p")
    return {
        column.name: getattr(found.together, word).ravel()
        for column, word in zip(COLUMNS, words, strict=True)
    }


def runs_table(results: SweepResults) -> Table:
    """Make the table of every measure in every run."""
    plan = results.plan
    wanted = plan.wanted
    places = [axis[wanted].ravel() for axis in [*np.indices(results.values.shape)]]
    names = (np.array(plan.scenarios, dtype=object), np.array(plan.names, dtype=object))
    columns = (
        POINT,
        DRAW,
        REPLICATION,
        SCENARIO,
        MEASURE,
        Column(name="value", kind=REAL, says="The measure in this run."),
    )
    values: Mapping[str, Values] = {
        POINT.name: places[0] + 1,
        DRAW.name: np.array(plan.draws)[places[1]],
        REPLICATION.name: places[2] + 1,
        SCENARIO.name: names[0][places[3]],
        MEASURE.name: names[1][places[4]],
        "value": results.values[wanted].ravel(),
    }
    return table_of("runs", "Every measure in every run.", columns=columns, values=values)


def failed_table(results: SweepResults) -> Table:
    """Make the table of replications that failed: no row where all are there."""
    failed = results.failed
    values: Mapping[str, Values] = {
        POINT.name: np.array([one.piece.point + 1 for one in failed], dtype=np.int64),
        DRAW.name: np.array([one.piece.draw for one in failed], dtype=np.int64),
        REPLICATION.name: np.array([one.piece.replication + 1 for one in failed], dtype=np.int64),
        WHY.name: [one.message for one in failed],
    }
    return table_of(
        "failed_runs",
        "Replications that failed, and are missing from every figure in all scenarios.",
        columns=(POINT, DRAW, REPLICATION, WHY),
        values=values,
    )


def _keys(found: SweepEstimates, scenarios: Sequence[str]) -> dict[str, Values]:
    """Give the columns that say which estimate a row is."""
    plan = found.results.plan
    shape = (len(plan.points), len(scenarios), len(plan.names))
    point, scenario, measure = (axis.ravel() for axis in np.indices(shape))
    units = np.array([unit(name) for name in names_of(found.results)], dtype=object)
    return {
        POINT.name: point + 1,
        SCENARIO.name: np.array(scenarios, dtype=object)[scenario],
        MEASURE.name: np.array(plan.names, dtype=object)[measure],
        UNIT.name: units[measure],
    }


def _numbers(spread: Spread) -> dict[str, Values]:
    """Spread estimates over their columns."""
    return {column.name: getattr(spread, column.name).ravel() for column in ESTIMATES_OF_DRAWS}
