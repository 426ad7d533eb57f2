"""The language of stocks and flows: text into trees, trees into a plan; no time passes here."""

from simulator.equations.parser import parse
from simulator.equations.planning import Unplannable, plan_of
from simulator.equations.system import Formula, Role, System, Timing, Variable
from simulator.equations.tokens import Dialect, Misread

__all__ = [
    "Dialect",
    "Formula",
    "Misread",
    "Role",
    "System",
    "Timing",
    "Unplannable",
    "Variable",
    "parse",
    "plan_of",
]
