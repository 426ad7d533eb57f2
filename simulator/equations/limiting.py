"""Stocks that never fall below nought: which flows are limited, by which stock, in which order.

A flow is limited by the stock that it leaves, and a flow that may run backwards by the stock that it fills as
well. What flows in during the step may flow out again, where it is known by then: stocks are gone through
from upstream to downstream, and round a ring of stocks only contents count. A file in which one flow drains
two stocks says nothing that could be limited: there each stock is held at nought by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.equations.system import Role, Sharing, System, Variable

WANTED = "#wanted"
# A flow in that may run backwards and that the stock it comes from has not limited yet: it cannot be counted
# on.
BACKWARDS_ONLY = -2


@dataclass(frozen=True, slots=True, kw_only=True)
class Limiting:
    """One stock, what counts as coming in, and what would be taken: (wanted, granted, sign), by key."""

    stock: str
    inflows: tuple[str, ...]
    takers: tuple[tuple[str, str, int], ...]
    is_ordered: bool


@dataclass(slots=True)
class Limits:
    """What is limited, in order; which keys stand for what was wanted first; which stocks are merely held."""

    steps: list[Limiting] = field(default_factory=list)
    wanted: dict[str, str] = field(default_factory=dict)
    helpers: dict[str, Variable] = field(default_factory=dict)
    clamped: list[str] = field(default_factory=list)


def limits_of(system: System) -> Limits:
    """Say how the stocks of a system that are declared never to be negative are kept so."""
    found = Limits()
    ends = ends_of(system)
    guarded = []
    for stock in system.variables.values():
        if stock.role is Role.STOCK and stock.is_non_negative:
            proper = all(len(ends[flow]) == 1 for flow in (*stock.inflows, *stock.outflows))
            if proper:
                guarded.append(stock)
            else:
                found.clamped.append(stock.key)
    latest: dict[str, str] = {}
    final: dict[str, int] = {}
    for stock in guarded:
        for key, _ in _takers(stock, system):
            final[key] = final.get(key, 0) + 1
    for stock in _downstream(guarded):
        _limit(stock, system, found=found, latest=latest, final=final)
    return found


def ends_of(system: System) -> dict[str, list[tuple[str, str]]]:
    """Map each flow to (from, to) pairs: one where it is proper, more where a file shares it out."""
    sources: dict[str, list[str]] = {}
    targets: dict[str, list[str]] = {}
    for stock in system.variables.values():
        for key in stock.outflows:
            sources.setdefault(key, []).append(stock.key)
        for key in stock.inflows:
            targets.setdefault(key, []).append(stock.key)
    return {
        key: [(left, right) for left in sources.get(key, [""]) for right in targets.get(key, [""])]
        for key in (*sources, *targets)
    }


def _takers(stock: Variable, system: System) -> list[tuple[str, int]]:
    backwards = [key for key in stock.inflows if system.variables[key].runs_both_ways]
    return [*((key, -1) for key in backwards), *((key, 1) for key in stock.outflows)]


def _limit(
    stock: Variable, system: System, *, found: Limits, latest: dict[str, str], final: dict[str, int]
) -> None:
    takers = []
    for key, sign in _takers(stock, system):
        before = latest.get(key)
        if before is None:
            before = f"{key}{WANTED}"
            found.wanted[key] = before
            found.helpers[before] = _copy(system.variables[key], before)
        final[key] -= 1
        after = key if final[key] == 0 else f"{key}{WANTED}{final[key]}"
        if after != key:
            found.helpers[after] = _copy(system.variables[key], after)
        latest[key] = after
        takers.append((before, after, sign if sign > 0 or final[key] == 0 else BACKWARDS_ONLY))
    if not takers:
        return
    ours = {key for key, _ in _takers(stock, system)}
    known = tuple(key for key in stock.inflows if (final.get(key, 0) == 0 and key not in ours))
    steps = Limiting(
        stock=stock.key,
        inflows=known,
        takers=tuple(takers),
        is_ordered=system.sharing is Sharing.ORDERED,
    )
    found.steps.append(steps)


def _copy(flow: Variable, key: str) -> Variable:
    return Variable(key=key, name=flow.name, role=Role.FLOW, over=flow.over, is_ours=True, way=flow.way)


def _downstream(guarded: list[Variable]) -> list[Variable]:
    """Order stocks so that one which another flows into comes after it, as far as rings allow."""
    source: Mapping[str, str] = {flow: stock.key for stock in guarded for flow in stock.outflows}
    named = {stock.key: stock for stock in guarded}
    ordered: dict[str, Variable] = {}
    waiting: set[str] = set()

    def place(stock: Variable) -> None:
        stack = [(stock, iter(stock.inflows))]
        waiting.add(stock.key)
        while stack:
            here, flows = stack[-1]
            above = next((source[one] for one in flows if one in source and source[one] not in waiting), None)
            if above is None:
                ordered[here.key] = here
                stack.pop()
            else:
                waiting.add(above)
                stack.append((named[above], iter(named[above].inflows)))

    for stock in guarded:
        if stock.key not in waiting:
            place(stock)
    return list(ordered.values())
