"""A tree into text again, with no more brackets than it needs."""

import re

from simulator.equations.functions import FUNCTIONS, meant
from simulator.equations.parser import BINDING, BINDING_OF_SIGN
from simulator.equations.tokens import Dialect
from simulator.equations.tree import Binary, Call, Choice, Name, Number, Reading, Slot, Tree, Unary

PLAIN_NAME = re.compile(r"[^\W\d]\w*(\.\w+)*")
POWER = 7
THING = 8


def written(tree: Tree, dialect: Dialect = Dialect.OWN) -> str:
    """Write an equation; read again it is the same tree."""
    return _Writer(dialect).text(tree)[0]


class _Writer:
    """The text of each part, and how tightly it binds."""

    def __init__(self, dialect: Dialect) -> None:
        self._is_xmile = dialect is Dialect.XMILE

    def text(self, tree: Tree) -> tuple[str, int]:
        if isinstance(tree, Number):
            return shown_number(tree.value), BINDING_OF_SIGN if tree.value < 0 else THING
        if isinstance(tree, Name):
            return self.name(tree.name) + self._subscripts(tree.subscripts), THING
        if isinstance(tree, Call):
            return self._call(tree), THING
        if isinstance(tree, Unary):
            inner = self._within(tree.operand, BINDING_OF_SIGN)
            return (f"-{inner}" if tree.operator == "-" else f"{self._word('not')} {inner}"), BINDING_OF_SIGN
        if isinstance(tree, Choice):
            parts = [self.text(one)[0] for one in (tree.condition, tree.then, tree.otherwise)]
            words = [self._word(one) for one in ("if", "then", "else")]
            return f"({words[0]} {parts[0]} {words[1]} {parts[1]} {words[2]} {parts[2]})", THING
        assert not isinstance(tree, Slot | Reading), "a plan is not written back"
        return self._binary(tree)

    def name(self, name: str) -> str:
        if PLAIN_NAME.fullmatch(name) or not self._is_xmile:
            return name
        return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def _binary(self, tree: Binary) -> tuple[str, int]:
        if tree.operator == "^":
            base, exponent = self._within(tree.left, THING), self._within(tree.right, BINDING_OF_SIGN)
            return f"{base} ^ {exponent}", POWER
        binding = BINDING[tree.operator]
        left, right = self._within(tree.left, binding), self._within(tree.right, binding + 1)
        return f"{left} {self._word(tree.operator)} {right}", binding

    def _within(self, tree: Tree, least: int) -> str:
        text, binding = self.text(tree)
        return text if binding >= least else f"({text})"

    def _call(self, tree: Call) -> str:
        arguments = ", ".join(self.text(one)[0] for one in tree.arguments)
        function = FUNCTIONS.get(meant(tree.function))
        name = function.xmile if function is not None and self._is_xmile else self.name(tree.function)
        return f"{name}{self._subscripts(tree.subscripts)}({arguments})"

    def _subscripts(self, subscripts: tuple[str, ...]) -> str:
        if not subscripts:
            return ""
        return f"[{', '.join(one if one == '*' or one.isdigit() else self.name(one) for one in subscripts)}]"

    def _word(self, word: str) -> str:
        return word.upper() if self._is_xmile else word


def shown_number(value: float) -> str:
    """Write a number as shortly as it can be read again."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(value)
