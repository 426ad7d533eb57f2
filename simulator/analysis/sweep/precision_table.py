"""The table of how well primary differences of a sweep came to be known, point by point."""

from collections.abc import Mapping

import numpy as np

from simulator.analysis.measure_tables import MEASURE, SCENARIO, UNIT
from simulator.analysis.measures import unit
from simulator.analysis.points_table import POINT
from simulator.analysis.sweep.measuring import names_of
from simulator.analysis.sweep.precision import precision_of
from simulator.analysis.table import REAL, TEXT, WHOLE, Column, Table, Values, table_of
from simulator.experiment.sweep.results import SweepResults

OWN = (
    Column(name="replications", kind=WHOLE, says="Replications that were used at the point."),
    Column(name="half_width", kind=REAL, says="Half-width of the difference's 95% interval."),
    Column(name="matters_from", kind=REAL, says="The smallest difference that matters, in what was run."),
    Column(
        name="reached",
        kind=TEXT,
        says="yes or no: whether every primary difference of the point came below it.",
    ),
)


def precision_tables(results: SweepResults) -> tuple[Table, ...]:
    """Make the table; none where replications are a number."""
    found = precision_of(results)
    if found is None:
        return ()
    point, scenario, place = (axis.ravel() for axis in np.indices(found.halves.shape))
    measures = list(found.matters)
    names = [results.plan.names[one] for one in measures]
    units = [unit(names_of(results)[one]) for one in measures]
    values: Mapping[str, Values] = {
        POINT.name: point + 1,
        SCENARIO.name: np.array(results.plan.scenarios[1:], dtype=object)[scenario],
        MEASURE.name: np.array(names, dtype=object)[place],
        UNIT.name: np.array(units, dtype=object)[place],
        "replications": np.array(found.replications)[point],
        "half_width": found.halves.ravel(),
        "matters_from": np.array([*found.matters.values()])[place],
        "reached": np.where(np.array(found.reached)[point], "yes", "no"),
    }
    table = table_of(
        "precision",
        "How well every primary difference is known, where replications go on until it is well enough.",
        columns=(POINT, SCENARIO, MEASURE, UNIT, *OWN),
        values=values,
    )
    return (table,)
