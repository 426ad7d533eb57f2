"""Which way an equation moves when a variable in it rises, as far as its form alone can tell.

What is followed are sets of signs: of values, from constants and from what is declared never to be negative,
and of moves, by the rules for derivatives, where a comparison or a step counts as rising with what it
compares. Where a set of moves holds both signs, the form does not tell. A delay or smooth moves with what
goes into it; how something was at the start moves no more.
"""

from simulator.equations.functions import FIXED_NAMES, FUNCTIONS, TIME_NAMES, meant
from simulator.equations.lookups import Lookup
from simulator.equations.signs import (
    ABOVE,
    ANY,
    BELOW,
    NOT_BELOW,
    NOUGHT,
    Signs,
    either,
    flipped,
    heights_of,
    product,
    sign_of,
    slopes_of,
    total,
    without_below,
)
from simulator.equations.system import Formula, Role, System, Variable
from simulator.equations.tree import (
    COMPARISONS,
    Binary,
    Call,
    Choice,
    Name,
    Number,
    Tree,
    Unary,
    constant_in,
)

MOST_PASSES = 30
RISING = ("exp", "ln", "log10", "sqrt", "sinh", "tanh", "arcsin", "arctan", "int", "round", "sum", "mean")
AS_THE_ARGUMENT = ("sinh", "tanh", "arcsin", "arctan", "sum", "mean", "prod", "previous", "init")
NEVER_BELOW = ("exp", "sqrt", "abs", "cosh", "arccos", "size")
# What goes into a memory is its first argument; "before" matters at the start alone.
MEMORIES = ("delay", "delay1", "delay3", "delayn", "smth1", "smth3", "smthn", "previous", "trend", "forcst")
SPANS = {
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


class Directions:
    """What the equations of a system say of signs."""

    def __init__(self, system: System) -> None:
        """Find the signs that the variables' values may have."""
        self._system = system
        self._signs: dict[str, Signs] = dict.fromkeys(system.variables, ANY)
        for _ in range(MOST_PASSES):
            found = {key: self._of_variable(one) for key, one in system.variables.items()}
            if found == self._signs:
                break
            self._signs = found

    def value(self, tree: Tree) -> Signs:
        """Give the signs that a tree's value may have."""
        if isinstance(tree, Number):
            return sign_of(tree.value)
        if isinstance(tree, Name):
            return self._of_name(tree.name)
        if isinstance(tree, Unary):
            return flipped(self.value(tree.operand)) if tree.operator == "-" else NOT_BELOW
        if isinstance(tree, Binary):
            return self._value_of_binary(tree)
        if isinstance(tree, Choice):
            return either((self.value(tree.then), self.value(tree.otherwise)))
        return self._value_of_call(tree) if isinstance(tree, Call) else ANY

    def of_formula(self, formula: Formula, key: str) -> Signs:
        """Give the moves of a variable's formula, its own curve included, when another rises."""
        moves = self.moves(formula.tree, key)
        return moves if formula.lookup is None else product(moves, slopes_of(formula.lookup))

    def moves(self, tree: Tree, key: str) -> Signs:
        """Give the ways in which a tree may move when the variable of this key rises."""
        if isinstance(tree, Name):
            return ABOVE if tree.name == key else NOUGHT
        if isinstance(tree, Unary):
            is_sign = tree.operator == "-"
            return flipped(self.moves(tree.operand, key) if is_sign else self._truth(tree.operand, key))
        if isinstance(tree, Binary):
            return self._moves_of_binary(tree, key)
        if isinstance(tree, Choice):
            gap = self.value(Binary("-", tree.then, tree.otherwise))
            parts = (self.moves(tree.then, key), self.moves(tree.otherwise, key))
            return either((*parts, product(self._truth(tree.condition, key), gap)))
        return self._moves_of_call(tree, key) if isinstance(tree, Call) else NOUGHT

    def table_of(self, name: str) -> Lookup | None:
        """Give the curve that a name reads, where it is one."""
        if name in self._system.lookups:
            return self._system.lookups[name]
        variable = self._system.variables.get(name)
        tables = [one.lookup for one in variable.formulas if one.lookup] if variable else []
        return tables[0] if len(tables) == 1 else None

    def _of_variable(self, variable: Variable) -> Signs:
        if variable.role is Role.STOCK:
            return NOT_BELOW if variable.is_non_negative else ANY
        formulas = (variable.share,) if variable.share is not None else variable.formulas
        if variable.role in (Role.GIVEN, Role.INPUT) or not formulas:
            return ANY
        found = either(
            heights_of(one.lookup) if one.lookup is not None else self.value(one.tree) for one in formulas
        )
        is_floored = variable.role is Role.FLOW and not variable.runs_both_ways
        return without_below(found) if is_floored else found

    def _of_name(self, name: str) -> Signs:
        if name in self._signs:
            # A constant of nought with a name is a switch: it says nothing of what it switches.
            return ANY if self._signs[name] == NOUGHT else self._signs[name]
        if name in FIXED_NAMES:
            return ABOVE
        if TIME_NAMES.get(name) == "dt":
            return ABOVE
        return NOT_BELOW if name in TIME_NAMES and self._system.timing.start >= 0 else ANY

    def _value_of_binary(self, tree: Binary) -> Signs:
        left, right = self.value(tree.left), self.value(tree.right)
        numbers = constant_in(tree.left), constant_in(tree.right)
        if tree.operator == "-" and numbers[0] is not None and numbers[1] is not None:
            return sign_of(numbers[0] - numbers[1])
        if tree.operator == "+":
            return total(left, right)
        if tree.operator == "-":
            return total(left, flipped(right))
        if tree.operator == "*":
            return product(left, right)
        if tree.operator == "/":
            return product(left, right - NOUGHT or right)
        if tree.operator == "^":
            return _power(left, constant_in(tree.right))
        return NOT_BELOW if tree.operator in ("and", "or") or tree.operator in COMPARISONS else ANY

    def _value_of_call(self, call: Call) -> Signs:
        name, given = meant(call.function), call.arguments
        if (table := self._table(call)) is not None:
            return heights_of(table)
        if not given or name not in FUNCTIONS:
            return self._of_name(call.function) if not given else ANY
        if name in NEVER_BELOW:
            return ABOVE if name == "exp" else NOT_BELOW
        if name in ("min", "max"):
            return _extreme(name, [self.value(one) for one in given])
        if name in MEMORIES and name not in ("trend", "forcst"):
            before = given[-1:] if len(given) == FUNCTIONS[name].most else ()
            return either(self.value(one) for one in (given[0], *before))
        if name in AS_THE_ARGUMENT:
            return self.value(given[0])
        if name in ("step", "ramp", "pulse"):
            return either((NOUGHT, self.value(given[0])))
        if name == "safediv":
            return either(
                (self.value(Binary("/", *given[:2])), self.value(given[2]) if given[2:] else NOUGHT)
            )
        return ANY

    def _moves_of_binary(self, tree: Binary, key: str) -> Signs:
        left, right = self.moves(tree.left, key), self.moves(tree.right, key)
        operator = tree.operator
        if operator in ("and", "or"):
            return total(self._truth(tree.left, key), self._truth(tree.right, key))
        if operator == "+":
            return total(left, right)
        if operator in ("-", ">", ">="):
            return total(left, flipped(right))
        if operator in ("<", "<="):
            return total(flipped(left), right)
        if operator == "*":
            return total(product(left, self.value(tree.right)), product(right, self.value(tree.left)))
        if operator == "/":
            return self._moves_of_quotient(tree.left, tree.right, key=key)
        if operator == "^" and right == NOUGHT:
            return product(left, _slope_of_power(self.value(tree.left), constant_in(tree.right)))
        if operator == "^" and left == NOUGHT and (base := constant_in(tree.left)) and base > 0:
            return product(right, sign_of(base - 1))
        return NOUGHT if left == right == NOUGHT else ANY

    def _truth(self, tree: Tree, key: str) -> Signs:
        """Give the moves of what a tree says as a condition: whatever is not 0 holds, above it or below."""
        moves, value = self.moves(tree, key), self.value(tree)
        if moves == NOUGHT or value <= NOT_BELOW:
            return moves
        return flipped(moves) if value <= BELOW | NOUGHT else ANY

    def _moves_of_quotient(self, above: Tree, below: Tree, *, key: str) -> Signs:
        divisor = self.value(below) - NOUGHT or ANY
        of_above = product(self.moves(above, key), divisor)
        return total(of_above, flipped(product(self.moves(below, key), self.value(above))))

    def _moves_of_call(self, call: Call, key: str) -> Signs:
        name, given = meant(call.function), call.arguments
        if (table := self._table(call)) is not None:
            return product(self.moves(given[-1], key), slopes_of(table))
        moves = [self.moves(one, key) for one in given]
        if name in ("init", "size") or all(one == NOUGHT for one in moves):
            return NOUGHT
        if name in RISING:
            return moves[0]
        if name in MEMORIES:
            is_span_fixed = all(moves[place] == NOUGHT for place in SPANS.get(name, ()) if place < len(moves))
            return moves[0] if is_span_fixed else ANY
        if name in ("min", "max"):
            return either(moves)
        return self._moves_by_value(name, given, moves=moves, key=key)

    def _moves_by_value(self, name: str, given: tuple[Tree, ...], *, moves: list[Signs], key: str) -> Signs:
        """Give the moves of a function whose slope depends on where it is."""
        first = self.value(given[0])
        if name in ("abs", "cosh"):
            return product(moves[0], first)
        if name == "arccos":
            return flipped(moves[0])
        if name == "prod" and first <= NOT_BELOW:
            return moves[0]
        if name == "safediv":
            return self._moves_of_safe_quotient(given, moves, key=key)
        if name in ("step", "ramp"):
            return total(moves[0], product(flipped(moves[1]), first)) if len(given) == 2 else ANY
        return moves[0] if name == "pulse" and all(one == NOUGHT for one in moves[1:]) else ANY

    def _moves_of_safe_quotient(self, given: tuple[Tree, ...], moves: list[Signs], *, key: str) -> Signs:
        """Give the moves of a quotient that is something else where the divisor is 0."""
        if moves[1] != NOUGHT and self.value(given[1]) not in (ABOVE, BELOW):
            return ANY
        return either([self._moves_of_quotient(given[0], given[1], key=key), *moves[2:3]])

    def _table(self, call: Call) -> Lookup | None:
        if meant(call.function) == "lookup" and isinstance(call.arguments[0], Name):
            return self.table_of(call.arguments[0].name)
        return self.table_of(call.function) if call.function not in FUNCTIONS else None


def _power(base: Signs, exponent: float | None) -> Signs:
    if exponent is not None and exponent == int(exponent):
        return frozenset(one * one for one in base) if int(exponent) % 2 == 0 else base
    return base & NOT_BELOW or NOT_BELOW


def _slope_of_power(base: Signs, exponent: float | None) -> Signs:
    """Give the signs of the slope of a power: exponent × base^(exponent − 1)."""
    if exponent is None:
        return ANY
    return product(sign_of(exponent), _power(base, exponent - 1))


def _extreme(name: str, given: list[Signs]) -> Signs:
    """Give the signs of the least or greatest of several numbers, or of all elements of one array."""
    found = given[0]
    choose = min if name == "min" else max
    for one in given[1:]:
        found = frozenset(choose(a, b) for a in found for b in one)
    return found
