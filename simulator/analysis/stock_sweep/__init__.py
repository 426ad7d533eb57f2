"""A design over a model of stocks alone: run into a folder, what drives its measures, and its tables."""

from simulator.analysis.stock_sweep.asked import StockSweep, stock_sweep_as_asked
from simulator.analysis.stock_sweep.tables import write_stock_sweep_tables

__all__ = ["StockSweep", "stock_sweep_as_asked", "write_stock_sweep_tables"]
