"""Lays out clocks, daily counts and profiles."""

import numpy as np

from simulator.compiler.program import AT_LEAVE, Ints, Program
from simulator.engines.kernels import layout as at
from simulator.engines.people.ground import Columns, rows_of
from simulator.engines.people.plan import Plan
from simulator.engines.records import WAIT_BINS
from simulator.units import SECONDS_A_DAY

POINT_COUNT = AT_LEAVE + 1


def lay_clocks(plan: Plan) -> None:
    """Lay out clocks: what is counted of each, and which start and stop at each point of a case."""
    clocks, ground = plan.program.clocks, plan.ground
    count, targets = len(clocks.target_first) - 1, len(clocks.target_seconds)
    groups, homes = plan.program.activities.row.shape[1], len(plan.program.names.homes) + 1
    cells, number = groups * homes, np.arange(count)
    target = np.arange(targets)
    within, within_period = ground.room(targets * cells), ground.room(targets)
    rows = {
        at.TARGET_SECONDS: clocks.target_seconds,
        at.WITHIN: within + target * cells,
        at.WITHIN_PERIOD: within_period + target,
    }
    first = ground.lay(rows_of({**rows}, count=targets, width=at.TARGET_SIZE))
    columns: Columns = {
        at.STOPPED: ground.room(count * cells) + number * cells,
        at.STOPPED_SECONDS: ground.room(count * cells) + number * cells,
        at.CLOCK_BINS: ground.room(count * groups * WAIT_BINS) + number * groups * WAIT_BINS,
        at.TARGETS: first + clocks.target_first[:-1] * at.TARGET_SIZE,
        at.TARGET_COUNT: np.diff(clocks.target_first),
        at.CLOCK_PERIOD: ground.room(2 * count) + 2 * number,
        at.CLOCK_RESTARTS: np.zeros(count, dtype=np.bool_) if clocks.restarts is None else clocks.restarts,
    }
    ground.write(plan.clocks, rows_of(columns, count=count, width=at.CLOCK_SIZE))
    plan.head.update(
        {
            at.CLOCKS: plan.clocks,
            at.CLOCK_COUNT: count,
            at.CLOCK_STOPS: lay_points(
                plan, clocks.stop_first, point=clocks.stop_point, activity=clocks.stop_activity
            ),
            at.CLOCK_STARTS: lay_points(
                plan, clocks.start_first, point=clocks.start_point, activity=clocks.start_activity
            ),
        }
    )


def lay_points(plan: Plan, first: Ints, *, point: Ints, activity: Ints) -> int:
    """Lay out which clocks are meant at each point of each activity (the first for none)."""
    ground, columns = plan.ground, len(plan.program.names.activities) + 1
    nothing = ground.lay_list([])
    found: dict[int, list[int]] = {}
    for clock in range(len(first) - 1):
        for row in range(int(first[clock]), int(first[clock + 1])):
            found.setdefault(int(point[row]) * columns + int(activity[row]) + 1, []).append(clock)
    places = [
        ground.lay_list(found[place]) if place in found else nothing for place in range(POINT_COUNT * columns)
    ]
    return ground.lay(places)


def lay_counts(plan: Plan) -> None:
    """Lay out daily counts: of which resources and rows, and where the numbers go."""
    program, ground = plan.program, plan.ground
    counts = program.counts
    days = -(-program.calendar.horizon_seconds // SECONDS_A_DAY) + 1
    values = []
    for count in range(len(counts.second_of_day)):
        resources = counts.resource[counts.resource_first[count] : counts.resource_first[count + 1]]
        activities = counts.activity[counts.activity_first[count] : counts.activity_first[count + 1]]
        spans = [number for one in activities for number in row_spans(program, int(one))]
        values += [
            ground.lay_list(plan.resource(resources).tolist()),
            ground.lay_list(spans),
            ground.room(days),
        ]
    plan.head[at.DAILY] = ground.lay(values)


def row_spans(program: Program, activity: int) -> list[int]:
    """List first row and number of rows of each group at an activity."""
    homes = len(program.names.homes) + 1
    rows = program.activities.row[activity]
    return [number for row in rows[rows >= 0].tolist() for number in (row, homes)]


def lay_profiles(plan: Plan) -> None:
    """Lay out the running integrals of profiles, one table behind the other as the kernels read them."""
    profiles, ground = plan.program.profiles, plan.ground
    tables = (
        profiles.day_start,
        profiles.day_weight,
        profiles.border_second,
        profiles.border_integral,
    )
    plan.head.update(
        {
            at.PROFILE_COUNT: len(profiles.day_start),
            at.PROFILE_DAYS: profiles.day_weight.shape[1],
            at.PROFILE_BORDER_COUNT: len(profiles.border_second),
            at.PROFILE_REALS: ground.lay_reals(np.concatenate([table.ravel() for table in tables])),
            at.PROFILE_BORDERS: ground.lay(profiles.border_first),
            at.YEAR_START: int(plan.program.calendar.year_start_second[0]),
        }
    )
