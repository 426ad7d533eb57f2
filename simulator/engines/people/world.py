"""A world: the arrays of one run, laid out for the kernels, and the room in them that grows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import Floats, Ints, Program
from simulator.engines.kernels import layout as at
from simulator.engines.kernels.agenda import BRANCHES, ROOT
from simulator.engines.kernels.noting import LOG_WIDTH
from simulator.engines.people.lay_aid import lay_aid
from simulator.engines.people.lay_care import lay_care
from simulator.engines.people.lay_clocks import lay_clocks, lay_counts, lay_profiles
from simulator.engines.people.lay_people import lay_life, lay_needs, lay_people, lay_referrals
from simulator.engines.people.lay_resources import lay_resources
from simulator.engines.people.lay_switches import lay_switches
from simulator.engines.people.plan import Plan, plan_program
from simulator.engines.population import Key, Population
from simulator.engines.records import WAIT_BINS
from simulator.units import SECONDS_A_DAY

VISITS_IN_A_WORD = 4
# Events that one move of one case may add to the agenda, its step-downs apart: an end, a loss of patience,
# two turnarounds.
EVENTS_A_MOVE = 4
# Large arrays begin two words behind the beginning of a line of memory.
FIRST_OF_A_LINE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many cases, pending events, enrolments and log rows there is room for at first; it grows."""

    cases: int = 4096
    agenda: int = 16384
    enrolments: int = 256
    log: int = 65536


@dataclass(slots=True, kw_only=True)
class World:
    """``ints`` and ``reals`` as ``kernels/layout`` says, and the ``agenda``."""

    ints: Ints
    reals: Floats
    agenda: Ints

    def table(self, head: int, count: int) -> Ints:
        """Return a view of a table whose place stands in the head."""
        place = int(self.ints[head])
        return self.ints[place : place + count]

    def rows(self, head: int, count: int, *, width: int) -> Ints:
        """Return a view of a table in rows."""
        return self.table(head, count * width).reshape(count, width)

    def copy(self) -> "World":
        """Return a copy, of which only what has been used is written."""
        ints = np.zeros(len(self.ints), dtype=np.int64)
        for first, last in self._used():
            ints[first:last] = self.ints[first:last]
        agenda = empty_agenda(len(self.agenda) // 2)
        size = 2 * int(self.ints[at.AGENDA_END])
        agenda[:size] = self.agenda[:size]
        return World(ints=ints, reals=self.reals.copy(), agenda=agenda)

    def grow_agenda(self) -> None:
        """Double the room for what is to come."""
        before, self.agenda = self.agenda, empty_agenda(len(self.agenda))
        self.agenda[: len(before)] = before

    def grow(self, *, cases: int = 1, enrolments: int = 1, log: int = 1) -> None:
        """Make room for so many times as many cases, enrolments or log rows."""
        old = self.ints
        used = self._used()
        width, blocks = int(old[at.CASE_WIDTH]), int(old[at.ROW_COUNT]) * WAIT_BINS
        case_room = (int(old[at.CASES_END]) - int(old[at.CASES])) * cases
        enrolment_room = int(old[at.ENROLMENTS_END]) * enrolments
        log_room = max(int(old[at.LOG_END]) - int(old[at.LOG]), 0) * log  # no end: no log
        case_room -= case_room % width
        tail = (case_room, blocks, enrolment_room * at.ENROLMENT_SIZE, log_room)
        new = np.zeros(int(old[at.CASES]) + sum(tail), dtype=np.int64)
        new[: old[at.CASES]] = old[: old[at.CASES]]
        end = place_tail(new, tail)
        assert end == len(new)
        for (first, last), head in zip(used[1:], (at.CASES, at.BINS, at.ENROLMENTS, at.LOG), strict=True):
            place = int(new[head])
            new[place : place + last - first] = old[first:last]
        if log_room:
            new[at.LOG_NEXT] = new[at.LOG] + (old[at.LOG_NEXT] - old[at.LOG])
        self.ints = new

    def _used(self) -> list[tuple[int, int]]:
        """List the stretches that hold something: all before the cases, then each table that grows."""
        ints = self.ints
        bins, enrolments = int(ints[at.BINS]), int(ints[at.ENROLMENTS])
        return [
            (0, int(ints[at.CASES])),
            (int(ints[at.CASES]), int(ints[at.CASES_NEXT])),
            (bins, bins + int(ints[at.BINS_NEXT]) * WAIT_BINS),
            (enrolments, enrolments + int(ints[at.ENROLMENTS_NEXT]) * at.ENROLMENT_SIZE),
            (int(ints[at.LOG]), int(ints[at.LOG_NEXT])),
        ]


def place_tail(ints: Ints, sizes: tuple[int, int, int, int]) -> int:
    """Write into the head where the tables that grow stand, one behind the other; return where they end.

    ``sizes``: of cases, bins, enrolments and log.
    """
    cases, bins, enrolments, log = sizes
    ints[at.CASES_END] = ints[at.CASES] + cases
    ints[at.BINS] = ints[at.CASES_END]
    ints[at.ENROLMENTS] = ints[at.BINS] + bins
    ints[at.ENROLMENTS_END] = enrolments // at.ENROLMENT_SIZE
    ints[at.LOG] = ints[at.LOG_NEXT] = ints[at.ENROLMENTS] + enrolments
    ints[at.LOG_END] = ints[at.LOG] + log if log else 0
    return int(ints[at.LOG]) + log


def lay_out(program: Program, population: Population, *, key: Key, tracked: Ints, room: Room) -> World:
    """Lay out a program and its people at second 0; a log is kept if there is room for one."""
    plan = plan_program(program)
    lay_care(plan)
    lay_resources(plan)
    lay_people(plan, population)
    lay_needs(plan, tracked)
    lay_life(plan)
    lay_referrals(plan)
    lay_switches(plan, tracked)
    lay_aid(plan)
    lay_clocks(plan)
    lay_counts(plan)
    lay_profiles(plan)
    return world_of(plan, key=key, room=room)


def world_of(plan: Plan, *, key: Key, room: Room) -> World:
    """Write the arrays of a plan, with room behind for all that grows."""
    program, head = plan.program, plan.head
    clocks, activities = len(program.names.clocks), len(program.names.activities)
    width = lines(at.CASE_SIZE + clocks + -(-activities // VISITS_IN_A_WORD))
    tail = (
        max(room.cases, 1) * width,
        program.rows * WAIT_BINS,
        room.enrolments * at.ENROLMENT_SIZE,
        room.log * LOG_WIDTH,
    )
    head |= {
        at.ROWS: plan.ground.room(program.rows * at.ROW_SIZE),
        at.ROW_COUNT: program.rows,
        at.LAST_EVENTS: plan.ground.room(at.REMEMBERED),
        at.PATIENCE_DAYS: plan.ground.room(patience_days(program) * at.DAY_SIZE),
        at.END: program.calendar.end_second,
        at.WINDOW: program.calendar.warm_up_seconds,
        at.SEED: key.seed,
        at.REPLICATION: key.replication,
        at.CASE_WIDTH: width,
        at.CLOCKS_AT: at.CASE_SIZE,
        at.VISITS_AT: at.CASE_SIZE + clocks,
        at.MARGIN: EVENTS_A_MOVE + most_step_downs(program),
        at.MOST_OPEN: 1,
        at.LONGEST_BATCH: 1,
        at.PAUSE: 1 << 62,
        at.ENTRIES_AT: plan.entries,
    }
    plan.ground.room(lines(plan.ground.size) + FIRST_OF_A_LINE - plan.ground.size)
    ints, reals = plan.ground.arrays(sum(tail))
    for place, number in head.items():
        ints[place] = number
    ints[at.CASES] = ints[at.CASES_NEXT] = plan.ground.size
    assert place_tail(ints, tail) == len(ints)
    ints[at.AGENDA_END] = ROOT
    agenda = empty_agenda(room.agenda + ROOT + BRANCHES)
    return World(ints=ints, reals=reals, agenda=agenda)


def patience_days(program: Program) -> int:
    """Return on how many days of a run somebody may lose patience."""
    return -(-program.calendar.end_second // SECONDS_A_DAY)


def empty_agenda(places: int) -> Ints:
    """Make room for an agenda, on which nothing is; the first place begins a line of memory."""
    words = np.full(2 * places + at.A_LINE, at.FAR, dtype=np.int64)
    first = -(words.ctypes.data // words.itemsize) % at.A_LINE
    return words[first : first + 2 * places]


def lines(words: int) -> int:
    """Round up to whole lines of memory."""
    return -(-words // at.A_LINE) * at.A_LINE


def most_step_downs(program: Program) -> int:
    """Return the most step-downs that there are at one activity."""
    at_activity: NDArray[np.int64] = program.moves.at[program.moves.kind == 1]
    return int(np.bincount(at_activity).max(initial=0)) if len(at_activity) else 0
