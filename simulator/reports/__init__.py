"""Reports: what the runs say, in words a planner can use, on one self-contained page."""

from simulator.reports.answers import answer_text
from simulator.reports.closing import left_over_line
from simulator.reports.page import report_html, write_report

__all__ = ["answer_text", "left_over_line", "report_html", "write_report"]
