"""Small systems of stocks and flows for tests, written as text: ``stock s = 10; out: f``."""

from pathlib import Path

from simulator.equations import Dialect, Formula, Role, System, Timing, Variable, parse
from simulator.equations.system import Sharing

ROLES = {
    "stock": Role.STOCK,
    "flow": Role.FLOW,
    "biflow": Role.FLOW,
    "aux": Role.AUXILIARY,
    "input": Role.INPUT,
}


def system(text: str, *, timing: Timing | None = None, sharing: Sharing = Sharing.PROPORTIONAL) -> System:
    """Make a system of lines: ``stock ward >= 0 = 10 in: arrivals out: leaving``, ``aux x = 2 * time``."""
    variables = [_variable(line.strip()) for line in text.splitlines() if line.strip()]
    return System(
        variables={one.key: one for one in variables}, timing=timing or Timing(stop=10), sharing=sharing
    )


def _variable(line: str) -> Variable:
    line, _, outflows = line.partition(" out: ")
    line, _, inflows = line.partition(" in: ")
    head, _, equation = line.partition(" = ")
    kind, name, *rest = head.split()
    formulas = (Formula(tree=parse(equation, Dialect.XMILE)),) if equation else ()
    return Variable(
        key=name,
        name=name,
        role=ROLES[kind],
        formulas=formulas,
        inflows=tuple(inflows.split()),
        outflows=tuple(outflows.split()),
        is_non_negative=rest == [">=", "0"],
        runs_both_ways=kind != "flow",
    )


def written(folder: Path, text: str, name: str = "model.toml") -> Path:
    """Write a file and give its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
