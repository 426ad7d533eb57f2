"""Lays out mutual aid: pacts, what partners do for each other, and places that are moved."""

import numpy as np

from simulator.compiler.aid_arrays import Pacts, Shifts, members_of, partners_of
from simulator.compiler.program import ABSENT
from simulator.engines.kernels import layout as at
from simulator.engines.people.ground import Columns, rows_of
from simulator.engines.people.plan import Plan


def lay_aid(plan: Plan) -> None:
    """Lay out what there is of it; without any, nothing."""
    pacts, shifts = plan.program.pacts, plan.program.shifts
    if pacts is not None:
        lay_pacts(plan, pacts)
        lay_cells(plan, pacts)
        lay_partners(plan, pacts)
    if shifts is not None:
        lay_shifts(plan, shifts)
        lay_decisions(plan, shifts)


def lay_pacts(plan: Plan, pacts: Pacts) -> None:
    """Lay out pacts."""
    ground, count = plan.ground, len(pacts.intervention)
    members = [
        ground.lay_list(plan.resource(np.array(one, dtype=np.int64)).tolist()) for one in members_of(pacts)
    ]
    columns: Columns = {
        at.PACT_SCHEME: plan.scheme(pacts.intervention),
        at.PACT_MEMBERS: np.array(members, dtype=np.int64),
        at.PACT_WAITED: pacts.waited_seconds,
        at.PACT_GROUPS: ground.lay(pacts.group.astype(np.int64)) + np.arange(count) * pacts.group.shape[1],
        at.PACT_ACCEPTS: ground.lay_reals(pacts.accepts) + np.arange(count),
        at.PACT_POOLED: pacts.pooled,
        at.PACT_NUMERATOR: pacts.weekly_numerator,
        at.PACT_DENOMINATOR: pacts.weekly_denominator,
    }
    place = ground.lay(rows_of(columns, count=count, width=at.PACT_SIZE))
    plan.head.update({at.PACTS: place, at.PACT_COUNT: count})


def lay_cells(plan: Plan, pacts: Pacts) -> None:
    """Lay out the cells in which is written what partners do, by activity, partner and group."""
    groups = pacts.group.shape[1]
    cells = plan.ground.room(len(pacts.cell_activity) * groups * at.CELL_SIZE)
    first = np.where(pacts.cell == ABSENT, at.NONE, cells + pacts.cell * groups * at.CELL_SIZE)
    plan.head.update({at.HELP: plan.ground.lay(first), at.HELP_CELLS: cells})


def lay_partners(plan: Plan, pacts: Pacts) -> None:
    """Tell each resource its pacts, with the purpose of going there, and its partners by name."""
    pact_of = np.repeat(np.arange(len(pacts.intervention)), np.diff(pacts.member_first))
    partners = partners_of(pacts, size=len(plan.program.names.resources))
    for resource in np.unique(pacts.member).tolist():
        own: list[int] = []
        for number in np.flatnonzero(pacts.member == resource).tolist():
            pact = plan.head[at.PACTS] + int(pact_of[number]) * at.PACT_SIZE
            own += [pact, int(pacts.member_hash[number])]
        row = plan.resources + resource * at.RESOURCE_SIZE
        others = plan.resource(np.array(partners[resource], dtype=np.int64))
        for column, place in (
            (at.PACTS_OF, plan.ground.lay_list(own)),
            (at.PARTNERS, plan.ground.lay_list(others.tolist())),
        ):
            plan.ground.write(row + column, np.array([place], dtype=np.int64))


def lay_shifts(plan: Plan, shifts: Shifts) -> None:
    """Lay out what moves places among which resources."""
    ground, count = plan.ground, len(shifts.intervention)
    sizes = np.diff(shifts.member_first)
    members = [
        ground.lay_list(plan.resource(np.array(one, dtype=np.int64)).tolist()) for one in members_of(shifts)
    ]
    columns: Columns = {
        at.SHIFT_SCHEME: plan.scheme(shifts.intervention),
        at.SHIFT_MEMBERS: np.array(members, dtype=np.int64),
        at.SHIFT_TOWARDS: shifts.towards,
        at.SHIFT_PLACES: shifts.places,
        at.SHIFT_BEYOND: shifts.beyond_seconds,
        at.SHIFT_WEIGHTS: ground.lay(shifts.weight) + np.arange(count) * shifts.weight[0].size,
        at.SHIFT_MADE: np.array([ground.room(size) for size in sizes.tolist()], dtype=np.int64),
        at.SHIFT_PLANNED: np.array([ground.room(size) for size in sizes.tolist()], dtype=np.int64),
    }
    place = ground.lay(rows_of(columns, count=count, width=at.SHIFT_SIZE))
    plan.head.update({at.SHIFTS: place, at.SHIFT_COUNT: count})


def lay_decisions(plan: Plan, shifts: Shifts) -> None:
    """Lay out the decisions to come: what each member has and must keep, and room for what is decided."""
    ground, count = plan.ground, len(shifts.decision_shift)
    own, least, decided = [], [], []
    of_shift = members_of(shifts)
    for decision, shift in enumerate(shifts.decision_shift.tolist()):
        members = of_shift[shift]
        own.append(ground.lay(shifts.own[decision, members]))
        least.append(ground.lay(shifts.least[decision, members]))
        decided.append(ground.room(len(members)))
    columns: Columns = {
        at.DECIDED_SHIFT: plan.head[at.SHIFTS] + shifts.decision_shift * at.SHIFT_SIZE,
        at.DECIDED_OWN: np.array(own, dtype=np.int64),
        at.DECIDED_LEAST: np.array(least, dtype=np.int64),
        at.DECIDED: np.array(decided, dtype=np.int64),
    }
    plan.head[at.DECISIONS] = ground.lay(rows_of(columns, count=count, width=at.DECISION_SIZE))
