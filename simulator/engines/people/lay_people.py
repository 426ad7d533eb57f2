"""Lays out people: their states, needs and hazards, and what is counted of them in a period."""

import numpy as np

from simulator.compiler.program import (
    ON_HAZARD,
    ON_JOINERS,
    ON_NEED_RATE,
    ON_NEED_START,
    ON_REFERRAL_RATE,
    ON_REFERRAL_START,
    Ints,
)
from simulator.engines.kernels import layout as at
from simulator.engines.people.ground import Columns, rows_of
from simulator.engines.people.lay_care import lay_effects
from simulator.engines.people.plan import Plan, place_of
from simulator.engines.population import Population


def lay_people(plan: Plan, population: Population) -> None:
    """Lay out the people of a replication; those of the first day are alive."""
    ground, count = plan.ground, len(population.address)
    lives = np.where(population.candidate_second == 0, at.ALIVE, 0)
    states = population.segment | (population.home << at.SEGMENT_BITS) | lives
    rows = rows_of({at.ADDRESS: population.address}, count=count, width=at.PERSON_SIZE)
    names = plan.program.names
    segments, homes = len(names.segments), len(names.homes)
    cells = np.bincount(
        population.segment[lives != 0] * homes + population.home[lives != 0], minlength=segments * homes
    )
    plan.head.update(
        {
            at.STATES: ground.lay(states),
            at.PEOPLE: ground.lay(rows),
            at.PEOPLE_COUNT: count,
            at.SEGMENTS: segments,
            at.CLASSES: len(names.classes),
            at.HOMES: homes,
            at.HOME_LOCALITY: ground.lay(plan.program.people.home_locality),
            at.LIVING: ground.lay(cells),
            at.LIVING_AREA: ground.room(segments * homes),
            at.TRANSITIONS: ground.room(segments * (segments + 1)),
            at.DEATHS_IN_CARE: ground.room(segments),
        }
    )


def lay_needs(plan: Plan, tracked: Ints) -> None:
    """Lay out needs, and what is counted of each by segment and home."""
    needs, people, ground = plan.program.needs, plan.program.people, plan.ground
    count, segments = needs.rate.shape
    homes = len(people.home_locality)
    base = needs.rate[:, :, None] * needs.locality_times[:, None, people.home_locality]
    choices = ground.lay(plan.choice(needs.choice))
    columns: Columns = {
        at.NEED_INDEX: np.arange(count),
        at.NEED_HASH: needs.hash,
        at.ONE_AT_A_TIME: needs.one_at_a_time,
        at.NEED_KLASS: needs.klass,
        at.NEED_CHOICES: choices + np.arange(count) * segments,
        at.NEED_EFFECTS: np.array(
            [lay_effects(plan, ON_NEED_RATE, target=need) for need in range(count)], dtype=np.int64
        ),
        at.NEED_FIRST_EFFECTS: np.array(
            [lay_effects(plan, ON_NEED_START, target=need) for need in range(count)], dtype=np.int64
        ),
        at.TRACKED: tracked_place(tracked, count),
    }
    ground.write(plan.needs, rows_of(columns, count=count, width=at.NEED_SIZE))
    plan.head.update(
        {
            at.NEEDS: plan.needs,
            at.NEED_COUNT: count,
            at.NEED_BASE: ground.lay_reals(base),
            at.HAPPENED: ground.room(count * segments * homes),
            at.INDUCED: ground.room(count * segments * homes),
            at.DISPLACED: ground.room(count * segments * homes),
            at.AVERTED: ground.real_room(count * segments * len(plan.program.names.interventions)),
        }
    )


def tracked_place(tracked: Ints, count: int) -> Ints:
    """Return each need's place among those whose use is counted, -1 for the others."""
    found = np.full(count, -1, dtype=np.int64)
    found[tracked] = np.arange(len(tracked))
    return found


def lay_life(plan: Plan) -> None:
    """Lay out hazards and joiners, with the effects on each."""
    people, ground = plan.program.people, plan.ground
    segments = len(people.hazard)
    hazard_effects = [
        lay_effects(plan, ON_HAZARD, target=segment, second_target=target)
        for segment in range(segments)
        for target in range(segments + 1)
    ]
    plan.head.update(
        {
            at.HAZARDS: ground.lay_reals(people.hazard),
            at.HAZARD_EFFECTS: ground.lay(hazard_effects),
            at.JOINER_RATES: ground.lay_reals(people.joiners),
            at.JOINER_EFFECTS: ground.lay(
                lay_effects(plan, ON_JOINERS, target=one) for one in range(segments)
            ),
        }
    )


def lay_referrals(plan: Plan) -> None:
    """Lay out referrals."""
    referrals, ground = plan.program.referrals, plan.ground
    count = len(referrals.kind)
    columns: Columns = {
        at.REFERRAL_HASH: referrals.hash,
        at.REFERRAL_KLASS: referrals.klass,
        at.REFERRAL_CHOICE: plan.choice(referrals.choice),
        at.REFERRAL_EFFECTS: np.array(
            [lay_effects(plan, ON_REFERRAL_RATE, target=one) for one in range(count)], dtype=np.int64
        ),
        at.REFERRAL_FIRST_EFFECTS: np.array(
            [lay_effects(plan, ON_REFERRAL_START, target=one) for one in range(count)], dtype=np.int64
        ),
        at.REFERRAL_BASE: ground.lay_reals(referrals.rate) + np.arange(count),
        at.TAKES_FROM: lay_pools(plan),
    }
    ground.write(plan.referrals, rows_of(columns, count=count, width=at.REFERRAL_SIZE))
    plan.head[at.REFERRALS] = plan.referrals


def lay_pools(plan: Plan) -> Ints:
    """Lay out the pools of heads that cross; return that from which each referral takes, 0 for none."""
    exchange, referrals, ground = plan.program.exchange, plan.program.referrals, plan.ground
    if exchange is None or not exchange.pools:
        return np.zeros(len(referrals.kind), dtype=np.int64)
    pools = ground.room(len(exchange.pools) * at.POOL_SIZE)
    by_class = np.zeros(len(plan.program.names.classes), dtype=np.int64)
    by_class[referrals.klass] = exchange.returns_to + 1
    plan.head.update({at.POOLS: pools, at.RETURN_POOLS: ground.lay(by_class)})
    return place_of(pools, exchange.takes_from, size=at.POOL_SIZE)
