"""Delays, smooths and sums become plain variables: helpers that the file does not name.

A helper's key is that of the variable it serves, ``#`` and a number. Three things are left for the plan to do
itself, as calls whose name begins with ``#``: what a sum over elements gives, what was so long ago, and what
was at the start.
"""

from dataclasses import dataclass, field, replace

from simulator.equations.functions import FUNCTIONS, MOST_STAGES, meant
from simulator.equations.naming import dimension_of, elements_of, indices_of, pinned
from simulator.equations.system import Complaint, Formula, Role, System, Variable
from simulator.equations.tokens import Misread
from simulator.equations.tree import (
    NOUGHT,
    ONE,
    STAR,
    Binary,
    Call,
    Name,
    Number,
    Tree,
    constant_in,
    everything,
    rebuilt,
)

Trees = tuple[Tree, ...]
Loops = tuple[str, ...]
SELF, THREE, SPAN = Name("#self"), Number(3.0), "span"
REDUCERS = {"sum": "#sum", "prod": "#prod", "min": "#min", "max": "#max"}
PAST, START = "#past", "#start"


def expanded(system: System) -> tuple[System, list[Complaint]]:
    """Give the system with helpers for what its equations remember or sum up, and what is wrong."""
    complaints: list[Complaint] = []
    made: dict[str, Variable] = {}
    for variable in system.variables.values():
        expander = _Expander(system, variable)
        formulas = []
        for formula in variable.formulas:
            try:
                formulas.append(expander.of_formula(formula))
            except Misread as found:
                complaints.append((formula.way or variable.way, str(found)))
        made[variable.key] = replace(variable, formulas=tuple(formulas))
        made |= {helper.key: helper for helper in expander.helpers}
    return replace(system, variables=made), complaints


@dataclass(slots=True)
class _Expander:
    """The helpers of one variable, as they come up."""

    system: System
    variable: Variable
    helpers: list[Variable] = field(default_factory=list)

    def of_formula(self, formula: Formula) -> Formula:
        if not formula.element:
            return replace(formula, tree=self.changed(formula.tree, self.variable.over))
        pins = dict(zip(self.variable.over, formula.element, strict=True))
        return replace(formula, tree=self.changed(pinned(formula.tree, pins, system=self.system), ()))

    def changed(self, tree: Tree, loops: Loops) -> Tree:
        """Change a tree from the inside out; what is summed over opens loops of its own."""
        if not isinstance(tree, Call):
            return rebuilt(tree, lambda one: self.changed(one, loops))
        name = meant(tree.function)
        is_ours = tree.function not in self.system.lookups and tree.function not in self.system.variables
        if is_ours and (name in ("mean", "size") or (name in REDUCERS and len(tree.arguments) == 1)):
            return self._reduced(name, tree, loops=loops)
        tree = replace(tree, arguments=tuple(self.changed(one, loops) for one in tree.arguments))
        if not is_ours:
            return tree
        _check_count(name, tree)
        method = getattr(self, f"_{name}", None)
        if method is not None:
            result: Tree = method(tree.arguments, loops)
            return result
        if name in ("min", "max"):
            return _folded(name, tree.arguments)
        return replace(tree, function=name)

    def helper(
        self, tree: Tree, loops: Loops, *, role: Role = Role.AUXILIARY, note: str | None = None
    ) -> Name:
        """Make a helper over these loops, and give its name."""
        key = f"{self.variable.key}#{len(self.helpers) + 1}"
        over = tuple(dimension_of(one) for one in loops)
        formula = Formula(tree=tree, way=self.variable.formulas[0].way)
        made = Variable(key=key, name=key, role=role, formulas=(formula,), over=over, is_ours=True, note=note)
        self.helpers.append(made)
        return Name(key, tuple(loops) if any(one.endswith(STAR) for one in loops) else ())

    def stock(self, initial: Tree, inflow: Tree, *, outflow: Tree | None, loops: Loops) -> Name:
        """Make a stock with its flows; trees may speak of the stock as ``SELF``."""
        own = self.helper(initial, loops, role=Role.STOCK)
        flows = [
            self.helper(_with_self(tree, own), loops, role=Role.FLOW)
            for tree in (inflow, outflow)
            if tree is not None
        ]
        place = self._place(own)
        outflows = (flows[1].name,) if outflow is not None else ()
        self.helpers[place] = replace(self.helpers[place], inflows=(flows[0].name,), outflows=outflows)
        return own

    def _reduced(self, name: str, tree: Call, *, loops: Loops) -> Tree:
        if len(tree.arguments) != 1:
            raise Misread(
                f"{name}(…) takes one array, such as {name}(x[*]); it has {len(tree.arguments)} arguments."
            )
        argument, reduced = _starred(tree.arguments[0], loops, system=self.system)
        if not reduced:
            raise Misread(f"{name}(…) needs an array, such as {name}(x[*]), or for min and max two numbers.")
        count = 1
        for loop in reduced:
            count *= len(elements_of(self.system, loop))
        if name == "size":
            return Number(float(count))
        used = _loops_used(argument, loops, system=self.system)
        inner = self.changed(argument, (*used, *reduced))
        call = Call(REDUCERS["sum" if name == "mean" else name], (inner,), reduced)
        total = self.helper(call, used)
        return Binary("/", total, Number(float(count))) if name == "mean" else total

    def _delay(self, given: Trees, loops: Loops) -> Tree:
        x, time, *before = given
        source = self.helper(x, loops)
        first = self.helper(Call(START, (before[0] if before else source,)), loops)
        return self.helper(Call(PAST, (source, self.helper(time, loops, note=SPAN), first)), loops)

    def _previous(self, given: Trees, loops: Loops) -> Tree:
        x, *before = given
        return self._delay((x, Name("dt"), *before), loops)

    def _init(self, given: Trees, loops: Loops) -> Tree:
        return self.helper(Call(START, given), loops)

    def _smthn(self, given: Trees, loops: Loops) -> Tree:
        x, time, stages, *before = given
        flowing: Tree = self.helper(x, loops)
        count, span = self._span(time, stages, loops=loops)
        start = before[0] if before else flowing
        for _ in range(count):
            inflow = Binary("/", Binary("-", flowing, SELF), span)
            flowing = self.stock(start, inflow, outflow=None, loops=loops)
        return flowing

    def _smth1(self, given: Trees, loops: Loops) -> Tree:
        return self._smthn((*given[:2], ONE, *given[2:]), loops)

    def _smth3(self, given: Trees, loops: Loops) -> Tree:
        return self._smthn((*given[:2], THREE, *given[2:]), loops)

    def _delayn(self, given: Trees, loops: Loops) -> Tree:
        x, time, stages, *before = given
        flowing: Tree = self.helper(x, loops)
        count, span = self._span(time, stages, loops=loops)
        start = Binary("*", before[0] if before else flowing, span)
        for _ in range(count):
            stock = self.stock(start, flowing, outflow=Binary("/", SELF, span), loops=loops)
            flowing = replace(stock, name=self.helpers[self._place(stock)].outflows[0])
        return flowing

    def _delay1(self, given: Trees, loops: Loops) -> Tree:
        return self._delayn((*given[:2], ONE, *given[2:]), loops)

    def _delay3(self, given: Trees, loops: Loops) -> Tree:
        return self._delayn((*given[:2], THREE, *given[2:]), loops)

    def _trend(self, given: Trees, loops: Loops) -> Tree:
        x, time, *before = given
        source, span = self.helper(x, loops), self.helper(time, loops)
        growth = before[0] if before else NOUGHT
        start = Binary("/", source, Binary("+", ONE, Binary("*", growth, span)))
        smoothed = self._smth1((source, span, start), loops)
        return Call("safediv", (Binary("-", source, smoothed), Binary("*", smoothed, span)))

    def _forcst(self, given: Trees, loops: Loops) -> Tree:
        x, time, ahead, *before = given
        source = self.helper(x, loops)
        growth = self._trend((source, time, *before), loops)
        return Binary("*", source, Binary("+", ONE, Binary("*", growth, ahead)))

    def _span(self, time: Tree, stages: Tree, *, loops: Loops) -> tuple[int, Name]:
        """Give the number of stages and the time of each, which no step of a run may be longer than."""
        count = _stages(stages)
        return count, self.helper(Binary("/", time, Number(float(count))), loops, note=SPAN)

    def _place(self, helper: Name) -> int:
        return next(at for at, one in enumerate(self.helpers) if one.key == helper.name)


def _check_count(name: str, tree: Call) -> None:
    function = FUNCTIONS.get(name)
    if function is None:
        return
    count = len(tree.arguments)
    if count < function.least or (function.most >= 0 and count > function.most):
        raise Misread(f"{tree.function}({function.arguments.replace(' ', ', ')}) is called with {count}.")


def _stages(tree: Tree) -> int:
    count = constant_in(tree)
    if count is None or count != int(count) or not 1 <= count <= MOST_STAGES:
        raise Misread(f"the number of stages must be written as a whole number from 1 to {MOST_STAGES}.")
    return int(count)


def _folded(name: str, arguments: tuple[Tree, ...]) -> Tree:
    folded = arguments[0]
    for one in arguments[1:]:
        folded = Call(name, (folded, one))
    return folded


def _with_self(tree: Tree, own: Name) -> Tree:
    return own if tree == SELF else rebuilt(tree, lambda one: _with_self(one, own))


def _starred(tree: Tree, loops: Loops, *, system: System) -> tuple[Tree, tuple[str, ...]]:
    """Mark the dimensions that are summed over in every name, and list them."""
    found: dict[str, None] = {}

    def mark(one: Tree) -> Tree:
        variable = system.variables.get(one.name) if isinstance(one, Name) else None
        if not isinstance(one, Name) or variable is None or not variable.over:
            return rebuilt(one, mark)
        words = one.subscripts or (STAR,) * len(variable.over)
        if len(words) != len(variable.over):
            indices_of(one, variable, loops=loops, system=system)
        marked = []
        for word, dimension in zip(words, variable.over, strict=True):
            is_open = word == STAR or (word in system.dimensions and word not in loops)
            loop = f"{dimension if word == STAR else word}{STAR}"
            marked.append(loop if is_open else word)
            if is_open:
                found.setdefault(loop)
        return replace(one, subscripts=tuple(marked))

    return mark(tree), tuple(found)


def _loops_used(tree: Tree, loops: Loops, *, system: System) -> tuple[str, ...]:
    """List those open loops that anything in a tree goes with."""
    used = {
        word for one in everything(tree) if isinstance(one, Name) for word in one.subscripts if word in loops
    }
    return tuple(one for one in loops if one in used)
