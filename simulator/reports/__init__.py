"""Reports: what the runs say, in words a planner can use, on one self-contained page."""

from simulator.reports.answers import answer_text
from simulator.reports.page import report_html, write_report

__all__ = ["answer_text", "report_html", "write_report"]
