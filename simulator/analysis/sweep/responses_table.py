"""The table of response curves: each measure along each value that was varied, as the page draws it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from simulator.analysis.measure_tables import MEASURE, SCENARIO, UNIT
from simulator.analysis.measures import unit
from simulator.analysis.sweep.measuring import names_of
from simulator.analysis.sweep.outputs import DIFFERENCE, LEVEL
from simulator.analysis.sweep.responses import Response, is_grid, responses_of
from simulator.analysis.sweep.sensitivity_tables import KIND, PARAMETER
from simulator.analysis.table import REAL, TEXT, Column, Table, Values, table_of
from simulator.experiment.sweep.results import SweepResults

VALUE = Column(name="value", kind=REAL, says="The value along the curve; absent where it is told in words.")
VALUE_UNIT = Column(name="value_unit", kind=TEXT, says="The unit of the value; empty where it has none.")
WORDS = Column(name="words", kind=TEXT, says="The value, where it is told in words; else empty.")
CURVE = (
    Column(name="mean", kind=REAL, says="The measure there, of the others' values as the design has them."),
    Column(name="low", kind=REAL, says="Lower end of its 95% interval; absent where there is none."),
    Column(name="high", kind=REAL, says="Upper end of its 95% interval; absent where there is none."),
)
MADE = Column(
    name="made", kind=TEXT, says="mean: over the values of the others, on a grid; or fit: to points."
)
MEAN, FIT = "mean", "fit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Curves of one kind: what they are of, by scenario and measure with its unit, and how made.

    ``value_units``: the unit of a path's numbers, where their column does not end with it.
    """

    responses: Sequence[Response]
    kind: str
    scenarios: Sequence[str]
    measures: Sequence[str]
    units: Sequence[str]
    made: str
    value_units: Mapping[str, str] = field(default_factory=dict)


def response_tables(results: SweepResults) -> Iterator[Table]:
    """Make the table of a sweep's curves: levels of all scenarios, and differences; none without a curve."""
    plan = results.plan
    places = range(len(plan.names))
    kinds = [(LEVEL, plan.scenarios), (DIFFERENCE, plan.scenarios[1:])]
    drawn = [
        Drawn(
            responses=responses_of(results, measures=places, kind=kind),
            kind=kind,
            scenarios=scenarios,
            measures=plan.names,
            units=[unit(name) for name in names_of(results)],
            made=MEAN if is_grid(plan.points) else FIT,
        )
        for kind, scenarios in kinds
        if scenarios
    ]
    if any(one.responses for one in drawn):
        yield responses_table(drawn)


def responses_table(drawn: Sequence[Drawn]) -> Table:
    """Make a table of curves: a row a path, scenario, measure and value, where there is a curve."""
    columns = (PARAMETER, SCENARIO, KIND, MEASURE, UNIT, VALUE, VALUE_UNIT, WORDS, *CURVE, MADE)
    rows = [row for one in drawn for response in one.responses for row in _rows(one, response)]
    values: dict[str, Values] = {
        column.name: [row[place] for row in rows] for place, column in enumerate(columns)
    }
    says = "How each measure goes with each value that was varied by itself: the curves of the page."
    return table_of("responses", says, columns=columns, values=values)


def _rows(one: Drawn, response: Response) -> Iterator[tuple[object, ...]]:
    """Give the rows of one path; not-a-number is absent."""
    ending = response.column.removeprefix(response.path).strip("_").replace("_", " ")
    ending = ending or one.value_units.get(response.path, "")
    for place, scenario in enumerate(one.scenarios):
        for measure, (name, its_unit) in enumerate(zip(one.measures, one.units, strict=True)):
            means = response.mean[:, place, measure]
            if np.isnan(means).all():
                continue
            for at, value in enumerate(response.values):
                is_word = isinstance(value, str)
                curve = (getattr(response, column.name)[at, place, measure] for column in CURVE)
                yield (
                    *(response.path, scenario, one.kind, name, its_unit),
                    *(None if is_word else value, ending, value if is_word else ""),
                    *(None if np.isnan(number) else float(number) for number in curve),
                    one.made,
                )
