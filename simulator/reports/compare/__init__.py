"""Several results folders on one page."""

from simulator.reports.compare.page import together_text, write_together

__all__ = ["together_text", "write_together"]
