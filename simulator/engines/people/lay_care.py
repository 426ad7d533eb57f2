"""Lays out care: activities and what each group meets there, ways onward, laws."""

import numpy as np

from simulator.compiler.program import (
    ABSENT,
    ON_DURATION,
    ON_ROUTE_SHARE,
    TO_ACTIVITY,
    TO_FIRST_FREE,
    TO_SHORTEST_QUEUE,
    Ints,
)
from simulator.engines.kernels import layout as at
from simulator.engines.people.ground import Columns, rows_of
from simulator.engines.people.lay_consequences import lay_consequences
from simulator.engines.people.plan import Plan, driven_shares

DIVERTS, STEP_DOWN = 0, 1


def lay_care(plan: Plan) -> None:
    """Lay out laws, choices and activities."""
    lay_laws(plan)
    lay_choices(plan)
    lay_activities(plan)


def lay_laws(plan: Plan) -> None:
    """Lay out the sampling tables."""
    laws, ground = plan.program.laws, plan.ground
    points, cumulative = ground.lay_reals(laws.points), ground.lay_reals(laws.cumulative)
    scale, count = ground.lay_reals(laws.scale), len(laws.kind)
    columns: Columns = {
        at.LAW_KIND: laws.kind,
        at.POINTS: points + laws.first,
        at.LAW_SIZE_OF: laws.size,
        at.CUMULATIVE: cumulative + laws.first,
        at.SCALE: scale + np.arange(count),
    }
    ground.write(plan.laws, rows_of(columns, count=count, width=at.LAW_SIZE))


def lay_choices(plan: Plan) -> None:
    """Lay out choices and their entries."""
    routes, ground = plan.program.routes, plan.ground
    shares, count = ground.lay_reals(routes.cumulative), len(routes.first) - 1
    columns: Columns = {
        at.ENTRIES: plan.entries + routes.first[:-1] * at.ENTRY_SIZE,
        at.SHARES: shares + routes.first[:-1],
        at.ENTRY_COUNT: np.diff(routes.first),
    }
    ground.write(plan.choices, rows_of(columns, count=count, width=at.CHOICE_SIZE))
    lists = [
        ground.lay_list(plan.activity(routes.list_activity[begin:end]).tolist())
        for begin, end in zip(routes.list_first[:-1], routes.list_first[1:], strict=True)
    ]
    to_list = np.isin(routes.kind, (TO_FIRST_FREE, TO_SHORTEST_QUEUE))
    target = np.where(routes.kind == TO_ACTIVITY, plan.activity(routes.target), 0)
    target[to_list] = np.array(lists, dtype=np.int64)[routes.target[to_list]] if lists else 0
    entries: Columns = {
        at.ENTRY_KIND: routes.kind,
        at.TARGET: target,
        at.AS_KLASS: routes.klass,
        at.BECOMES_SEGMENT: routes.segment,
        at.ENTRY_LAW: plan.law(routes.law),
        at.ENTRY_NAME: routes.name,
    }
    ground.write(plan.entries, rows_of(entries, count=len(routes.kind), width=at.ENTRY_SIZE))


def lay_activities(plan: Plan) -> None:
    """Lay out activities."""
    activities, ground = plan.program.activities, plan.ground
    count, homes = activities.resource.shape
    index = np.arange(count)
    spare = len(plan.program.names.resources) + index[:, None]
    resource = np.where(activities.resource == ABSENT, spare, activities.resource)
    resources, keeps = ground.lay(plan.resource(resource)), ground.lay(activities.keeps)
    options = [
        [int(one), *activities.alternative[begin:end].tolist()]
        for one, begin, end in zip(
            index, activities.alternative_first[:-1], activities.alternative_first[1:], strict=True
        )
    ]
    columns: Columns = {
        at.ACT_INDEX: index,
        at.ACT_HASH: activities.hash,
        at.GROUPS: lay_groups(plan),
        at.RESOURCE_OF_HOME: resources + index * homes,
        at.KEEPS: keeps + index * count,
        at.OPTIONS: np.array([ground.lay(plan.activity(np.array(one))) for one in options]),
        at.OPTION_COUNT: np.array([len(one) for one in options]),
        at.ROUTE_FIRST: activities.route_first,
        at.LEAVING_PROFILE: activities.leaving_profile,
        at.HOLDS_PREVIOUS: activities.holds_previous,
        at.IS_RESIDENT: activities.resident,
        at.QUEUE_IS_RESIDENT: activities.queue_is_resident,
        at.ALSO_IN_BED: activities.also_in_bed,
        at.ENDS_ON_ADMISSION: activities.ends_on_admission,
        at.TURNAROUND: plan.law(activities.turnaround_law),
        at.DURATION_TIMES: ground.lay_reals(np.ones(count)) + index,
        at.PATIENCE_TIMES: ground.lay_reals(np.ones(count)) + index,
        at.DURATION_EFFECTS: np.array([lay_effects(plan, ON_DURATION, target=one) for one in range(count)]),
        at.ROUTE_EFFECTS: np.array([lay_route_effects(plan, activity=one) for one in range(count)]),
        at.DIVERSIONS: np.array([lay_moves(plan, DIVERTS, activity=one) for one in range(count)]),
        at.STEP_DOWNS: np.array([lay_moves(plan, STEP_DOWN, activity=one) for one in range(count)]),
    }
    columns[at.CONSEQUENCES] = lay_consequences(plan)
    ground.write(plan.activities, rows_of(columns, count=count, width=at.ACTIVITY_SIZE))
    plan.head.update({at.ACTIVITIES: plan.activities, at.ACTIVITY_COUNT: count})


def lay_groups(plan: Plan) -> Ints:
    """Lay out what each group meets at each activity; return where each activity's groups begin."""
    activities = plan.program.activities
    count, groups = activities.row.shape
    columns: Columns = {
        at.DURATION_LAW: plan.law(activities.duration_law).ravel(),
        at.PATIENCE_LAW: plan.law(activities.patience_law).ravel(),
        at.CHOICE: plan.choice(activities.choice).ravel(),
        at.GIVES_UP_CHOICE: plan.choice(activities.gives_up_choice).ravel(),
        at.REFUSED_CHOICE: plan.choice(activities.refused_choice).ravel(),
        at.INTERRUPTED_CHOICE: plan.choice(activities.interrupted_choice).ravel(),
        at.GROUP_PRIORITY: activities.priority.ravel(),
        at.GROUP_ROW: activities.row.ravel(),
    }
    first = plan.ground.lay(rows_of(columns, count=count * groups, width=at.GROUP_SIZE))
    begins: Ints = first + np.arange(count) * groups * at.GROUP_SIZE
    return begins


def lay_effects(plan: Plan, on: int, *, target: int, second_target: int | None = None) -> int:
    """Lay out the list of effects on something, in their order."""
    effects = plan.program.effects
    is_meant = (effects.on == on) & (effects.target == target)
    if second_target is not None:
        is_meant &= effects.second_target == second_target
    return plan.ground.lay_list(plan.effect(int(one)) for one in np.flatnonzero(is_meant))


def lay_route_effects(plan: Plan, *, activity: int) -> int:
    """Lay out the list of what changes the shares of an activity's routes: stocks, then interventions."""
    program = plan.program
    effects, exchange = program.effects, program.exchange
    first = len(effects.on)
    driven = [
        first + place
        for place, drive in enumerate(driven_shares(program))
        if exchange is not None and exchange.drive_target[drive] == activity
    ]
    is_meant = (effects.on == ON_ROUTE_SHARE) & (effects.target == activity)
    return plan.ground.lay_list(plan.effect(int(one)) for one in (*driven, *np.flatnonzero(is_meant)))


def lay_moves(plan: Plan, kind: int, *, activity: int) -> int:
    """Lay out the list of diversions or step-downs at an activity, in their order."""
    moves = plan.program.moves
    is_meant = (moves.kind == kind) & (moves.at == activity)
    return plan.ground.lay_list(plan.move(int(one)) for one in np.flatnonzero(is_meant))
