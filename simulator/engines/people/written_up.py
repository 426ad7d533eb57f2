"""A run written up: the records of the compiled engine in the form that all engines share."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import Floats, Ints, Program
from simulator.compiler.sent import ways_counted
from simulator.engines.kernels import layout as at
from simulator.engines.people.calendar_events import times_read
from simulator.engines.people.ledger import Ledger
from simulator.engines.people.world import World
from simulator.engines.records import (
    ACTIVITY_FIELDS,
    RESOURCE_FIELDS,
    WAIT_BINS,
    ActivityRecords,
    ClockRecords,
    EnrolmentRecords,
    ResourceRecords,
)

WEEK_HOURS = 168


def activity_records(world: World, ledger: Ledger, *, program: Program) -> ActivityRecords:
    """Write up activities."""
    sizes = [len(rows) for rows in ledger.activity_rows]
    bins = np.zeros((program.rows, WAIT_BINS), dtype=np.int64)
    block = world.rows(at.ROWS, program.rows, width=at.ROW_SIZE)[:, at.ROW_BINS]
    has_bins = np.flatnonzero(block)
    blocks = world.rows(at.BINS, int(world.ints[at.BINS_NEXT]), width=WAIT_BINS)
    bins[has_bins] = blocks[block[has_bins] - 1]
    nothing = np.empty((0, ACTIVITY_FIELDS), dtype=np.int64)
    return ActivityRecords(
        period=np.repeat(np.arange(len(sizes)), sizes),
        row=np.concatenate([np.empty(0, dtype=np.int64), *ledger.activity_rows]),
        values=np.concatenate([nothing, *ledger.activity_values]),
        wait_bins=bins,
    )


def resource_records(world: World, ledger: Ledger, *, program: Program) -> ResourceRecords:
    """Write up resources."""
    real = len(program.names.resources)
    place = int(world.ints[int(world.ints[at.RESOURCES]) + at.HOUR_SUMS]) if real else 0
    sums = world.ints[place : place + real * WEEK_HOURS * 3].reshape(real, WEEK_HOURS, 3).copy()
    return ResourceRecords(
        values=stacked(ledger.resources, (real, RESOURCE_FIELDS)),
        hour_sums=sums,
        hour_counts=world.table(at.HOUR_COUNTS, WEEK_HOURS).copy(),
        count_days=daily_counts(world, program),
        instants=stacked(ledger.instants, (real, 2)),
    )


def daily_counts(world: World, program: Program) -> Ints:
    """Return the daily counts, a column each."""
    counts = len(program.counts.second_of_day)
    rows = world.rows(at.DAILY, counts, width=3)
    days = [times_read(program, count, until=program.calendar.end_second) for count in range(counts)]
    least = min(days, default=0)
    found = np.zeros((least, counts), dtype=np.int64)
    for count in range(counts):
        first = int(rows[count, 2]) - days[count]
        found[:, count] = world.ints[first : first + least]
    return found


def clock_records(world: World, ledger: Ledger, *, program: Program) -> ClockRecords:
    """Write up clocks."""
    clocks, targets = len(program.names.clocks), len(program.clocks.target_seconds)
    groups, homes = program.activities.row.shape[1], len(program.names.homes) + 1
    rows = world.rows(at.CLOCKS, clocks, width=at.CLOCK_SIZE)
    target_rows = world.ints[0:0]
    if targets:
        first = int(rows[0, at.TARGETS])
        target_rows = world.ints[first : first + targets * at.TARGET_SIZE]
    within = target_rows.reshape(-1, at.TARGET_SIZE)[:, at.WITHIN]
    nothing = np.zeros(clocks, dtype=np.int64), np.zeros(targets, dtype=np.int64)
    return ClockRecords(
        stopped=cells(world, rows[:, at.STOPPED], shape=(groups, homes)),
        seconds=cells(world, rows[:, at.STOPPED_SECONDS], shape=(groups, homes)),
        within=cells(world, within, shape=(groups, homes)),
        bins=cells(world, rows[:, at.CLOCK_BINS], shape=(groups, WAIT_BINS)),
        series=stacked(ledger.clock_series, (clocks, 2)),
        within_series=stacked(ledger.clock_within, (targets,)),
        open_at_close=stacked(ledger.clock_open, (clocks,)),
        open_over=stacked(ledger.clock_over, (targets,)),
        open_sum=nothing[0] + ledger.open_sum,
        open_over_sum=nothing[1] + ledger.open_over_sum,
        open_readings=ledger.open_readings,
    )


def cells(world: World, places: Ints, *, shape: tuple[int, int]) -> Ints:
    """Gather tables of one shape that stand somewhere in the world."""
    size = shape[0] * shape[1]
    found = np.zeros((len(places), *shape), dtype=np.int64)
    for number, place in enumerate(places.tolist()):
        found[number] = world.ints[place : place + size].reshape(shape)
    return found


def enrolment_records(world: World, ledger: Ledger, *, program: Program) -> EnrolmentRecords:
    """Write up enrolments, and who was sent another way: by diversions, step-downs, effects on shares."""
    rows = world.rows(at.ENROLMENTS, int(world.ints[at.ENROLMENTS_NEXT]), width=at.ENROLMENT_SIZE).copy()
    schemes, ways = len(program.names.interventions), ways_counted(program)
    return EnrolmentRecords(
        person=rows[:, at.ENROLLED_PERSON],
        intervention=rows[:, at.ENROLLED_SCHEME],
        second=rows[:, at.ENROLLED_SECOND],
        left_second=rows[:, at.LEFT_SECOND],
        nth=rows[:, at.NTH],
        enrolled_area=stacked(ledger.enrolled, (schemes,)),
        offered=stacked(ledger.offered, (ways,)),
        moved=stacked(ledger.moved, (ways,)),
    )


def stacked(tables: Sequence[Ints], shape: tuple[int, ...]) -> Ints:
    """Stack tables of one shape, a period each."""
    return np.array(tables, dtype=np.int64).reshape(len(tables), *shape)


def stacked_reals(tables: Sequence[Floats], shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Stack tables of real numbers of one shape, a period each."""
    return np.array(tables, dtype=np.float64).reshape(len(tables), *shape)
