"""How long two programs surely do the same: what precedes their first difference is one past.

Everything is compared, part by part and array by array, but for what cannot be felt before a dated
difference: what only adds candidates that never come true, rows of records for cases that cannot come yet,
entries of routes with a share of nought, and the places at which laws and choices happen to stand. A new
array of a program is compared until somebody says here why it need not be.
"""

from collections.abc import Hashable, Iterator
from dataclasses import fields, is_dataclass, replace

import numpy as np

from simulator.compiler.exchange_arrays import DRIVES_STRENGTH
from simulator.compiler.fingerprint import fingerprint_of
from simulator.compiler.program import (
    ABSENT,
    STEADY,
    TO_FIRST_FREE,
    TO_SHORTEST_QUEUE,
    DayOne,
    Exchange,
    Floats,
    Ints,
    Program,
)

# What says itself when it begins to differ.
SWITCHES = ("interventions", "effects", "moves", "pacts", "shifts")
SWITCHED_PRICES = ("prices.changed", "prices.by_period", "prices.overheads")
CHANGES = ("resources.change_second", "resources.change_resource", "resources.change_capacity")
# What is read only through those that point to it.
POINTED_TO = ("laws", "routes")
# What only makes a demand larger: both programs read one that is large enough for both.
OF_DEMAND = (
    "needs.layers",
    "needs.bound",
    "people.hazard_layers",
    "people.hazard_bound",
    "people.joiner_layers",
    "people.route_reach",
    "referrals.layers",
    "referrals.bound",
)
OF_RECORDS = ("activities.row", "rows")
# What is felt only through strengths of interventions, and so never before one begins.
OF_COLLABORATIONS = ("collaborations", "feedback")
OF_NAMES = ("fingerprint", "names.interventions")
# What is reckoned when a run is over, and what is one part of a program or absent.
AFTERWARDS = ("harms", "by_locality")
WHOLE = ("exchange", "consequences")
NOT_COMPARED = (*CHANGES, *SWITCHED_PRICES, *OF_DEMAND, *OF_RECORDS, *OF_NAMES)

Values = Iterator[tuple[str, object]]


def first_difference(program: Program, other: Program) -> int:
    """Give the second before which a run of ``other`` surely is a run of ``program``, on one demand for both.

    0 where something differs that may matter from the beginning; the end of the run where nothing differs.
    Cases of ``other`` may come where none of ``program`` can, not the other way about.
    """
    known: dict[Hashable, int] = {}
    here, there = _Reading(program, known), _Reading(other, known)
    lacks_rows = np.shape(program.activities.row) != np.shape(other.activities.row) or bool(
        np.any((program.activities.row >= 0) & (other.activities.row < 0))
    )
    if lacks_rows or not _same(here.from_the_start(), there.from_the_start()):
        return 0
    seconds = [program.calendar.end_second, *_first_change(program, other)]
    if not _same(here.of_switches(), there.of_switches()):
        seconds += program.interventions.first_second.tolist() + other.interventions.first_second.tolist()
    return int(min(seconds))


class _Reading:
    """A program read with numbers in place of what its arrays point to: the same for what says the same."""

    def __init__(self, program: Program, known: dict[Hashable, int]) -> None:
        self._program = program
        self._known = known
        self._law = self._numbers([("law", one) for one in _laws(program)])
        self._choice = self._numbers([("choice", one) for one in _choices(program, self._law)])

    def from_the_start(self) -> Values:
        """Yield all that is felt from the beginning, by name."""
        for part in fields(Program):
            if part.name not in (*SWITCHES, *POINTED_TO, *OF_COLLABORATIONS, *AFTERWARDS, *WHOLE):
                yield from self._spread(part.name, getattr(self._program, part.name))
        yield "exchange", _of_exchange(self._program.exchange)
        yield "consequences", fingerprint_of(self._program.consequences)

    def of_switches(self) -> Values:
        """Yield all that the switches are, by name."""
        yield "names", self._program.names.interventions
        for part in SWITCHES:
            yield from self._spread(part, getattr(self._program, part))
        for name in SWITCHED_PRICES:
            yield name, getattr(self._program.prices, name.partition(".")[2])

    def _spread(self, name: str, value: object) -> Values:
        value = _of_those_there(value) if isinstance(value, DayOne) else value
        if is_dataclass(value) and not isinstance(value, type):
            for one in fields(value):
                yield from self._spread(f"{name}.{one.name}", getattr(value, one.name))
        elif name not in NOT_COMPARED:
            yield name, self._resolved(name, value)

    def _resolved(self, name: str, value: object) -> object:
        if not isinstance(value, np.ndarray):
            return value
        if name.endswith("law"):
            return self._law[value]
        return self._choice[value] if name.endswith("choice") else value

    def _numbers(self, contents: list[Hashable]) -> Ints:
        """Number what is pointed to by what it says; what is absent comes last, where -1 finds it."""
        found = [self._known.setdefault(one, len(self._known)) for one in contents]
        return np.array([*found, ABSENT], dtype=np.int64)


def _laws(program: Program) -> Iterator[Hashable]:
    """Yield what each law says."""
    laws = program.laws
    for law, first in enumerate(laws.first.tolist()):
        here = slice(first, first + int(laws.size[law]))
        tables = laws.points[here].tobytes(), laws.cumulative[here].tobytes()
        yield int(laws.kind[law]), float(laws.scale[law]), tables


def _choices(program: Program, law: Ints) -> Iterator[Hashable]:
    """Yield what each choice says: where it leads, as what, how often and for how long."""
    routes = program.routes
    columns = (routes.name, routes.cumulative, routes.kind, routes.klass, routes.segment, law[routes.law])
    said = list(zip(*(column.tolist() for column in columns), strict=True))
    for first, end in zip(routes.first[:-1].tolist(), routes.first[1:].tolist(), strict=True):
        begins = np.append(0.0, routes.cumulative[first:end])[:-1]
        entries = (first + np.flatnonzero(routes.cumulative[first:end] > begins)).tolist()
        yield tuple((_target(program, entry), said[entry]) for entry in entries)


def _target(program: Program, entry: int) -> tuple[int, ...]:
    """Give the activity that an entry leads to, or those of its list, in order."""
    routes = program.routes
    target = int(routes.target[entry])
    if routes.kind[entry] not in (TO_FIRST_FREE, TO_SHORTEST_QUEUE):
        return (target,)
    return tuple(routes.list_activity[routes.list_first[target] : routes.list_first[target + 1]].tolist())


def _of_those_there(day_one: DayOne) -> DayOne:
    """Leave out of day one what it says of activities where nobody is."""
    present, waiting = day_one.present != 0, day_one.waiting != 0
    return replace(
        day_one,
        present_mean=np.where(day_one.present == STEADY, day_one.present_mean, 0.0),
        group_cumulative=np.where((present | waiting)[:, None], day_one.group_cumulative, 0.0),
        remaining_law=np.where(present[:, None], day_one.remaining_law, ABSENT),
        patience_law=np.where(waiting[:, None], day_one.patience_law, ABSENT),
        waited_law=np.where(waiting, day_one.waited_law, ABSENT),
    )


def _of_exchange(exchange: Exchange | None) -> str:
    """Say what an exchange is but for what says itself when it begins to differ: how strong switches are,
    and lines of capacity."""
    if exchange is None:
        return ""
    no_ints, no_floats = np.zeros(0, dtype=np.int64), np.zeros(0)
    is_strength = exchange.drive_of == DRIVES_STRENGTH
    same = replace(
        exchange,
        drive_target=np.where(is_strength, ABSENT, exchange.drive_target),
        line_second=no_ints,
        line_drive=no_ints,
        line_resource=no_ints,
        line_factor=no_floats,
        line_plus=no_floats,
    )
    return fingerprint_of(same)


def _first_change(program: Program, other: Program) -> list[int]:
    """Give the seconds of the first changes of capacity that only one of them has, if there are any."""
    return [
        *_first_of(_changes(program), _changes(other)),
        *_first_of(_lines(program.exchange), _lines(other.exchange)),
    ]


def _first_of(one: Ints | Floats, two: Ints | Floats) -> list[int]:
    both = min(len(one), len(two))
    differ = np.flatnonzero((one[:both] != two[:both]).any(axis=1))
    first = int(differ[0]) if differ.size else both
    return [int(changes[first, 0]) for changes in (one, two) if first < len(changes)]


def _lines(exchange: Exchange | None) -> Floats:
    if exchange is None:
        return np.zeros((0, 5))
    columns = (exchange.line_second, exchange.line_drive, exchange.line_resource)
    return np.stack([*columns, exchange.line_factor, exchange.line_plus], axis=1)


def _changes(program: Program) -> Ints:
    resources = program.resources
    return np.stack([resources.change_second, resources.change_resource, resources.change_capacity], axis=1)


def _same(one: Values, two: Values) -> bool:
    """Say whether two readings are the same, name by name and value by value."""
    return all(
        name == other and _equal(value, there) for (name, value), (other, there) in zip(one, two, strict=True)
    )


def _equal(one: object, two: object) -> bool:
    if isinstance(one, np.ndarray) and isinstance(two, np.ndarray):
        # What nobody stated is not-a-number in both.
        return one.dtype == two.dtype and np.array_equal(one, two, equal_nan=one.dtype.kind == "f")
    return type(one) is type(two) and bool(one == two)
