"""What a sweep says: measures by point, differences from the baseline, tables and a summary."""

from simulator.analysis.sweep.asked import sweep_as_asked
from simulator.analysis.sweep.tables import write_sweep_tables

__all__ = ["sweep_as_asked", "write_sweep_tables"]
