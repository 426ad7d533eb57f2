"""Whether the units of a system's equations agree.

A number written in an equation takes whatever unit is needed there, and so does a variable without one: give
a constant a name and a unit to have it checked.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from simulator.equations.functions import FUNCTIONS, TIME_NAMES, Group, meant
from simulator.equations.limiting import ends_of
from simulator.equations.measure import NUMBER, Unit, parse_unit
from simulator.equations.system import Complaint, System
from simulator.equations.tokens import Misread
from simulator.equations.tree import COMPARISONS, Binary, Call, Choice, Name, Tree, Unary, constant_in

# Functions whose argument and result are plain numbers; their first argument's unit; that of a rate of
# change.
OF_NUMBERS = ("exp", "ln", "log10", "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh")
OF_THE_FIRST = (
    "abs",
    "int",
    "round",
    "step",
    "delay",
    "delay1",
    "delay3",
    "delayn",
    "smth1",
    "smth3",
    "smthn",
)
ALSO_OF_THE_FIRST = ("previous", "init", "sum", "mean", "min", "max", "forcst")
TIMES_AT = {
    "step": (1,),
    "ramp": (1, 2),
    "pulse": (1, 2),
    "delay": (1,),
    "delay1": (1,),
    "delay3": (1,),
    "delayn": (1,),
    "smth1": (1,),
    "smth3": (1,),
    "smthn": (1,),
    "trend": (1,),
    "forcst": (1, 2),
}


def complaints_of_units(system: System) -> list[Complaint]:
    """List equations whose units do not agree, and flows whose unit is not their stock's by time."""
    units, time = _units(system), parse_unit(system.timing.unit)
    checker = _Checker(system, units, time)
    found = list(_ends(system, units, time=time))
    for variable in system.variables.values():
        for formula in variable.formulas:
            try:
                got = checker.unit(formula.tree)
                if formula.lookup is None:
                    checker.agree(units.get(variable.key), got, what=f"'{variable.name}' is declared in")
            except Misread as wrong:
                found.append((formula.way or variable.way, str(wrong)))
    return found


def _units(system: System) -> dict[str, Unit]:
    found = {}
    for variable in system.variables.values():
        if variable.unit is not None:
            found[variable.key] = parse_unit(variable.unit)
    return found


def _ends(system: System, units: Mapping[str, Unit], *, time: Unit) -> Iterator[Complaint]:
    for key, pairs in ends_of(system).items():
        flow = system.variables.get(key)
        if flow is None or key not in units:
            continue
        for end in (one for pair in pairs for one in pair if one in units):
            wanted = units[end].times(time, -1)
            if units[key].powers != wanted.powers:
                stock = system.variables[end]
                way = (*flow.way, "unit") if flow.way else ()
                said = f"'{flow.name}' is in {units[key]}, but '{stock.name}' is in {units[end]}"
                yield way, f"{said}; its flows must be in {wanted}."
                break


class _Checker:
    """The unit of every part of an equation; ``None`` where it may be any."""

    def __init__(self, system: System, units: Mapping[str, Unit], time: Unit) -> None:
        self._system = system
        self._units = units
        self._time = time

    def agree(self, one: Unit | None, other: Unit | None, *, what: str) -> None:
        if one is not None and other is not None and one.powers != other.powers:
            raise Misread(f"{what} {one}, and what stands beside it is in {other}; units must agree.")

    def unit(self, tree: Tree) -> Unit | None:
        if isinstance(tree, Name):
            return self._time if tree.name in TIME_NAMES else self._units.get(tree.name)
        if isinstance(tree, Unary):
            return self.unit(tree.operand)
        if isinstance(tree, Binary):
            return self._binary(tree)
        if isinstance(tree, Choice):
            self.unit(tree.condition)
            return self._alike(tree.then, tree.otherwise, what="one branch is in")
        return self._call(tree) if isinstance(tree, Call) else None

    def _binary(self, tree: Binary) -> Unit | None:
        if tree.operator in ("+", "-", "mod") or tree.operator in COMPARISONS:
            joined = self._alike(tree.left, tree.right, what=f"one side of '{tree.operator}' is in")
            return NUMBER if tree.operator in COMPARISONS else joined
        left, right = self.unit(tree.left), self.unit(tree.right)
        if tree.operator == "^":
            return self._power(left, tree.right)
        if tree.operator in ("and", "or"):
            return NUMBER
        if left is None or right is None:
            return None
        return left.times(right, 1 if tree.operator == "*" else -1)

    def _power(self, base: Unit | None, exponent: Tree) -> Unit | None:
        self.agree(NUMBER, self.unit(exponent), what="an exponent must be")
        if base is None or base.is_number:
            return base
        power = constant_in(exponent)
        return None if power is None else base.raised(Fraction(power).limit_denominator(100))

    def _alike(self, one: Tree, other: Tree, *, what: str) -> Unit | None:
        left, right = self.unit(one), self.unit(other)
        self.agree(left, right, what=what)
        return left if left is not None else right

    def _call(self, tree: Call) -> Unit | None:
        name = meant(tree.function)
        given = [self.unit(one) for one in tree.arguments]
        function = FUNCTIONS.get(name)
        if function is None or function.group is Group.LOOKUP or tree.function in self._system.lookups:
            return None
        for place in TIMES_AT.get(name, ()):
            if place < len(given):
                self.agree(self._time, given[place], what=f"{name}(…) takes a time in")
        if name in OF_NUMBERS:
            self.agree(NUMBER, given[0], what=f"{name}(…) takes")
            return NUMBER
        if name == "sqrt":
            return given[0].raised(Fraction(1, 2)) if given[0] is not None else None
        if name in ("min", "max"):
            return self._all_alike(given, name)
        if name in OF_THE_FIRST or name in ALSO_OF_THE_FIRST:
            return given[0]
        if name in ("pulse", "ramp") and given[0] is not None:
            return given[0].times(self._time, -1 if name == "pulse" else 1)
        if name == "safediv" and given[0] is not None and given[1] is not None:
            return given[0].times(given[1], -1)
        return NUMBER if name == "size" else None

    def _all_alike(self, given: list[Unit | None], name: str) -> Unit | None:
        known = [one for one in given if one is not None]
        for one in known[1:]:
            self.agree(known[0], one, what=f"{name}(…) compares")
        return known[0] if known else None
