"""Values set in the place of equations: a sweep's parameters, ``--set``, a stock's first contents."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from simulator.equations.plan import Plan
from simulator.equations.planning import plan_of
from simulator.equations.system import Formula, Role, System, Variable
from simulator.equations.tokens import canonical
from simulator.equations.tree import Name, Number
from simulator.errors import DefinitionError

ELEMENT = re.compile(r"(?P<name>[^\[\]]+)(?:\[(?P<subscripts>[^\[\]]+)\])?")
SET = "#set"


@dataclass(frozen=True)
class Prepared:
    """A plan in which some values are set, and the row in which each stands."""

    plan: Plan
    rows: Mapping[str, tuple[int, ...]]

    def given(self, values: Mapping[str, object], part: slice = slice(None)) -> dict[int, Any]:
        """Lay values out by row: numbers, or one for each run, of which a part is taken."""
        found: dict[int, Any] = {}
        for name, value in values.items():
            numbers = np.asarray(value, dtype=float)
            for row in self.rows[name]:
                found[row] = numbers[part] if numbers.ndim else numbers
        return found


def prepared(system: System, names: tuple[str, ...]) -> Prepared:
    """Plan a system in which these are set from outside; each is a variable, or ``variable[element]``.

    Raises :class:`DefinitionError` where there is none of the name.
    """
    keys: dict[str, str] = {}
    for name in names:
        system, keys[name] = _with_given(system, name)
    plan = plan_of(system)
    rows = {}
    for name, key in keys.items():
        count = 1
        for dimension in system.variables[key].over:
            count *= len(system.dimensions[dimension])
        rows[name] = tuple(range(plan.places[key], plan.places[key] + count))
    return Prepared(plan, rows)


def with_values(system: System, values: Mapping[str, float]) -> System:
    """Give a system in which these values stand in the place of equations, as constants of its own.

    Raises :class:`DefinitionError` where there is none of the name.
    """
    for name, value in values.items():
        system, key = _with_given(system, name)
        known = {one: each for one, each in system.variables.items() if one != key}
        number = Number(value)
        for one, each in known.items():
            formulas = tuple(
                replace(formula, tree=number) if formula.tree == Name(key) else formula
                for formula in each.formulas
            )
            known[one] = replace(each, formulas=formulas)
        system = replace(system, variables=known)
    return system


def _with_given(system: System, name: str) -> tuple[System, str]:
    found = ELEMENT.fullmatch(name.strip())
    key = canonical(found["name"]) if found else ""
    variable = system.variables.get(key)
    if found is None or variable is None or variable.is_ours:
        near = difflib.get_close_matches(key, [one.key for one in system.shown], n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        raise DefinitionError(f"--set: no stock, flow or auxiliary is called '{name[:80]}'.{hint}")
    if variable.role is Role.INPUT:
        return system, key
    if found["subscripts"] is not None:
        return _with_element(system, variable, subscripts=found["subscripts"])
    setting = Variable(
        key=f"{key}{SET}",
        name=variable.name,
        role=Role.GIVEN,
        over=variable.over,
        is_ours=True,
        way=variable.way,
    )
    tree = Formula(tree=Name(setting.key), way=variable.way)
    return system.with_variables(replace(variable, formulas=(tree,)), setting), setting.key


def _with_element(system: System, variable: Variable, *, subscripts: str) -> tuple[System, str]:
    element = tuple(canonical(one) for one in subscripts.split(","))
    known = [system.dimensions[one] for one in variable.over]
    if len(element) != len(known) or any(one not in them for one, them in zip(element, known, strict=True)):
        raise DefinitionError(f"--set: '{variable.name}' has no element [{subscripts[:80]}].")
    setting = Variable(
        key=f"{variable.key}{SET}_{'_'.join(element)}", name=variable.name, role=Role.GIVEN, is_ours=True
    )
    formulas = []
    for one in elements_of(system, variable):
        own = [formula for formula in variable.formulas if formula.element in ((), one)]
        formulas.append(replace(own[0], element=one))
    changed = [
        replace(one, tree=Name(setting.key), lookup=None) if one.element == element else one
        for one in formulas
    ]
    return system.with_variables(replace(variable, formulas=tuple(changed)), setting), setting.key


def elements_of(system: System, variable: Variable) -> list[tuple[str, ...]]:
    """List the elements of a variable, the last dimension moving fastest; of no array, an empty one."""
    found: list[tuple[str, ...]] = [()]
    for dimension in variable.over:
        found = [(*before, one) for before in found for one in system.dimensions[dimension]]
    return found
