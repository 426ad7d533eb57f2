"""An equation in its place: names become slots, lookups become tables, and what is unknown is told."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simulator.equations.functions import FIXED_NAMES, FUNCTIONS, TIME_NAMES, Group, meant
from simulator.equations.meanings import value_of
from simulator.equations.naming import Index, dimension_of, elements_of, indices_of
from simulator.equations.plan import MOMENT, START_TIME, STEP, STOP_TIME, TIME
from simulator.equations.system import Formula, System, Variable
from simulator.equations.tokens import Misread
from simulator.equations.tree import (
    COMPARISONS,
    NOUGHT,
    Binary,
    Call,
    Choice,
    Name,
    Number,
    Reading,
    Slot,
    Tree,
    Unary,
    rebuilt,
)
from simulator.equations.unknown import unknown_function, unknown_name

CLOCKS = {"time": TIME, "dt": STEP, "starttime": START_TIME, "stoptime": STOP_TIME}


class NotEven(Exception):
    """Say that a subscript does not move evenly with its loop, so that the loop must be written out."""


@dataclass(frozen=True, slots=True)
class Lowering:
    """What is known where an equation stands: the system, where variables and tables lie, the open loops."""

    system: System
    places: Mapping[str, int]
    tables: Mapping[str, int]
    instead: Mapping[str, int]
    loops: tuple[str, ...] = ()

    def tree(self, tree: Tree) -> Tree:
        """Lower a tree; numbers alone are worked out at once."""
        if isinstance(tree, Name):
            return self._name(tree)
        if isinstance(tree, Call):
            return self._call(tree)
        return folded(rebuilt(tree, self.tree))

    def slot(self, name: Name) -> Slot:
        """Find the slot of a variable. Raises :class:`NotEven` where its rows do not lie evenly."""
        variable = self.system.variables[name.name]
        indices = indices_of(name, variable, loops=self.loops, system=self.system)
        base = self.instead.get(name.name, self.places[name.name])
        return self._slot(base, indices)

    def through(self, tree: Tree, variable: Variable, *, formula: Formula) -> Tree:
        """Read a variable's own lookup at what its equation gives."""
        place = variable.formulas.index(formula) if formula in variable.formulas else 0
        return Reading(self.tables[variable.key] + place, (0,) * len(self.loops), tree)

    def own_slot(self, variable: Variable, element: tuple[str, ...] = ()) -> Slot:
        """Find the slot of a variable's own equation, or of one of its elements."""
        indices = (
            tuple(
                Index(dimension, element=self.system.dimensions[dimension].index(one))
                for dimension, one in zip(variable.over, element, strict=True)
            )
            if element
            else tuple(Index(one, loop=loop) for one, loop in zip(variable.over, self.loops, strict=False))
        )
        return self._slot(self.places[variable.key], indices)

    def _slot(self, base: int, indices: Iterable[Index]) -> Slot:
        base, strides = self._moved(base, tuple(indices))
        return Slot(base, strides)

    def _moved(self, base: int, indices: tuple[Index, ...]) -> tuple[int, tuple[int, ...]]:
        strides = [0] * len(self.loops)
        size = 1
        for index in reversed(indices):
            elements = self.system.dimensions[index.dimension]
            if index.loop is None:
                base += size * (index.element or 0)
            else:
                first, apart = even(elements, elements_of(self.system, index.loop))
                base += size * first
                strides[self.loops.index(index.loop)] += size * apart
            size *= len(elements)
        return base, tuple(strides)

    def _name(self, name: Name) -> Tree:
        if name.name in self.system.variables:
            return self.slot(name)
        if name.name in TIME_NAMES:
            return Slot(CLOCKS[TIME_NAMES[name.name]])
        if name.name in FIXED_NAMES:
            return Number(FIXED_NAMES[name.name])
        if name.name in self.system.lookups:
            raise Misread(f"'{name.name}' is a lookup; say where to read it: {name.name}(x).")
        raise Misread(unknown_name(name.name, self.system))

    def _call(self, call: Call) -> Tree:
        if call.function in self.tables:
            return self._reading(call.function, call)
        function = meant(call.function)
        if function == "lookup":
            return self._lookup(call)
        if call.function in self.system.variables:
            raise Misread(f"'{call.function}' is a variable and no lookup; it cannot be read at a place.")
        if not call.arguments and (call.function in FIXED_NAMES or call.function in TIME_NAMES):
            return self._name(Name(call.function))
        if function not in FUNCTIONS:
            raise Misread(unknown_function(call.function, self.system))
        arguments = tuple(self.tree(one) for one in call.arguments)
        return _completed(function, arguments)

    def _lookup(self, call: Call) -> Tree:
        table = call.arguments[0]
        if not isinstance(table, Name) or table.name not in self.tables:
            found = f"'{table.name}' is none" if isinstance(table, Name) else "found an equation"
            raise Misread(f"lookup(table, x) reads one of the lookups; {found}.")
        return self._reading(table.name, Call(table.name, call.arguments[1:], table.subscripts))

    def _reading(self, name: str, call: Call) -> Tree:
        if len(call.arguments) != 1:
            raise Misread(f"the lookup '{name}' is read at one place; it is given {len(call.arguments)}.")
        table, strides = self.tables[name], (0,) * len(self.loops)
        variable = self.system.variables.get(name)
        if variable is not None and variable.over and len(variable.formulas) > 1:
            indices = indices_of(Name(name, call.subscripts), variable, loops=self.loops, system=self.system)
            table, strides = self._moved(table, indices)
        return Reading(table, strides, self.tree(call.arguments[0]))


def even(elements: tuple[str, ...], looped: tuple[str, ...]) -> tuple[int, int]:
    """Give where a loop's elements begin among others, and how far apart they lie there."""
    places = [elements.index(one) for one in looped]
    apart = places[1] - places[0] if len(places) > 1 else 0
    if any(place != places[0] + at * apart for at, place in enumerate(places)):
        raise NotEven
    return places[0], apart


def folded(tree: Tree) -> Tree:
    """Work out a tree whose parts are all numbers. Raises :class:`Misread` where that gives none."""
    if isinstance(tree, Unary) and isinstance(tree.operand, Number):
        value = -tree.operand.value if tree.operator == "-" else float(tree.operand.value == 0)
        return Number(value)
    if isinstance(tree, Binary) and isinstance(tree.right, Number):
        if tree.operator == "/" and tree.right.value == 0:
            raise Misread("divides by 0, always.")
        if isinstance(tree.left, Number):
            return _finite(_joined(tree.operator, tree.left.value, right=tree.right.value), tree.operator)
    if isinstance(tree, Call) and FUNCTIONS[tree.function].group is not Group.TIME:
        numbers = [one.value for one in tree.arguments if isinstance(one, Number)]
        if len(numbers) == len(tree.arguments):
            return _finite(value_of(tree.function, *numbers), tree.function)
    if isinstance(tree, Choice) and isinstance(tree.condition, Number):
        return tree.then if tree.condition.value else tree.otherwise
    return tree


def _finite(value: float, of: str) -> Number:
    if not math.isfinite(value):
        raise Misread(f"'{of}' of these numbers is {value}, not a finite number.")
    return Number(value)


def _joined(operator: str, left: float, *, right: float) -> float:
    if operator == "^":
        return value_of("^", left, right)
    if operator == "mod":
        return value_of("modulo", left, right)
    if operator in ("+", "-", "*", "/"):
        return {"+": left + right, "-": left - right, "*": left * right}.get(
            operator, left / (right or math.nan)
        )
    if operator in ("and", "or"):
        both = left != 0 and right != 0
        return float(both if operator == "and" else left != 0 or right != 0)
    assert operator in COMPARISONS
    said = {"=": left == right, "<>": left != right, "<": left < right, "<=": left <= right}
    return float(said.get(operator, left > right if operator == ">" else left >= right))


def _completed(function: str, arguments: tuple[Tree, ...]) -> Tree:
    """Make a call whole: what it needs and an equation does not say is its last argument, or the clock."""
    if function == "safediv":
        return _safe_division(*arguments)
    if function == "pulse":
        every = arguments[2:] or (NOUGHT,)
        return Call(function, (*arguments[:2], *every, Slot(MOMENT), Slot(STEP)))
    if function == "ramp":
        end = arguments[2:] or (Slot(STOP_TIME),)
        return Call(function, (*arguments[:2], *end, Slot(TIME)))
    if function == "step":
        return Call(function, (*arguments, Slot(TIME), Slot(MOMENT), Slot(STEP)))
    return folded(Call(function, arguments))


def _safe_division(above: Tree, below: Tree, *rest: Tree) -> Tree:
    other = rest[0] if rest else NOUGHT
    if isinstance(below, Number):
        return other if below.value == 0 else folded(Binary("/", above, below))
    return Choice(Binary("=", below, NOUGHT), other, Binary("/", above, below))


def loop_sizes(system: System, loops: tuple[str, ...]) -> tuple[int, ...]:
    """Count the elements of each loop."""
    return tuple(len(system.dimensions[dimension_of(one)]) for one in loops)
