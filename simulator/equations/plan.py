"""A plan: what an engine does with a system, as slots in an array and operations on them in order.

A slot is a row of numbers, one for each run. The first rows are the clock; then each variable has as many
rows as it has elements, the last dimension moving fastest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.equations.lookups import Lookup
from simulator.equations.system import System
from simulator.equations.tree import Slot, Tree

# Rows of the clock: the time, the moment at which the step began, the step, and the ends of the run.
TIME, MOMENT, STEP, START_TIME, STOP_TIME = range(5)
CLOCK = 5
MOST_SLOTS = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """Work out a tree for every element of some loops; with a floor, never below nought.

    ``inner`` are further loops, over which ``gather`` (sum, prod, min, max) takes the tree together.
    """

    target: Slot
    loops: tuple[int, ...]
    tree: Tree
    has_floor: bool = False
    inner: tuple[int, ...] = ()
    gather: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Find what a source was some time ago; before the start, the first value."""

    target: Slot
    loops: tuple[int, ...]
    row: int
    source: Slot
    time: Tree
    first: Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Let no more be taken from stocks than they hold and than flows in; one row of each for each element.

    ``takers`` are (wanted, granted, sign). A flow in that may run backwards takes too, and has the sign −1;
    −2 where what it brings is not certain yet. ``taken`` are (granted, sign) of those that came before.
    """

    stock: int
    count: int
    inflows: tuple[int, ...]
    takers: tuple[tuple[int, int, int], ...]
    taken: tuple[tuple[int, int], ...] = ()
    is_ordered: bool


Operation = Assign | Past | Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A flow's row that fills (+1) or drains (−1) a stock's row."""

    flow: int
    stock: int
    sign: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All of it. ``first`` fills every row at the start, ``each`` those that change, at every moment.

    ``guarded`` rows are stocks that never fall below nought because what leaves them is limited; ``clamped``
    ones are simply held at nought, where a file lets one flow drain two stocks. ``spans`` are times that no
    step may be longer than.
    """

    system: System
    slots: int
    places: Mapping[str, int]
    first: tuple[Operation, ...]
    each: tuple[Operation, ...]
    links: tuple[Link, ...] = ()
    guarded: tuple[int, ...] = ()
    clamped: tuple[int, ...] = ()
    spans: tuple[int, ...] = ()
    pasts: int = 0
    tables: tuple[Lookup, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def stocks(self) -> tuple[int, ...]:
        """List the rows of stocks that something flows into or out of."""
        return tuple(sorted({link.stock for link in self.links}))

    @property
    def flows(self) -> tuple[int, ...]:
        """List the rows that fill or drain stocks."""
        return tuple(sorted({link.flow for link in self.links}))
