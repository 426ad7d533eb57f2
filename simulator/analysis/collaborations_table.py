"""The table of how collaborations went, and of what their members lost."""

from collections.abc import Iterator
from datetime import date

from simulator.analysis.collaborating import Collaborating
from simulator.analysis.comparison import Comparison
from simulator.analysis.intervals import Estimate
from simulator.analysis.measure_tables import SCENARIO, estimate_columns, estimate_values
from simulator.analysis.table import DAY, TEXT, Column, Table, table_of

Row = tuple[Collaborating, date | None, str, Estimate]


def collaborations_table(comparison: Comparison) -> Table | None:
    """Make the table; ``None`` where no intervention depends on a collaboration."""
    rows = [row for one in comparison.collaborating for row in _rows(one)]
    if not rows:
        return None
    said: dict[str, list[object]] = {
        "scenario": [one.scenario for one, _, _, _ in rows],
        "collaboration": [one.collaboration for one, _, _, _ in rows],
        "monday": [day for _, day, _, _ in rows],
        "quantity": [what for _, _, what, _ in rows],
    }
    return table_of(
        "collaborations",
        "Collaborations over time, each from 0 to 1, fidelity relative to a typical one at maturity: a "
        "structured hypothesis. And losses: shares of a month's turnover that nobody made good.",
        columns=(
            SCENARIO,
            Column(name="collaboration", kind=TEXT, says="The collaboration."),
            Column(name="monday", kind=DAY, says="When; empty for means over all months."),
            Column(name="quantity", kind=TEXT, says="What is kept of a week, or loss.<member>."),
            *estimate_columns([found for _, _, _, found in rows]),
        ),
        values=said | estimate_values([found for _, _, _, found in rows]),
    )


def _rows(one: Collaborating) -> Iterator[Row]:
    for what, levels in one.levels.items():
        for day, found in zip(one.days, levels, strict=True):
            yield one, day, what, found
    for member, found in one.losses.items():
        yield one, None, f"loss.{member}", found
