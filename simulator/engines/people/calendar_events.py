"""All that the calendar knows beforehand, as rows of key, tie, what and whom, in order."""

import numpy as np

from simulator.compiler.program import Ints, Program
from simulator.engines.kernels import layout as at
from simulator.engines.kernels.calendar import WHOM_BITS
from simulator.engines.open_readings import reading_seconds
from simulator.engines.turns import Turns
from simulator.units import SECONDS_A_DAY, SECONDS_AN_HOUR

# Ties within phase 0: what is read at a second is read before its period closes; then stocks and people
# exchange, and rings move.
HOURLY, COUNT, INSTANT, OPEN, CLOSE = 0, 1, 1 << 18, 1 << 19, 1 << 30
EXCHANGE, RINGS = CLOSE + 1, CLOSE + 2
# Ties within phase 1: quarter, ramps, interventions by name (end first), what turns of itself, enrolment.
QUARTER, WEEK, SCHEME, TURNS, ENROLMENT = 0, 1, 2, 1 << 59, 1 << 60
# What the kernels do not know they leave to the host.
TURN = -1
# Then it is decided which places are moved. Within phase 2: capacities by name, moves, partners' looks.
DECISION, SHIFT, LOOK = ENROLMENT + 1, 1 << 40, 1 << 41
WEEK_HOURS = 168


def calendar_events(program: Program, turns: Turns | None = None) -> Ints:
    """List what happens by the calendar, in order."""
    found = [
        *readings(program),
        *closes(program),
        *weeks(program),
        *schemes(program),
        *looks(program),
        *shifts(program),
        capacity(program),
        *exchanges(program),
        *months(program),
    ]
    if turns is not None:
        found.append(rows(turns.turning, kind=at.AT_CALENDAR, tie=TURNS, what=TURN))
    events = np.concatenate(found) if found else np.empty((0, 4), np.int64)
    return events[np.lexsort((events[:, 1], events[:, 0]))]


def rows(second: Ints, *, kind: int, tie: Ints | int, what: int, whom: Ints | int = 0) -> Ints:
    """Make rows of events."""
    found = np.empty((len(second), 4), dtype=np.int64)
    found[:, 0], found[:, 1], found[:, 2], found[:, 3] = second * at.KINDS + kind, tie, what, whom
    return found


def readings(program: Program) -> list[Ints]:
    """List the hours, the daily counts, the named instants and the readings of open clocks."""
    calendar, counts = program.calendar, program.counts
    begins, end = calendar.warm_up_seconds, calendar.end_second
    hours = np.arange(-(-begins // SECONDS_AN_HOUR) * SECONDS_AN_HOUR, end, SECONDS_AN_HOUR)
    days, rest = np.divmod(hours, SECONDS_A_DAY)
    hour_of_week = ((calendar.first_day + days + 6) % 7) * 24 + rest // SECONDS_AN_HOUR
    found = [rows(hours, kind=at.AT_COUNTS, tie=HOURLY, what=at.READ_HOUR, whom=hour_of_week)]
    for count, clock in enumerate(counts.second_of_day.tolist()):
        moments = np.arange(first_read(program, clock), end, SECONDS_A_DAY)
        found.append(rows(moments, kind=at.AT_COUNTS, tie=COUNT + count, what=at.READ_COUNT, whom=count))
    instants = counts.instant_second[counts.instant_second <= end]
    found.append(rows(instants, kind=at.AT_COUNTS, tie=INSTANT, what=at.READ_INSTANT))
    found.append(rows(reading_seconds(calendar), kind=at.AT_COUNTS, tie=OPEN, what=at.READ_OPEN))
    return found


def closes(program: Program) -> list[Ints]:
    """List the closes of periods, and the midnights at which rings are looked for."""
    calendar = program.calendar
    close = calendar.period_close_second
    midnights = np.arange(SECONDS_A_DAY, calendar.end_second, SECONDS_A_DAY)
    return [
        rows(
            close[close > 0],
            kind=at.AT_COUNTS,
            tie=CLOSE,
            what=at.CLOSE_PERIOD,
            whom=np.flatnonzero(close > 0),
        ),
        rows(midnights, kind=at.AT_COUNTS, tie=RINGS, what=at.BEGIN_DAY),
    ]


def weeks(program: Program) -> list[Ints]:
    """List quarters, and Mondays where there are interventions."""
    calendar = program.calendar
    found = [rows(calendar.quarter_second, kind=at.AT_CALENDAR, tie=QUARTER, what=at.BEGIN_QUARTER)]
    if program.names.interventions:
        mondays = calendar.monday_second
        found.append(rows(mondays, kind=at.AT_CALENDAR, tie=WEEK, what=at.BEGIN_WEEK))
        found.append(rows(mondays, kind=at.AT_CALENDAR, tie=ENROLMENT, what=at.ENROL))
    return found


def schemes(program: Program) -> list[Ints]:
    """List the starts and ends of interventions."""
    table, end = program.interventions, program.calendar.end_second
    found = []
    for second, later, what in (
        (table.first_second, 1, at.BEGIN_SCHEME),
        (table.last_second, 0, at.END_SCHEME),
    ):
        which = np.flatnonzero(second < end)
        tie = SCHEME + 2 * which + later
        found.append(rows(second[which], kind=at.AT_CALENDAR, tie=tie, what=what, whom=which))
    return found


def looks(program: Program) -> list[Ints]:
    """List the midnights at which partners see who may be helped by now."""
    if program.pacts is None:
        return []
    midnights = np.arange(0, program.calendar.end_second, SECONDS_A_DAY)
    return [rows(midnights, kind=at.AT_CAPACITY, tie=LOOK, what=at.LOOK_ROUND)]


def shifts(program: Program) -> list[Ints]:
    """List the decisions which places are moved, and the moves when notice is over."""
    table = program.shifts
    if table is None:
        return []
    number, shift = np.arange(len(table.decision_shift)), table.decision_shift
    made = table.decision_second + table.notice_seconds[shift]
    is_made = made < program.calendar.end_second
    decided = rows(
        table.decision_second, kind=at.AT_CALENDAR, tie=DECISION + shift, what=at.DECIDE_SHIFT, whom=number
    )
    moved = rows(
        made[is_made],
        kind=at.AT_CAPACITY,
        tie=SHIFT + number[is_made],
        what=at.MAKE_SHIFT,
        whom=number[is_made],
    )
    return [decided, moved]


def capacity(program: Program) -> Ints:
    """List the changes of capacity."""
    resources = program.resources
    whom = (resources.change_resource << WHOM_BITS) | (resources.change_capacity + 1)
    return rows(
        resources.change_second,
        kind=at.AT_CAPACITY,
        tie=resources.change_resource,
        what=at.SET_CAPACITY,
        whom=whom,
    )


def exchanges(program: Program) -> list[Ints]:
    """List the exchanges with stocks, and the lines of capacities that these drive."""
    arrays, end = program.exchange, program.calendar.end_second
    if arrays is None:
        return []
    seconds = np.arange(arrays.every_seconds, end + 1, arrays.every_seconds)
    later = np.flatnonzero(arrays.line_second > 0)
    tie = arrays.line_resource[later]
    lines = arrays.line_second[later]
    return [
        rows(seconds, kind=at.AT_COUNTS, tie=EXCHANGE, what=at.EXCHANGE),
        rows(lines, kind=at.AT_CAPACITY, tie=tie, what=at.PASS_LINE, whom=later),
    ]


def months(program: Program) -> list[Ints]:
    """List the first seconds of months, at which what members lose is worked out; they look like exchanges,
    whose numbers are nought."""
    feedback = program.feedback
    if feedback is None:
        return []
    whom = np.arange(1, len(feedback.month_second) + 1)
    return [rows(feedback.month_second, kind=at.AT_COUNTS, tie=EXCHANGE, what=at.EXCHANGE, whom=whom)]


def times_read(program: Program, count: int, *, until: int) -> int:
    """Return how often a daily count has been read before a second."""
    first = first_read(program, int(program.counts.second_of_day[count]))
    return max(0, -(-(until - first) // SECONDS_A_DAY))


def first_read(program: Program, second_of_day: int) -> int:
    """Return when a daily count is first read: at its time of day, not before warm-up ends."""
    begins = program.calendar.warm_up_seconds
    return begins + (second_of_day - begins) % SECONDS_A_DAY
