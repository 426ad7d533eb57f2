"""Plain stocks carried on by Euler's method, number by number: what is to be known before anything is run.

The stock engine (``engines/stocks``) stands above this floor. Both follow one plan in one order, so that both
come to the same bits; a test holds them equal.
"""

from collections.abc import Callable, Mapping
from typing import Any

from simulator.equations.meanings import value_of
from simulator.equations.plan import CLOCK, MOMENT, START_TIME, STEP, STOP_TIME, TIME, Assign, Plan
from simulator.equations.system import Timing
from simulator.equations.tree import Binary, Call, Choice, Number, Slot, Tree, Unary

Values = list[float]
Work = Callable[[Values], float]


class Carried:
    """One run of a plan of plain stocks, at one moment; no arrays, delays or tables in it."""

    def __init__(self, plan: Plan, inputs: Mapping[str, float]) -> None:
        self._plan, self._timing, self._moment = plan, plan.system.timing, 0
        self._values: Values = [0.0] * plan.slots
        self._values[:CLOCK] = _clock(self._timing)
        for name, value in inputs.items():
            self.set(name, value)
        self._each = [(row_of(one), work_of(one)) for one in self._plan.each if isinstance(one, Assign)]
        for one in self._plan.first:
            assert isinstance(one, Assign), one
            self._values[row_of(one)] = work_of(one)(self._values)

    def set(self, name: str, value: float) -> None:
        """Set an input; it holds until it is set again."""
        self._values[self._plan.places[name]] = value

    def read(self, name: str) -> float:
        """Read anything as it is now."""
        return self._values[self._plan.places[name]]

    def advance(self) -> None:
        """Carry the stocks on by one step, and fill everything at its end."""
        self._follow()
        net = dict.fromkeys(self._plan.stocks, 0.0)
        for link in self._plan.links:
            net[link.stock] += link.sign * self._values[link.flow]
        for stock, change in net.items():
            self._values[stock] += self._values[STEP] * change
        self._moment += 1
        self._follow()

    def _follow(self) -> None:
        now = self._timing.start + self._moment * self._timing.step
        self._values[TIME] = self._values[MOMENT] = now
        for row, work in self._each:
            self._values[row] = work(self._values)


def _clock(timing: Timing) -> Values:
    found = [0.0] * CLOCK
    found[TIME] = found[MOMENT] = found[START_TIME] = timing.start
    found[STEP], found[STOP_TIME] = timing.step, timing.stop
    return found


def row_of(operation: Assign) -> int:
    """Give the row that an operation fills."""
    assert not operation.loops, operation
    return operation.target.base


def work_of(operation: Assign) -> Work:
    """Make the function of an operation, held at nought where it says so."""
    work = _work(operation.tree)
    return (lambda values: max(0.0, work(values))) if operation.has_floor else work


def _work(tree: Tree) -> Work:
    """Make the function of a tree."""
    match tree:
        case Number(value=value):
            return lambda values: value
        case Slot(base=base):
            return lambda values: values[base]
        case Unary(operator="-", operand=operand):
            inner = _work(operand)
            return lambda values: -inner(values)
        case Binary(operator=operator, left=left, right=right):
            return _binary(operator, _work(left), right=_work(right))
        case Call(function=function, arguments=arguments):
            parts = [_work(one) for one in arguments]
            return lambda values: value_of(function, *[part(values) for part in parts])
        case Choice(condition=condition, then=then, otherwise=otherwise):
            asked, yes, no = _work(condition), _work(then), _work(otherwise)
            return lambda values: yes(values) if asked(values) != 0.0 else no(values)
    raise AssertionError(f"{tree} is not among plain arithmetic.")


def _binary(operator: str, left: Work, *, right: Work) -> Work:
    plain: Mapping[str, Any] = {
        "+": lambda values: left(values) + right(values),
        "-": lambda values: left(values) - right(values),
        "*": lambda values: left(values) * right(values),
        "/": lambda values: left(values) / right(values),
    }
    found: Work = plain[operator]
    return found
