"""A scenario forked from the baseline where they part is the scenario run apart, by either engine."""

from dataclasses import replace

import numpy as np
import pytest
from known_models import window
from pairs import Pair, pairs
from rich_models import (
    KINDS,
    befalling_model,
    changing_model,
    exchanging_model,
    helping_model,
    rich_model,
    some_world,
)
from worlds import SEED, World

from simulator.compiler.first_difference import first_difference
from simulator.engines.people import Simulation

PLACES = 6
STOCKS, OVER_TIME, HELPING, BEFALLING = "with_stocks", "over_time", "with_partners", "with_consequences"


ALONE = [f"{kind} {place}" for kind in KINDS for place in range(PLACES)]
BESIDE_STOCKS = [f"{kind} {place} {STOCKS}" for kind in KINDS[:3] for place in range(4)]
CHANGING = [f"{kind} {place} {OVER_TIME}" for kind in KINDS[:2] for place in range(3)]
WITH_PARTNERS = [f"{kind} {place} {HELPING}" for kind in KINDS[:2] for place in range(4)]
WITH_CONSEQUENCES = [f"{KINDS[0]} {place} {BEFALLING}" for place in range(3)]
MADE_BY = {
    STOCKS: exchanging_model,
    OVER_TIME: changing_model,
    HELPING: helping_model,
    BEFALLING: befalling_model,
}


@pytest.fixture(scope="module", params=ALONE + BESIDE_STOCKS + CHANGING + WITH_PARTNERS + WITH_CONSEQUENCES)
def two(request: pytest.FixtureRequest) -> tuple[Pair, Pair]:
    """Run the readable engine on a generated world, with nothing on and with something on."""
    kind, _, stocks = request.param.partition(" ")
    make = MADE_BY.get(stocks.partition(" ")[2], rich_model)
    world = some_world("forking " + request.param, kind, is_wanted=has_a_past, make=make)
    worlds = [replace(world, on=()), world]
    asked = tuple(np.flatnonzero(world.compiled().interventions.use_need.any(axis=0)).tolist())
    baseline, scenario = pairs(worlds, tracked=asked)
    return baseline, scenario


def has_a_past(world: World) -> bool:
    """Say whether something is on, and not from the beginning: then there is nothing to fork."""
    return bool(world.on) and first_difference(replace(world, on=()).compiled(), world.compiled()) > 0


def begun(seen: Pair) -> Simulation:
    """Begin a compiled run that counts the use which the scenario's eligibility reads."""
    return Simulation(
        seen.program,
        seed=SEED,
        replication=seen.replication,
        demand=seen.demand,
        tracked=tuple(seen.readable.people.use_need.tolist()),
        keeps_log=True,
    )


@pytest.mark.parametrize("before", [0, 1, 100_003])
def test_a_fork_where_two_programs_part_or_before_is_the_run_apart(
    two: tuple[Pair, Pair], before: int
) -> None:
    baseline, scenario = two
    past = begun(baseline)

    past.run_until(max(first_difference(baseline.program, scenario.program) - before, 0))
    forked = past.fork(scenario.program)

    scenario.expect(forked.finish())
    baseline.expect(past.finish())


def test_a_fork_of_a_fork_is_the_run_apart(two: tuple[Pair, Pair]) -> None:
    baseline, scenario = two
    past, parted = begun(baseline), first_difference(baseline.program, scenario.program)

    past.run_until(parted // 2)
    forked = past.fork(baseline.program)
    forked.run_until(parted)

    scenario.expect(forked.fork(scenario.program).finish())


OPEN_BY_DAY = """
schema_version = 1
starts = 2025-04-07
[segments.well]
people = 400
[needs.visit]
rate = "30 per year"
starts_at = "clinic"
[timetables.day]
every_day = ["08:00-18:00"]
[resources.rooms]
capacity = { number = 2, timetable = "day" }
[activities.clinic]
resource = "rooms"
duration = { expon = { mean = "25 min" } }
[stocks.rooms_there]
initial = 2.5
[exchange]
every = "6 h"
drives = { "resources.rooms.capacity" = { by = "rooms_there", between = [0, 9] } }
[interventions.plan]
starts = "33 h"
[[interventions.plan.effects]]
times = "needs.visit.rate"
value = 0.5
"""


def test_a_fork_between_two_exchanges_knows_what_has_opened_since_the_last() -> None:
    world = World(text=OPEN_BY_DAY, window=window(days=5), on=("plan",))
    baseline, scenario = pairs([replace(world, on=()), world])
    past = begun(baseline)

    past.run_until(first_difference(baseline.program, scenario.program))

    scenario.expect(past.fork(scenario.program).finish())
