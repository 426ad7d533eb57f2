"""What a search says: lines for a terminal, and a page with a curve."""

from simulator.reports.seek.page import write_seek_report
from simulator.reports.seek.text import seek_text

__all__ = ["seek_text", "write_seek_report"]
