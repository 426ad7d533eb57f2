"""The plan carried out with numpy, tree by tree: what the compiled engine must equal, and quick to begin.

Every operation becomes one function of the values; ``values`` has a row for each slot and a column for each
run. Whatever is not plain arithmetic goes through Python's own floating point, number by number, so that
no vectorised library's last bit matters.
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.engines.stocks.arithmetic import TIMED, past_value, plain, table_value, tables_of
from simulator.equations.limiting import BACKWARDS_ONLY
from simulator.equations.meanings import value_of
from simulator.equations.ordering import rows_of
from simulator.equations.plan import MOMENT, STEP, TIME, Assign, Limit, Operation, Past, Plan
from simulator.equations.tree import Binary, Call, Choice, Number, Reading, Slot, Tree, Unary

Array = Any
Work = Callable[[Array], Array]
Step = Callable[[Array, tuple[Array, float]], None]
PLAIN = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}
COMPARED = {
    "=": np.equal,
    "<>": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


@dataclass(frozen=True)
class Interpreter:
    """A plan as Python functions: one that fills all rows at the start, one that follows at every moment."""

    plan: Plan
    starts: tuple[Step, ...]
    moves: tuple[Step, ...]

    def begin(self, values: Array, history: Array) -> None:
        """Fill every row at the start of a run."""
        with np.errstate(all="ignore"):
            for step in self.starts:
                step(values, (history, 0.0))

    def follow(self, values: Array, history: Array, *, position: float) -> None:
        """Fill the rows that change, at so many steps since the start."""
        with np.errstate(all="ignore"):
            for step in self.moves:
                step(values, (history, position))


def interpreter_of(plan: Plan) -> Interpreter:
    """Make the functions of a plan."""
    tables = tables_of(plan.tables)
    ready: dict[int, Step] = {}

    def made(operation: Operation) -> Step:
        if id(operation) not in ready:
            ready[id(operation)] = _step(operation, tables)
        return ready[id(operation)]

    return Interpreter(plan, tuple(made(one) for one in plan.first), tuple(made(one) for one in plan.each))


def _step(operation: Operation, tables: Array) -> Step:
    if isinstance(operation, Limit):
        return _limit(operation)
    if isinstance(operation, Past):
        return _past(operation, tables)
    return _assign(operation, tables)


def _assign(operation: Assign, tables: Array) -> Step:
    rows = np.array(rows_of(operation.target, operation.loops))
    loops = (*operation.loops, *operation.inner)
    count, inner = _count(operation.loops), _count(operation.inner)
    parts = [
        _work(operation.tree, _Rows(loops, count, inner, place), tables=tables) for place in range(inner)
    ]

    def assign(values: Array, past: tuple[Array, float]) -> None:
        found = parts[0](values)
        for part in parts[1:]:
            found = _gathered(operation.gather, found, more=part(values))
        if operation.has_floor:
            found = np.where(found > 0.0, found, 0.0)
        values[rows if count > 1 else rows[0]] = found

    return assign


def _gathered(gather: str, found: Array, *, more: Array) -> Array:
    if gather == "sum":
        return found + more
    if gather == "prod":
        return found * more
    return np.where(found < more, found, more) if gather == "min" else np.where(found > more, found, more)


@dataclass(frozen=True)
class _Rows:
    """Which rows a slot means: those of all outer elements, at one place of the inner loops."""

    loops: tuple[int, ...]
    count: int
    inner: int
    place: int

    def of(self, base: int, strides: Sequence[int]) -> Array:
        if not any(strides):
            return base
        every = rows_of(Slot(base, tuple(strides)), self.loops)
        return np.array(every[self.place :: self.inner])


def _work(tree: Tree, rows: _Rows, *, tables: Array) -> Work:
    """Make the function of a tree, from the values to what the tree is for each element and run."""
    if isinstance(tree, Number):
        return lambda values: tree.value
    if isinstance(tree, Slot):
        place = rows.of(tree.base, tree.strides)
        return lambda values: values[place]
    if isinstance(tree, Unary):
        return _unary(tree, _work(tree.operand, rows, tables=tables))
    if isinstance(tree, Binary):
        return _binary(
            tree, _work(tree.left, rows, tables=tables), right=_work(tree.right, rows, tables=tables)
        )
    if isinstance(tree, Choice):
        parts = [_work(one, rows, tables=tables) for one in (tree.condition, tree.then, tree.otherwise)]
        return lambda values: np.where(parts[0](values) != 0.0, parts[1](values), parts[2](values))
    if isinstance(tree, Reading):
        return _reading(tree, _work(tree.at, rows, tables=tables), rows=rows, tables=tables)
    assert isinstance(tree, Call)
    return _called(tree.function, [_work(one, rows, tables=tables) for one in tree.arguments])


def _unary(tree: Unary, inner: Work) -> Work:
    if tree.operator == "-":
        return lambda values: np.negative(inner(values))
    return lambda values: np.where(inner(values) == 0.0, 1.0, 0.0)


def _binary(tree: Binary, left: Work, *, right: Work) -> Work:
    operator = tree.operator
    if operator in PLAIN:
        plain = PLAIN[operator]
        return lambda values: plain(left(values), right(values))
    if operator in COMPARED:
        compared = COMPARED[operator]
        return lambda values: np.where(compared(left(values), right(values)), 1.0, 0.0)
    if operator == "and":
        return lambda values: np.where((left(values) != 0.0) & (right(values) != 0.0), 1.0, 0.0)
    if operator == "or":
        return lambda values: np.where((left(values) != 0.0) | (right(values) != 0.0), 1.0, 0.0)
    if operator == "mod":
        return _called("modulo", [left, right])
    if isinstance(tree.right, Number) and tree.right.value in (2.0, 3.0):
        return _small_power(left, int(tree.right.value))
    return _called("^", [left, right])


def _small_power(base: Work, count: int) -> Work:
    def multiplied(values: Array) -> Array:
        one = base(values)
        return one * one if count == 2 else one * one * one

    return multiplied


def _called(function: str, parts: Sequence[Work]) -> Work:
    if function == "abs":
        return lambda values: np.abs(parts[0](values))
    if function == "min":
        return lambda values: _less(parts[0](values), parts[1](values))
    if function == "max":
        return lambda values: _more(parts[0](values), parts[1](values))

    meaning = plain(TIMED[function]) if function in TIMED else functools.partial(value_of, function)

    def called(values: Array) -> Array:
        arguments = np.broadcast_arrays(*(part(values) for part in parts))
        numbers = zip(*(one.ravel().tolist() for one in arguments), strict=True)
        found = [meaning(*each) for each in numbers]
        return np.array(found, dtype=float).reshape(arguments[0].shape)

    return called


def _less(a: Array, b: Array) -> Array:
    return np.where(a < b, a, b)


def _more(a: Array, b: Array) -> Array:
    return np.where(a > b, a, b)


def _reading(tree: Reading, at: Work, *, rows: _Rows, tables: Array) -> Work:
    numbers, value = np.asarray(rows.of(tree.table, tree.strides)), plain(table_value)

    def read(values: Array) -> Array:
        places = np.asarray(at(values))
        table, places = np.broadcast_arrays(numbers[..., None] if numbers.ndim else numbers, places)
        found = [value(*tables, *each) for each in zip(table.ravel(), places.ravel(), strict=True)]
        return np.array(found, dtype=float).reshape(places.shape)

    return read


def _past(operation: Past, tables: Array) -> Step:
    count = _count(operation.loops)
    rows = _Rows(operation.loops, count, 1, 0)
    target, first = (np.array(rows_of(one, operation.loops)) for one in (operation.target, operation.first))
    first = np.broadcast_to(first, target.shape)
    time, value = _work(operation.time, rows, tables=tables), plain(past_value)

    def find(values: Array, past: tuple[Array, float]) -> None:
        history, position = past
        spans = np.broadcast_to(time(values), (count, values.shape[1])) / values[STEP]
        for element in range(count):
            for run in range(values.shape[1]):
                place = (values.shape[1], run, position - spans[element, run], values[first[element], run])
                values[target[element], run] = value(history, operation.row + element, *place)

    return find


def _limit(operation: Limit) -> Step:
    def limit(values: Array, past: tuple[Array, float]) -> None:
        for at in range(operation.count):
            _limit_one(operation, values, at=at)

    return limit


def _limit_one(operation: Limit, values: Array, *, at: int) -> None:
    there = values[operation.stock + at] / values[STEP]
    there = np.where(there > 0.0, there, 0.0)
    for row in operation.inflows:
        there = there + values[row + at]
    for granted, sign in operation.taken:
        there = there + _brought(values[granted + at], sign)
    total = np.zeros_like(there)
    for wanted, _, sign in operation.takers:
        there = there + _sure(values[wanted + at], sign)
        total = total + _taking(values[wanted + at], sign)
    there = np.where(there > 0.0, there, 0.0)
    for wanted, granted, sign in operation.takers:
        asked = values[wanted + at]
        taking = _taking(asked, sign)
        part = np.where(total > there, taking * (there / total), taking)
        is_limited = (taking > 0.0) & (values[TIME] == values[MOMENT])
        values[granted + at] = np.where(is_limited, part if sign > 0 else -part, asked)


def _sure(flow: Array, sign: int) -> Array:
    """Give what a flow certainly brings: of one that leaves, what it brings back."""
    brings = -flow if sign > 0 else flow
    return np.where(brings > 0.0, brings, 0.0) if sign != BACKWARDS_ONLY else np.zeros_like(flow)


def _brought(flow: Array, sign: int) -> Array:
    """Give what a flow that is settled brings."""
    if sign == BACKWARDS_ONLY:
        return np.where(flow < 0.0, flow, 0.0)
    return -flow if sign > 0 else flow


def _taking(flow: Array, sign: int) -> Array:
    taking = flow if sign > 0 else -flow
    return np.where(taking > 0.0, taking, 0.0)


def _count(loops: Sequence[int]) -> int:
    count = 1
    for size in loops:
        count *= size
    return count
