"""Places that are lost for a time: at random, by an intervention, or because staff are needed elsewhere."""

from itertools import pairwise

import numpy as np
from telling import DAY, SEED, compiled, span, tell

from simulator.compiler.program import Program
from simulator.engines.population import Key
from simulator.engines.turns import draw_turns, with_turns

WARD = """
[referrals.patient]
at = ["1 h", "30 h"]
starts_at = "ward"
[resources.beds]
capacity = 2
[activities.ward]
resource = "beds"
duration = "20 h"
"""
FLOOD = """
[interventions.flood]
[[interventions.flood.effects]]
outage = { resources = ["beds"], from = "20 h", lasts = "15 h" }
"""
AID = """
[interventions.aid]
adds = [{ resource = "beds", capacity = 3 }]
"""
SURGERIES = """
[localities.east]
share = 0.5
[localities.west]
share = 0.5
[segments.all]
people = 10
[resources.surgeries]
capacity = 8
each = "locality"
[activities.visit]
resource = "surgeries"
duration = "1 h"
[needs.cough]
rate = "1 per year"
starts_at = "visit"
"""
RANDOM = 'random_outages = { every = { expon = { mean = "20 days" } }, lasts = "2 days", loses = 0.5 }'
AT_RANDOM = SURGERIES.replace('each = "locality"', f'each = "locality"\n{RANDOM}')
TEAM = """
[resources.nurses]
capacity = 10
[resources.virtual_beds]
capacity = 0
staffed_from = { nurses = 4 }
[activities.at_home]
resource = "virtual_beds"
duration = "1 h"
[activities.nursing]
resource = "nurses"
duration = "1 h"
routes = { at_home = 1 }
[referrals.patient]
at = ["1 h"]
starts_at = "nursing"
[interventions.virtual_ward]
starts = "5 days"
ends = "9 days"
adds = [{ resource = "virtual_beds", capacity = 25 }]
"""


def levels(program: Program, name: str) -> list[tuple[float, int]]:
    """List when (days) a resource has how many places."""
    place, resources = program.names.resources.index(name), program.resources
    mine = resources.change_resource == place
    days = (resources.change_second[mine] / DAY).tolist()
    later = zip(days, resources.change_capacity[mine].tolist(), strict=True)
    return [(0.0, int(resources.capacity[place])), *later]


def drawn(text: str, *, on: tuple[str, ...] = (), replication: int = 0) -> Program:
    """Give a program with the capacities of a replication."""
    program = compiled(text, window=span("200 days"), on=on)
    return with_turns(program, draw_turns(program, Key(SEED, replication)))


def test_an_outage_throws_nobody_out_and_lets_nobody_start() -> None:
    told = tell(WARD + FLOOD, window=span("4 days"), on=("flood",))

    assert told.rows("starts") == ["1:00 patient#1 starts ward", "35:00 patient#2 starts ward"]
    assert told.rows("exits")[0].startswith("21:00")


def test_an_outage_is_not_there_where_it_is_off() -> None:
    told = tell(WARD + FLOOD, window=span("4 days"))

    assert told.rows("starts") == ["1:00 patient#1 starts ward", "30:00 patient#2 starts ward"]


def test_an_outage_takes_what_others_add_as_well() -> None:
    program = compiled(WARD + FLOOD + AID, window=span("4 days"), on=("aid", "flood"))

    assert levels(program, "beds") == [(0.0, 5), (20 / 24, 0), (35 / 24, 5)]


def test_one_site_alone_may_be_lost() -> None:
    flood = FLOOD.replace('"beds"', '"surgeries@east"')
    program = compiled(SURGERIES + flood, window=span("4 days"), on=("flood",))

    assert levels(program, "surgeries@east") == [(0.0, 4), (20 / 24, 0), (35 / 24, 4)]
    assert levels(program, "surgeries@west") == [(0.0, 4)]


def test_an_outage_lasts_no_longer_than_its_intervention() -> None:
    flood = FLOOD.replace("[interventions.flood]", '[interventions.flood]\nends = "24 h"')
    program = compiled(WARD + flood, window=span("4 days"), on=("flood",))

    assert levels(program, "beds") == [(0.0, 2), (20 / 24, 0), (1.0, 2)]


def test_random_outages_lose_their_part_for_as_long_as_they_last() -> None:
    steps = levels(drawn(AT_RANDOM), "surgeries@east")

    assert [places for _, places in steps] == [4, 2] * (len(steps) // 2) + [4] * (len(steps) % 2)
    spans = np.diff([day for day, _ in steps])
    assert np.allclose(spans[1::2], 2.0)


def test_each_site_and_replication_has_outages_of_its_own_and_all_scenarios_the_same() -> None:
    east, west = (levels(drawn(AT_RANDOM), f"surgeries@{one}") for one in ("east", "west"))

    assert east != west
    assert levels(drawn(AT_RANDOM, replication=1), "surgeries@east") != east
    other = AT_RANDOM + FLOOD.replace('"beds"', '"surgeries@west"')
    assert levels(drawn(other, on=("flood",)), "surgeries@east") == east


def test_random_outages_come_as_often_as_their_law_says() -> None:
    lost = [
        sum(places == 2 for _, places in levels(drawn(AT_RANDOM, replication=one), "surgeries@east"))
        for one in range(40)
    ]

    assert abs(np.mean(lost) - 200 / 22) < 1.2


def test_engines_agree_where_places_are_lost_at_random() -> None:
    text = AT_RANDOM.replace('"1 per year"', '"90 per year"').replace(
        'duration = "1 h"', 'duration = "1 day"'
    )

    tell(text, window=span("60 days"), number=2)


def test_staff_drawn_from_a_team_are_missing_there_while_places_are_added() -> None:
    on, off = (compiled(TEAM, window=span("20 days"), on=one) for one in (("virtual_ward",), ()))

    assert levels(on, "nurses") == [(0.0, 10), (5.0, 6), (9.0, 10)]
    assert levels(off, "nurses") == [(0.0, 10)]


def test_a_team_never_loses_more_places_than_it_has() -> None:
    few = TEAM.replace("capacity = 10", "capacity = 3")

    assert levels(compiled(few, window=span("20 days"), on=("virtual_ward",)), "nurses")[1] == (5.0, 0)


def test_capacity_may_fall_below_what_is_in_use_when_staff_leave() -> None:
    text = TEAM.replace("capacity = 10", "capacity = 4").replace('["1 h"]', '["119 h 30 min"]')
    text = text.replace('["119 h 30 min"]', '["119.5 h", "121 h"]')

    told = tell(text, window=span("20 days"), on=("virtual_ward",))

    assert told.rows("starts")[:2] == ["119:30 patient#1 starts nursing", "120:30 patient#1 starts at_home"]
    assert "216:00 patient#2 starts nursing" in told.rows("starts")


def test_a_trend_of_a_capacity_is_of_what_is_written_in_the_nearest_whole_places() -> None:
    text = WARD.replace("capacity = 2", 'capacity = 100\ntrend = "-0.1 per year"')

    steps = levels(compiled(text + AID, window=span("730 days"), on=("aid",)), "beds")

    assert steps[0] == (0.0, 103)
    assert steps[-1][1] == 3 + 81
    assert all(later[1] == earlier[1] - 1 for earlier, later in pairwise(steps))
