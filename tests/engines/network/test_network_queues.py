"""Rules of queues on stocks, one small model each, against what is known in closed form."""

import math

import numpy as np
import pytest
from counting import count

from simulator.engines.network.stationary import stationary
from simulator.engines.records import (
    ACTIVE_AREA,
    ARRIVALS,
    AVAILABLE_AREA,
    FULL_AREA,
    GAVE_UP,
    KEPT_AREA,
    LEAVES,
    QUEUE_AREA,
    REFUSED,
    STARTS,
    TURNING_AREA,
    USED_AREA,
    WAIT_SECONDS,
    WAITING_AREA,
)

WARD = """
[referrals.patient]
rate = "RATE per day"
starts_at = "ward"
[resources.beds]
capacity = BEDS
[activities.ward]
resource = "beds"
duration = { expon = { mean = "2 days" } }
"""


def ward(*, rate: float, beds: int | str, more: str = "") -> str:
    return WARD.replace("RATE", str(rate)).replace("BEDS", str(beds)) + more


def erlang_c(places: int, load: float) -> float:
    below = sum(load**n / math.factorial(n) for n in range(places))
    above = load**places / math.factorial(places) / (1 - load / places)
    return above / (below + above)


@pytest.mark.parametrize(("beds", "rate"), [(5, 2.0), (12, 5.5), (30, 13.8)])
def test_a_ward_comes_to_rest_at_erlangs_queue(beds: int, rate: float) -> None:
    found = count(ward(rate=rate, beds=beds))

    load = 2 * rate
    queue = erlang_c(beds, load) * load / (beds - load)
    assert found.mean("ward", ACTIVE_AREA) == pytest.approx(load, rel=0.005)
    assert found.mean("ward", WAITING_AREA) == pytest.approx(queue, rel=0.06)
    assert found.resource("beds", FULL_AREA) == pytest.approx(erlang_c(beds, load), rel=0.03)


def test_waits_obey_little() -> None:
    found = count(ward(rate=5.5, beds=12))

    wait = found.activity("ward", WAIT_SECONDS) / found.activity("ward", STARTS)
    assert found.mean("ward", WAITING_AREA) == pytest.approx(
        wait * found.per_day("ward", STARTS) / 86_400, rel=0.01
    )


def test_without_limit_everybody_starts_at_once() -> None:
    found = count(ward(rate=20, beds='"unlimited"'))

    assert found.mean("ward", ACTIVE_AREA) == pytest.approx(40, rel=1e-3)
    assert found.activity("ward", WAITING_AREA) == 0


def test_without_room_erlangs_share_is_refused() -> None:
    found = count(ward(rate=5.5, beds=12).replace("capacity = 12", "capacity = 12\nroom = 0"))

    refused = found.activity("ward", REFUSED) / found.activity("ward", ARRIVALS)
    blocked = 1.0
    for place in range(1, 13):
        blocked = 11 * blocked / (place + 11 * blocked)
    assert refused == pytest.approx(blocked, rel=0.03)


def test_those_who_lose_patience_go_where_the_file_says() -> None:
    more = """patience = { expon = { mean = "1 day" } }
gives_up_to = "advice"
[activities.advice]
duration = "1 h"
"""
    found = count(ward(rate=8, beds=12, more=more))

    lost = found.per_day("ward", GAVE_UP)
    assert lost == pytest.approx(8 - 12 / 2, rel=0.15)
    assert found.per_day("advice", STARTS) == pytest.approx(lost, rel=0.01)
    assert found.per_day("ward", STARTS) + lost == pytest.approx(8, rel=0.01)


def test_as_many_give_up_as_the_chain_of_births_and_deaths_says() -> None:
    found = count(ward(rate=8, beds=12, more='patience = { expon = { mean = "1 day" } }\n'))

    exact = stationary(12, np.array([16.0]), patience=2.0)
    assert found.per_day("ward", GAVE_UP) == pytest.approx(8 - exact.busy[0] / 2, rel=1e-3)
    assert found.mean("ward", WAITING_AREA) == pytest.approx(exact.present[0] - exact.busy[0], rel=1e-3)


def test_whom_no_place_is_free_for_is_taken_in_by_the_alternative() -> None:
    more = """if_full = ["other"]
[resources.more]
capacity = 100
[activities.other]
resource = "more"
duration = "3 days"
"""
    found = count(ward(rate=6, beds=12, more=more))

    taken = found.per_day("other", STARTS)
    blocked = 1.0
    for place in range(1, 13):
        blocked = 12 * blocked / (place + 12 * blocked)
    assert taken == pytest.approx(6 * blocked, rel=0.05)
    assert found.per_day("ward", ARRIVALS) == pytest.approx(6 - taken, rel=1e-6)


def waits_by_priority(*, rates: dict[int, float], beds: int) -> dict[int, float]:
    """Give the mean wait in days of each priority of a ward, from so many a day of each."""
    referral = '[referrals.p{one}]\nrate = "{rate} per day"\nstarts_at = "ward"\n'
    more = "".join(referral.format(one=one, rate=rate) for one, rate in rates.items())
    said = ", ".join(f"p{one} = {one}" for one in rates)
    found = count(ward(rate=0, beds=beds, more=f"priority = {{ {said}, otherwise = 9 }}\n{more}"))
    lanes, tally = found.network.laid.lanes, found.network.tally
    sums = tally.lanes[found.first :].sum(axis=0)
    waits = sums[:, WAIT_SECONDS] / np.maximum(sums[:, STARTS], 1e-12) / 86_400
    return {one: float(waits[lanes.priority == one][0]) for one in rates}


def test_each_priority_waits_for_the_next_place_and_for_those_before_it() -> None:
    waits = waits_by_priority(rates={1: 2.0, 2: 1.5, 3: 2.0}, beds=12)

    # Cobham 1954: of all places those of first priority would fill a third, with the second 7 of 12.
    next_place = erlang_c(12, 11) * 2 / 12
    assert waits[1] == pytest.approx(next_place / (1 - 4 / 12), rel=0.17)
    assert waits[2] == pytest.approx(next_place / (1 - 4 / 12) / (1 - 7 / 12), rel=0.13)
    assert waits[3] == pytest.approx(next_place / (1 - 7 / 12) / (1 - 11 / 12), rel=0.1)


def test_a_place_kept_until_the_next_starts_crowds_the_one_before() -> None:
    text = """
[referrals.patient]
rate = "6 per day"
starts_at = "clinic"
[resources.rooms]
capacity = 9
[activities.clinic]
resource = "rooms"
duration = { expon = { mean = "1 day" } }
keeps_place_until_next = "starts"
routes = "ward"
[resources.beds]
capacity = 14
[activities.ward]
resource = "beds"
duration = { expon = { mean = "2 days" } }
"""
    found = count(text)

    kept = found.mean("clinic", KEPT_AREA)
    assert kept == pytest.approx(found.mean("ward", WAITING_AREA), rel=1e-6)
    assert found.resource("rooms", USED_AREA) == pytest.approx(6 + kept, rel=0.01)
    assert found.per_day("clinic", LEAVES) == pytest.approx(6, rel=0.01)
    assert kept > 1


def test_an_activity_held_in_the_previous_place_keeps_it() -> None:
    more = """routes = "assessed"
[activities.assessed]
holds = "previous"
duration = "12 h"
"""
    found = count(ward(rate=4, beds=14, more=more))

    assert found.mean("assessed", ACTIVE_AREA) == pytest.approx(2, rel=0.01)
    assert found.mean("ward", KEPT_AREA) == pytest.approx(2, rel=0.01)
    assert found.resource("beds", USED_AREA) == pytest.approx(10, rel=0.01)


def test_a_place_is_turned_round_after_each_stay() -> None:
    found = count(ward(rate=4, beds=14, more='turnaround = "6 h"\n'))

    assert found.resource("beds", TURNING_AREA) == pytest.approx(1, rel=0.02)


def test_a_place_that_is_turned_round_serves_nobody_meanwhile() -> None:
    text = """
[referrals.patient]
rate = "20 per hour"
starts_at = "clinic"
[resources.rooms]
capacity = 10
[activities.clinic]
resource = "rooms"
duration = { expon = { mean = "40 min" } }
turnaround = "TURN"
"""
    for turn in (20, 120):
        found = count(text.replace("TURN", f"{turn} min"))

        assert found.per_day("clinic", STARTS) == pytest.approx(10 * 24 * 60 / (40 + turn), rel=0.01)
        assert found.resource("rooms", TURNING_AREA) == pytest.approx(10 * turn / (40 + turn), rel=0.01)


def test_a_place_held_on_is_turned_round_once_it_is_left() -> None:
    text = """
[referrals.patient]
rate = "260 per day"
starts_at = "clinic"
[resources.rooms]
capacity = 10
[activities.clinic]
resource = "rooms"
duration = { expon = { mean = "40 min" } }
turnaround = "20 min"
routes = "next"
[activities.next]
holds = "previous"
duration = { expon = { mean = "30 min" } }
"""
    found = count(text)

    assert found.per_day("clinic", STARTS) == pytest.approx(10 * 24 * 60 / 90, rel=0.01)
    used, turning = (found.resource("rooms", field) for field in (USED_AREA, TURNING_AREA))
    assert used + turning == pytest.approx(10, rel=0.01)


def test_theatres_that_close_start_as_many_operations_as_renewals_say() -> None:
    text = """
[timetables.day]
every_day = ["08:30-16:10"]
[referrals.patient]
rate = "40 per day"
starts_at = "operation"
[resources.theatres]
capacity = { number = 6, timetable = "day" }
[activities.operation]
resource = "theatres"
turnaround = "20 min"
duration = { lognorm = { mean = "130 min", cv = 0.66 } }
"""
    chance, log_sd = np.random.default_rng(20250401), np.log(1 + 0.66**2) ** 0.5
    stays = 130 * np.exp(chance.normal(-(log_sd**2) / 2, log_sd, size=(100_000, 40)))
    starts = 1 + (np.cumsum(stays + 20, axis=1) < 460).sum(axis=1)

    assert count(text).per_day("operation", STARTS) == pytest.approx(6 * starts.mean(), rel=0.02)


def test_a_timetable_closes_and_what_waits_starts_when_it_opens() -> None:
    text = """
[timetables.day]
every_day = ["08:00-18:00"]
[referrals.patient]
rate = "24 per day"
starts_at = "clinic"
[resources.rooms]
capacity = { number = 6, timetable = "day" }
[activities.clinic]
resource = "rooms"
duration = "1 h"
"""
    found = count(text)

    assert found.per_day("clinic", STARTS) == pytest.approx(24, rel=1e-3)
    assert found.resource("rooms", AVAILABLE_AREA) == pytest.approx(2.5, rel=1e-6)
    # 14 come while it is closed and wait seven hours; the last of them an hour or two more.
    assert 14 * 7 / 24 < found.resource("rooms", QUEUE_AREA) < 14 * 9 / 24


def test_who_must_leave_more_places_free_waits_more() -> None:
    more = '[referrals.planned]\nrate = "0.7 per day"\nstarts_at = "ward"\n'
    text = ward(rate=3.5, beds=12, more=more)
    text = text.replace("capacity = 12", 'capacity = 12\nreserved = { places = 3, against = ["planned"] }')

    found = count(text)

    lanes, tally = found.network.laid.lanes, found.network.tally.lanes[found.first :].sum(axis=0)
    waits = tally[:, WAIT_SECONDS] / tally[:, STARTS]
    assert waits[lanes.needed == 3][0] > 2 * waits[lanes.needed == 0][0]


def test_patients_leave_at_the_hours_of_the_profile() -> None:
    text = ward(rate=5, beds=40, more='ends_at = "hours"\n') + "[profiles.hours]\nhour = [HOURS]\n".replace(
        "HOURS", ", ".join(["0"] * 9 + ["1"] * 6 + ["0"] * 9)
    )
    found = count(text)

    assert found.mean("ward", ACTIVE_AREA) == pytest.approx(5 * 2.5, rel=0.05)
    hours = found.network.net.hours[0, :24, 0] / found.network.net.hour_counts[:24]
    assert hours[9] > hours[15] + 3
