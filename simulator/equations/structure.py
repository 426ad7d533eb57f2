"""What must hold of a system before its equations are looked at: flows have ends, arrays go together."""

from collections.abc import Iterator
from dataclasses import replace

from simulator.equations.limiting import ends_of
from simulator.equations.naming import shown_dimension
from simulator.equations.system import Complaint, Role, System, Variable


def complaints_of_structure(system: System) -> list[Complaint]:
    """List what is wrong with the skeleton of a system."""
    return [*_links(system), *_arrays(system), *_equations(system), *_tables(system)]


def elements_over(system: System, over: tuple[str, ...]) -> int:
    """Count the elements of an array over some dimensions."""
    count = 1
    for dimension in over:
        count *= len(system.dimensions[dimension])
    return count


def _links(system: System) -> Iterator[Complaint]:
    for stock in system.variables.values():
        for key in (*stock.inflows, *stock.outflows):
            flow = system.variables.get(key)
            if flow is None:
                yield stock.way, f"'{stock.name}' names the flow '{key}', which is not there."
            elif flow.role is Role.STOCK:
                yield stock.way, f"'{stock.name}' names '{flow.name}' as a flow, which is a stock."
            elif flow.over != stock.over:
                ours, theirs = _over(system, stock), _over(system, flow)
                yield flow.way, f"'{flow.name}' goes over {theirs}, but the stock '{stock.name}' over {ours}."
    shared = [key for key, pairs in ends_of(system).items() if len(pairs) > 1]
    staged = {
        key for one in system.variables.values() if one.residence for key in (*one.inflows, *one.outflows)
    }
    for key in shared:
        if key in staged:
            yield (
                system.variables[key].way,
                "a flow into or out of a stock with a residence has one stock at each end.",
            )


def _arrays(system: System) -> Iterator[Complaint]:
    for variable in system.variables.values():
        for dimension in variable.over:
            if dimension not in system.dimensions:
                yield variable.way, f"'{variable.name}' goes over '{dimension}', which is no dimension."
            elif not system.dimensions[dimension]:
                shown = shown_dimension(system, dimension)
                yield variable.way, f"'{variable.name}' goes over {shown}, which has no elements."
        if len(set(variable.over)) != len(variable.over):
            yield (
                variable.way,
                f"'{variable.name}' goes over one dimension twice; give the second another name.",
            )


def _equations(system: System) -> Iterator[Complaint]:
    for variable in system.variables.values():
        if variable.role in (Role.INPUT, Role.GIVEN) or variable.share is not None:
            continue
        if not variable.formulas:
            yield variable.way, f"'{variable.name}' has no equation."
        elif variable.formulas[0].element and all(one in system.dimensions for one in variable.over):
            given = {one.element for one in variable.formulas}
            count = elements_over(system, variable.over)
            if len(given) != count:
                yield (
                    variable.way,
                    f"'{variable.name}' has equations for {len(given)} of its {count} elements.",
                )


def _tables(system: System) -> Iterator[Complaint]:
    for variable in system.variables.values():
        for formula in variable.formulas:
            if formula.lookup is not None and formula.lookup.fault:
                yield formula.way or variable.way, f"'{variable.name}': {formula.lookup.fault}"
    for key, lookup in system.lookups.items():
        if lookup.fault:
            yield ("lookups", key, "points"), lookup.fault


def _over(system: System, variable: Variable) -> str:
    return ", ".join(shown_dimension(system, one) for one in variable.over) or "nothing"


def repaired(system: System, complaints: list[Complaint]) -> System:
    """Leave out what is wrong with the skeleton, so that the rest of a system can still be looked at."""
    if not complaints:
        return system
    ways = {way[:2] for way, _ in complaints}
    known = system.dimensions
    changed = []
    for variable in system.variables.values():
        over = tuple(dict.fromkeys(one for one in variable.over if known.get(one)))
        is_wrong = variable.way[:2] in ways
        flows = () if is_wrong else variable.inflows, () if is_wrong else variable.outflows
        kept = [tuple(key for key in keys if _is_proper(system, key, over=over)) for keys in flows]
        made = replace(variable, over=over, inflows=kept[0], outflows=kept[1])
        if is_wrong:
            made = replace(made, role=Role.GIVEN, formulas=(), residence=None, share=None)
        changed.append(made)
    return system.with_variables(*changed)


def _is_proper(system: System, key: str, *, over: tuple[str, ...]) -> bool:
    flow = system.variables.get(key)
    return flow is not None and flow.role is not Role.STOCK and flow.over == over
