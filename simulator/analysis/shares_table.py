"""The table of what each of several interventions adds to a difference."""

from simulator.analysis.comparison import Comparison
from simulator.analysis.measure_tables import MEASURE, SCENARIO, UNIT, estimated_table
from simulator.analysis.table import TEXT, Column, Table

QUANTITIES = ("share", "alone", "last")


def shares_table(comparison: Comparison) -> Table | None:
    """Make the table; ``None`` where no scenario has all its parts in the experiment."""
    rows = [(one, what) for one in comparison.shared_out for what in QUANTITIES]
    if not rows:
        return None
    return estimated_table(
        "shares",
        "What each intervention adds to a scenario of several: its Shapley share of the difference from the "
        "baseline, its difference alone, and what it adds last, when all others are on.",
        columns=(
            SCENARIO,
            MEASURE,
            UNIT,
            Column(name="intervention", kind=TEXT, says="The intervention."),
            Column(name="quantity", kind=TEXT, says="share, alone or last."),
        ),
        values={
            "scenario": [one.scenario for one, _ in rows],
            "measure": [one.measure for one, _ in rows],
            "unit": [comparison.unit(one.measure) for one, _ in rows],
            "intervention": [one.intervention for one, _ in rows],
            "quantity": [what for _, what in rows],
        },
        found=[getattr(one, what) for one, what in rows],
    )
