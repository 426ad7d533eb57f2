"""The table of gaps between the most and the least deprived."""

from simulator.analysis.comparison import Comparison
from simulator.analysis.gaps import Gap, gaps
from simulator.analysis.intervals import ABSENT, Estimate
from simulator.analysis.measure_tables import MEASURE, SCENARIO, UNIT
from simulator.analysis.table import REAL, TEXT, Column, Table, Values, table_of

SAYS = {
    "most_deprived": "Figure of the most deprived quintile",
    "least_deprived": "Figure of the least deprived quintile",
    "gap": "Most deprived less least deprived",
    "ratio": "Most deprived over least deprived",
    "gap_difference": "Gap less the baseline's, replication by replication",
    "ratio_difference": "Ratio less the baseline's, replication by replication",
}
ENDS = {"mean": "mean over replications", "low": "lower end of the 95% interval", "high": "upper end"}


def gaps_table(comparison: Comparison) -> Table | None:
    """Make the table of gaps; ``None`` where the model does not say who lives in which quintile."""
    found = gaps(comparison)
    if not found:
        return None
    columns = [
        Column(name=f"{part}_{end}", kind=REAL, says=f"{said}: {ENDS[end]}.")
        for part, said in SAYS.items()
        for end in ENDS
    ]
    values: dict[str, Values] = {
        SCENARIO.name: [one.scenario for one in found],
        "aim": [one.row.aim for one in found],
        MEASURE.name: [one.row.name.text for one in found],
        "per_people": [one.row.heads for one in found],
        UNIT.name: [comparison.unit(one.row.name.text) for one in found],
    }
    for part in SAYS:
        for end in ENDS:
            values[f"{part}_{end}"] = [getattr(_part(one, part), end) for one in found]
    return table_of(
        "gaps",
        "The gap between the most and the least deprived quintile, by aim: health, care, finance.",
        columns=(
            SCENARIO,
            Column(name="aim", kind=TEXT, says="health, care or finance."),
            MEASURE,
            Column(name="per_people", kind=REAL, says="For so many people; 0 where it is not per person."),
            UNIT,
            *columns,
        ),
        values=values,
    )


def _part(one: Gap, part: str) -> Estimate:
    found = {
        "most_deprived": one.most,
        "least_deprived": one.least,
        "gap": one.absolute,
        "ratio": one.relative,
        "gap_difference": one.change,
        "ratio_difference": one.change_relative,
    }[part]
    return ABSENT if found is None else found
