"""The table of measures by segment, locality and quintile of deprivation."""

from simulator.analysis.comparison import Comparison
from simulator.analysis.intervals import ABSENT
from simulator.analysis.measure_tables import MEASURE, SCENARIO, UNIT, estimate_columns, estimate_values
from simulator.analysis.table import REAL, TEXT, Column, Table, Values, table_of

PARTS = (
    Column(name="family", kind=TEXT, says="need, activity, clock or people."),
    Column(name="of", kind=TEXT, says="The need, activity, clock or segment."),
    Column(name="dimension", kind=TEXT, says="segment, locality or quintile (1 most deprived)."),
    Column(name="group", kind=TEXT, says="The group that the measure is confined to."),
)
DIFFERENCES = (
    Column(name="difference_mean", kind=REAL, says="Mean paired difference from the baseline."),
    Column(name="difference_low", kind=REAL, says="Lower end of the difference's 95% interval."),
    Column(name="difference_high", kind=REAL, says="Upper end of the difference's 95% interval."),
)


def groups_table(comparison: Comparison) -> Table:
    """Make the table of needs, starts, waits and people by group, with paired differences."""
    rows = [
        (scenario, shown, name, comparison.differences.get(scenario, {}).get(shown, ABSENT))
        for scenario in comparison.scenarios
        for shown, name in comparison.cuts.items()
    ]
    values: dict[str, Values] = {
        "scenario": [row[0] for row in rows],
        "measure": [row[1] for row in rows],
        "family": [row[2].family for row in rows],
        "of": [row[2].subject for row in rows],
        "dimension": [row[2].cuts[0].dimension for row in rows],
        "group": [row[2].cuts[0].value for row in rows],
        "unit": [comparison.unit(row[1]) for row in rows],
        "difference_mean": [row[3].mean for row in rows],
        "difference_low": [row[3].low for row in rows],
        "difference_high": [row[3].high for row in rows],
    }
    found = [comparison.measures[row[0]][row[1]] for row in rows]
    return table_of(
        "groups",
        "Needs, starts, waits, clocks and people by segment, locality and quintile of deprivation.",
        columns=(SCENARIO, MEASURE, *PARTS, UNIT, *estimate_columns(found), *DIFFERENCES),
        values=values | estimate_values(found),
    )
