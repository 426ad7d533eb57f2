"""Length of stay in a stock: stages whose number and rates give its mean and its coefficient of variation.

Below a cv of 1 a chain of k stages, with 1/k ≤ cv² ≤ 1/(k−1), of which some people skip the first (Tijms
1994, *Stochastic Models*, §A.1); above it two stages side by side with balanced means. Stages begin filled as
they would be in a steady state.
"""

import math
from dataclasses import dataclass, replace

from simulator.equations.system import Formula, Role, System, Variable
from simulator.equations.tree import Binary, Call, Name, Number, Tree

LEAST_CV, MOST_CV = 0.1, 20.0


@dataclass(frozen=True, slots=True)
class Stages:
    """Stages of a stay: each one's rate, share of arrivals that begin in it, share of people in it."""

    rates: tuple[float, ...]
    entering: tuple[float, ...]
    present: tuple[float, ...]
    is_chain: bool


def stages_of(mean: float, cv: float) -> Stages:
    """Fit stages to a mean and a coefficient of variation, both exactly."""
    if cv > 1:
        return _side_by_side(mean, cv)
    square = cv * cv
    count = max(1, math.ceil(1 / square - 1e-9))
    skips = 0.0
    if count > 1:
        skips = (count * square - math.sqrt(max(0.0, count * (1 + square) - count**2 * square))) / (
            1 + square
        )
    rate = (count - skips) / mean
    visits = (1 - skips, *(1.0,) * (count - 1)) if count > 1 else (1.0,)
    entering = (1 - skips, skips, *(0.0,) * (count - 2)) if count > 1 else (1.0,)
    present = tuple(one / sum(visits) for one in visits)
    return Stages((rate,) * count, entering, present, is_chain=True)


def _side_by_side(mean: float, cv: float) -> Stages:
    square = cv * cv
    quick = (1 + math.sqrt((square - 1) / (square + 1))) / 2
    rates = (2 * quick / mean, 2 * (1 - quick) / mean)
    return Stages(rates, (quick, 1 - quick), (0.5, 0.5), is_chain=False)


def with_stages(system: System) -> System:
    """Put stages in the place of every stock that has a residence; the stock's name then means their sum."""
    for variable in tuple(system.variables.values()):
        if variable.residence is not None:
            system = _staged(
                system, variable, stages=stages_of(variable.residence.mean, variable.residence.cv)
            )
    return system


def _staged(system: System, stock: Variable, *, stages: Stages) -> System:
    keys = [f"{stock.key}#stage{place + 1}" for place in range(len(stages.rates))]
    leaving = f"{stock.key}#leaving"
    helpers: list[Variable] = []
    flows: dict[str, tuple[list[str], list[str]]] = {key: ([], []) for key in keys}

    def flow(key: str, tree: Tree, *, into: str | None, out_of: str | None) -> None:
        helpers.append(_helper(key, tree, stock=stock, role=Role.FLOW))
        if into is not None:
            flows[into][0].append(key)
        if out_of is not None:
            flows[out_of][1].append(key)

    for inflow in stock.inflows:
        for key, share in zip(keys, stages.entering, strict=True):
            if share:
                flow(f"{inflow}#to_{key}", Binary("*", Name(inflow), Number(share)), into=key, out_of=None)
    for place, (key, rate) in enumerate(zip(keys, stages.rates, strict=True)):
        onward = keys[place + 1] if stages.is_chain and place + 1 < len(keys) else None
        flow(f"{key}#out", Binary("*", Name(key), Number(rate)), into=onward, out_of=key)
    last = keys[-1:] if stages.is_chain else keys
    helpers.append(_helper(leaving, _sum([f"{key}#out" for key in last]), stock=stock))
    changed = []
    for name in stock.outflows:
        outflow = system.variables[name]
        if outflow.share is not None:
            changed.append(_shared(outflow, leaving))
            continue
        for key in keys:
            part = Call("safediv", (Binary("*", Name(name), Name(key)), Name(stock.key)))
            flow(f"{name}#from_{key}", part, into=None, out_of=key)
    for key, present in zip(keys, stages.present, strict=True):
        helpers.append(_stage(key, stock, present=present, flows=flows[key]))
    total = replace(
        stock, role=Role.AUXILIARY, residence=None, inflows=(), outflows=(), is_non_negative=False
    )
    total = replace(total, formulas=(Formula(tree=_sum(keys), way=stock.way),))
    return system.with_variables(total, *changed, *helpers)


def _helper(key: str, tree: Tree, *, stock: Variable, role: Role = Role.AUXILIARY) -> Variable:
    formula = Formula(tree=tree, way=stock.way)
    return Variable(
        key=key, name=key, role=role, formulas=(formula,), over=stock.over, is_ours=True, way=stock.way
    )


def _stage(key: str, stock: Variable, *, present: float, flows: tuple[list[str], list[str]]) -> Variable:
    made = _helper(key, Number(0.0), stock=stock, role=Role.STOCK)
    initial = [replace(one, tree=Binary("*", one.tree, Number(present))) for one in stock.formulas]
    return replace(made, formulas=tuple(initial), inflows=tuple(flows[0]), outflows=tuple(flows[1]))


def _shared(outflow: Variable, leaving: str) -> Variable:
    assert outflow.share is not None
    tree = Binary("*", Name(leaving), outflow.share.tree)
    return replace(outflow, formulas=(replace(outflow.share, tree=tree),), share=None)


def _sum(keys: list[str]) -> Tree:
    total: Tree = Name(keys[0])
    for key in keys[1:]:
        total = Binary("+", total, Name(key))
    return total
