"""Interventions that change nothing of care leave the stocks as they are without them, to the last bit."""

import numpy as np
import pytest
from counting import count

WARD = """
[organisations.city]
sector = "acute"
overheads = { ict = "£1m" }
[segments.old]
people = 4_000
[needs.fall]
rate = "0.6 per year"
starts_at = "ward"
[activities.ward]
resource = "beds"
resident = true
duration = { expon = { mean = "3 days" } }
cost = { day = "£80" }
[resources]
beds = { capacity = 24 }
[interventions.idle]
starts = "30 h"
ends = "20 days"
lead = "city"
cost = { set_up = "£9k", place_year = "£1k" }
[[interventions.idle.effects]]
EFFECT
"""
EFFECTS = (
    'times = "organisations.city.overheads.ict"\nvalue = 0.9',
    'times = "activities.ward.cost.day"\nfor = "everyone"\nvalue = 0.9',
    'times = "needs.fall.rate"\nfor = "everyone"\nvalue = 1',
)


@pytest.mark.parametrize("effect", EFFECTS)
def test_who_changes_nothing_of_care_changes_no_figure_of_it(effect: str) -> None:
    text = WARD.replace("EFFECT", effect)

    off, on = (count(text, days=35, warm_up=14, on=switch).network for switch in ((), ("idle",)))

    assert np.array_equal(off.tally.lanes, on.tally.lanes)
    assert np.array_equal(off.tally.happened, on.tally.happened)
    assert np.array_equal(off.folk.people, on.folk.people)
