"""Lays out the switches: interventions, their effects, diversions and step-downs."""

import numpy as np

from simulator.compiler.program import FOR_EVERYONE, TIMES, Flags, Ints
from simulator.engines.kernels import layout as at
from simulator.engines.people.ground import Columns, rows_of
from simulator.engines.people.plan import Plan, driven_shares


def lay_switches(plan: Plan, tracked: Ints) -> None:
    """Lay out interventions, effects and moves; ``tracked`` lists the needs whose use is counted."""
    lay_schemes(plan, tracked)
    lay_all_effects(plan)
    lay_driven_shares(plan)
    lay_all_moves(plan)


def lay_schemes(plan: Plan, tracked: Ints) -> None:
    """Lay out interventions."""
    table, ground = plan.program.interventions, plan.ground
    count, weeks = table.strength.shape
    index, people = np.arange(count), plan.head[at.PEOPLE_COUNT]
    localities = table.eligible_locality.shape[1]
    use_needs = [
        ground.lay_list(np.searchsorted(tracked, np.flatnonzero(needs)).tolist()) for needs in table.use_need
    ]
    enrols = table.enrols.astype(np.bool_)
    columns: Columns = {
        at.SCHEME_INDEX: index,
        at.SCHEME_HASH: table.hash,
        at.RUNS_FROM: table.first_second,
        at.STRENGTH: ground.real_room(count) + index,
        at.STRENGTHS: ground.lay_reals(table.strength) + index * weeks,
        at.WEEK_COUNT: weeks,
        at.ENROLS: enrols,
        at.PLACES: table.places,
        at.WEEKLY_NUMERATOR: table.weekly_numerator,
        at.WEEKLY_DENOMINATOR: table.weekly_denominator,
        at.STAY_LAW: plan.law(table.stay_law),
        at.BY_LOT: table.by_lot,
        at.USE_AT_LEAST: table.use_at_least,
        at.USE_QUARTERS: table.use_quarters,
        at.USE_NEEDS: np.array(use_needs, dtype=np.int64),
        at.ELIGIBLE_SEGMENTS: bits_of(table.eligible_segment),
        at.ELIGIBLE_LOCALITIES: ground.lay(table.eligible_locality) + index * localities,
        at.UPTAKES: ground.lay_reals(table.uptake) + index * localities,
        at.MEMBERS: np.array([ground.room(people) if one else 0 for one in enrols], dtype=np.int64),
    }
    ground.write(plan.schemes, rows_of(columns, count=count, width=at.SCHEME_SIZE))
    plan.head.update(
        {
            at.SCHEMES: plan.schemes,
            at.SCHEME_COUNT: count,
            at.PULLS: ground.real_room(count),
        }
    )


def lay_all_effects(plan: Plan) -> None:
    """Lay out effects."""
    effects, ground = plan.program.effects, plan.ground
    count, weeks = effects.value.shape
    columns: Columns = {
        at.EFFECT_SCHEME: plan.scheme(effects.intervention),
        at.EFFECT_WHOM: effects.whom,
        at.EFFECT_SEGMENTS: bits_of(effects.segment),
        at.EFFECT_HASH: effects.hash,
        at.EFFECT_ACTS: effects.acts,
        at.SECOND_TARGET: effects.second_target,
        at.INSTEAD: effects.instead,
        at.SINCE_ENROLMENT: effects.since_enrolment,
        at.FULL_STRENGTH: effects.full_strength,
        at.VALUES: ground.lay_reals(effects.value) + np.arange(count) * weeks,
        at.VALUE_COUNT: weeks,
    }
    ground.write(plan.effects, rows_of(columns, count=count, width=at.EFFECT_SIZE))
    plan.head[at.EFFECTS] = plan.effects


def lay_driven_shares(plan: Plan) -> None:
    """Lay out what stocks do to shares of routes: effects for everyone, of a scheme that always runs.

    That scheme stands after the last one, where nobody counts it.
    """
    exchange, ground = plan.program.exchange, plan.ground
    drives = driven_shares(plan.program)
    always = plan.schemes + len(plan.program.names.interventions) * at.SCHEME_SIZE
    ground.write(always, rows_of({at.IS_RUNNING: 1}, count=1, width=at.SCHEME_SIZE))
    if exchange is None or not drives:
        return
    columns: Columns = {
        at.EFFECT_SCHEME: always,
        at.EFFECT_WHOM: FOR_EVERYONE,
        at.EFFECT_HASH: exchange.drive_hash[drives],
        at.EFFECT_ACTS: TIMES,
        at.SECOND_TARGET: exchange.drive_second[drives],
        at.INSTEAD: exchange.drive_instead[drives],
        at.FULL_STRENGTH: 1,
        at.VALUES: ground.lay_reals(np.ones(len(drives))) + np.arange(len(drives)),
        at.VALUE_COUNT: 1,
    }
    first = plan.effect(len(plan.program.effects.on))
    ground.write(first, rows_of(columns, count=len(drives), width=at.EFFECT_SIZE))


def lay_all_moves(plan: Plan) -> None:
    """Lay out diversions and step-downs."""
    moves, ground = plan.program.moves, plan.ground
    count = len(moves.kind)
    index, groups = np.arange(count), plan.program.activities.row.shape[1]
    columns: Columns = {
        at.EFFECT_SCHEME: plan.scheme(moves.intervention),
        at.EFFECT_WHOM: moves.whom,
        at.EFFECT_SEGMENTS: bits_of(moves.segment),
        at.EFFECT_HASH: moves.hash,
        at.MOVE_INDEX: index,
        at.MOVE_AWAY_FROM: plan.activity(moves.away_from),
        at.MOVE_TO: plan.activity(moves.to),
        at.MOVE_SHARES: ground.lay_reals(moves.share) + index * groups,
        at.MOVE_HOME_SHARES: ground.lay_reals(moves.home_share) + index * groups,
        at.MOVE_LAST: moves.last_seconds,
    }
    ground.write(plan.moves, rows_of(columns, count=count, width=at.MOVE_SIZE))
    plan.head.update({at.MOVES: plan.moves, at.MOVE_COUNT: count})


def bits_of(flags: Flags) -> Ints:
    """Return rows of flags as bits."""
    found: Ints = (flags.astype(np.int64) << np.arange(flags.shape[1], dtype=np.int64)).sum(axis=1)
    return found
