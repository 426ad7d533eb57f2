"""The candidates of a seed are the same on every machine and whatever is done for speed: bit for bit."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from small_program import NeedSpec, Small, build

from simulator.compiler.program import Program
from simulator.definition.calendars import Profile
from simulator.engines.demand import Demand
from simulator.engines.year_candidates import Candidates

Village = Callable[[], Program]
UNEVEN = np.linspace(0.25, 4.0, 1025)
HOURS = Profile(
    hour=tuple(Fraction(hour) for hour in [0] * 7 + [1, 4, 9, 8, 7, 6, 6, 5, 5, 4, 3, 2, 1, 1, 0, 0, 0]),
    weekday=tuple(Fraction(day) for day in (6, 5, 5, 5, 4, 1, 0)),
)
VILLAGE = Small(
    people={"care_home": 30, "children": 400, "frail": 150, "well": 900},
    needs={
        "contact": NeedSpec(
            rate={"care_home": 9.0, "children": 0.4, "frail": 5.2, "well": 2.3}, trait="use", profile="hours"
        ),
        "emergency": NeedSpec(rate={"care_home": 1.8, "frail": 0.9, "well": 0.1}, trait="crisis"),
        "review": NeedSpec(rate={"frail": 30.0}, profile="hours"),
        "visit": NeedSpec(rate={"care_home": 60.0}),
    },
    traits={"crisis": (UNEVEN**2, 0.75), "use": (UNEVEN, 1.0)},
    profiles={"hours": HOURS},
    hazards={
        ("care_home", "dead"): 0.7,
        ("children", "well"): 0.1,
        ("frail", "care_home"): 0.3,
        ("frail", "dead"): 0.2,
        ("well", "dead"): 0.02,
        ("well", "frail"): 0.1,
    },
    joiners={"children": 60.0, "well": 20.0},
    homes=(0.25, 0.25, 0.5),
    warm_up_days=45,
    days=400,
)


HAMLET = replace(
    VILLAGE,
    people={"care_home": 3, "children": 40, "frail": 15, "well": 90},
    joiners={"children": 6.0, "well": 2.0},
    days=200,
)


def open_village() -> Program:
    """Give a village in which nothing is known of how high a rate can come."""
    return build(VILLAGE)


def bounded_village() -> Program:
    """Give a village whose rates are bounded, and where a stay may end in the care home."""
    program = build(VILLAGE)
    reach = program.people.route_reach.copy()
    reach[2, 0] = True
    people = replace(program.people, hazard_bound=program.people.hazard * 1.125, route_reach=reach)
    return replace(program, people=people, needs=replace(program.needs, bound=program.needs.rate * 1.25))


# Made by the first generation that there was, which drew and sorted stream by stream.
SEEN = [
    (open_village, "48473524d6961044", "76d3566daaeadcea", "cb00a9f86ced718c"),
    (bounded_village, "48473524d6961044", "c0e5558d96e5f4c1", "26113bc47f8d30b1"),
]


@pytest.mark.parametrize(("make", "people", "life", "needs"), SEEN)
def test_a_seed_has_the_candidates_it_always_had(make: Village, people: str, life: str, needs: str) -> None:
    demand = Demand(make(), seed=20250401, replication=3)
    years = range(demand.years)

    found = (
        digest_of_people(demand),
        digest_of([demand.life(place) for place in years]),
        digest_of([demand.year(place) for place in years]),
    )

    assert found == (people, life, needs)


def test_without_the_compiler_the_candidates_are_the_same() -> None:
    command = [sys.executable, "-c", "import test_same_candidates as room; print(room.digest_of_hamlet())"]
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": path}

    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == digest_of_hamlet()


def digest_of_hamlet() -> str:
    """Hash all that there is of a few people."""
    demand = Demand(build(HAMLET), seed=5, replication=1)
    years = range(demand.years)
    candidates = [*map(demand.year, years), *map(demand.life, years)]
    return digest_of_people(demand) + digest_of(candidates)


def digest_of_people(demand: Demand) -> str:
    """Hash all columns of the people, and their factors of every year."""
    found, population = hashlib.blake2b(digest_size=8), demand.population
    for column in ("address", "segment", "home", "candidate_second", "joins_threshold"):
        found.update(np.ascontiguousarray(getattr(population, column)).tobytes())
    for place in range(demand.years):
        for trait in range(2):
            found.update(demand.trait_factor(trait, place).tobytes())
    return found.hexdigest()


def digest_of(years: Sequence[Candidates]) -> str:
    """Hash all columns of some years' candidates."""
    found = hashlib.blake2b(digest_size=8)
    for year in years:
        for column in ("second", "column", "person", "threshold", "layer", "k"):
            kind = np.float64 if column == "threshold" else np.int64
            found.update(getattr(year, column).astype(kind).tobytes())
    return found.hexdigest()
