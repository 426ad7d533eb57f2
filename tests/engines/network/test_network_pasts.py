"""A network goes on from another's past where the two were surely the same, to the same last bit as alone."""

from dataclasses import fields

import numpy as np
import pytest
from telling import compiled, span

from simulator.compiler.program import Program
from simulator.engines.network import Network
from simulator.engines.network.pasts import Pasts
from simulator.units import SECONDS_A_DAY

WARM_UP = 56
PLACE = """
[segments.old]
people = 4_000
becomes = { dead = "0.05 per year" }
[traits.frailty]
law = { lognorm = { sigma = 0.8 } }
[needs.fall]
rate = "0.9 per year"
trait = "frailty"
starts_at = "ward"
[needs.cough]
rate = "0.4 per year"
starts_at = "clinic"
[activities.ward]
resource = "beds"
resident = true
duration = { expon = { mean = "5 days" } }
patience = { expon = { mean = "2 days" } }
routes = { died = 0.1, home = 0.4, exit = 0.5 }
[activities.clinic]
resource = "rooms"
keeps_place_until_next = "starts"
routes = { ward = 0.02, exit = 0.98 }
duration = { expon = { mean = "20 min" } }
patience = { expon = { mean = "2 h" } }
[activities.home]
duration = { expon = { mean = "5 days" } }
[resources]
beds = { capacity = 30 }
rooms = { capacity = 2 }
[shocks.winter]
on = ["activities.ward.duration"]
level = { empirical = [1, 1.2] }
from = { empirical = ["3 weeks", "4 weeks"] }
lasts = "40 weeks"
[interventions.plans]
starts = "DAY days"
eligible = { segments = ["old"] }
places = 200
enrolments = "20 per week"
[[interventions.plans.effects]]
times = "needs.fall.rate"
value = 0.8
[interventions.care]
starts = "DAY days"
[[interventions.care.effects]]
times = "activities.ward.duration"
for = "everyone"
value = 0.9
[interventions.elsewhere]
starts = "DAY days"
[[interventions.elsewhere.effects]]
diverts = { at = "clinic", from = "ward", to = "home", share = 0.2 }
for = "everyone"
"""


def program(*on: str, day: int = 70, old: str = "", new: str = "") -> Program:
    assert old in PLACE
    text = (PLACE.replace(old, new) if old else PLACE).replace("DAY", str(day - WARM_UP))
    return compiled(text, window=span("56 days", warm_up="56 days", period="28 days"), on=on)


def same(one: Network, other: Network) -> bool:
    """Say whether two networks are the same, bit for bit, in what they wrote down and in all their stocks."""
    nouns = ((one.tally, other.tally), (one.since, other.since))
    pairs = [(getattr(a, f.name), getattr(b, f.name)) for a, b in nouns for f in fields(a)]
    return all(np.array_equal(a, b) for a, b in [*pairs, *zip(one.net, other.net, strict=True)])


def run_after(first: Program, then: Program, *, day: int = 70) -> tuple[int, Network]:
    pasts, network = Pasts(), Network(then)
    pasts.run(Network(first), {day * SECONDS_A_DAY})
    return pasts.run(network, set()), network


@pytest.mark.parametrize("on", [("plans",), ("care",), ("plans", "care")])
@pytest.mark.parametrize(("day", "shared"), [(70, 70), (74, 70), (61, 56), (101, 98)])
def test_a_world_goes_on_from_the_past_it_shares(on: tuple[str, ...], day: int, shared: int) -> None:
    alone = Network(program(*on, day=day))
    alone.run()

    second, network = run_after(program(day=day), program(*on, day=day), day=day)

    assert second == shared * SECONDS_A_DAY
    assert same(network, alone)


def test_a_world_stands_where_the_past_was(monkeypatch: pytest.MonkeyPatch) -> None:
    second = 70 * SECONDS_A_DAY
    there = Network(program("care"))
    there.goes(until=second)
    pasts, network = Pasts(), Network(program("care"))
    pasts.run(Network(program()), {second})
    monkeypatch.setattr(Network, "run", lambda one: None)

    pasts.run(network, set())

    assert network.second == second
    assert same(network, there)
    assert network.settings == there.settings != {}


def test_keeping_a_past_changes_nothing() -> None:
    plain, kept = Network(program()), Network(program())
    plain.run()

    Pasts().run(kept, {70 * SECONDS_A_DAY, 84 * SECONDS_A_DAY})

    assert same(plain, kept)


@pytest.mark.parametrize("on", [("plans",), ("care",)])
def test_worlds_share_what_was_before_either_begins(on: tuple[str, ...]) -> None:
    second, _ = run_after(program("care", day=84), program(*on, day=70), day=84)

    assert second <= 70 * SECONDS_A_DAY


@pytest.mark.parametrize(("old", "new"), [("0.9 per year", "0.8 per year"), ("0.05 per", "0.06 per")])
def test_a_world_that_differs_from_the_start_is_run_from_the_start(old: str, new: str) -> None:
    assert run_after(program(), program("care", old=old, new=new))[0] == 0


def test_a_world_with_other_places_later_has_its_own_queues() -> None:
    fewer, more = (f'capacity = [["0 days", 30], ["28 days", {one}]]' for one in (25, 28))
    alone = Network(program(old="capacity = 30", new=more))
    alone.run()

    _, network = run_after(program(old="capacity = 30", new=fewer), program(old="capacity = 30", new=more))

    assert same(network, alone)


def test_a_world_with_another_way_through_is_run_from_the_start() -> None:
    assert run_after(program(), program("elsewhere"))[0] == 0


def test_a_world_whose_switch_is_on_already_is_run_from_the_start() -> None:
    assert run_after(program(), program("care", day=63))[0] == 0
