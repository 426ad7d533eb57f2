"""What a design over a model of stocks alone says: a page, and lines for a terminal."""

from simulator.reports.stock_sweep.page import write_stock_sweep_report
from simulator.reports.stock_sweep.text import stock_sweep_text

__all__ = ["stock_sweep_text", "write_stock_sweep_report"]
