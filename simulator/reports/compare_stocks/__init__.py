"""Several designs over stocks alone on one page."""

from simulator.reports.compare_stocks.page import stocks_together_text, write_stocks_together

__all__ = ["stocks_together_text", "write_stocks_together"]
