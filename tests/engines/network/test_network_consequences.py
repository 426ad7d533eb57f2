"""Consequences on stocks: as many as the people engine counts, of the people there are."""

from functools import cache

import numpy as np
import pytest
from counting import count
from telling import compiled, span

from simulator.engines.run import run

WARD = """
[segments.old]
people = 4_000
[segments.care_home]
people = 10
[needs.fall]
rate = { old = "0.6 per year", care_home = "0.6 per year" }
one_at_a_time = false
starts_at = "ward"
[activities.ward]
resource = "beds"
resident = true
duration = { expon = { mean = "3 days" } }
keeps_place_until_next = "starts"
routes = { died = 0.2, funding = 0.5, exit = 0.3 }
[activities.funding]
holds = "previous"
resident = true
duration = { expon = { mean = "4 days" } }
keeps_place_until_next = "starts"
routes = { package = 0.5, exit = 0.5 }
[activities.package]
resource = "packages"
duration = { expon = { mean = "5 days" } }
[resources]
beds = { capacity = 70 }
packages = { capacity = 9 }
[consequences.decline]
after = "ward"
WAY
becomes = "care_home"
"""
WAYS = {
    "chance": "chance = { old = 0.05, care_home = 0 }",
    "day": "per_day_kept = { old = 0.02, care_home = 0 }",
}
DAYS, WARM_UP = 364, 91


@cache
def followed(way: str) -> float:
    window = span(f"{DAYS} days", warm_up=f"{WARM_UP} days", period="13 weeks")
    program = compiled(WARD.replace("WAY", WAYS[way]), window=window)
    runs = [run(program, engine="people", seed=1, replication=number) for number in range(3)]
    return float(np.mean([one.people.befallen.sum() for one in runs]))


@pytest.mark.parametrize("way", WAYS)
def test_stocks_count_as_many_befallen_as_people(way: str) -> None:
    found = count(WARD.replace("WAY", WAYS[way]), days=DAYS, warm_up=WARM_UP).network

    assert found.tally.befallen.sum() == pytest.approx(followed(way), rel=0.12)
    old = found.program.names.segments.index("old")
    died = found.tally.in_care[:, old, -1].sum()
    assert found.folk.people[old].sum() == pytest.approx(4_000 - found.tally.befallen.sum() - died, abs=0.01)


def test_nobody_is_befallen_who_is_that_already() -> None:
    text = WARD.replace("WAY", "chance = { old = 0, care_home = 1 }")

    assert count(text, days=14, warm_up=0).network.tally.befallen.sum() == 0
