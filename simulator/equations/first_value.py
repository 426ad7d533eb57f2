"""What an equation comes to at the start, told from the equations alone: plain arithmetic, no delays."""

from dataclasses import dataclass, field
from itertools import pairwise

from simulator.equations.lookups import Lookup, Outside
from simulator.equations.lowering import folded
from simulator.equations.system import System
from simulator.equations.tokens import Misread
from simulator.equations.tree import Call, Name, Number, Tree, rebuilt

CLOCK = "time"


def first_value(system: System, key: str) -> float | None:
    """Give the first value of a plain variable; nothing where plain arithmetic does not tell it."""
    try:
        return _Start(system).of(key)
    except (Misread, ArithmeticError, LookupError, TypeError, RecursionError):
        return None


@dataclass(frozen=True)
class _Start:
    """The start of a system, as far as it has been asked for."""

    system: System
    known: dict[str, float] = field(default_factory=dict)

    def of(self, key: str) -> float:
        """Give the first value of a variable; raises ``LookupError`` where it cannot be told."""
        if key not in self.known:
            variable = self.system.variables[key]
            if variable.over or len(variable.formulas) != 1 or variable.formulas[0].lookup is not None:
                raise LookupError(key)
            found = self._worked_out(variable.formulas[0].tree)
            if not isinstance(found, Number):
                raise LookupError(key)
            self.known[key] = found.value
        return self.known[key]

    def _worked_out(self, tree: Tree) -> Tree:
        if isinstance(tree, Name) and not tree.subscripts:
            return Number(self.system.timing.start if tree.name == CLOCK else self.of(tree.name))
        inside = rebuilt(tree, self._worked_out)
        if isinstance(inside, Call) and inside.function in self.system.lookups:
            at = inside.arguments[0]
            if isinstance(at, Number):
                return Number(_height(self.system.lookups[inside.function], at.value))
        return folded(inside)


def _height(lookup: Lookup, at: float) -> float:
    """Read a lookup between its points; beyond them its ends."""
    points = list(zip(lookup.xs, lookup.ys, strict=True))
    if lookup.outside is not Outside.HOLD:
        raise LookupError("another curve")
    for (left, low), (right, high) in pairwise(points):
        if left <= at < right:
            return low + (high - low) * (at - left) / (right - left)
    return points[0][1] if at < points[0][0] else points[-1][1]
