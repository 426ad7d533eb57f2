"""Feedback: which variable of a system moves which, which way, and in which loops."""

from simulator.analysis.feedback.links import Basis, Link, Polarity, links_of
from simulator.analysis.feedback.loops import Loop, Loops, loops_of

__all__ = ["Basis", "Link", "Loop", "Loops", "Polarity", "links_of", "loops_of"]
