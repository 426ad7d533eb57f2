"""The smallest number that meets a target: what is tried, how surely each meets it, and what is written."""

from simulator.analysis.seek.asked import seek_as_asked
from simulator.analysis.seek.tables import write_seek_tables

__all__ = ["seek_as_asked", "write_seek_tables"]
