"""From a system to a plan: names become rows, equations operations in order; or all that is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from simulator.equations.expansion import PAST, SPAN, START, expanded
from simulator.equations.limiting import Limits, limits_of
from simulator.equations.lookups import Lookup
from simulator.equations.lowering import Lowering, NotEven, loop_sizes
from simulator.equations.naming import dimension_of, pinned
from simulator.equations.ordering import changing, in_order
from simulator.equations.plan import (
    CLOCK,
    MOMENT,
    MOST_SLOTS,
    TIME,
    Assign,
    Limit,
    Link,
    Operation,
    Past,
    Plan,
)
from simulator.equations.residence import with_stages
from simulator.equations.structure import complaints_of_structure, elements_over, repaired
from simulator.equations.system import Complaint, Formula, Role, System, Variable
from simulator.equations.tokens import Misread
from simulator.equations.tree import Call, Name, Slot
from simulator.equations.unknown import complaints_of_names

MOST_LOOPS_TOLD = 5


class Unplannable(Exception):
    """Say everything that keeps a system from being run, each fault with the way to it in its file."""

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        """Keep the complaints in the order found, each once."""
        self.complaints = list(dict.fromkeys(complaints))
        super().__init__("\n".join(message for _, message in self.complaints))


def plan_of(system: System) -> Plan:
    """Plan a system. Raises :class:`Unplannable` with all that is wrong in it."""
    complaints = [*complaints_of_structure(system), *complaints_of_names(system)]
    staged = with_stages(repaired(system, complaints))
    limits = limits_of(staged)
    whole, of_expansion = expanded(staged.with_variables(*limits.helpers.values()))
    planner = _Planner(system=whole, limits=limits, complaints=[*complaints, *of_expansion])
    plan = planner.plan()
    if planner.complaints:
        raise Unplannable(planner.complaints)
    return replace(plan, system=system)


@dataclass(slots=True)
class _Planner:
    """What has been found so far of a plan."""

    system: System
    limits: Limits
    complaints: list[Complaint]
    places: dict[str, int] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)
    lookups: list[Lookup] = field(default_factory=list)
    starting: list[Operation] = field(default_factory=list)
    running: list[Operation] = field(default_factory=list)
    sources: dict[int, str] = field(default_factory=dict)
    rows: int = CLOCK
    pasts: int = 0

    def plan(self) -> Plan:
        self._place_all()
        for variable in self.system.variables.values():
            for formula in variable.formulas:
                self._add(variable, formula)
        if self.rows > MOST_SLOTS:
            return self._made((), ())
        self._add_limits()
        each, loops = in_order(self.running)
        self._tell(loops)
        first, loops = in_order([*self.starting, *self.running])
        self._tell(loops)
        if self.complaints:
            return self._made((), ())
        moving = {TIME, MOMENT, *self._rows(Role.STOCK), *self._rows(Role.INPUT)}
        return self._made(tuple(first), tuple(changing(each, moving)))

    def _made(self, first: tuple[Operation, ...], each: tuple[Operation, ...]) -> Plan:
        links = self._links()
        guarded = [one.stock for one in self.limits.steps]
        spans = [one for one in self.system.variables.values() if one.is_ours and one.note == SPAN]
        return Plan(
            system=self.system,
            slots=self.rows,
            places=self.places,
            first=first,
            each=each,
            links=links,
            guarded=tuple(row for key in guarded for row in self._rows_of(key)),
            clamped=tuple(row for key in self.limits.clamped for row in self._rows_of(key)),
            spans=tuple(row for one in spans for row in self._rows_of(one.key)),
            pasts=self.pasts,
            tables=tuple(self.lookups),
            names={row: self.system.variables[key].name for row, key in self.sources.items()},
        )

    def _place_all(self) -> None:
        for key, lookup in self.system.lookups.items():
            self.tables[key] = len(self.lookups)
            self.lookups.append(lookup)
        for variable in self.system.variables.values():
            self.places[variable.key] = self.rows
            count = elements_over(self.system, variable.over)
            for row in range(self.rows, self.rows + count):
                self.sources[row] = variable.key
            self.rows += count
            tables = [one.lookup for one in variable.formulas if one.lookup is not None]
            if tables and len(tables) == len(variable.formulas):
                self.tables[variable.key] = len(self.lookups)
                self.lookups.extend(tables)
        if self.rows > MOST_SLOTS:
            self.complaints.append(((), f"{self.rows:,} values in all; {MOST_SLOTS:,} are the most."))

    def _add(self, variable: Variable, formula: Formula) -> None:
        """Add what an equation does; every fault in it is told at its place."""
        try:
            try:
                made = self._operation(
                    variable, formula, loops=() if formula.element else self._loops(variable)
                )
                operations = [made]
            except NotEven:
                operations = [
                    self._operation(variable, one, loops=())
                    for one in _one_by_one(variable, formula, system=self.system)
                ]
        except Misread as found:
            self.complaints.append((formula.way or variable.way, str(found)))
            return
        tree = formula.tree
        is_start = variable.role is Role.STOCK or (isinstance(tree, Call) and tree.function == START)
        (self.starting if is_start else self.running).extend(operations)

    def _loops(self, variable: Variable) -> tuple[str, ...]:
        """Give the loops of a variable's own equation; a helper inside a sum has the sum's loops too."""
        if len(set(variable.over)) == len(variable.over):
            return variable.over
        return tuple(f"{one}*" if one in variable.over[:at] else one for at, one in enumerate(variable.over))

    def _operation(self, variable: Variable, formula: Formula, *, loops: tuple[str, ...]) -> Operation:
        tree, gather = formula.tree, ""
        inner: tuple[str, ...] = ()
        if isinstance(tree, Call) and tree.function.startswith("#"):
            if tree.function == PAST:
                return self._past(variable, tree, loops=loops)
            inner, gather = tree.subscripts, "" if tree.function == START else tree.function[1:]
            tree = tree.arguments[0]
        lowering = self._lowering((*loops, *inner), variable)
        lowered = lowering.tree(tree)
        if formula.lookup is not None:
            lowered = lowering.through(lowered, variable, formula=formula)
        return Assign(
            target=self._target(variable, formula, loops=loops),
            loops=loop_sizes(self.system, loops),
            tree=lowered,
            has_floor=variable.role is Role.FLOW and not variable.runs_both_ways,
            inner=loop_sizes(self.system, inner),
            gather=gather,
        )

    def _past(self, variable: Variable, call: Call, *, loops: tuple[str, ...]) -> Past:
        lowering = self._lowering(loops, variable)
        source, time, first = call.arguments
        assert isinstance(source, Name)
        assert isinstance(first, Name)
        row = self.pasts
        self.pasts += elements_over(self.system, variable.over)
        return Past(
            target=lowering.own_slot(variable),
            loops=loop_sizes(self.system, loops),
            row=row,
            source=lowering.slot(source),
            time=lowering.tree(time),
            first=lowering.slot(first),
        )

    def _target(self, variable: Variable, formula: Formula, *, loops: tuple[str, ...]) -> Slot:
        lowering = self._lowering(loops, variable)
        slot = lowering.own_slot(variable, formula.element)
        wanted = self.limits.wanted.get(variable.key)
        if wanted is None:
            return slot
        return replace(slot, base=slot.base - self.places[variable.key] + self.places[wanted])

    def _lowering(self, loops: tuple[str, ...], variable: Variable) -> Lowering:
        """Open loops for an equation; flows that share what a stock holds see what each wanted."""
        instead: dict[str, int] = {}
        if variable.key in self.limits.wanted:
            for limiting in self.limits.steps:
                keys = [before for before, _, _ in limiting.takers]
                if not limiting.is_ordered and self.limits.wanted[variable.key] in keys:
                    instead |= {
                        key: self.places[one] for key, one in self.limits.wanted.items() if one in keys
                    }
        return Lowering(self.system, self.places, self.tables, instead, loops)

    def _add_limits(self) -> None:
        for one in self.limits.steps:
            takers = tuple(
                (self.places[before], self.places[after], sign) for before, after, sign in one.takers
            )
            count = elements_over(self.system, self.system.variables[one.stock].over)
            inflows = tuple(self.places[key] for key in one.inflows)
            limit = Limit(
                stock=self.places[one.stock],
                count=count,
                inflows=inflows,
                takers=takers,
                is_ordered=one.is_ordered,
            )
            self.running.extend(_apart(limit) if one.is_ordered else [limit])

    def _links(self) -> tuple[Link, ...]:
        links: list[Link] = []
        for stock in self.system.variables.values():
            for sign, flows in ((1, stock.inflows), (-1, stock.outflows)):
                for key in flows:
                    pairs = zip(self._rows_of(key), self._rows_of(stock.key), strict=False)
                    links.extend(Link(flow=flow, stock=row, sign=sign) for flow, row in pairs)
        return tuple(links)

    def _rows(self, role: Role) -> list[int]:
        return [
            row
            for one in self.system.variables.values()
            if one.role is role
            for row in self._rows_of(one.key)
        ]

    def _rows_of(self, key: str) -> range:
        count = elements_over(self.system, self.system.variables[key].over)
        return range(self.places[key], self.places[key] + count)

    def _tell(self, loops: list[list[Operation]]) -> None:
        for loop in loops[:MOST_LOOPS_TOLD]:
            keys = list(dict.fromkeys(self._key_of(one).partition("#")[0] for one in loop))
            names = [self.system.variables[key].name for key in keys]
            chain = " → ".join([*names, names[0]])
            said = f"an algebraic loop: {chain}; each needs the next at one moment."
            said = f"{said} A stock, delay or smooth would break it."
            way = self.system.variables[keys[0]].formulas[0].way
            self.complaints.append((way, said))

    def _key_of(self, operation: Operation) -> str:
        row = operation.takers[0][1] if isinstance(operation, Limit) else operation.target.base
        return self.sources[row]


def _apart(limit: Limit) -> list[Operation]:
    """Limit flows one after another, so that an equation of the second may speak of the first."""
    taken = tuple((granted, sign) for _, granted, sign in limit.takers)
    return [replace(limit, takers=(one,), taken=taken[:at]) for at, one in enumerate(limit.takers)]


def _one_by_one(variable: Variable, formula: Formula, *, system: System) -> list[Formula]:
    """Write an equation over an array out for each element."""
    found: list[tuple[str, ...]] = [()]
    for dimension in variable.over:
        found = [(*before, one) for before in found for one in system.dimensions[dimension_of(dimension)]]
    pins = [dict(zip(variable.over, element, strict=True)) for element in found]
    return [
        replace(formula, tree=pinned(formula.tree, one, system=system), element=element)
        for one, element in zip(pins, found, strict=True)
    ]
