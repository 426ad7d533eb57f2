"""Rings of cases that each hold what the next one waits for."""

import pytest
from telling import span, tell

from simulator.errors import RunFailed

RING = """
[resources.left]
capacity = 1
[resources.right]
capacity = 1
[activities.in_left]
resource = "left"
duration = "1 h"
keeps_place_until_next = "starts"
routes = { outbound = { to = "in_right", as = "home_bound" }, otherwise = "exit" }
[activities.in_right]
resource = "right"
duration = "1 h"
keeps_place_until_next = "starts"
routes = { inbound = { to = "in_left", as = "home_bound" }, otherwise = "exit" }
[referrals.outbound]
at = ["1 h"]
starts_at = "in_left"
[referrals.inbound]
at = ["1 h"]
starts_at = "in_right"
[referrals.later]
at = ["3 h"]
starts_at = "in_left"
"""
TWO_DAYS = span("2 days")


def test_a_ring_that_has_closed_moves_all_in_it_at_once_at_midnight_and_is_counted() -> None:
    told = tell(RING, window=TWO_DAYS)

    assert told.rows("starts", "leaves")[2:] == [
        "24:00 home_bound#2 leaves in_left",
        "24:00 home_bound#1 leaves in_right",
        "24:00 home_bound#2 starts in_right",
        "24:00 home_bound#1 starts in_left",
        "25:00 home_bound#1 leaves in_left",
        "25:00 later#3 starts in_left",
        "25:00 home_bound#2 leaves in_right",
        "26:00 later#3 leaves in_left",
    ]
    assert told.run.ring_moves == 2


def test_how_often_a_run_reports_changes_nothing_in_a_ring() -> None:
    daily, often, seldom = (
        tell(RING, window=span("3 days", period=one)) for one in ("1 day", "6 h", "2 days")
    )

    assert daily.run.ring_moves == 2
    assert daily.rows() == often.rows() == seldom.rows()


def test_a_ring_that_closes_on_the_last_day_is_left_to_stand() -> None:
    told = tell(RING, window=span("1 day", period="6 h"))

    assert told.run.ring_moves == 0
    assert told.rows("starts")[2:] == []


def test_a_ring_moves_though_places_are_turned_round_when_they_fall_free() -> None:
    told = tell(RING.replace('resource = "left"', 'resource = "left"\nturnaround = "1 h"'), window=TWO_DAYS)

    assert told.rows("starts")[2:] == [
        "24:00 home_bound#2 starts in_right",
        "24:00 home_bound#1 starts in_left",
        "26:00 later#3 starts in_left",
    ]


OF_PEOPLE = """
[segments.adults]
people = 3
[resources.beds]
capacity = 1
[resources.rooms]
capacity = 1
[resources.carers]
capacity = 1
[resources.visitors]
capacity = [["0 days", 0], ["4 h", 1]]
[activities.ward]
resource = "beds"
duration = "1 h"
resident = true
keeps_place_until_next = "starts"
routes = { stroke = { to = "clinic", as = "home_bound" }, otherwise = "exit" }
[activities.clinic]
resource = "rooms"
duration = "1 h"
ends_on_admission = false
keeps_place_until_next = "starts"
routes = { check = { to = "ward", as = "home_bound" }, otherwise = "exit" }
[activities.home_care]
resource = "carers"
duration = "3 days"
[activities.visit]
resource = "visitors"
duration = "1 h"
""" + "".join(
    f'[needs.{need}]\nrate = "2 per year"\nstarts_at = "{activity}"\n'
    for need, activity in (
        ("stroke", "ward"),
        ("check", "clinic"),
        ("frailty", "home_care"),
        ("worry", "visit"),
    )
)


def test_whoever_a_ring_moves_is_seen_to_first_in_first_out() -> None:
    before = [("1 h", "frailty", 1), ("2 h", "frailty", 2), ("2 h", "worry", 0)]
    ring = [("3 h", "stroke", 0), ("3 h", "check", 1)]

    told = tell(OF_PEOPLE, needs=[*before, *ring], window=TWO_DAYS)

    assert [row for row in told.rows("starts", "interrupted") if row.startswith("24:")] == [
        "24:00 home_bound#5 starts clinic",
        "24:00 home_bound#4 starts ward",
        "24:00 frailty#1 interrupted home_care",
        "24:00 worry#3 starts visit",
        "24:00 frailty#2 starts home_care",
    ]


FORKED = """
[resources.left]
capacity = 2
[resources.middle]
capacity = 1
[resources.right]
capacity = 1
[activities.in_left]
resource = "left"
duration = { later = "2 h", otherwise = "1 h" }
keeps_place_until_next = "starts"
routes.later = { to = "in_middle", as = "home_bound" }
routes.sooner = { to = "in_right", as = "home_bound" }
routes.otherwise = "exit"
[activities.in_middle]
resource = "middle"
duration = "1 h"
keeps_place_until_next = "starts"
routes = { against_later = { to = "in_left", as = "home_bound" }, otherwise = "exit" }
[activities.in_right]
resource = "right"
duration = "1 h"
keeps_place_until_next = "starts"
routes = { against_sooner = { to = "in_left", as = "home_bound" }, otherwise = "exit" }
""" + "".join(
    f'[referrals.{name}]\nat = ["1 h"]\nstarts_at = "in_{where}"\n'
    for name, where in (
        ("later", "left"),
        ("sooner", "left"),
        ("against_later", "middle"),
        ("against_sooner", "right"),
    )
)


def test_a_ring_leads_on_to_the_first_resource_by_name_whoever_has_waited_longest() -> None:
    told = tell(FORKED, window=TWO_DAYS)

    assert [row for row in told.rows("starts") if row.startswith("24:")] == [
        "24:00 home_bound#3 starts in_middle",
        "24:00 home_bound#1 starts in_left",
    ]


def test_a_resource_that_holds_more_than_its_capacity_may_be_in_a_ring() -> None:
    fewer = RING.replace("capacity = 1", "capacity = 2").replace('at = ["1 h"]', 'at = ["1 h", "1 h"]')

    told = tell(fewer.replace("capacity = 2", 'capacity = [["0 h", 2], ["12 h", 1]]', 1), window=TWO_DAYS)

    assert told.run.ring_moves == 2


def test_a_ring_fails_the_run_where_the_model_says_so() -> None:
    with pytest.raises(RunFailed, match="ring = 'fail'"):
        tell('ring = "fail"\n' + RING, window=TWO_DAYS)


def test_what_only_looks_like_a_ring_is_left_alone() -> None:
    told = tell(
        RING.replace("[resources.right]\ncapacity = 1", "[resources.right]\ncapacity = 2"), window=TWO_DAYS
    )

    assert told.run.ring_moves == 0
    assert told.rows("starts")[2] == "2:00 home_bound#2 starts in_right"


def test_a_ring_of_three_with_bystanders_moves_only_those_in_it() -> None:
    told = tell(
        """
[resources.a]
capacity = 1
[resources.b]
capacity = 1
[resources.c]
capacity = 1
[activities.in_a]
resource = "a"
duration = "1 h"
keeps_place_until_next = "starts"
routes = { x = { to = "in_b", as = "done" }, otherwise = "exit" }
[activities.in_b]
resource = "b"
duration = "1 h"
keeps_place_until_next = "starts"
routes = { y = { to = "in_c", as = "done" }, otherwise = "exit" }
[activities.in_c]
resource = "c"
duration = "1 h"
keeps_place_until_next = "starts"
routes = { z = { to = "in_a", as = "done" }, otherwise = "exit" }
[referrals.x]
at = ["1 h", "2 h"]
starts_at = "in_a"
[referrals.y]
at = ["1 h"]
starts_at = "in_b"
[referrals.z]
at = ["1 h"]
starts_at = "in_c"
""",
        window=TWO_DAYS,
    )

    assert told.run.ring_moves == 3
    assert sum(row.startswith("24:00") for row in told.rows("starts")) == 3
