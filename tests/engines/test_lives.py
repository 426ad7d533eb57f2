"""Lives are followed by what each person can become, and come out as if everybody's all had been drawn."""

from dataclasses import replace

import numpy as np
import pytest
from small_program import Small, build

from simulator.compiler.program import Program
from simulator.engines.demand import Demand
from simulator.engines.lives import Ways
from simulator.engines.reach import closures, follow
from simulator.engines.year_candidates import life_columns

PEOPLE = Small(
    people={"bed": 20, "child": 300, "frail": 200, "well": 2000},
    hazards={
        ("bed", "dead"): 0.6,
        ("bed", "well"): 0.9,
        ("child", "well"): 0.3,
        ("frail", "bed"): 0.8,
        ("frail", "dead"): 0.2,
        ("well", "dead"): 0.02,
        ("well", "frail"): 0.4,
    },
    joiners={"child": 80.0},
    warm_up_days=100,
    days=900,
)


@pytest.fixture
def program() -> Program:
    """Give people who change often, several times in a year."""
    made = build(PEOPLE)
    return replace(made, people=replace(made.people, hazard_bound=made.people.hazard * 1.5))


def test_following_those_who_can_change_is_following_everybody(program: Program) -> None:
    found = Demand(program, seed=4, replication=2)
    columns, target = life_columns(program)
    ways = Ways(target, closures(program.people.route_reach), program.people.hazard_bound)
    sets = ways.closure[found.segment]
    anything = np.full(len(sets), 0b1111)

    for place in range(found.years):
        rows = found._rows(
            np.arange(len(sets)),
            anything,
            columns=columns,
            span=found._span(place),
            factor=np.empty((0, len(sets))),
        )
        kept = follow(rows, sets, ways.target, ways.bound, ways.closure)
        assert np.array_equal(found.life(place).rows, rows[:kept])
        assert np.array_equal(found._sets[place], sets)


def test_some_change_more_than_once_in_a_year(program: Program) -> None:
    found = Demand(program, seed=4, replication=2)
    life = found.life(1)
    changes = life.person[life.target < len(PEOPLE.people)]

    assert np.bincount(changes).max() > 2
