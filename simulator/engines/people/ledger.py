"""What a run has left so far: written down by the host at period closes, readings and instants."""

from dataclasses import dataclass, field

import numpy as np

from simulator.compiler.harm_arrays import rows_of
from simulator.compiler.program import Floats, Ints, Program
from simulator.compiler.sent import effects_that_send, ways_counted
from simulator.engines import records as fields
from simulator.engines.kernels import layout as at
from simulator.engines.kernels.closing import meter_all, running_over
from simulator.engines.people.forking import rows_after
from simulator.engines.people.world import World

AREA_OF = (
    (fields.WAITING_AREA, at.ROW_WAITING),
    (fields.ACTIVE_AREA, at.ROW_ACTIVE),
    (fields.KEPT_AREA, at.ROW_KEPT),
)


@dataclass(slots=True)
class Ledger:
    """Lists with one entry a period closed (or a reading, or an instant)."""

    activity_rows: list[Ints] = field(default_factory=list)
    activity_values: list[Ints] = field(default_factory=list)
    resources: list[Ints] = field(default_factory=list)
    instants: list[Ints] = field(default_factory=list)
    clock_series: list[Ints] = field(default_factory=list)
    clock_within: list[Ints] = field(default_factory=list)
    clock_open: list[Ints] = field(default_factory=list)
    clock_over: list[Ints] = field(default_factory=list)
    open_sum: Ints | int = 0
    open_over_sum: Ints | int = 0
    open_readings: int = 0
    happened: list[Ints] = field(default_factory=list)
    induced: list[Ints] = field(default_factory=list)
    displaced: list[Ints] = field(default_factory=list)
    averted: list[Floats] = field(default_factory=list)
    person_seconds: list[Ints] = field(default_factory=list)
    at_close: list[Ints] = field(default_factory=list)
    transitions: list[Ints] = field(default_factory=list)
    deaths_in_care: list[Ints] = field(default_factory=list)
    befallen: list[Ints] = field(default_factory=list)
    enrolled: list[Ints] = field(default_factory=list)
    offered: list[Ints] = field(default_factory=list)
    moved: list[Ints] = field(default_factory=list)
    helped: list[Ints] = field(default_factory=list)
    exits: list[Ints] = field(default_factory=list)

    def after_fork(self, before: Program, after: Program) -> "Ledger":
        """Return a copy whose lists grow apart from these, in the terms of another program."""
        found = Ledger()
        for name in self.__slots__:
            value = getattr(self, name)
            setattr(found, name, list(value) if isinstance(value, list) else value)
        rows = rows_after(before, after)
        order = [np.argsort(rows[one]) for one in self.activity_rows]
        found.activity_rows = [rows[one][first] for one, first in zip(self.activity_rows, order, strict=True)]
        found.activity_values = [one[first] for one, first in zip(self.activity_values, order, strict=True)]
        periods = len(self.exits)
        needs, segments = after.needs.rate.shape
        schemes, ways = len(after.names.interventions), ways_counted(after)
        found.averted = [np.zeros((needs, segments, schemes)) for _ in range(periods)]
        found.enrolled = [np.zeros(schemes, dtype=np.int64) for _ in range(periods)]
        found.offered = [np.zeros(ways, dtype=np.int64) for _ in range(periods)]
        found.moved = [np.zeros(ways, dtype=np.int64) for _ in range(periods)]
        found.helped = [np.zeros((*cells_of(after), 2), dtype=np.int64) for _ in range(periods)]
        return found

    def close(self, world: World, program: Program) -> None:
        """Close a period: write down what is not nought, and begin anew."""
        self._close_activities(world, program)
        self._close_resources(world, program)
        self._close_clocks(world, program)
        self._close_people(world, program)
        self._close_schemes(world, program)
        self._close_cells(world, program)
        self.exits.append(taken(world.ints[at.EXITS : at.EXIT_SECONDS + 1]))

    def read_open(self, world: World, program: Program) -> None:
        """Add those whose clocks are open now, and those beyond each target, to the sums over readings."""
        self.open_sum = self.open_sum + open_clocks(world, program)
        self.open_over_sum = self.open_over_sum + over_targets(world, program)
        self.open_readings += 1

    def read_instant(self, world: World, program: Program) -> None:
        """Write down the state of resources at a named instant."""
        rows = world.rows(at.RESOURCES, len(program.names.resources), width=at.RESOURCE_SIZE)
        self.instants.append(rows[:, [at.USED, at.WAITING]].copy())

    def _close_activities(self, world: World, program: Program) -> None:
        now = world.ints[at.NOW]
        rows = world.rows(at.ROWS, program.rows, width=at.ROW_SIZE)
        used = np.flatnonzero(rows[:, : at.ROW_BINS].any(axis=1))
        values = rows[used, : at.ROW_BINS]
        for area, inside in AREA_OF:
            values[:, area] += values[:, inside] * now
        written = values[:, : at.FIELDS].any(axis=1)
        self.activity_rows.append(used[written])
        self.activity_values.append(values[written, : at.FIELDS].copy())
        values[:, : at.FIELDS] = 0
        for area, inside in AREA_OF:
            values[:, area] = -values[:, inside] * now
        rows[used, : at.ROW_BINS] = values

    def _close_resources(self, world: World, program: Program) -> None:
        meter_all(world.ints)
        rows = world.rows(at.RESOURCES, len(program.names.resources), width=at.RESOURCE_SIZE)
        self.resources.append(taken(rows[:, at.AREAS :]))

    def _close_clocks(self, world: World, program: Program) -> None:
        clocks, targets = len(program.names.clocks), len(program.clocks.target_seconds)
        self.clock_open.append(open_clocks(world, program))
        self.clock_over.append(over_targets(world, program))
        rows = world.rows(at.CLOCKS, clocks, width=at.CLOCK_SIZE)
        series = np.zeros((clocks, 2), dtype=np.int64)
        for clock in range(clocks):
            place = int(rows[clock, at.CLOCK_PERIOD])
            series[clock] = taken(world.ints[place : place + 2])
        self.clock_series.append(series)
        within = np.zeros(targets, dtype=np.int64)
        if targets:
            first = int(world.ints[int(rows[0, at.TARGETS]) + at.WITHIN_PERIOD])
            within = taken(world.ints[first : first + targets])
        self.clock_within.append(within)

    def _close_people(self, world: World, program: Program) -> None:
        needs, segments = program.needs.rate.shape
        homes, schemes = len(program.names.homes), len(program.names.interventions)
        cells = (needs, segments, homes)
        for head, kept in (
            (at.HAPPENED, self.happened),
            (at.INDUCED, self.induced),
            (at.DISPLACED, self.displaced),
        ):
            kept.append(taken(world.table(head, needs * segments * homes)).reshape(cells))
        place = int(world.ints[at.AVERTED])
        self.averted.append(
            taken_reals(world.reals[place : place + needs * segments * schemes]).reshape(
                needs, segments, schemes
            )
        )
        now = int(world.ints[at.NOW])
        living = world.table(at.LIVING, segments * homes)
        area = world.table(at.LIVING_AREA, segments * homes)
        self.person_seconds.append((area + living * now).reshape(segments, homes))
        self.at_close.append(living.reshape(segments, homes).sum(axis=1))
        area[:] = -living * now
        transitions = taken(world.table(at.TRANSITIONS, segments * (segments + 1)))
        self.transitions.append(transitions.reshape(segments, segments + 1))
        self.deaths_in_care.append(taken(world.table(at.DEATHS_IN_CARE, segments)))
        count = rows_of(program.consequences)
        befallen = taken(world.table(at.BEFALLEN, count * segments * homes))
        self.befallen.append(befallen.reshape(count, segments, homes))

    def _close_schemes(self, world: World, program: Program) -> None:
        now = world.ints[at.NOW]
        schemes = world.rows(at.SCHEMES, len(program.names.interventions), width=at.SCHEME_SIZE)
        self.enrolled.append(schemes[:, at.ENROLLED_AREA] + schemes[:, at.ENROLLED] * now)
        schemes[:, at.ENROLLED_AREA] = -schemes[:, at.ENROLLED] * now
        moves = world.rows(at.MOVES, len(program.moves.kind), width=at.MOVE_SIZE)
        effects = world.rows(at.EFFECTS, len(program.effects.on), width=at.EFFECT_SIZE)
        both = taken(effects[:, at.EFFECT_SENT : at.EFFECT_BROUGHT + 1])
        sent = both[effects_that_send(program.effects)].ravel()
        self.offered.append(np.append(taken(moves[:, at.MOVE_OFFERED]), sent))
        self.moved.append(np.append(taken(moves[:, at.MOVE_MOVED]), sent))

    def _close_cells(self, world: World, program: Program) -> None:
        count, groups = cells_of(program)
        cells = world.rows(at.HELP_CELLS, count * groups, width=at.CELL_SIZE)
        inside = cells[:, at.CELL_INSIDE] * world.ints[at.NOW]
        found = np.stack([cells[:, at.CELL_STARTS], cells[:, at.CELL_AREA] + inside], axis=1)
        cells[:, at.CELL_STARTS], cells[:, at.CELL_AREA] = 0, -inside
        self.helped.append(found.reshape(count, groups, 2))


def cells_of(program: Program) -> tuple[int, int]:
    """Return how many cells, and groups, there are in which is written what partners do."""
    pacts = program.pacts
    return (0, 0) if pacts is None else (len(pacts.cell_activity), pacts.group.shape[1])


def taken(numbers: Ints) -> Ints:
    """Take numbers out, leaving nought."""
    found = numbers.copy()
    numbers[...] = 0
    return found


def taken_reals(numbers: Floats) -> Floats:
    """Take real numbers out, leaving nought."""
    found = numbers.copy()
    numbers[...] = 0.0
    return found


def open_clocks(world: World, program: Program) -> Ints:
    """Return how many of each clock run."""
    rows = world.rows(at.CLOCKS, len(program.names.clocks), width=at.CLOCK_SIZE)
    return rows[:, at.CLOCK_OPEN].copy()


def over_targets(world: World, program: Program) -> Ints:
    """Return how many clocks have run for longer than each target."""
    clocks = program.clocks
    clock = np.repeat(np.arange(len(clocks.target_first) - 1), np.diff(clocks.target_first))
    found = [
        running_over(world.ints, int(one), int(limit))
        for one, limit in zip(clock, clocks.target_seconds, strict=True)
    ]
    return np.array(found, dtype=np.int64)
