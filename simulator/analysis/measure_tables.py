"""Tables of measures: estimates, differences, by period, by replication."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from simulator.analysis.comparison import Comparison
from simulator.analysis.holm import COLUMNS
from simulator.analysis.intervals import ABSENT, Estimate
from simulator.analysis.judged import judged_together
from simulator.analysis.table import DAY, REAL, TEXT, WHOLE, Column, Table, Values, table_of
from simulator.experiment.results import Results

SCENARIO = Column(name="scenario", kind=TEXT, says="The scenario.")
MEASURE = Column(name="measure", kind=TEXT, says="The measure's name, as in a model file.")
UNIT = Column(name="unit", kind=TEXT, says="The unit of the numbers in this row.")
ESTIMATES = (
    Column(name="mean", kind=REAL, says="Mean over replications."),
    Column(name="low", kind=REAL, says="Lower end of the 95% interval of the mean."),
    Column(name="high", kind=REAL, says="Upper end of the 95% interval of the mean."),
    Column(name="low_80", kind=REAL, says="Lower end of the 80% interval of the mean."),
    Column(name="high_80", kind=REAL, says="Upper end of the 80% interval of the mean."),
    Column(name="sd", kind=REAL, says="Standard deviation between replications."),
    Column(name="n", kind=WHOLE, says="Replications in which the measure exists."),
)
PROBABILITY = Column(
    name="probability_of_reduction", kind=REAL, says="Probability that the true difference is below nought."
)
ESTIMATES_OF_DRAWS = (
    Column(name="mean", kind=REAL, says="Mean over replications, or over the draws' means."),
    Column(name="low", kind=REAL, says="Lower end of the 95% interval."),
    Column(name="high", kind=REAL, says="Upper end of the 95% interval."),
    Column(name="low_80", kind=REAL, says="Lower end of the 80% interval."),
    Column(name="high_80", kind=REAL, says="Upper end of the 80% interval."),
    Column(name="mean_low", kind=REAL, says="With draws: lower end of the 95% interval of their mean."),
    Column(name="mean_high", kind=REAL, says="With draws: upper end of the 95% interval of their mean."),
    Column(name="sd", kind=REAL, says="Standard deviation between replications, or draws without chance."),
    Column(name="n", kind=WHOLE, says="Runs in which the measure exists."),
)
PROBABILITY_OF_DRAWS = Column(
    name="probability_of_reduction",
    kind=REAL,
    says="Probability that the true difference is below nought; with draws the share of them.",
)
DRAW = Column(name="draw", kind=WHOLE, says="The draw of uncertain parameters, from 1; 0: central values.")
REPLICATION = Column(name="replication", kind=WHOLE, says="The replication, from 1.")


def estimate_columns(found: Sequence[Estimate]) -> tuple[Column, ...]:
    """Give the columns of estimates; those over draws have more."""
    return ESTIMATES_OF_DRAWS if any(one.draws for one in found) else ESTIMATES


def estimate_values(found: Sequence[Estimate]) -> dict[str, Values]:
    """Spread estimates over their columns."""
    return {column.name: [getattr(one, column.name) for one in found] for column in estimate_columns(found)}


def estimated_table(
    name: str,
    says: str,
    *,
    columns: Sequence[Column],
    values: Mapping[str, Values],
    found: Sequence[Estimate | None],
    more: Mapping[Column, Values] = MappingProxyType({}),
) -> Table:
    """Make a table of differences: what a row is, its estimate and probability, and ``more`` columns."""
    estimates = [one or ABSENT for one in found]
    shown = estimate_columns(estimates)
    probability = PROBABILITY_OF_DRAWS if shown is ESTIMATES_OF_DRAWS else PROBABILITY
    return table_of(
        name,
        says,
        columns=(*columns, *shown, probability, *more),
        values={
            **values,
            **estimate_values(estimates),
            PROBABILITY.name: [one.probability_of_reduction for one in estimates],
            **{column.name: one for column, one in more.items()},
        },
    )


def measures_table(comparison: Comparison) -> Table:
    """Make the table of every measure of every scenario."""
    rows, values = _spread(comparison, comparison.measures)
    return table_of(
        "measures",
        "Every measure over the window after warm-up, by scenario.",
        columns=(SCENARIO, MEASURE, UNIT, *estimate_columns(rows)),
        values=values | estimate_values(rows),
    )


def differences_table(comparison: Comparison) -> Table:
    """Make the table of every measure's paired difference from the baseline."""
    rows, values = _spread(comparison, comparison.differences)
    held = judged_together(comparison, comparison.names)
    return estimated_table(
        "differences",
        "Every measure's difference from the baseline, replication by replication: scenario less baseline.",
        columns=(SCENARIO, MEASURE, UNIT),
        values=values,
        found=rows,
        more=dict(zip(COLUMNS, (held.low.ravel(), held.high.ravel(), held.p.ravel()), strict=True)),
    )


def replications_table(comparison: Comparison) -> Table:
    """Make the table of every measure in every replication."""
    rows = [
        (scenario, draw, replication + 1, name, comparison.unit(name), value)
        for scenario, table in comparison.values.items()
        for name in comparison.names
        for (draw, replication), value in zip(comparison.results.runs, table[name], strict=True)
    ]
    columns = (
        SCENARIO,
        DRAW,
        REPLICATION,
        MEASURE,
        UNIT,
        Column(name="value", kind=REAL, says="The measure in this replication."),
    )
    return table_of(
        "replications",
        "Every measure in every replication.",
        columns=columns_of_runs(columns, comparison.results),
        values={column.name: [row[place] for row in rows] for place, column in enumerate(columns)},
    )


def columns_of_runs(columns: Sequence[Column], results: Results) -> tuple[Column, ...]:
    """Leave out the number of the draw where all values are central."""
    return tuple(one for one in columns if results.draws or one is not DRAW)


def series_table(comparison: Comparison) -> Table:
    """Make the table of measures by reporting period, with paired differences."""
    blocks = [
        _series_block(comparison, scenario, name=name)
        for scenario in comparison.scenarios
        for name in comparison.all_series[scenario]
        if np.isfinite(comparison.all_series[scenario][name].mean).any()
    ]
    columns = (
        SCENARIO,
        MEASURE,
        UNIT,
        Column(name="period_start", kind=DAY, says="First day of the reporting period."),
        Column(name="period_days", kind=REAL, says="Length of the period in days."),
        Column(name="mean", kind=REAL, says="Mean over replications."),
        Column(name="low", kind=REAL, says="Lower end of the 95% interval."),
        Column(name="high", kind=REAL, says="Upper end of the 95% interval."),
        Column(name="difference_mean", kind=REAL, says="Mean paired difference from the baseline."),
        Column(name="difference_low", kind=REAL, says="Lower end of the difference's 95% interval."),
        Column(name="difference_high", kind=REAL, says="Upper end of the difference's 95% interval."),
    )
    values: dict[str, Values] = {
        column.name: np.concatenate([block[column.name] for block in blocks]) if blocks else []
        for column in columns
    }
    return table_of("series", "Measures by reporting period, by scenario.", columns=columns, values=values)


def _spread(
    comparison: Comparison, tables: Mapping[str, Mapping[str, Estimate]]
) -> tuple[list[Estimate], dict[str, Values]]:
    """Give the estimates of all scenarios in a row, and the columns that say which they are."""
    found = [(scenario, name, table[name]) for scenario, table in tables.items() for name in comparison.names]
    return [one for _, _, one in found], {
        "scenario": [scenario for scenario, _, _ in found],
        "measure": [name for _, name, _ in found],
        "unit": [comparison.unit(name) for _, name, _ in found],
    }


def _series_block(
    comparison: Comparison, scenario: str, *, name: str
) -> Mapping[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]]:
    """Give the rows of one measure of one scenario."""
    one, other = comparison.series(scenario, name), comparison.series_difference(scenario, name)
    assert one is not None
    periods = one.mean.size
    absent = np.full(periods, np.nan)
    return {
        "scenario": np.full(periods, scenario, dtype=object),
        "measure": np.full(periods, name, dtype=object),
        "unit": np.full(periods, comparison.unit(name), dtype=object),
        "period_start": np.array(one.starts, dtype="datetime64[D]"),
        "period_days": one.days,
        "mean": one.mean,
        "low": one.low,
        "high": one.high,
        "difference_mean": absent if other is None else other.mean,
        "difference_low": absent if other is None else other.low,
        "difference_high": absent if other is None else other.high,
    }
