"""The table of what was drawn of each uncertain parameter in each draw."""

from collections.abc import Mapping

from simulator.analysis.columns import number_and_unit
from simulator.analysis.measure_tables import DRAW, UNIT
from simulator.analysis.table import REAL, TEXT, Column, Table, Values, table_of


def drawn_table(drawn: Mapping[int, Mapping[str, object]]) -> Table:
    """Make the table of what each draw drew, by draw and parameter."""
    rows = [
        (draw, path, *number_and_unit(value))
        for draw, values in drawn.items()
        for path, value in values.items()
    ]
    columns = (
        DRAW,
        Column(name="parameter", kind=TEXT, says="The dotted path of the parameter."),
        Column(name="value", kind=REAL, says="What was drawn, for the baseline at the first point."),
        UNIT,
    )
    values: dict[str, Values] = {
        column.name: [row[place] for row in rows] for place, column in enumerate(columns)
    }
    return table_of("draws", "What each draw drew of each parameter.", columns=columns, values=values)
