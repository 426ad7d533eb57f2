"""Describing a model: what it says, in words, tables and diagrams, before anything is compared."""

from simulator.reports.describe.page import Described, default_page, describe_file, write_description

__all__ = ["Described", "default_page", "describe_file", "write_description"]
