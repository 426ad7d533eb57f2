"""Clocks, counts, waits, and day one."""

import numpy as np
import pytest
from telling import DAY, compiled, span, tell

from simulator.engines import records
from simulator.engines.open_readings import reading_seconds
from simulator.engines.wait_bins import wait_bin

AE = """
[referrals.patient]
at = ["1 h", "2 h", "3 h", "4 h"]
starts_at = "ae"
[resources.cubicles]
capacity = 1
[activities.ae]
resource = "cubicles"
duration = "3 h"
keeps_place_until_next = "starts"
routes = "ward"
[resources.beds]
capacity = [["0 days", 0], ["5 h", 9]]
[activities.ward]
resource = "beds"
duration = "1 h"
[clocks.four_hour]
starts = "ae.arrival"
stops = "ae.leave"
targets = ["4 hours", "6 hours"]
[clocks.whole]
starts = "need"
stops = "ward.leave"
targets = ["6 hours"]
"""
SIX_HOURS = span("1 day", period="6 h")


def test_a_clock_runs_from_its_start_to_its_stop() -> None:
    clocks = tell(AE, window=SIX_HOURS).run.clocks

    # In A&E 1-5 (kept an hour), 2-8, 3-11, 4-14; each then an hour in the ward.
    assert clocks.stopped.sum(axis=(1, 2)).tolist() == [4, 4]
    assert clocks.seconds.sum(axis=(1, 2)).tolist() == [(4 + 6 + 8 + 10) * 3600, (5 + 7 + 9 + 11) * 3600]
    assert clocks.within.sum(axis=(1, 2)).tolist() == [1, 2, 1]


def test_clocks_still_open_are_counted_at_each_period_close() -> None:
    clocks = tell(AE, window=SIX_HOURS).run.clocks

    assert clocks.open_at_close[:, 0].tolist() == [3, 1, 0, 0]
    assert clocks.open_over.tolist() == [[0, 0, 0], [1, 1, 2], [0, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize("period", ["1 week", "1 day", "7 h", "3 weeks"])
def test_clocks_still_open_are_read_on_mondays_whatever_the_report_period(period: str) -> None:
    stuck = AE.replace('["5 h", 9]', '["10 days", 0]')
    clocks = tell(stuck, window=span("3 weeks", warm_up="1 week", period=period)).run.clocks

    # One stays in the only cubicle and three wait for it; the first Monday that counts is after a week.
    assert clocks.open_readings == 3
    assert clocks.open_sum.tolist() == [12, 12]
    assert clocks.open_over_sum.tolist() == [12, 12, 12]


@pytest.mark.parametrize(("length", "days"), [("3 days", [3]), ("7 days", [7]), ("17 days", [7, 14])])
def test_open_clocks_are_read_at_the_end_where_no_monday_is_in_the_window(
    length: str, days: list[int]
) -> None:
    calendar = compiled(AE, window=span(length)).calendar

    assert reading_seconds(calendar).tolist() == [day * DAY for day in days]


def test_open_clocks_are_read_before_what_happens_at_that_second() -> None:
    leaves_on_monday = AE.replace('["1 h", "2 h", "3 h", "4 h"]', '["165 h"]').replace('"3 h"', '"2 h"')
    told = tell(leaves_on_monday.replace('"5 h", 9', '"7 days", 9'), window=span("9 days"))

    assert told.rows("starts")[-1] == "168:00 patient#1 starts ward"
    assert told.run.clocks.open_sum.tolist() == [1, 1]


def test_clocks_stopped_before_the_window_are_not_in_its_totals() -> None:
    always = AE.replace('[["0 days", 0], ["5 h", 9]]', "9")
    clocks = tell(always, window=span("12 h", warm_up="12 h", period="6 h")).run.clocks

    assert clocks.stopped.sum(axis=(1, 2)).tolist() == [1, 1]
    assert clocks.series[:, 0, 0].tolist() == [1, 2, 1, 0]


def test_a_clock_that_runs_does_not_begin_again() -> None:
    told = tell(
        """
[referrals.patient]
at = ["1 h"]
starts_at = "ae"
[activities.ae]
duration = "1 h"
routes = { patient = { to = "ae", as = "again" }, otherwise = "ward" }
[activities.ward]
duration = "1 h"
[clocks.whole]
starts = "ae.arrival"
stops = "ward.leave"
targets = ["6 hours"]
"""
    )

    assert told.run.clocks.seconds.sum() == 3 * 3600


def test_a_clock_of_one_who_leaves_the_system_is_dropped() -> None:
    told = tell(
        AE.replace('duration = "1 h"\n[clocks', 'duration = "1 h"\npatience = "30 min"\n[clocks').replace(
            '"5 h"', '"23 h"'
        )
    )

    assert told.rows("gave_up")[0] == "4:30 patient#1 gave_up ward"
    assert told.run.clocks.stopped.sum(axis=(1, 2)).tolist() == [4, 0]
    assert told.run.clocks.open_at_close.tolist() == [[0, 0]]


def test_a_place_kept_after_the_activity_is_time_kept_not_active() -> None:
    told = tell(AE)

    assert told.activity("ae", records.ACTIVE_AREA) == 12 * 3600
    assert told.activity("ae", records.KEPT_AREA) == 3600
    assert told.resource("cubicles", records.RESOURCE_KEPT_AREA) == [3600]
    assert told.activity("ward", records.WAITING_AREA) == 3600
    assert told.resource("beds", records.QUEUE_AREA) == [3600]


def test_waits_are_counted_in_bins_of_a_sixteenth_of_an_octave() -> None:
    assert [wait_bin(seconds) for seconds in (0, 1, 2, 3, 4, 1 << 20)] == [0, 1, 17, 1 + 25, 33, 321]

    bins = tell(AE).run.activities.wait_bins.sum(axis=0)

    assert bins[0] == 4
    assert bins[wait_bin(3600)] == 1
    assert bins.sum() == 8


def test_a_daily_count_is_read_at_its_clock_time_before_what_happens_then() -> None:
    told = tell(
        """
[referrals.patient]
at = ["12 h", "13 h", "36 h"]
starts_at = "ward"
[resources.beds]
capacity = 9
[activities.ward]
resource = "beds"
duration = "24 h"
[counts.noon]
of = ["resource.beds"]
at = "12:00"
""",
        window=span("3 days"),
    )

    assert told.run.resources.count_days.tolist() == [[0], [2], [1]]


def test_exits_and_their_time_in_the_system_are_counted() -> None:
    exits = tell(AE, window=SIX_HOURS).run.exits

    assert exits[:, 0].tolist() == [0, 2, 2, 0]
    assert exits[:, 1].sum() == (5 + 7 + 9 + 11) * 3600


WARD = """
[referrals.patient]
at = ["10 h"]
starts_at = "ward"
[resources.beds]
capacity = CAPACITY
[activities.ward]
resource = "beds"
duration = { expon = { mean = "5 h" } }
"""


def test_those_present_at_the_start_are_there_and_have_not_started_in_the_window() -> None:
    told = tell(WARD.replace("CAPACITY", "9") + "present_at_start = 5\n")

    assert told.rows("starts")[:5] == [f"0:00 patient#{number} starts ward" for number in range(1, 6)]
    assert told.activity("ward", records.STARTS) == 1
    assert told.activity("ward", records.ARRIVALS) == 1
    assert told.activity("ward", records.LEAVES) == 6


def test_those_present_for_whom_there_is_no_place_wait() -> None:
    told = tell(WARD.replace("CAPACITY", "3") + "present_at_start = 5\n")

    assert sum(row.startswith("0:00") for row in told.rows("starts")) == 3
    assert told.activity("ward", records.STARTS) == 3


def test_those_waiting_at_the_start_start_as_soon_as_they_may_with_what_they_have_waited() -> None:
    waiting = 'waiting_at_start = { number = 3, waited = "6 h" }\n'
    told = tell(WARD.replace("CAPACITY", "2").replace('{ expon = { mean = "5 h" } }', '"2 h"') + waiting)

    assert told.rows("starts")[:3] == [
        "0:00 patient#1 starts ward",
        "0:00 patient#2 starts ward",
        "2:00 patient#3 starts ward",
    ]
    assert told.activity("ward", records.WAIT_SECONDS) == (6 + 6 + 8) * 3600
    assert told.run.exits[:, 1].sum() == (8 + 8 + 10 + 2) * 3600


def test_what_remains_of_a_stay_met_on_day_one_follows_the_stationary_excess() -> None:
    model = WARD.replace("CAPACITY", "2000").replace('{ expon = { mean = "5 h" } }', '"10 h"')
    told = tell(model + "present_at_start = 1000\n")

    log = told.run.log
    assert log is not None
    left = np.sort(log.second[(log.what == 4)][:1000]) / 36_000
    # Uniform over the stay: Kolmogorov's distance stays below 1.95/sqrt(n) but once in a thousand times.
    distance = np.abs(left - (np.arange(1000) + 0.5) / 1000).max()
    assert distance < 1.95 / 1000**0.5


@pytest.mark.parametrize("present", ["steady", 20])
def test_people_are_in_one_bed_on_day_one_and_have_no_needs_in_it(present: str | int) -> None:
    told = tell(
        f"""
[segments.adults]
people = 40
[needs.fall]
rate = "300 per year"
starts_at = {{ ward = 0.5, rehabilitation = 0.5 }}
[activities.ward]
duration = "20 h"
resident = true
present_at_start = {present if isinstance(present, int) else '"steady"'}
[activities.rehabilitation]
duration = "30 h"
resident = true
present_at_start = 15
""",
        window=span("3 days"),
    )

    log = told.run.log
    assert log is not None
    at_start = log.person[(log.what == 2) & (log.second == 0)]
    assert len(set(at_start.tolist())) == len(at_start) > 15
