"""Clocks on stocks: of several lists at once, what they are of each."""

import numpy as np
from counting import count

from simulator.engines.network.clocks import clock_spans, spans
from simulator.engines.network.tally import Tally

LISTS = """
[referrals.city]
rate = "6 per day"
starts_at = "city"
[referrals.coast]
rate = "3 per day"
starts_at = "coast"
[resources.city_rooms]
capacity = 5
[resources.coast_rooms]
capacity = 4
[activities.city]
resource = "city_rooms"
duration = "1 day"
waiting_at_start = 40
[activities.coast]
resource = "coast_rooms"
duration = "1 day"
[clocks.both]
starts = ["city.arrival", "coast.arrival"]
stops = ["city.start", "coast.start"]
targets = ["6 hours", "10 days"]
[clocks.city]
starts = "city.arrival"
stops = "city.start"
targets = ["6 hours", "10 days"]
[clocks.coast]
starts = "coast.arrival"
stops = "coast.start"
targets = ["6 hours", "10 days"]
"""


def test_a_clock_of_two_lists_measures_what_those_of_each_do() -> None:
    found = count(LISTS)
    tally: Tally = found.network.tally
    lanes = tally.lanes[found.first :].sum(axis=0)
    measured = clock_spans(found.program, found.network.laid, tally=tally, lanes=lanes)

    told = spans(found.program, measured, seconds=found.seconds)

    for of in (told.stopped, told.seconds, told.open):
        np.testing.assert_allclose(of[0], of[1] + of[2], rtol=1e-12)
    for of in (told.within, told.over):
        np.testing.assert_allclose(of[:2], of[2:4] + of[4:], rtol=1e-12)
    assert told.over[1] > 10  # City's list grows


def test_a_clock_goes_on_with_those_who_are_passed_from_one_list_to_the_other() -> None:
    passed = LISTS.replace(
        "[activities.coast]",
        'patience = { expon = { mean = "2 days" } }\ngives_up_to = "coast"\n[activities.coast]',
    )
    found = count(passed)
    tally: Tally = found.network.tally
    lanes = tally.lanes[found.first :].sum(axis=0)

    told = spans(
        found.program,
        clock_spans(found.program, found.network.laid, tally=tally, lanes=lanes),
        seconds=found.seconds,
    )

    both, city, coast = told.seconds.sum(axis=(1, 2))
    assert both > 1.01 * (city + coast)  # who gave up in the city had waited there before
