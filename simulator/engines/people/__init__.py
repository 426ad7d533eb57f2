"""The compiled people engine's own side: a program laid out for the kernels, a run driven and written up."""

from simulator.engines.people.simulation import Simulation

__all__ = ["Simulation"]
