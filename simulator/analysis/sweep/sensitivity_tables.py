"""The tables of what drives a sweep's outputs: screening, indices, shares, worth of knowing, two levels."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.measure_tables import MEASURE, SCENARIO, UNIT
from simulator.analysis.sensitivity.elementary import Screening
from simulator.analysis.sensitivity.sobol_indices import Indices
from simulator.analysis.sweep.sensitivity import Explained, Knowledge, Sensitivity
from simulator.analysis.table import REAL, TEXT, WHOLE, Column, Table, Values, table_of

Floats = NDArray[np.float64]

KIND = Column(name="kind", kind=TEXT, says="level, or difference from the baseline of the same run.")
PARAMETER = Column(name="parameter", kind=TEXT, says="The dotted path of the value.")
SCREENING = (
    Column(name="mu", kind=REAL, says="Mean elementary effect, over the whole range of the value."),
    Column(name="mu_star", kind=REAL, says="Mean size of the elementary effects."),
    Column(name="sigma", kind=REAL, says="Standard deviation of the elementary effects."),
    Column(name="low", kind=REAL, says="Lower end of the 95% interval of mu_star."),
    Column(name="high", kind=REAL, says="Upper end of the 95% interval of mu_star."),
)
INDICES = (
    Column(name="first", kind=REAL, says="First-order Sobol' index: share of variance explained alone."),
    Column(name="first_low", kind=REAL, says="Lower end of its 95% interval."),
    Column(name="first_high", kind=REAL, says="Upper end of its 95% interval."),
    Column(name="total", kind=REAL, says="Total Sobol' index: share explained alone and with others."),
    Column(name="total_low", kind=REAL, says="Lower end of its 95% interval."),
    Column(name="total_high", kind=REAL, says="Upper end of its 95% interval."),
)
OVER = Column(name="over", kind=TEXT, says="draws of uncertain parameters, or points of the design.")
SHARES = (
    Column(name="share", kind=REAL, says="Share of the output's variance that this value alone explains."),
    Column(name="share_low", kind=REAL, says="Lower end of its 95% interval."),
    Column(name="share_high", kind=REAL, says="Upper end of its 95% interval."),
    Column(name="by_chance", kind=REAL, says="Probability of so good a fit if the value did nothing."),
    Column(name="at_low", kind=REAL, says="Output expected at the value's 10th centile."),
    Column(name="at_high", kind=REAL, says="Output expected at the value's 90th centile."),
    Column(name="swing", kind=REAL, says="at_high less at_low."),
    Column(name="swing_low", kind=REAL, says="Lower end of its 95% interval."),
    Column(name="swing_high", kind=REAL, says="Upper end of its 95% interval."),
)


def sensitivity_tables(found: Sensitivity) -> Iterator[Table]:
    """Make the tables that a sweep has figures for."""
    if found.screening is not None:
        yield _by_path(
            found,
            found.screening,
            columns=SCREENING,
            says="Elementary effects of each value varied (Morris).",
            name="screening",
        )
    if found.indices is not None:
        says = f"Sobol' indices of each value varied. {found.few}".rstrip()
        yield _by_path(found, found.indices, columns=INDICES, says=says, name="indices")
    if found.explained:
        yield _shares(found)
    if found.knowledge:
        yield _knowledge(found.knowledge)
    if found.parameters_share is not None:
        yield _two_levels(found, found.parameters_share)


def _by_path(
    found: Sensitivity, made: Screening | Indices, *, columns: Sequence[Column], says: str, name: str
) -> Table:
    """Make a table of arrays (paths, outputs)."""
    paths, outputs = np.indices((len(found.paths), len(found.outputs)))
    values = _keys(found, outputs.ravel()) | {
        PARAMETER.name: np.array(found.paths, dtype=object)[paths.ravel()]
    }
    values |= {column.name: getattr(made, column.name).ravel() for column in columns}
    return table_of(name, says, columns=(*_KEYS, PARAMETER, *columns), values=values)


def _shares(found: Sensitivity) -> Table:
    """Make the table of what single values explain."""
    rows = [
        (part, path, place) for part in found.explained for path in part.shares for place in _places(found)
    ]
    values = _keys(found, np.array([place for _, _, place in rows]))
    values |= {
        PARAMETER.name: [path for _, path, _ in rows],
        OVER.name: [part.over for part, _, _ in rows],
        RUNS.name: [part.runs for part, _, _ in rows],
    }
    values |= {column.name: np.concatenate(list(_column(found.explained, column.name))) for column in SHARES}
    return table_of(
        "shares_of_variance",
        "What each value alone explains of each output: a polynomial of its rank, adjusted for chance.",
        columns=(*_KEYS, PARAMETER, OVER, RUNS, *SHARES),
        values=values,
    )


def _column(explained: Sequence[Explained], name: str) -> Iterator[Floats]:
    for part in explained:
        for one in part.shares.values():
            yield np.asarray(getattr(one, name)).ravel()


def _knowledge(rows: Sequence[Knowledge]) -> Table:
    """Make the table of what knowing would be worth."""
    columns = (
        MEASURE,
        UNIT,
        PARAMETER,
        Column(name="best_scenario", kind=TEXT, says="The scenario that is best on average."),
        Column(name="worth", kind=REAL, says="Expected value of (partial) perfect information."),
        Column(name="by_chance", kind=REAL, says="What the same comes to of a value that does nothing."),
    )
    values: dict[str, Values] = {
        MEASURE.name: [one.output.spelt for one in rows],
        UNIT.name: [one.output.unit for one in rows],
        PARAMETER.name: [one.parameter for one in rows],
        "best_scenario": [one.is_best for one in rows],
        "worth": [one.value for one in rows],
        "by_chance": [one.by_chance for one in rows],
    }
    says = "What it is worth, for choosing a scenario by one measure, to know a value exactly."
    return table_of("worth_of_knowing", says, columns=columns, values=values)


def _two_levels(found: Sensitivity, share: Floats) -> Table:
    """Make the table of doubt and chance."""
    columns = (
        *_KEYS,
        Column(name="parameters_share", kind=REAL, says="Share of a run's variance between draws."),
        Column(name="chance_share", kind=REAL, says="Share between replications of a draw."),
    )
    values = _keys(found, np.arange(len(found.outputs)))
    values |= {"parameters_share": share, "chance_share": 1 - share}
    return table_of("two_levels", "Doubt about parameters, and chance.", columns=columns, values=values)


RUNS = Column(name="runs", kind=WHOLE, says="How many draws or points there are.")
_KEYS = (SCENARIO, KIND, MEASURE, UNIT)


def _places(found: Sensitivity) -> range:
    return range(len(found.outputs))


def _keys(found: Sensitivity, places: NDArray[np.int64]) -> dict[str, Values]:
    """Give the columns that say which output a row is of."""
    outputs = [found.outputs[place] for place in places.tolist()]
    return {
        SCENARIO.name: [one.scenario for one in outputs],
        KIND.name: [one.kind for one in outputs],
        MEASURE.name: [one.spelt for one in outputs],
        UNIT.name: [one.unit for one in outputs],
    }
