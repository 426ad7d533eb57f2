"""What the runs say: measures, comparison, tables."""

from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.analysis.tables import write_tables

__all__ = ["Comparison", "compare", "write_tables"]
