"""What an equation speaks of that is not there: every name of it, with the nearest that is."""

import difflib
from collections.abc import Iterator

from simulator.equations.functions import (
    FIXED_NAMES,
    FUNCTIONS,
    REFUSED,
    SAME_FUNCTION,
    TIME_NAMES,
    meant,
)
from simulator.equations.system import Complaint, System
from simulator.equations.tree import Call, Name, Tree, everything

LONGEST = 64


def complaints_of_names(system: System) -> list[Complaint]:
    """List the names in a system's equations that nothing has, each at its equation."""
    return [
        (formula.way or variable.way, said)
        for variable in system.variables.values()
        for formula in (*variable.formulas, *([variable.share] if variable.share is not None else ()))
        for said in dict.fromkeys(_unknown_in(formula.tree, system))
    ]


def unknown_name(name: str, system: System) -> str:
    """Say that a name is nobody's; a function is no hint where nothing is called."""
    near = _nearest(name, [*_known(system), *TIME_NAMES, *FIXED_NAMES])
    return f"no variable or function is called '{name[:LONGEST]}'.{near}"


def unknown_function(name: str, system: System) -> str:
    """Say that a function is none."""
    if name in REFUSED:
        return f"{name} {REFUSED[name]}."
    near = _nearest(name, [*_known(system), *FUNCTIONS, *SAME_FUNCTION, *TIME_NAMES])
    return f"no function or lookup is called '{name[:LONGEST]}'.{near}"


def _unknown_in(tree: Tree, system: System) -> Iterator[str]:
    there = (system.variables, system.lookups)
    for one in everything(tree):
        if isinstance(one, Name):
            if not any(one.name in known for known in (*there, TIME_NAMES, FIXED_NAMES)):
                yield unknown_name(one.name, system)
        elif isinstance(one, Call) and not any(one.function in known for known in there):
            is_name = not one.arguments and (one.function in FIXED_NAMES or one.function in TIME_NAMES)
            if not is_name and meant(one.function) not in (*FUNCTIONS, "lookup"):
                yield unknown_function(one.function, system)


def _known(system: System) -> list[str]:
    return [one for one in (*system.variables, *system.lookups) if "#" not in one]


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name[:LONGEST].lower(), known, n=1, cutoff=0.6)
    return f" Did you mean '{near[0]}'?" if near else ""
