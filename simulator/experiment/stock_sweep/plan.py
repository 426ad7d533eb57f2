"""What a design over a model of stocks alone runs: its points, and which numbers are kept of each run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from simulator.definition.design import POINTS, Design
from simulator.definition.faults import Wrong
from simulator.definition.points_file import read_points
from simulator.definition.stock_design import AT_END, INTEGRAL, StockDesign, StockOf
from simulator.definition.words import nearest
from simulator.engines.stocks.run import column_names
from simulator.equations.system import Role, System, Variable
from simulator.equations.tokens import canonical
from simulator.equations.tree import constant_in
from simulator.errors import DefinitionError, Fault
from simulator.experiment.designs.axis import Axis
from simulator.experiment.designs.few import few_base_points
from simulator.experiment.designs.make import points_over
from simulator.experiment.designs.point import Point
from simulator.experiment.stock_files import StockFile
from simulator.experiment.stock_points import columns_of, unknown
from simulator.units import Dimension, shown, written_quantity

NO_UNIT = ("1", "dimensionless", "dmnl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One number of every run: ``what`` of the column of a run's table, in ``unit`` (empty: none)."""

    id: str
    column: str
    what: str
    unit: str
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StockPlan:
    """A design about to be run over a file: points in the order of the design, and what is kept of each."""

    file: StockFile
    design: StockDesign
    points: tuple[Point, ...]
    kept: tuple[Kept, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Name what differs from point to point."""
        return tuple(self.points[0])

    @property
    def columns(self) -> Mapping[str, Sequence[float]]:
        """Give the number of each variable that is varied, by point."""
        return {path: [float(str(point[path])) for point in self.points] for path in self.paths}


def plan_stock_sweep(file: StockFile, design: StockDesign) -> StockPlan:
    """Plan a design over a file. Raises :class:`DefinitionError` with every fault, each at its line."""
    names = tuple(sorted(design.vary))
    faults = [*_of_names(names, file, design=design)]
    found = list(_kept(file.system, design))
    faults += [one for one in found if isinstance(one, Fault)]
    if faults:
        raise DefinitionError(faults)
    kept = tuple(one for one in found if isinstance(one, Kept))
    points = _points(file, design)
    return StockPlan(file=file, design=design, points=points, kept=kept)


def notes_of(plan: StockPlan) -> Iterator[str]:
    """Say what must be known of a design: that it has few points, or puts an equation out of force."""
    yield from few_base_points(plan.design.design)
    system = plan.file.system
    for path in plan.paths:
        variable = variable_of(system, path)
        if variable.role is not Role.STOCK and not _is_constant(variable):
            yield (
                f"the equation of {path} is out of force: where it is varied it stays at the value of the "
                "point."
            )


def variable_of(system: System, name: str) -> Variable:
    """Give the variable that a name is of, or of an element of."""
    return system.variables[canonical(name.partition("[")[0])]


def unit_of(system: System, name: str) -> str:
    """Give the unit of a variable, or of an element of one; empty where it has none."""
    unit = (variable_of(system, name).unit or "").strip()
    return "" if unit.lower() in NO_UNIT else unit


def _is_constant(variable: Variable) -> bool:
    return all(constant_in(one.tree) is not None and one.lookup is None for one in variable.formulas)


def _points(file: StockFile, design: StockDesign) -> tuple[Point, ...]:
    """Make the points of a design; of a file of points they are its rows."""
    said = design.design
    found = _of_file(file, design) if said.kind == POINTS else _of_axes(design, said)
    if missing := [one for one in said.only if one > len(found)]:
        message = f"there is no point {missing[0]:,}; the design has {len(found):,}."
        raise DefinitionError(design.origin.fault("design.only", message))
    return tuple(found[one - 1] for one in said.only) if said.only else found


def _of_axes(design: StockDesign, said: Design) -> tuple[Point, ...]:
    axes = [Axis(name=name, variation=design.vary[name]) for name in sorted(design.vary)]
    pairs = {one.of: float(one.rank) for one in design.correlations}
    return points_over(axes, said, seed=design.seed, correlations=pairs)


def _of_file(file: StockFile, design: StockDesign) -> tuple[Point, ...]:
    name = design.design.file
    assert name is not None
    try:
        rows = read_points(design.origin.folder, name)
    except Wrong as found:
        faults = [design.origin.fault("design.file", said) for _, said in found.faults]
        raise DefinitionError(faults) from None
    columns = columns_of(rows, design.origin.folder / name, file=file)
    written = {path: [_written(one) for one in numbers] for path, numbers in columns.items()}
    return tuple(dict(zip(written, row, strict=True)) for row in zip(*written.values(), strict=True))


def _written(number: float) -> object:
    return written_quantity(Fraction(number), Dimension.NUMBER)


def _of_names(names: Sequence[str], file: StockFile, *, design: StockDesign) -> Iterator[Fault]:
    """List what is wrong with the names of what is varied."""
    given = {canonical(name): name for name in file.given}
    seen: dict[str, str] = {}
    for name in names:
        key = canonical(name)
        message = unknown(file.system, name)
        if not message and key in given:
            message = f"is set with --set as well ({given[key]}); keep one of them."
        elif not message and key in seen:
            message = f"is {shown(seen[key])} over again; vary it once."
        if message:
            yield design.origin.positions.fault(("vary", name), message)
        seen[key] = name


def _kept(system: System, design: StockDesign) -> Iterator[Kept | Fault]:
    """Give what a design keeps: what it names, or what there is of every stock at the end."""
    columns = {name: system.variables[key] for key, names in column_names(system).items() for name in names}
    if not design.measures:
        stocks = [name for name, one in columns.items() if one.role is Role.STOCK]
        for name in stocks or columns:
            yield _one_kept(f"{name}.{AT_END}", StockOf(name, AT_END), system=system)
        return
    by_key = {canonical(name): name for name in columns}
    for id, measure in design.measures.items():
        column = by_key.get(canonical(measure.of.name))
        if column is None:
            message = _no_column(measure.of.name, columns)
            yield design.origin.positions.fault(("measures", id, "of"), message)
            continue
        found = _one_kept(id, StockOf(column, measure.of.what), system=system)
        yield replace(found, title=measure.title)


def _no_column(name: str, columns: Mapping[str, Variable]) -> str:
    """Say that there is no such variable, or that it has elements of which one must be named."""
    elements = [one for one in columns if canonical(one.partition("[")[0]) == canonical(name) and "[" in one]
    if elements:
        return f"{shown(name)} has elements; name one, such as {shown(elements[0])}."
    return f"no stock, flow or auxiliary is called {shown(name)}.{nearest(name, columns)}"


def _one_kept(id: str, of: StockOf, *, system: System) -> Kept:
    unit = unit_of(system, of.name)
    if of.what == INTEGRAL:
        unit = " × ".join(one for one in (unit, system.timing.units) if one)
    return Kept(id=id, column=of.name, what=of.what, unit=unit)
