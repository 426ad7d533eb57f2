"""What the equation of a variable depends on: each thing it names, and whether only through a memory."""

from collections.abc import Iterator

from simulator.equations.directions import MEMORIES
from simulator.equations.functions import FUNCTIONS, meant
from simulator.equations.system import Formula, System, Variable
from simulator.equations.tree import Call, Name, Tree, children


def formulas_of(variable: Variable) -> tuple[Formula, ...]:
    """Give what says how much a flow or auxiliary is; for one with a share, the share."""
    return (variable.share,) if variable.share is not None else variable.formulas


def mentions_in(variable: Variable, system: System) -> dict[str, bool]:
    """Map the variables that an equation names, in order, to whether all it knows of them is remembered.

    How something was at the start is left out: it moves no more.
    """
    found: dict[str, bool] = {}
    for formula in formulas_of(variable):
        for key, is_remembered in _mentions(formula.tree, is_remembered=False):
            if key in system.variables:
                found[key] = found.get(key, True) and is_remembered
    return found


def without_before(call: Call) -> tuple[Tree, ...]:
    """Give the arguments of a memory that matter after the start."""
    most = FUNCTIONS[meant(call.function)].most
    return call.arguments[:-1] if len(call.arguments) == most else call.arguments


def _mentions(tree: Tree, *, is_remembered: bool) -> Iterator[tuple[str, bool]]:
    if isinstance(tree, Name):
        yield tree.name, is_remembered
        return
    inside = children(tree)
    if isinstance(tree, Call):
        name = meant(tree.function)
        if name == "init":
            return
        if name == "lookup":
            inside = inside[1:]
        if name in MEMORIES:
            inside, is_remembered = without_before(tree), True
    for one in inside:
        yield from _mentions(one, is_remembered=is_remembered)
