"""Who may start: an open resource, a place free and not reserved, nobody before who may."""

from telling import tell

CALLS = """
[referrals.call]
at = ["1 h", "2 h", "3 h"]
starts_at = "service"
"""
MIXED = """
[resources.beds]
capacity = 2
reserved = { places = 1, against = ["elective"] }
[activities.ward]
resource = "beds"
duration = "10 h"
[referrals.elective]
at = [ELECTIVE]
starts_at = "ward"
[referrals.urgent]
at = [URGENT]
starts_at = "ward"
"""


def mixed(*, elective: str, urgent: str) -> str:
    """Give a ward of two beds, one of them reserved against electives."""
    return MIXED.replace("ELECTIVE", elective).replace("URGENT", urgent)


def test_nobody_starts_while_the_resource_is_closed() -> None:
    told = tell(
        CALLS
        + """
[timetables.office]
every_day = ["08:00-18:00"]
[resources.desk]
capacity = { number = 2, timetable = "office" }
[activities.service]
resource = "desk"
duration = "30 min"
"""
    )

    assert told.rows("starts") == [
        "8:00 call#1 starts service",
        "8:00 call#2 starts service",
        "8:30 call#3 starts service",
    ]


def test_a_place_being_turned_round_is_not_free() -> None:
    told = tell(
        CALLS
        + """
[resources.desk]
capacity = 1
[activities.service]
resource = "desk"
duration = "30 min"
turnaround = "45 min"
"""
    )

    assert told.rows("starts") == [
        "1:00 call#1 starts service",
        "2:15 call#2 starts service",
        "3:30 call#3 starts service",
    ]


def test_a_reserve_lets_the_others_in_only_while_more_places_are_free() -> None:
    told = tell(mixed(elective='"1 h", "2 h"', urgent='"3 h"'))

    assert told.rows("starts") == [
        "1:00 elective#1 starts ward",
        "3:00 urgent#3 starts ward",
        "13:00 elective#2 starts ward",
    ]


def test_a_reserve_never_blocks_those_behind() -> None:
    told = tell(mixed(elective='"3 h"', urgent='"1 h", "2 h", "4 h"'))

    assert told.rows("starts") == [
        "1:00 urgent#1 starts ward",
        "2:00 urgent#2 starts ward",
        "11:00 urgent#4 starts ward",
        "21:00 elective#3 starts ward",
    ]


def test_a_new_case_starts_past_one_that_waits_and_may_not_start() -> None:
    told = tell(mixed(elective='"1 h", "2 h"', urgent='"3 h"'))

    assert told.rows("starts")[:2] == ["1:00 elective#1 starts ward", "3:00 urgent#3 starts ward"]


OF_PEOPLE = """
[segments.adults]
people = 2
becomes = { frail = "0.1 per year" }
[segments.frail]
people = 0
[needs.fall]
rate = "2 per year"
starts_at = "ward"
[resources.beds]
capacity = 2
reserved = { places = 1, against = ["adults"] }
[activities.ward]
resource = "beds"
duration = "10 h"
"""


def test_one_who_becomes_another_while_waiting_starts_by_what_is_reserved_against_them_now() -> None:
    told = tell(OF_PEOPLE, needs=[("1 h", "fall", 0), ("2 h", "fall", 1)], life=[("3 h", "frail", 1)])

    assert told.rows("starts") == ["1:00 fall#1 starts ward", "3:00 fall#2 starts ward"]


BACK_AGAIN = """
[referrals.call]
at = ["1 h", "2 h"]
starts_at = "service"
[resources.desk]
capacity = 1
[activities.service]
resource = "desk"
duration = "3 h"
routes = "again"
[activities.again]
resource = "desk"
duration = "1 h"
"""


def test_a_case_that_comes_back_waits_behind_one_that_waited_before_and_may_start() -> None:
    told = tell(BACK_AGAIN)

    assert told.rows("starts") == [
        "1:00 call#1 starts service",
        "4:00 call#2 starts service",
        "7:00 call#1 starts again",
        "8:00 call#2 starts again",
    ]


def test_a_case_that_comes_back_first_in_priority_starts_at_once() -> None:
    told = tell(BACK_AGAIN + "priority = 0\n")

    assert told.rows("starts") == [
        "1:00 call#1 starts service",
        "4:00 call#1 starts again",
        "5:00 call#2 starts service",
        "8:00 call#2 starts again",
    ]


def test_a_case_that_leaves_a_place_to_be_turned_round_cannot_use_it_at_once() -> None:
    told = tell(BACK_AGAIN.replace('routes = "again"', 'routes = "again"\nturnaround = "30 min"'))

    assert told.rows("starts")[:3] == [
        "1:00 call#1 starts service",
        "4:30 call#2 starts service",
        "8:00 call#1 starts again",
    ]


def test_a_case_that_keeps_its_place_goes_on_in_it_before_all_who_wait() -> None:
    told = tell(BACK_AGAIN.replace('routes = "again"', 'routes = "again"\nkeeps_place_until_next = "starts"'))

    assert told.rows("starts")[:3] == [
        "1:00 call#1 starts service",
        "4:00 call#1 starts again",
        "5:00 call#2 starts service",
    ]


def test_those_who_wait_start_by_priority_then_by_time_then_by_number() -> None:
    told = tell(
        """
[referrals.a]
at = ["1 h", "2 h"]
starts_at = "service"
[referrals.b]
at = ["3 h", "3 h"]
starts_at = "service"
[resources.desk]
capacity = 1
[activities.service]
resource = "desk"
duration = "3 h"
priority = { b = 1, otherwise = 2 }
"""
    )

    assert told.rows("starts") == [
        "1:00 a#1 starts service",
        "4:00 b#3 starts service",
        "7:00 b#4 starts service",
        "10:00 a#2 starts service",
    ]
