"""Who is already there at second 0: how many, of which groups, and what remains of their stays."""

from dataclasses import replace

import numpy as np

from simulator.compiler.arrays import integers
from simulator.compiler.draft import Draft
from simulator.compiler.flows import Flows, entries
from simulator.compiler.program import ABSENT, STEADY, DayOne, Floats, Ints, Program
from simulator.compiler.rounding import half_up
from simulator.definition.activities import Activity
from simulator.definition.quantities import Parameter

# Shares are rounded so that the last bit of a sum never reaches a fingerprint.
DECIMALS = 12


def no_day_one(draft: Draft) -> DayOne:
    """Give a day one with nobody there, to be replaced when the flows are known."""
    activities, groups = len(draft.index.names.activities), draft.groups.count
    nobody = np.zeros(activities, dtype=np.int64)
    none = np.full((activities, groups), ABSENT, dtype=np.int64)
    return DayOne(
        present=nobody,
        present_mean=np.zeros(activities),
        waiting=nobody,
        group_cumulative=np.zeros((activities, groups)),
        remaining_law=none,
        patience_law=none,
        waited_law=none[:, 0] if groups else nobody - 1,
    )


def build_day_one(draft: Draft, program: Program, *, flows: Flows) -> DayOne:
    """Say who is there, from the stated numbers and the balanced flows."""
    written = [draft.model.activities[name] for name in draft.index.names.activities]
    there = [has_anybody(one) for one in written]
    in_it = flows.visits * flows.stay
    return DayOne(
        present=integers(present(draft, one.present_at_start) for one in written),
        present_mean=np.round(in_it.sum(axis=1), DECIMALS),
        waiting=integers(
            scaled(draft, one.waiting_at_start.number) if one.waiting_at_start else 0 for one in written
        ),
        group_cumulative=group_shares(draft, program, in_it=in_it),
        remaining_law=remaining(draft, program, there=there),
        patience_law=excess(draft, program.activities.patience_law, there=there),
        waited_law=integers(
            draft.laws.add_optional(one.waiting_at_start.waited) if one.waiting_at_start else ABSENT
            for one in written
        ),
    )


def has_anybody(activity: Activity) -> bool:
    """Say whether anybody may be in an activity or wait for it at the start."""
    return activity.present_at_start is not None or activity.waiting_at_start is not None


def present(draft: Draft, written: Parameter | str | None) -> int:
    """Give the number present, ``STEADY`` where it is to be drawn."""
    if isinstance(written, str):
        return STEADY
    return 0 if written is None else scaled(draft, written)


def scaled(draft: Draft, number: Parameter) -> int:
    """Give the population's share of a number of people, to the nearest one."""
    return half_up(number.value * draft.window.population_share)


def group_shares(draft: Draft, program: Program, *, in_it: Floats) -> Floats:
    """Give the running shares of the groups in each activity (A, G).

    Where the balanced flows bring nobody, all groups that can come have equal shares.
    """
    possible = (program.activities.row >= 0).astype(np.float64)
    for activity in np.flatnonzero(possible.sum(axis=1) == 0).tolist():
        name = draft.index.names.activities[activity]
        written = draft.model.activities[name]
        if written.present_at_start is not None or written.waiting_at_start is not None:
            word = "present_at_start" if written.present_at_start is not None else "waiting_at_start"
            draft.findings.fault(
                f"activities.{name}.{word}", "nothing says of what class they are: no case can come here."
            )
    weight = np.where(in_it.sum(axis=1, keepdims=True) > 0, in_it, possible)
    cumulative = np.cumsum(weight, axis=1)
    total = cumulative[:, -1:] if cumulative.shape[1] else np.ones((len(weight), 1))
    shares = np.divide(cumulative, total, out=np.zeros_like(cumulative), where=total > 0)
    rounded: Floats = np.round(shares, DECIMALS)
    return rounded


def remaining(draft: Draft, program: Program, *, there: list[bool]) -> Ints:
    """Give what remains of the stay of somebody met in each activity, by group (A, G).

    Where the route is drawn on entry, the stay is a mixture of those of the routes.
    """
    stays = program.activities.duration_law.copy()
    for activity in np.flatnonzero(program.activities.route_first & np.array(there, dtype=np.bool_)).tolist():
        for group in np.flatnonzero(program.activities.row[activity] >= 0).tolist():
            stays[activity, group] = mixed(draft, program, activity=activity, group=group)
    return excess(draft, stays, there=there)


def mixed(draft: Draft, program: Program, *, activity: int, group: int) -> int:
    """Mix the laws of the duration by route, by the shares of the routes."""
    own = int(program.activities.duration_law[activity, group])
    choice = int(program.activities.choice[activity, group])
    parts: dict[int, float] = {}
    for entry, share in entries(program, choice):
        law = int(program.routes.law[entry])
        law = own if law == ABSENT else law
        parts[law] = parts.get(law, 0.0) + share
    return draft.laws.add_mixture(parts)


def excess(draft: Draft, laws: Ints, *, there: list[bool]) -> Ints:
    """Give the law of what is left of each, where anybody is there at the start; else -1."""
    found = np.full_like(laws, ABSENT)
    for activity, is_there in enumerate(there):
        if is_there:
            found[activity] = [draft.laws.add_excess(int(law)) for law in laws[activity]]
    return found


def with_day_one(draft: Draft, program: Program, *, flows: Flows) -> Program:
    """Give a program its day one, and the laws that it asked for."""
    day_one = build_day_one(draft, program, flows=flows)
    return replace(program, day_one=day_one, laws=draft.laws.laws())
