"""Forking: the state of a run under one program is moved into a world laid out for another.

Both programs are the same up to now (``compiler/first_difference``); what differs are the places at which
things stand. Rows of a table are copied; what points to a row of another table is written anew.
"""

import numpy as np

from simulator.compiler.harm_arrays import rows_of
from simulator.compiler.program import Ints, Program
from simulator.engines.kernels import layout as at
from simulator.engines.people.calendar_events import times_read
from simulator.engines.people.world import World, patience_days
from simulator.engines.records import WAIT_BINS

# Numbers of the head that say how far a run has come.
PROGRESS = (
    at.NOW,
    at.EVENTS,
    at.NUMBER,
    at.INSIDE,
    at.MOST_OPEN,
    at.LONGEST_BATCH,
    at.AGENDA_END,
    at.HAS_BEGUN,
    at.PRESENT_AT,
    at.EXITS,
    at.EXIT_SECONDS,
    at.RING_MOVES,
    at.QUARTER,
    at.YEAR,
    at.CANDIDATE_ZERO,
    at.LIFE_AT,
    at.JOINER_AT,
    at.NEED_AT,
    at.REFERRAL_AT,
)
RESOURCE_STATE = (
    at.CAPACITY,
    at.OWN_CAPACITY,
    at.USED,
    at.KEPT,
    at.TURNING,
    at.WAITING,
    at.METERED,
    at.WITHOUT_PLACE,
    at.KEEPING_UNTIL_ROOM,
    at.IN_OWN_PLACE,
    *range(at.AREAS, at.RESOURCE_SIZE),
)
CASE_LINKS = (
    at.NEXT,
    at.PREVIOUS,
    at.NEXT_OF_PERSON,
    at.PREVIOUS_OF_PERSON,
    at.NEXT_MATTER,
    at.NEXT_OF_DAY,
    at.PREVIOUS_OF_DAY,
    at.NEXT_FREE,
)
WEEK_HOURS = 168


class Move:
    """One move of a state: from a world and its program into another of each."""

    def __init__(self, old: World, new: World, *, before: Program, after: Program) -> None:
        self._old, self._new = old, new
        self._before, self._after = before, after

    def everything(self) -> None:
        """Move all."""
        for place in PROGRESS:
            self._new.ints[place] = self._old.ints[place]
        self._people()
        self._resources()
        self._rows()
        self._clocks()
        self._pools()
        self._cases()
        self._agenda()

    def _table(self, head: int, count: int) -> None:
        self._new.table(head, count)[:] = self._old.table(head, count)

    def _people(self) -> None:
        old, new = self._old, self._new
        names, count = self._before.names, int(self._old.ints[at.PEOPLE_COUNT])
        segments, homes, needs = len(names.segments), len(names.homes), len(names.needs)
        self._table(at.STATES, count)
        self._table(at.LIVING, segments * homes)
        self._table(at.LIVING_AREA, segments * homes)
        self._table(at.TRANSITIONS, segments * (segments + 1))
        self._table(at.DEATHS_IN_CARE, segments)
        self._table(at.BEFALLEN, rows_of(self._before.consequences) * segments * homes)
        for head in (at.HAPPENED, at.INDUCED, at.DISPLACED):
            self._table(head, needs * segments * homes)
        here = old.rows(at.PEOPLE, count, width=at.PERSON_SIZE)
        there = new.rows(at.PEOPLE, count, width=at.PERSON_SIZE)
        for column in (at.RESIDENT, at.FIRST_OPEN, at.LAST_OPEN):
            there[:, column] = self._case(here[:, column])
        there[:, at.OPEN_COUNT] = here[:, at.OPEN_COUNT]

    def _resources(self) -> None:
        count = int(self._old.ints[at.RESOURCE_COUNT])
        here = self._old.rows(at.RESOURCES, count, width=at.RESOURCE_SIZE)
        there = self._new.rows(at.RESOURCES, count, width=at.RESOURCE_SIZE)
        there[:, RESOURCE_STATE] = here[:, RESOURCE_STATE]
        self._table(at.HOUR_COUNTS, WEEK_HOURS)
        for resource in range(len(self._before.names.resources)):
            size = WEEK_HOURS * 3
            one, other = int(here[resource, at.HOUR_SUMS]), int(there[resource, at.HOUR_SUMS])
            self._new.ints[other : other + size] = self._old.ints[one : one + size]
        for resource in range(count):
            self._levels(here[resource], there[resource])
        self._daily_counts()

    def _levels(self, here: Ints, there: Ints) -> None:
        for level in self._level_places(here):
            head, tail = self._old.ints[level + at.LEVEL_HEAD], self._old.ints[level + at.LEVEL_TAIL]
            if head != at.NONE:
                found = self._same_level(level, there)
                self._new.ints[found + at.LEVEL_HEAD] = self._case(head)
                self._new.ints[found + at.LEVEL_TAIL] = self._case(tail)
                self._new.ints[found + at.LATEST] = self._old.ints[at.NOW]

    def _level_places(self, resource: Ints) -> range:
        first, count = int(resource[at.LEVELS]), int(resource[at.LEVEL_COUNT])
        return range(first, first + count * at.LEVEL_SIZE, at.LEVEL_SIZE)

    def _same_level(self, level: int, there: Ints) -> int:
        """Find the level of a resource that has a level's priority and reserve."""
        key = self._old.ints[level : level + 2]
        return next(one for one in self._level_places(there) if (self._new.ints[one : one + 2] == key).all())

    def _daily_counts(self) -> None:
        counts = len(self._before.counts.second_of_day)
        here, there = self._old.rows(at.DAILY, counts, width=3), self._new.rows(at.DAILY, counts, width=3)
        for count in range(counts):
            read = times_read(self._before, count, until=int(self._old.ints[at.FORKED_AT]))
            one, other = int(here[count, 2]), int(there[count, 2])
            self._new.ints[other : other + read] = self._old.ints[one - read : one]
            there[count, 2] += read

    def _rows(self) -> None:
        """Move the records, and the bins of waits in the order of their blocks."""
        here = self._old.rows(at.ROWS, self._before.rows, width=at.ROW_SIZE)
        there = self._new.rows(at.ROWS, self._after.rows, width=at.ROW_SIZE)
        there[rows_after(self._before, self._after)] = here
        blocks = int(self._old.ints[at.BINS_NEXT])
        self._new.ints[at.BINS_NEXT] = blocks
        self._table(at.BINS, blocks * WAIT_BINS)

    def _clocks(self) -> None:
        clocks = len(self._before.names.clocks)
        here = self._old.rows(at.CLOCKS, clocks, width=at.CLOCK_SIZE)
        there = self._new.rows(at.CLOCKS, clocks, width=at.CLOCK_SIZE)
        there[:, at.CLOCK_OPEN] = here[:, at.CLOCK_OPEN]
        groups, homes = self._before.activities.row.shape[1], len(self._before.names.homes) + 1
        sizes = {
            at.STOPPED: groups * homes,
            at.STOPPED_SECONDS: groups * homes,
            at.CLOCK_BINS: groups * WAIT_BINS,
            at.CLOCK_PERIOD: 2,
        }
        for clock in range(clocks):
            for column, size in sizes.items():
                self._stretch(int(here[clock, column]), int(there[clock, column]), size=size)
            for target in range(int(here[clock, at.TARGET_COUNT])):
                step = target * at.TARGET_SIZE
                one, other = int(here[clock, at.TARGETS]) + step, int(there[clock, at.TARGETS]) + step
                for column, size in ((at.WITHIN, groups * homes), (at.WITHIN_PERIOD, 1)):
                    first, second = int(self._old.ints[one + column]), int(self._new.ints[other + column])
                    self._stretch(first, second, size=size)

    def _pools(self) -> None:
        exchange = self._before.exchange
        self._table(at.POOLS, 0 if exchange is None else len(exchange.pools) * at.POOL_SIZE)

    def _stretch(self, one: int, other: int, *, size: int) -> None:
        self._new.ints[other : other + size] = self._old.ints[one : one + size]

    def _cases(self) -> None:
        """Move the cases, and write anew what each points to."""
        old, new = self._old.ints, self._new.ints
        width, used = int(old[at.CASE_WIDTH]), int(old[at.CASES_NEXT] - old[at.CASES])
        while new[at.CASES] + used > self._new.ints[at.CASES_END]:
            self._new.grow(cases=2)
            new = self._new.ints
        new[at.CASES_NEXT] = new[at.CASES] + used
        new[at.FREE_CASE] = self._case(old[at.FREE_CASE])
        cases = new[new[at.CASES] : new[at.CASES_NEXT]].reshape(-1, width)
        cases[:] = old[old[at.CASES] : old[at.CASES_NEXT]].reshape(-1, width)
        for column in CASE_LINKS:
            cases[:, column] = self._case(cases[:, column])
        for column in (at.PLACE, at.QUEUE):
            cases[:, column] = self._row_of(at.RESOURCES, cases[:, column], size=at.RESOURCE_SIZE)
        for column in (at.WAITS_FOR, at.STAY + at.ACTIVITY, at.UNDER + at.ACTIVITY):
            cases[:, column] = self._row_of(at.ACTIVITIES, cases[:, column], size=at.ACTIVITY_SIZE)
        cases[:, at.NEED] = self._row_of(at.NEEDS, cases[:, at.NEED], size=at.NEED_SIZE)
        for column in (at.WAIT_ROW, at.STAY + at.ROW, at.UNDER + at.ROW):
            cases[:, column] = self._record(cases[:, column])
        self._days()
        self._levels_of_cases(cases)
        self._entries_of_cases(cases)

    def _case(self, places: Ints) -> Ints:
        """Return where cases stand now."""
        shift = self._new.ints[at.CASES] - self._old.ints[at.CASES]
        return np.where(np.asarray(places) == at.NONE, at.NONE, places + shift)

    def _row_of(self, head: int, places: Ints, *, size: int) -> Ints:
        """Return where rows of a table stand now whose order is the same in both worlds."""
        return np.where(places == at.NONE, at.NONE, places - self._old.ints[head] + self._new.ints[head])

    def _record(self, places: Ints) -> Ints:
        """Return where rows of records stand now."""
        there = rows_after(self._before, self._after)
        row = np.where(places == 0, 0, places - self._old.ints[at.ROWS]) // at.ROW_SIZE
        return np.where(places == 0, 0, self._new.ints[at.ROWS] + there[row] * at.ROW_SIZE)

    def _days(self) -> None:
        """Move the lists of those who lose their patience, by day."""
        days = patience_days(self._before)
        here = self._old.rows(at.PATIENCE_DAYS, days, width=at.DAY_SIZE)
        there = self._new.rows(at.PATIENCE_DAYS, days, width=at.DAY_SIZE)
        there[:, at.COUNT], there[:, at.FIRST] = here[:, at.COUNT], self._case(here[:, at.FIRST])

    def _levels_of_cases(self, cases: Ints) -> None:
        for case in cases[(cases[:, at.WAITS_FOR] != at.NONE) & (cases[:, at.IS_OPEN] != 0)]:
            resource = int(case[at.QUEUE])
            there = self._new.ints[resource : resource + at.RESOURCE_SIZE]
            cases[int(case[at.SLOT]), at.LEVEL] = self._same_level(int(case[at.LEVEL]), there)

    def _entries_of_cases(self, cases: Ints) -> None:
        """Write anew ways onward that were drawn on entry; those of whom no stay is left are of the past."""
        entries = int(self._old.ints[at.ENTRIES_AT]), int(self._new.ints[at.ENTRIES_AT])
        cases[cases[:, at.STAY + at.ACTIVITY] == at.NONE, at.ENTRY] = at.NONE
        for slot in np.flatnonzero((cases[:, at.ENTRY] != at.NONE) & (cases[:, at.IS_OPEN] != 0)):
            act = int(cases[slot, at.STAY + at.ACTIVITY] - self._new.ints[at.ACTIVITIES]) // at.ACTIVITY_SIZE
            old = int(cases[slot, at.ENTRY] - entries[0]) // at.ENTRY_SIZE
            found = entry_after(self._before, self._after, activity=act, entry=old)
            cases[slot, at.ENTRY] = entries[1] + found * at.ENTRY_SIZE

    def _agenda(self) -> None:
        size = 2 * int(self._old.ints[at.AGENDA_END])
        while len(self._new.agenda) < len(self._old.agenda):
            self._new.grow_agenda()
        self._new.agenda[:size] = self._old.agenda[:size]


def rows_after(before: Program, after: Program) -> Ints:
    """Return, for each row of records of one program, the row of the other."""
    homes = len(before.names.homes) + 1
    found = np.zeros(before.rows, dtype=np.int64)
    is_there = before.activities.row >= 0
    one, other = before.activities.row[is_there], after.activities.row[is_there]
    for home in range(homes):
        found[one + home] = other + home
    return found


def entry_after(before: Program, after: Program, *, activity: int, entry: int) -> int:
    """Return the entry of one program that stands for an entry of another, drawn at an activity."""
    choice = int(np.searchsorted(before.routes.first, entry, side="right")) - 1
    group = int(np.flatnonzero(before.activities.choice[activity] == choice)[0])
    there = int(after.activities.choice[activity, group])
    first, end = after.routes.first[there : there + 2].tolist()
    names = after.routes.name[first:end]
    return int(first + np.flatnonzero(names == before.routes.name[entry])[0])
