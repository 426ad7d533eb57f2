"""What changes of itself, on stocks: trends as with people, shocks and lost places at their means."""

import numpy as np
import pytest
from counting import count
from telling import compiled, span

from simulator.compiler.swing_arrays import OF_CAPACITY
from simulator.engines.network.swinging import mean_turns
from simulator.engines.records import ACTIVE_AREA, ARRIVALS

WARD = """
[referrals.patient]
rate = "10 per day"
starts_at = "ward"
[resources.beds]
capacity = 100
[activities.ward]
resource = "beds"
duration = { expon = { mean = "2 days" } }
"""
# The runs of these tests begin six days after 1 April.
SHOCK = """
[shocks.winter]
on = ["referrals.patient.rate", "activities.ward.duration"]
level = { empirical = [1, 2] }
from = { empirical = ["10 weeks", "12 weeks"] }
lasts = "13 weeks"
[shocks.luck]
on = ["referrals.patient.rate"]
monthly = { cv = 0.3, r = 0.5 }
"""


def test_a_trend_brings_more_as_the_years_go() -> None:
    found = count(WARD.replace('"10 per day"', '"10 per day"\ntrend = "0.2 per year"'), days=365, warm_up=0)

    assert found.per_day("ward", ARRIVALS) == pytest.approx(10 * 0.2 / np.log(1.2), rel=0.002)


def test_a_shock_comes_at_its_mean_level_and_time_and_what_wanders_not_at_all() -> None:
    found, usual = (count(text, days=365, warm_up=0) for text in (WARD + SHOCK, WARD))

    more = found.per_day("ward", ARRIVALS) / usual.per_day("ward", ARRIVALS)
    assert more == pytest.approx(1 + 0.5 * 91 / 365, rel=0.002)


def test_longer_stays_fill_more_beds_while_a_shock_lasts() -> None:
    found, usual = (count(text, days=365, warm_up=0) for text in (WARD + SHOCK, WARD))

    more = found.mean("ward", ACTIVE_AREA) / usual.mean("ward", ACTIVE_AREA)
    assert more == pytest.approx(1 + 1.25 * 91 / 365, rel=0.03)


def test_of_places_lost_at_random_the_mean_part_is_lost_always() -> None:
    lost = 'random_outages = { every = { expon = { mean = "80 days" } }, lasts = "20 days", loses = 0.5 }'
    turns = mean_turns(
        compiled(WARD.replace("capacity = 100", f"capacity = 100\n{lost}"), window=span("28 days"))
    )

    assert turns is not None
    assert turns.of[OF_CAPACITY].tolist() == [[0.9]]
