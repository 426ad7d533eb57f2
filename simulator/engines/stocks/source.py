"""The text of a compiled engine for one plan, made of its trees alone and never of the words of a file.

Each operation is one loop over its elements round one over the runs of a block, whose number is written as a
number so that the loop can be unrolled; operations without elements share a loop. No function has more than
fifty statements: compiling takes longer than in proportion.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from simulator.equations.limiting import BACKWARDS_ONLY
from simulator.equations.plan import MOMENT, STEP, TIME, Assign, Limit, Operation, Past, Plan
from simulator.equations.tree import (
    COMPARISONS,
    Binary,
    Call,
    Choice,
    Number,
    Reading,
    Slot,
    Tree,
    Unary,
    everything,
)

MOST_STATEMENTS = 40
MOST_TOGETHER = 12
GIVEN = "v, h, position, points, starts"
SIGNS = {"=": "==", "<>": "!="}
DIRECT = ("min", "max", "abs", "sqrt")


@dataclass(slots=True)
class Writer:
    """Lines as they are written, for blocks of so many runs; and numbers that must stay apart."""

    width: int
    constants_from: int
    constants: list[float] = field(default_factory=list)

    def text(self, plan: Plan) -> str:
        """Write the whole room: parts, and ``follow`` that calls them in order."""
        parts = list(_parts(self.blocks(plan.each)))
        lines = ["# Made by simulator.engines.stocks.source; an edit here is overwritten.", ""]
        for number, part in enumerate(parts):
            lines += [f"def part_{number}({GIVEN}):", *(f"    {line}" for line in part), ""]
        calls = [f"    part_{number}({GIVEN})" for number in range(len(parts))] or ["    pass"]
        return "\n".join([*lines, f"def follow({GIVEN}):", *calls, ""])

    def blocks(self, operations: Sequence[Operation]) -> Iterator[list[str]]:
        """Yield the lines of each operation, those of plain ones without elements together."""
        together: list[str] = []
        for operation in operations:
            if isinstance(operation, Assign) and _stands_alone(operation):
                together.append(self._statement(operation))
                if len(together) < MOST_TOGETHER:
                    continue
            if together:
                yield [f"for r in range({self.width}):", *(f"    {one}" for one in together)]
                together = []
            if not (isinstance(operation, Assign) and _stands_alone(operation)):
                yield self._block(operation)
        if together:
            yield [f"for r in range({self.width}):", *(f"    {one}" for one in together)]

    def _block(self, operation: Operation) -> list[str]:
        if isinstance(operation, Limit):
            return self._limit(operation)
        if isinstance(operation, Past):
            return _nested(operation.loops, self.width, lines=[self._past(operation)])
        if not operation.inner:
            return _nested(operation.loops, self.width, lines=[self._statement(operation)])
        return _nested(operation.loops, self.width, lines=self._gather(operation))

    def _statement(self, operation: Assign) -> str:
        value = self.expression(operation.tree)
        if operation.has_floor:
            value = f"f_max({value}, 0.0)"
        return f"{self.at(operation.target)} = {value}"

    def _gather(self, operation: Assign) -> list[str]:
        """Take a tree together over inner loops, beginning with their first element."""
        names = [f"i{len(operation.loops) + at}" for at in range(len(operation.inner))]
        start = [f"{name} = 0" for name in names]
        joined = {"sum": "s + x", "prod": "s * x", "min": "f_min(s, x)", "max": "f_max(s, x)"}[
            operation.gather
        ]
        value = self.expression(operation.tree)
        lines = [*start, f"s = {value}"]
        indent = ""
        for name, size in zip(names, operation.inner, strict=True):
            lines.append(f"{indent}for {name} in range({size}):")
            indent += "    "
        first = " + ".join(names)
        lines += [f"{indent}if {first} > 0:", f"{indent}    x = {value}", f"{indent}    s = {joined}"]
        return [*lines, f"{self.at(operation.target)} = s"]

    def _past(self, operation: Past) -> str:
        row, scale = str(operation.row), 1
        for at in range(len(operation.loops) - 1, -1, -1):
            row += f" + {scale} * i{at}"
            scale *= operation.loops[at]
        place = f"position - {self.expression(operation.time)} / {self.row(STEP)}"
        first = self.at(operation.first)
        return f"{self.at(operation.target)} = past_value(h, {row}, {self.width}, r, {place}, {first})"

    def _limit(self, operation: Limit) -> list[str]:
        def value(row: int) -> str:
            return f"v[({row} + i0) * {self.width} + r]"

        lines = [f"there = f_max({value(operation.stock)} / {self.row(STEP)}, 0.0)", "total = 0.0"]
        lines += [f"there = there + {value(row)}" for row in operation.inflows]
        for granted, sign in operation.taken:
            brought = f"f_min({value(granted)}, 0.0)" if sign == BACKWARDS_ONLY else value(granted)
            lines.append(f"there = there {'-' if sign > 0 else '+'} {brought}")
        for wanted, _, sign in operation.takers:
            minus, plus = ("-", "") if sign > 0 else ("", "-")
            if sign != BACKWARDS_ONLY:
                lines.append(f"there = there + f_max({minus}{value(wanted)}, 0.0)")
            lines.append(f"total = total + f_max({plus}{value(wanted)}, 0.0)")
        lines.append("there = f_max(there, 0.0)")
        for wanted, granted, sign in operation.takers:
            plus = "" if sign > 0 else "-"
            lines.append(f"t = f_max({plus}{value(wanted)}, 0.0)")
            lines.append("part = t * (there / total) if total > there else t")
            is_limited = f"t > 0.0 and {self.row(TIME)} == {self.row(MOMENT)}"
            lines.append(f"{value(granted)} = {plus}part if {is_limited} else {value(wanted)}")
        return _nested((operation.count,), self.width, lines=lines)

    def at(self, slot: Slot) -> str:
        """Write the place of a slot in the flat array of values."""
        moves = "".join(
            f" + {stride * self.width} * i{loop}" for loop, stride in enumerate(slot.strides) if stride
        )
        return f"v[{slot.base * self.width}{moves} + r]"

    def row(self, row: int) -> str:
        """Write the place of a fixed row."""
        return f"v[{row * self.width} + r]"

    def expression(self, tree: Tree) -> str:
        """Write a tree as Python, every step in brackets of its own."""
        if isinstance(tree, Number):
            return "np.inf" if tree.value == float("inf") else f"({tree.value!r})"
        if isinstance(tree, Slot):
            return self.at(tree)
        if isinstance(tree, Unary):
            inner = self.expression(tree.operand)
            return f"(-{inner})" if tree.operator == "-" else f"(1.0 if {inner} == 0.0 else 0.0)"
        if isinstance(tree, Binary):
            return self._binary(tree)
        if isinstance(tree, Choice):
            then, other = self.expression(tree.then), self.expression(tree.otherwise)
            return f"({then} if {self._condition(tree.condition)} else {other})"
        if isinstance(tree, Reading):
            moves = "".join(f" + {stride} * i{loop}" for loop, stride in enumerate(tree.strides) if stride)
            return f"table_value(points, starts, {tree.table}{moves}, {self.expression(tree.at)})"
        assert isinstance(tree, Call)
        return f"f_{tree.function}({', '.join(self.expression(one) for one in tree.arguments)})"

    def _binary(self, tree: Binary) -> str:
        if tree.operator == "^":
            return self._power(tree)
        left, right = self.expression(tree.left), self.expression(tree.right)
        if tree.operator == "mod":
            return f"f_modulo({left}, {right})"
        if tree.operator in COMPARISONS or tree.operator in ("and", "or"):
            return f"(1.0 if {self._condition(tree)} else 0.0)"
        return f"({left} {tree.operator} {right})"

    def _power(self, tree: Binary) -> str:
        base = self.expression(tree.left)
        if isinstance(tree.right, Number) and tree.right.value in (2.0, 3.0):
            return f"{'square' if tree.right.value == 2.0 else 'cube'}({base})"
        return f"f_power({self._unfolded(tree.left)}, {self._unfolded(tree.right)})"

    def _unfolded(self, tree: Tree) -> str:
        """Hide a number from the compiler, which would make of a power what rounds otherwise."""
        if not isinstance(tree, Number):
            return self.expression(tree)
        self.constants.append(tree.value)
        return f"points[0, {self.constants_from + len(self.constants) - 1}]"

    def _condition(self, tree: Tree) -> str:
        if isinstance(tree, Binary) and tree.operator in COMPARISONS:
            sign = SIGNS.get(tree.operator, tree.operator)
            return f"({self.expression(tree.left)} {sign} {self.expression(tree.right)})"
        if isinstance(tree, Binary) and tree.operator in ("and", "or"):
            return f"({self._condition(tree.left)} {tree.operator} {self._condition(tree.right)})"
        if isinstance(tree, Unary) and tree.operator == "not":
            return f"(not {self._condition(tree.operand)})"
        return f"({self.expression(tree)} != 0.0)"


def _parts(blocks: Iterator[list[str]]) -> Iterator[list[str]]:
    lines: list[str] = []
    for block in blocks:
        if lines and len(lines) + len(block) > MOST_STATEMENTS:
            yield lines
            lines = []
        lines = [*lines, *block]
    if lines:
        yield lines


def _nested(loops: Sequence[int], width: int, *, lines: Sequence[str]) -> list[str]:
    made, indent = [], ""
    for at, size in enumerate(loops):
        made.append(f"{indent}for i{at} in range({size}):")
        indent += "    "
    made.append(f"{indent}for r in range({width}):")
    return [*made, *(f"{indent}    {line}" for line in lines)]


def _stands_alone(operation: Assign) -> bool:
    """Say whether it has no elements, and is arithmetic that a processor does for several runs at once."""
    return not (operation.loops or operation.inner) and all(
        not isinstance(one, Reading)
        and not (isinstance(one, Call) and one.function not in DIRECT)
        and not (isinstance(one, Binary) and one.operator in ("mod", "^") and not _is_small(one.right))
        for one in everything(operation.tree)
    )


def _is_small(exponent: Tree) -> bool:
    return isinstance(exponent, Number) and exponent.value in (2.0, 3.0)
