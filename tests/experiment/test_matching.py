"""Needs of two worlds matched by place and by id: the same needs, whichever way."""

from dataclasses import astuple, replace

import numpy as np
import pytest
from telling import SEED, compiled, span

from simulator.compiler.program import Program
from simulator.engines.demand import Demand
from simulator.engines.run import run
from simulator.experiment.matching import Matched, World, match, world

PLACE = """
[segments.frail]
people = 40
becomes = { dead = "0.3 per year" }
joiners = "20 per year"
[segments.well]
people = 100
[needs.cough]
rate = "9 per year"
starts_at = "rest"
[needs.fall]
rate = { frail = "6 per year", otherwise = "1 per year" }
starts_at = "ward"
[resources.beds]
capacity = 3
[activities.ward]
resource = "beds"
resident = true
duration = { lognorm = { mean = "6 days", cv = 0.9 } }
[activities.rest]
duration = "2 h"
[interventions.prevention]
starts = "40 days"
[[interventions.prevention.effects]]
times = "needs.fall.rate"
value = 0.3
[[interventions.prevention.effects]]
times = "needs.cough.rate"
value = 1.4
"""
# Over New Year, so that there are two calendar years of candidates.
WINDOW = span("300 days", warm_up="60 days", period="60 days")


@pytest.fixture(scope="module")
def programs() -> list[Program]:
    """Give the place without and with its intervention."""
    return [compiled(PLACE, window=WINDOW, on=on) for on in ((), ("prevention",))]


def ran(program: Program, demand: Demand) -> World:
    return world(run(program, seed=SEED, replication=0, demand=demand), demand)


def numbers(found: Matched) -> list[list[int]]:
    return [array.tolist() for array in astuple(found)]


def test_one_demand_or_two_give_the_same_match(programs: list[Program]) -> None:
    shared, other = (Demand.for_programs(programs, seed=SEED, replication=0) for _ in range(2))
    without, acts = (ran(program, shared) for program in programs)

    found = numbers(match(without, acts, needs=2))

    assert found == numbers(match(without, replace(acts, demand=other), needs=2))
    assert np.array(found).min(initial=1_000) >= 0
    assert all(sum(by_need) > 0 for by_need in found)


def test_people_who_are_in_both_worlds_are_matched_where_one_has_more(programs: list[Program]) -> None:
    more = compiled(PLACE.replace("people = 100", "people = 101"), window=WINDOW)
    without, other = (ran(one, Demand(one, seed=SEED, replication=0)) for one in (programs[0], more))

    found = match(without, other, needs=2)

    assert found.scenario.sum() - found.baseline.sum() == found.new.sum() - found.gone.sum()
    assert 0 < found.new.sum() < 0.2 * found.baseline.sum()
    assert found.gone.sum() < 0.1 * found.baseline.sum()
    assert found.gone_averted.tolist() == found.new_induced.tolist() == [0, 0]
