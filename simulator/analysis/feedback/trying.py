"""An equation tried at the levels of a run: each thing in it a little lower and higher, the rest as it was.

Moments are spread evenly over the run. At each, one element of one variable is moved by 1% and by 10% of its
size, both ways, and not below nought where it never was; the equation is worked out with the engine's own
interpreter. What remembers is taken to have settled: a delay gives what goes into it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from simulator.analysis.feedback.mentions import formulas_of
from simulator.engines.stocks.interpreter import Interpreter, interpreter_of
from simulator.engines.stocks.run import StockRuns, column_names
from simulator.equations.directions import MEMORIES
from simulator.equations.functions import meant
from simulator.equations.plan import MOMENT, START_TIME, STEP, STOP_TIME, TIME
from simulator.equations.planning import Unplannable, plan_of
from simulator.equations.signs import Signs
from simulator.equations.system import Formula, Role, System, Variable
from simulator.equations.tree import NOUGHT, Call, Name, Tree, everything, rebuilt

Array = Any
MOMENTS = 25
STEPS = (-0.1, -0.01, 0.0, 0.01, 0.1)
MOST_ELEMENTS = 25
SMALLEST_SIZE = 0.01
SMALLEST_CHANGE = 1e-10
TRIED, FIRST = "#tried", "#first"
NOT_TRIED = ("trend", "forcst")


class CannotTry(Exception):
    """Say that an equation has no value at a moment taken by itself."""


@dataclass(frozen=True)
class Trial:
    """One variable's equation, ready to be tried; without an interpreter it cannot be."""

    variable: Variable
    interpreter: Interpreter | None = None
    base: Array = None

    def signs(self, key: str) -> Signs:
        """Give the signs of the changes seen when a variable rises: none where nothing moved."""
        if self.interpreter is None:
            return frozenset()
        rows = _rows(self.interpreter, key)
        every = -(-len(rows) // MOST_ELEMENTS)
        return frozenset(sign for row in rows[::every] for sign in self._seen(row))

    def _seen(self, row: int) -> Iterator[int]:
        assert self.interpreter is not None
        count = self.base.shape[1]
        values = np.tile(self.base, (1, len(STEPS)))
        values[row] = _levels(self.base[row]).ravel()
        self.interpreter.begin(values, np.zeros((1, values.shape[1])))
        given = values[row].reshape(len(STEPS), count)
        found = values[self._targets].reshape(-1, len(STEPS), count)
        with np.errstate(invalid="ignore"):
            change, size = np.diff(found, axis=1), np.abs(found[:, 1:]) + np.abs(found[:, :-1])
            is_seen = (np.abs(change) > SMALLEST_CHANGE * size) & (np.diff(given, axis=0) > 0)
        yield from np.unique(np.sign(change[is_seen & np.isfinite(change)])).astype(int).tolist()

    @cached_property
    def _targets(self) -> Array:
        assert self.interpreter is not None
        return np.array(_rows(self.interpreter, f"{self.variable.key}{TRIED}"))


def trial_of(variable: Variable, system: System, *, runs: StockRuns) -> Trial:
    """Make a variable's equation ready, by itself: all that it names is given, as it was in the run."""
    try:
        alone = _alone(variable, system)
        plan = plan_of(alone)
    except (CannotTry, Unplannable):
        return Trial(variable)
    at = np.unique(np.linspace(0, len(runs.times) - 1, MOMENTS).round().astype(int))
    base = np.zeros((plan.slots, len(at)))
    timing = system.timing
    clock = ((TIME, runs.times[at]), (MOMENT, runs.times[at]), (STEP, timing.step))
    for row, value in (*clock, (START_TIME, timing.start), (STOP_TIME, timing.stop)):
        base[row] = value
    columns = column_names(system)
    for one in alone.variables.values():
        if one.role is Role.INPUT:
            key, is_first = one.key.removesuffix(FIRST), one.key.endswith(FIRST)
            for place, name in enumerate(columns[key]):
                level = runs.values[:, runs.names.index(name), 0]
                base[plan.places[one.key] + place] = level[0] if is_first else level[at]
    return Trial(variable, interpreter_of(plan), base)


def _alone(variable: Variable, system: System) -> System:
    """Give a system of nothing but an equation without memories and what it reads."""
    formulas = tuple(replace(one, tree=_settled(one.tree)) for one in formulas_of(variable))
    tried = Variable(
        key=f"{variable.key}{TRIED}",
        name=variable.name,
        role=Role.AUXILIARY,
        formulas=formulas,
        over=variable.over,
    )
    found: dict[str, Variable] = {}
    for formula in formulas:
        for tree in everything(formula.tree):
            if isinstance(tree, Call) and tree.function in system.variables:
                found[tree.function] = _curve(system.variables[tree.function])
            elif isinstance(tree, Call) and meant(tree.function) == "lookup":
                found |= _curves(tree.arguments[0], system)
            elif isinstance(tree, Name) and tree.name.removesuffix(FIRST) in system.variables:
                source = system.variables[tree.name.removesuffix(FIRST)]
                given = Variable(key=tree.name, name=source.name, role=Role.INPUT, over=source.over)
                found.setdefault(tree.name, given)
    return replace(system, variables={**found, tried.key: tried})


def _settled(tree: Tree) -> Tree:
    """Write what remembers as what it gives once nothing changes; how it was at the start as given."""
    if not isinstance(tree, Call):
        return rebuilt(tree, _settled)
    name = meant(tree.function)
    if name in NOT_TRIED or (name == "init" and not isinstance(tree.arguments[0], Name)):
        raise CannotTry
    if name == "init":
        first = tree.arguments[0]
        assert isinstance(first, Name)
        return replace(first, name=f"{first.name}{FIRST}")
    return _settled(tree.arguments[0]) if name in MEMORIES else rebuilt(tree, _settled)


def _curves(table: Tree, system: System) -> dict[str, Variable]:
    if not isinstance(table, Name) or table.name not in system.variables:
        return {}
    return {table.name: _curve(system.variables[table.name])}


def _curve(variable: Variable) -> Variable:
    """Keep of a variable the curve alone, which others read."""
    formulas: tuple[Formula, ...] = tuple(replace(one, tree=NOUGHT) for one in variable.formulas)
    return replace(variable, role=Role.AUXILIARY, formulas=formulas, share=None, inflows=(), outflows=())


def _levels(base: Array) -> Array:
    """Give the levels at which something is tried, a row each from the lowest to the highest."""
    largest = float(np.abs(base).max())
    size = np.maximum(np.abs(base), SMALLEST_SIZE * largest) if largest > 0 else np.ones_like(base)
    levels = base + np.array(STEPS)[:, None] * size
    return np.maximum(levels, 0.0) if base.min() >= 0 else levels


def _rows(interpreter: Interpreter, key: str) -> range:
    """List the rows of a variable: up to where the next one begins."""
    plan = interpreter.plan
    first = plan.places[key]
    return range(first, min((one for one in plan.places.values() if one > first), default=plan.slots))
