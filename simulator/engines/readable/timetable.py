"""The calendar of a run: period closes, rings, quarters, weeks, interventions, capacity by timetable."""

from collections.abc import Callable
from functools import partial

from simulator.engines.exchange import Exchange
from simulator.engines.months import Months
from simulator.engines.open_readings import reading_seconds
from simulator.engines.readable import agenda
from simulator.engines.readable.people import History
from simulator.engines.readable.rate_levers import RateLevers
from simulator.engines.readable.resource_recorder import hour_of_week
from simulator.engines.readable.world import World
from simulator.engines.turns import Turner, Turns
from simulator.units import SECONDS_A_DAY

_HOUR = 3600

# Numbers within phase 0: what is read at a second is read before its period closes; then stocks and people
# exchange, and rings move.
_HOURLY, _COUNT, _INSTANT, _OPEN, _CLOSE = 0, 1, 1 << 20, 1 << 29, 1 << 30
_EXCHANGE, _RINGS = _CLOSE + 1, _CLOSE + 2
# Number within phase 2 of partners' looks, behind all changes of capacity.
_LOOK = 1 << 41
# Numbers within phase 1: quarter, ramps, interventions by name (end first), what turns of itself, enrolment.
_QUARTER, _WEEK, _INTERVENTION, _TURNS, _ENROLMENT = 0, 1, 2, 1 << 59, 1 << 60


def begin(
    world: World, history: History, *, close: Callable[[int], None], moves_rings: Callable[[], None]
) -> None:
    """Put on the agenda all that the calendar knows beforehand."""
    calendar = world.program.calendar
    _clock_hours(world)
    _daily_counts(world)
    for instant in world.program.counts.instant_second.tolist():
        world.agenda.add(instant, phase=agenda.COUNTS, number=_INSTANT, act=world.resources.reads_instant)
    for second in reading_seconds(calendar).tolist():
        act = partial(world.clocks.reads_open, second)
        world.agenda.add(second, phase=agenda.COUNTS, number=_OPEN, act=act)
    for period, second in enumerate(calendar.period_close_second.tolist()):
        world.agenda.add(second, phase=agenda.COUNTS, number=_CLOSE, act=partial(close, period))
    _repeat(world, SECONDS_A_DAY, every=SECONDS_A_DAY, number=_RINGS, act=moves_rings)
    for second in calendar.quarter_second.tolist():
        world.agenda.add(second, phase=agenda.CALENDAR, number=_QUARTER, act=history.begins_quarter)
    _weeks(world)
    _interventions(world)
    _capacity(world)
    _partners(world)


def _repeat(world: World, first: int, *, every: int, number: int, act: Callable[[], None]) -> None:
    """Do something at ``first`` and every so many seconds until the end, in phase 0."""
    end = world.program.calendar.end_second

    def happens() -> None:
        act()
        if world.agenda.now + every < end:
            world.agenda.add(world.agenda.now + every, phase=agenda.COUNTS, number=number, act=happens)

    if first < end:
        world.agenda.add(first, phase=agenda.COUNTS, number=number, act=happens)


def _clock_hours(world: World) -> None:
    calendar = world.program.calendar
    begins = -(-calendar.warm_up_seconds // _HOUR) * _HOUR

    def reads() -> None:
        world.resources.reads_the_hour(hour_of_week(world.agenda.now, calendar.first_day))

    _repeat(world, begins, every=_HOUR, number=_HOURLY, act=reads)


def _daily_counts(world: World) -> None:
    begins = world.program.calendar.warm_up_seconds
    for count, clock in enumerate(world.program.counts.second_of_day.tolist()):
        first = begins + (clock - begins) % SECONDS_A_DAY
        _repeat(
            world,
            first,
            every=SECONDS_A_DAY,
            number=_COUNT + count,
            act=partial(_reads_count, world, count),
        )


def _reads_count(world: World, count: int) -> None:
    counts = world.program.counts
    resources = counts.resource[counts.resource_first[count] : counts.resource_first[count + 1]]
    activities = counts.activity[counts.activity_first[count] : counts.activity_first[count + 1]]
    number = sum(world.places.used[int(resource)] for resource in resources)
    number += sum(world.activities.present(world.rows_of[int(activity)]) for activity in activities)
    world.resources.reads_count(count, number)


def add_exchange(world: World, exchange: Exchange) -> None:
    """Put the exchanges on the agenda, and the lines of the capacities that they drive."""
    arrays, end = world.program.exchange, world.program.calendar.end_second
    assert arrays is not None
    every = arrays.every_seconds

    def happens() -> None:
        exchange.happens(world.agenda.now)
        schedule(world.agenda.now + every)

    def schedule(second: int) -> None:
        if second <= end:
            world.agenda.add(second, phase=agenda.COUNTS, number=_EXCHANGE, act=happens)

    schedule(every)
    for line, (second, resource) in enumerate(
        zip(arrays.line_second.tolist(), arrays.line_resource.tolist(), strict=True)
    ):
        if second > 0:
            act = partial(exchange.line_changes, line)
            world.agenda.add(second, phase=agenda.CAPACITY, number=resource, act=act)


def add_months(world: World, months: Months) -> None:
    """Put the first seconds of months on the agenda, at which what members lose is worked out."""
    assert world.program.feedback is not None
    for month, second in enumerate(world.program.feedback.month_second.tolist()):
        act = partial(months.begins, month)
        world.agenda.add(second, phase=agenda.COUNTS, number=_EXCHANGE, act=act)


def add_turns(world: World, turns: Turns | None) -> None:
    """Turn rates and durations to where they begin, and put their later turns on the agenda."""
    if turns is None:
        return
    turner = Turner(world.program, turns, levers=RateLevers(world))
    turner.turns(0)
    for second in turns.turning.tolist():
        act = partial(turner.turns, second)
        world.agenda.add(second, phase=agenda.CALENDAR, number=_TURNS, act=act)


def _weeks(world: World) -> None:
    if not world.program.names.interventions:
        return
    for second in world.program.calendar.monday_second.tolist():
        world.agenda.add(second, phase=agenda.CALENDAR, number=_WEEK, act=world.schemes.begins_week)
        world.agenda.add(second, phase=agenda.CALENDAR, number=_ENROLMENT, act=world.schemes.enrols)


def _interventions(world: World) -> None:
    table = world.program.interventions
    end = world.program.calendar.end_second
    for place, (first, last) in enumerate(
        zip(table.first_second.tolist(), table.last_second.tolist(), strict=True)
    ):
        number = _INTERVENTION + 2 * place
        if first < end:
            world.agenda.add(
                first,
                phase=agenda.CALENDAR,
                number=number + 1,
                act=partial(world.schemes.begins, place),
            )
        if last < end:
            world.agenda.add(
                last,
                phase=agenda.CALENDAR,
                number=number,
                act=partial(world.schemes.ends, place),
            )


def _partners(world: World) -> None:
    """Let partners look round at midnight, and decide which places are moved."""
    aid = world.aid
    if world.shifting is not None:
        world.shifting.begin()
    if aid is not None:
        for second in range(0, world.program.calendar.end_second, SECONDS_A_DAY):
            world.agenda.add(second, phase=agenda.CAPACITY, number=_LOOK, act=aid.looks_round)


def _capacity(world: World) -> None:
    """Put the changes of capacity on the agenda one after another: a list of a whole run is long."""
    resources = world.program.resources
    columns = (resources.change_second, resources.change_resource, resources.change_capacity)
    changes = zip(*(column.tolist() for column in columns), strict=True)

    def schedule() -> None:
        change = next(changes, None)
        if change is not None:
            second, resource, capacity = change

            def happens() -> None:
                world.places.set_capacity(resource, capacity, now=world.agenda.now)
                schedule()

            world.agenda.add(second, phase=agenda.CAPACITY, number=resource, act=happens)

    schedule()
