"""The table of staff by scenario, year, organisation, kind and basis: hours and whole-time equivalents."""

from simulator.analysis.comparison import Comparison
from simulator.analysis.measure_tables import SCENARIO, estimated_table
from simulator.analysis.table import DAY, TEXT, Column, Table
from simulator.analysis.workforce import ALL_YEARS

QUANTITIES = ("equivalents", "hours")
COLUMNS = (
    SCENARIO,
    Column(name="what", kind=TEXT, says="level, or difference from the baseline."),
    Column(name="year_from", kind=DAY, says="The first day of the year; the last year may be cut short."),
    Column(name="organisation", kind=TEXT, says="Whose staff; empty: of no organisation."),
    Column(name="staff", kind=TEXT, says="The kind of staff, by its id in the model."),
    Column(name="basis", kind=TEXT, says="posts (by places) or time (by what is done); never added up."),
    Column(name="quantity", kind=TEXT, says="equivalents (whole-time), or hours worked in the year."),
)


def workforce_table(comparison: Comparison) -> Table | None:
    """Make the table; none where the model says nothing of staff."""
    rows = [
        (one, what, quantity, found)
        for one in comparison.workforce
        if one.starts is not ALL_YEARS
        for quantity in QUANTITIES
        for what, found in (
            ("level", getattr(one, quantity).level),
            ("difference", getattr(one, quantity).change),
        )
        if found is not None
    ]
    if not rows:
        return None
    return estimated_table(
        "workforce",
        "Staff in each year, of the part of the place that was run, before any freed bed fills again.",
        columns=COLUMNS,
        values={
            "scenario": [one.scenario for one, _, _, _ in rows],
            "what": [what for _, what, _, _ in rows],
            "year_from": [one.starts for one, _, _, _ in rows],
            "organisation": [one.organisation for one, _, _, _ in rows],
            "staff": [one.kind for one, _, _, _ in rows],
            "basis": [one.basis for one, _, _, _ in rows],
            "quantity": [quantity for _, _, quantity, _ in rows],
        },
        found=[found for _, _, _, found in rows],
    )
