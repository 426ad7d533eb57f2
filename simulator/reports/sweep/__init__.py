"""What a sweep says: a page, and lines for a terminal."""

from simulator.reports.sweep.page import write_sweep_report
from simulator.reports.sweep.text import sweep_text

__all__ = ["sweep_text", "write_sweep_report"]
