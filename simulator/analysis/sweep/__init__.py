"""What a sweep says: measures by point, differences from the baseline, what drives them, and its tables."""

from simulator.analysis.sweep.asked import load_sweep, sweep_as_asked
from simulator.analysis.sweep.tables import write_sweep_tables

__all__ = ["load_sweep", "sweep_as_asked", "write_sweep_tables"]
