"""The readable people engine: the specification, on SimPy."""

from simulator.engines.readable.engine import run_readable

__all__ = ["run_readable"]
