"""Capacity that falls, rises, closes, and places that are turned round."""

from telling import span, tell

from simulator.engines import records

STEPS = """
[referrals.patient]
at = ["1 h", "2 h", "3 h", "4 h"]
starts_at = "ward"
[resources.beds]
capacity = STEPS
[activities.ward]
resource = "beds"
duration = "10 h"
"""


def steps(capacity: str) -> str:
    """Give a ward with this capacity."""
    return STEPS.replace("STEPS", capacity)


def test_falling_capacity_throws_nobody_out_and_nobody_starts_until_it_is_below_again() -> None:
    told = tell(steps('[["0 days", 2], ["150 min", 1]]'), window=span("2 days"))

    assert told.rows("starts") == [
        "1:00 patient#1 starts ward",
        "2:00 patient#2 starts ward",
        "12:00 patient#3 starts ward",
        "22:00 patient#4 starts ward",
    ]


def test_places_in_use_beyond_capacity_are_overtime() -> None:
    told = tell(steps('[["0 days", 2], ["150 min", 1]]'))

    assert told.resource("beds", records.OVERTIME_AREA) == [int(8.5 * 3600)]
    assert told.resource("beds", records.AVAILABLE_AREA) == [int((2 * 2.5 + 21.5) * 3600)]


def test_rising_capacity_is_offered_at_once_to_as_many_as_fit() -> None:
    told = tell(steps('[["0 days", 1], ["5 h", 3]]'))

    assert told.rows("starts")[:3] == [
        "1:00 patient#1 starts ward",
        "5:00 patient#2 starts ward",
        "5:00 patient#3 starts ward",
    ]


def test_work_begun_runs_over_closing_time_as_overtime() -> None:
    told = tell(
        """
[referrals.patient]
at = ["1 h", "9 h"]
starts_at = "clinic"
[timetables.morning]
every_day = ["08:00-10:00"]
[resources.rooms]
capacity = { number = 1, timetable = "morning" }
[activities.clinic]
resource = "rooms"
duration = "90 min"
"""
    )

    assert told.rows("starts", "leaves") == [
        "8:00 patient#1 starts clinic",
        "9:30 patient#1 leaves clinic",
        "9:30 patient#2 starts clinic",
        "11:00 patient#2 leaves clinic",
    ]
    assert told.resource("rooms", records.OVERTIME_AREA) == [3600]


def test_a_place_is_turned_round_after_it_is_left_and_again_for_each() -> None:
    told = tell(
        """
[referrals.patient]
at = ["1 h", "2 h"]
starts_at = "theatre"
[resources.theatres]
capacity = 1
[activities.theatre]
resource = "theatres"
duration = "2 h"
turnaround = "45 min"
"""
    )

    assert told.rows("starts") == ["1:00 patient#1 starts theatre", "3:45 patient#2 starts theatre"]
    assert told.resource("theatres", records.TURNING_AREA) == [2 * 45 * 60]


def test_person_seconds_and_place_seconds_are_split_at_period_ends() -> None:
    told = tell(
        """
[referrals.patient]
at = ["20 h", "22 h"]
starts_at = "ward"
[resources.beds]
capacity = 1
[activities.ward]
resource = "beds"
duration = "10 h"
""",
        window=span("2 days"),
    )

    hours = [[value // 3600 for value in told.resource("beds", field)] for field in range(4)]
    assert hours[records.USED_AREA] == [4, 16]
    assert hours[records.QUEUE_AREA] == [2, 6]


def test_a_stay_ends_at_a_leaving_moment_and_the_wait_for_it_counts_as_stay() -> None:
    told = tell(
        """
[referrals.patient]
at = ["1 h", "2 h", "3 h", "4 h"]
starts_at = "ward"
[profiles.discharge_hours]
steps = [["00:00", 0.0], ["15:00", 1.0], ["16:00", 0.0]]
[activities.ward]
duration = "30 min"
ends_at = "discharge_hours"
""",
        window=span("2 days"),
    )

    left = told.run.log.second[told.run.log.what == 4]  # type: ignore[union-attr]
    assert len(left) == 4
    assert all(54_000 <= second < 57_600 for second in left.tolist())
    stays = told.activity("ward", records.STAY_SECONDS)
    assert stays == left.sum() - (1 + 2 + 3 + 4) * 3600


def test_closed_time_is_neither_open_nor_full() -> None:
    told = tell(
        """
[referrals.patient]
at = ["9 h"]
starts_at = "clinic"
[timetables.office]
every_day = ["08:00-12:00"]
[resources.rooms]
capacity = { number = 1, timetable = "office" }
[activities.clinic]
resource = "rooms"
duration = "60 min"
"""
    )

    assert told.resource("rooms", records.OPEN_AREA) == [4 * 3600]
    assert told.resource("rooms", records.FULL_AREA) == [3600]
