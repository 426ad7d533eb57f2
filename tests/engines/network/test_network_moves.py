"""Places moved on stocks go where waiting does most harm, as harms say; by time where they say nothing."""

import pytest
from counting import count

from simulator.engines.records import AVAILABLE_AREA

WARDS = """
[resources]
beds_a = { capacity = 4 }
beds_b = { capacity = 4 }
[referrals]
few = { rate = "8 per week", starts_at = "ward_a" }
many = { rate = "12 per week", starts_at = "ward_b" }
[activities]
ward_a = { resource = "beds_a", duration = { expon = { mean = "4 days" } } }
ward_b = { resource = "beds_b", duration = { expon = { mean = "4 days" } } }
[interventions.collaborative]
starts = "0 h"
[[interventions.collaborative.effects]]
moves = { from = ["beds_a", "beds_b"], to = "greatest harm", places = 1, every = "1 week", floor = 0.5 }
"""
HARM = """
[harms.waiting]
setting = "list"
dose = { waiting_for = ["ward_a"] }
expected_deaths = "0.1 per year"
"""


@pytest.mark.parametrize(("harm", "gains", "gives"), [("", "beds_b", "beds_a"), (HARM, "beds_a", "beds_b")])
def test_places_go_where_the_harms_say(harm: str, gains: str, gives: str) -> None:
    found = count(WARDS + harm, days=70, warm_up=0, on=("collaborative",))

    assert found.resource(gains, AVAILABLE_AREA) > 4.5 > 3.5 > found.resource(gives, AVAILABLE_AREA)


def test_a_harm_of_some_groups_counts_a_list_by_those_who_come_there() -> None:
    both = HARM.replace('["ward_a"]', '["ward_a", "ward_b"], of = { groups = ["few"] }')

    found = count(WARDS + both, days=70, warm_up=0, on=("collaborative",))

    assert found.resource("beds_a", AVAILABLE_AREA) > 4.5 > 3.5 > found.resource("beds_b", AVAILABLE_AREA)
