"""A system of stocks, flows and auxiliaries, whatever file said it: what engines and exporters read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from simulator.equations.lookups import Lookup
from simulator.equations.tree import Tree

Way = tuple[str | int, ...]
# What a file that names no unit of time has.
NO_UNIT = ("", "time")
Complaint = tuple[Way, str]


class Role(Enum):
    """What a variable is; what is given is set before a run, an input may be set while it runs."""

    STOCK = "stock"
    FLOW = "flow"
    AUXILIARY = "auxiliary"
    GIVEN = "given"
    INPUT = "input"


class Sharing(Enum):
    """Who gets what where outflows want more than a stock holds: all alike, or the first first."""

    PROPORTIONAL = "proportional"
    ORDERED = "ordered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """The equation of a variable, or of one of its elements; of a stock, its contents at the start."""

    tree: Tree
    element: tuple[str, ...] = ()
    lookup: Lookup | None = None
    way: Way = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Residence:
    """How long people stay in a stock: mean in units of time, and coefficient of variation."""

    mean: float
    cv: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One thing of a system that has a value at every moment.

    ``key`` is how equations call it, ``name`` how the file wrote it, ``title`` what people see instead where
    the file says that apart. ``inflows`` and ``outflows`` are keys,
    of stocks only. A flow that is not ``runs_both_ways`` never runs backwards. A stock with a residence is
    left by its flows with a ``share`` in those shares. One that ``is_ours`` is a
    helper and no part of the file.
    """

    key: str
    name: str
    role: Role
    formulas: tuple[Formula, ...] = ()
    over: tuple[str, ...] = ()
    inflows: tuple[str, ...] = ()
    outflows: tuple[str, ...] = ()
    is_non_negative: bool = False
    runs_both_ways: bool = True
    residence: Residence | None = None
    share: Formula | None = None
    unit: str | None = None
    title: str | None = None
    note: str | None = None
    is_ours: bool = False
    way: Way = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When a run starts and stops in the system's unit of time, its step and method, what is kept."""

    start: float = 0.0
    stop: float = 100.0
    step: float = 1.0
    method: str = "euler"
    save_every: float | None = None
    unit: str = "time"

    @property
    def units(self) -> str:
        """Name the unit of time as it stands behind a number; empty where the file says none."""
        unit = self.unit.strip()
        return "" if unit.lower() in NO_UNIT else unit if unit.lower().endswith("s") else f"{unit}s"

    def said(self, time: float, *, figures: int = 6) -> str:
        """Write a moment or a span of time with its unit, where the file says one."""
        number = f"{time:.{figures}g}"
        units = self.units
        return f"{number} {units.removesuffix('s') if number == '1' else units}" if units else number

    @property
    def steps(self) -> int:
        """Count the whole steps of a run."""
        return max(0, int((self.stop - self.start) / self.step + 1e-9))

    @property
    def steps_a_save(self) -> int:
        """Count the steps from one row that is kept to the next."""
        if self.save_every is None:
            return 1
        return max(1, int(self.save_every / self.step + 0.5))


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """How a file wrote the name of a table that equations read, its title and a note, where there are any."""

    name: str
    title: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """Everything that a file says about stocks and flows."""

    title: str = ""
    timing: Timing = field(default_factory=Timing)
    dimensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    variables: Mapping[str, Variable] = field(default_factory=dict)
    lookups: Mapping[str, Lookup] = field(default_factory=dict)
    lookup_words: Mapping[str, Worded] = field(default_factory=dict)
    dimension_names: Mapping[str, str] = field(default_factory=dict)
    element_names: Mapping[str, str] = field(default_factory=dict)
    sharing: Sharing = Sharing.PROPORTIONAL
    notes: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[Variable, ...]:
        """List the variables of the file, in its order."""
        return tuple(one for one in self.variables.values() if not one.is_ours)

    def with_variables(self, *more: Variable) -> "System":
        """Add variables, or put others in the place of those of the same key."""
        return replace(self, variables={**self.variables, **{one.key: one for one in more}})
