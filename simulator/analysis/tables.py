"""Write what a comparison says beside the results: tidy tables and the summary."""

from simulator.analysis.cash_tables import cash_tables
from simulator.analysis.collaborations_table import collaborations_table
from simulator.analysis.comparison import Comparison
from simulator.analysis.contract_tables import contract_tables
from simulator.analysis.drawn_table import drawn_table
from simulator.analysis.gaps_table import gaps_table
from simulator.analysis.groups_table import groups_table
from simulator.analysis.joint_tables import joint_tables
from simulator.analysis.log_table import log_table
from simulator.analysis.measure_tables import (
    differences_table,
    measures_table,
    replications_table,
    series_table,
)
from simulator.analysis.moves_table import moves_table
from simulator.analysis.other_tables import (
    counts_table,
    enrolments_table,
    hours_table,
    instants_table,
    needs_table,
)
from simulator.analysis.shares_table import shares_table
from simulator.analysis.summary import summary_text
from simulator.analysis.table import Table
from simulator.analysis.table_files import SUMMARY, write_table_files
from simulator.analysis.workforce_table import workforce_table
from simulator.experiment.files import write_whole
from simulator.experiment.sweep.run import drawn_in


def all_tables(comparison: Comparison) -> tuple[Table, ...]:
    """Make every table; the log only where one was asked for."""
    made = (
        measures_table(comparison),
        differences_table(comparison),
        series_table(comparison),
        replications_table(comparison),
        groups_table(comparison),
        gaps_table(comparison),
        needs_table(comparison),
        moves_table(comparison),
        enrolments_table(comparison),
        hours_table(comparison),
        counts_table(comparison),
        instants_table(comparison),
        log_table(comparison.results),
        *contract_tables(comparison),
        *cash_tables(comparison),
        *joint_tables(comparison),
        workforce_table(comparison),
        shares_table(comparison),
        _drawn(comparison),
        collaborations_table(comparison),
    )
    return tuple(table for table in made if table is not None)


def _drawn(comparison: Comparison) -> Table | None:
    """Make the table of what each draw drew; none where all values are central."""
    plan = comparison.results.plan
    return None if plan is None else drawn_table(drawn_in(plan))


def write_tables(comparison: Comparison) -> None:
    """Write ``tables/`` and ``summary.json`` into the results folder; raise ``OutputError`` if it cannot.

    Each file is replaced whole, the summary last: where it is, all else is.
    """
    results = comparison.results
    write_table_files(results.folder, all_tables(comparison), experiment=results.manifest.experiment)
    write_whole(results.folder / SUMMARY, summary_text(comparison).encode())
