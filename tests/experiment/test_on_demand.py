"""An observation that is written up as far as it is read says what one says that is written up at once."""

from dataclasses import fields

import numpy as np
import pytest
from telling import compiled, span

from simulator.engines.network import Network
from simulator.experiment.observation import Observation
from simulator.experiment.observe_stocks import localities_of, money_of, observe_stocks
from simulator.experiment.on_demand import PART_OF, OnDemand
from simulator.experiment.stocks_writing import Writing

WARD = """
[organisations.trust]
name = "Trust"
[organisations.council]
name = "Council"
[segments.old]
people = 400
[needs.fall]
rate = "3 per year"
starts_at = "ae"
[resources.bays]
capacity = 2
owner = "trust"
[resources.beds]
capacity = 6
owner = "trust"
[activities.ae]
resource = "bays"
duration = { expon = { mean = "3 h" } }
routes = { ward = 0.5, exit = 0.5 }
keeps_place_until_next = { ward = "starts" }
cost.contact = "£100"
[activities.ward]
resource = "beds"
duration = { lognorm = { mean = "4 days", cv = 1.0 } }
cost.day = "£300"
paid_by = { council = 0.25, trust = 0.75 }
[clocks.four_hour]
starts = "ae.arrival"
stops = "ae.leave"
targets = ["4 hours"]
"""
EAST = """
[localities.east]
share = 1
[consequences.fall]
after = "ward"
chance = 0.2
cost = "£900"
payer = "council"
[contracts.shared]
kind = "alliance"
shares = { trust = 1, council = 1 }
localities = ["east"]
"""


@pytest.fixture(scope="module")
def run() -> Writing:
    program = compiled(WARD, window=span("28 days", period="7 days"))
    network = Network(program)
    network.run()
    return Writing(network, program)


def test_what_is_written_up_on_demand_is_what_is_written_up_at_once(run: Writing) -> None:
    whole = observe_stocks(run.network, run.asked, scenario="on", replication=3)
    found = OnDemand(run, scenario="on", replication=3)

    for field in fields(Observation):
        assert np.array_equal(getattr(found, field.name), getattr(whole, field.name)), field.name


def test_only_the_part_that_is_read_is_written_up(run: Writing) -> None:
    known: dict[str, object] = {}
    found = OnDemand(run, scenario="on", replication=0, known=known)

    assert found.need_happened.sum() > 0
    assert known.keys() == {name for name, part in PART_OF.items() if part is PART_OF["need_happened"]}


def test_what_was_written_up_is_known_in_every_name(run: Writing) -> None:
    first = OnDemand(run, scenario="on", replication=0)
    other = first.named("off", replication=1)

    assert (other.scenario, other.replication) == ("off", 1)
    assert other.cost_series is first.cost_series


def test_activity_may_all_be_paid_for_by_several() -> None:
    shared = "paid_by = { council = 0.25, trust = 0.75 }"
    text = WARD.replace('cost.contact = "£100"', f'cost.contact = "£100"\n{shared}')
    network = Network(program := compiled(text, window=span("28 days", period="7 days")))
    network.run()
    trust, council = (program.names.organisations.index(one) for one in ("trust", "council"))

    costs = OnDemand(Writing(network, program), scenario="on", replication=0).cost_series.sum(axis=(0, 1))

    assert costs[council] > 0
    assert costs[trust] == pytest.approx(3 * costs[council])


def test_what_is_of_each_locality_is_the_same_however_often_it_is_written_up() -> None:
    program = compiled(WARD + EAST, window=span("28 days", period="7 days"))
    network = Network(program)
    network.run()
    run = Writing(network, program)
    at_first = localities_of(run)["local_cost_series"].copy()

    again = localities_of(run)["local_cost_series"]

    assert np.array_equal(again, at_first)
    assert again.sum() == pytest.approx(money_of(run)["cost_series"].sum())


def test_an_observation_has_no_other_fields(run: Writing) -> None:
    with pytest.raises(AttributeError, match="an observation has no waits"):
        _ = OnDemand(run, scenario="on", replication=0).waits
