"""Where a case waits: alternatives, room, refusal, places kept, patience."""

from telling import span, tell

from simulator.engines import records

PLAIN_WARDS = """
[resources.a]
capacity = 1
room = 0
[resources.b]
capacity = 1
room = 0
[resources.c]
capacity = 1
room = 1
[activities.ward_a]
resource = "a"
duration = "10 h"
if_full = ["ward_c", "ward_b"]
refused_to = "advice"
[activities.ward_b]
resource = "b"
duration = "10 h"
[activities.ward_c]
resource = "c"
duration = "2 h"
[activities.advice]
duration = "1 h"
[referrals.patient]
at = ["1 h", "2 h", "3 h", "210 min", "220 min"]
starts_at = "ward_a"
"""


def test_alternatives_are_tried_in_order_then_the_first_with_room_then_it_is_refused() -> None:
    told = tell(PLAIN_WARDS)

    assert told.rows("starts", "arrives", "refused")[:9] == [
        "1:00 patient#1 arrives ward_a",
        "1:00 patient#1 starts ward_a",
        "2:00 patient#2 arrives ward_c",
        "2:00 patient#2 starts ward_c",
        "3:00 patient#3 arrives ward_b",
        "3:00 patient#3 starts ward_b",
        "3:30 patient#4 arrives ward_c",
        "3:40 patient#5 refused ward_a",
        "3:40 patient#5 arrives advice",
    ]


def test_alternatives_are_tried_only_once() -> None:
    told = tell(PLAIN_WARDS.replace('"2 h"\n[activities.advice]', '"12 h"\n[activities.advice]'))

    assert [row for row in told.rows("starts") if "#4" in row] == ["14:00 patient#4 starts ward_c"]


def test_a_refused_case_counts_as_arrived_and_refused_where_it_wanted_to_go() -> None:
    told = tell(PLAIN_WARDS)

    assert told.activity("ward_a", records.ARRIVALS) == 2
    assert told.activity("ward_a", records.REFUSED) == 1


BLOCKED = """
[referrals.patient]
at = ["1 h", "2 h", "3 h", "4 h"]
starts_at = "ae"
[resources.cubicles]
capacity = 2
[resources.beds]
capacity = 1
room = ROOM
[resources.spare]
capacity = 1
room = 0
[activities.ae]
resource = "cubicles"
duration = "1 h"
keeps_place_until_next = KEEPS
routes = "ward"
[activities.ward]
resource = "beds"
duration = "6 h"
"""


def blocked(keeps: str, *, room: int = 0) -> str:
    """Give two cubicles before one bed."""
    return BLOCKED.replace("KEEPS", keeps).replace("ROOM", str(room))


def test_one_that_leaves_its_place_at_once_is_refused_where_there_is_no_room() -> None:
    told = tell(blocked('"leaves"'))

    assert told.rows("refused", "starts")[:4] == [
        "1:00 patient#1 starts ae",
        "2:00 patient#1 starts ward",
        "2:00 patient#2 starts ae",
        "3:00 patient#2 refused ward",
    ]


def test_one_that_holds_a_place_is_never_refused_and_keeps_it_until_the_next_starts() -> None:
    told = tell(blocked('"starts"'))

    assert told.rows("refused") == []
    assert [row for row in told.rows("ready", "leaves", "starts") if "#2" in row] == [
        "2:00 patient#2 starts ae",
        "3:00 patient#2 ready ae",
        "8:00 patient#2 leaves ae",
        "8:00 patient#2 starts ward",
        "14:00 patient#2 ready ward",
        "14:00 patient#2 leaves ward",
    ]


def test_a_place_kept_until_there_is_room_is_let_go_of_as_soon_as_fewer_wait_without_a_place() -> None:
    told = tell(blocked('"has_room"', room=1))

    assert [row for row in told.rows("leaves", "starts") if row.endswith(" ae")] == [
        "1:00 patient#1 starts ae",
        "2:00 patient#1 leaves ae",
        "2:00 patient#2 starts ae",
        "3:00 patient#2 leaves ae",
        "3:00 patient#3 starts ae",
        "4:00 patient#4 starts ae",
        "8:00 patient#3 leaves ae",
        "14:00 patient#4 leaves ae",
    ]


LATER_DAY = """
[referrals.early]
at = ["1 h"]
starts_at = "service"
[referrals.urgent]
at = ["2 h"]
starts_at = "service"
[referrals.late]
at = ["3 h"]
starts_at = "service"
[resources.desk]
capacity = [["0 h", 0], ["5 h", 1]]
[activities.service]
resource = "desk"
duration = { urgent = "2 h", otherwise = "40 h" }
priority = { urgent = 1, otherwise = 3 }
patience = "1 day"
"""


def test_of_several_whose_patience_ends_on_one_later_day_those_who_still_wait_lose_it() -> None:
    told = tell(LATER_DAY, window=span("2 days"))

    assert told.rows("starts", "gave_up") == [
        "5:00 urgent#2 starts service",
        "7:00 early#1 starts service",
        "27:00 late#3 gave_up service",
    ]


OF_PATIENTS = '[referrals.patient]\nat = ["1 h", "2 h", "3 h", "4 h"]\n'
OF_PEOPLE = """
[segments.adults]
people = 3
becomes = { dead = "0.1 per year" }
[needs.fall]
rate = "2 per year"
"""


def test_one_who_dies_waiting_leaves_room_for_one_who_kept_a_place_until_there_was() -> None:
    told = tell(
        blocked('"has_room"', room=1).replace(OF_PATIENTS, OF_PEOPLE),
        needs=[("1 h", "fall", 0), ("2 h", "fall", 1), ("3 h", "fall", 2)],
        life=[("5 h", "dead", 1)],
    )

    assert [row for row in told.rows("leaves", "died") if row.startswith("5:")] == [
        "5:00 fall#3 leaves ae",
        "5:00 fall#2 died",
    ]


def test_a_place_is_kept_by_the_rule_for_where_the_case_really_goes() -> None:
    told = tell(
        blocked('{ outlier = "starts" }')
        + """
if_full = ["outlier"]
[activities.outlier]
resource = "spare"
duration = "10 h"
"""
    )

    assert [row for row in told.rows("arrives", "leaves", "starts", "refused") if "#3" in row] == [
        "3:00 patient#3 arrives ae",
        "3:00 patient#3 starts ae",
        "4:00 patient#3 arrives outlier",
        "13:00 patient#3 leaves ae",
        "13:00 patient#3 starts outlier",
        "23:00 patient#3 leaves outlier",
    ]


HELD = """
[referrals.patient]
at = ["1 h", "2 h"]
starts_at = "ward"
[resources.beds]
capacity = 1
[activities.ward]
resource = "beds"
duration = "3 h"
routes = "assessment"
[activities.assessment]
holds = "previous"
duration = "2 h"
"""


def test_what_is_done_in_the_place_already_held_keeps_that_place() -> None:
    told = tell(HELD)

    assert told.rows("ready", "leaves", "starts") == [
        "1:00 patient#1 starts ward",
        "4:00 patient#1 ready ward",
        "4:00 patient#1 starts assessment",
        "6:00 patient#1 ready assessment",
        "6:00 patient#1 leaves assessment",
        "6:00 patient#1 leaves ward",
        "6:00 patient#2 starts ward",
        "9:00 patient#2 ready ward",
        "9:00 patient#2 starts assessment",
        "11:00 patient#2 ready assessment",
        "11:00 patient#2 leaves assessment",
        "11:00 patient#2 leaves ward",
    ]


def test_what_is_done_in_the_place_already_held_counts_as_kept_and_under_its_own_name() -> None:
    told = tell(HELD)

    assert told.resource("beds", records.USED_AREA) == [10 * 3600]
    assert told.resource("beds", records.RESOURCE_KEPT_AREA) == [4 * 3600]
    assert told.activity("assessment", records.ACTIVE_AREA) == 4 * 3600
    assert told.activity("ward", records.KEPT_AREA) == 4 * 3600


def test_a_place_held_for_an_assessment_may_be_kept_on_until_the_next_starts() -> None:
    told = tell(
        HELD
        + """
keeps_place_until_next = "starts"
routes = "home_care"
[resources.packages]
capacity = [["0 days", 0], ["10 h", 5]]
[activities.home_care]
resource = "packages"
duration = "1 h"
"""
    )

    assert [row for row in told.rows("leaves", "starts") if "#1" in row] == [
        "1:00 patient#1 starts ward",
        "4:00 patient#1 starts assessment",
        "10:00 patient#1 leaves assessment",
        "10:00 patient#1 leaves ward",
        "10:00 patient#1 starts home_care",
        "11:00 patient#1 leaves home_care",
    ]


def test_patience_runs_from_joining_and_giving_up_lets_go_of_a_kept_place_first() -> None:
    told = tell(
        blocked('"starts"').replace("capacity = 2", "capacity = 1")
        + 'patience = "90 min"\ngives_up_to = "advice"\n[activities.advice]\nduration = "1 h"\n'
    )

    assert [row for row in told.rows("leaves", "starts", "gave_up", "arrives") if "4:30" in row] == [
        "4:30 patient#2 gave_up ward",
        "4:30 patient#2 leaves ae",
        "4:30 patient#2 arrives advice",
        "4:30 patient#2 starts advice",
        "4:30 patient#3 starts ae",
    ]


def test_patience_counts_what_those_who_gave_up_had_waited() -> None:
    told = tell(blocked('"starts"') + 'patience = "90 min"\n')

    assert told.activity("ward", records.GAVE_UP) == 3
    assert told.activity("ward", records.GAVE_UP_SECONDS) == 3 * 5400


def test_patience_is_forgotten_once_a_case_has_started() -> None:
    told = tell(blocked('"starts"') + 'patience = "390 min"\n', window=span("2 days"))

    assert told.rows("gave_up") == ["10:30 patient#3 gave_up ward"]


def test_patience_in_one_queue_is_not_patience_in_the_next() -> None:
    told = tell(
        """
[referrals.patient]
at = ["1 h", "1 h"]
starts_at = "ae"
[resources.cubicles]
capacity = 1
[resources.beds]
capacity = [["0 days", 0], ["9 h", 9]]
[activities.ae]
resource = "cubicles"
duration = "1 h"
patience = "3 h"
routes = "ward"
[activities.ward]
resource = "beds"
duration = "1 h"
patience = "20 h"
"""
    )

    assert told.rows("gave_up") == []
    assert told.rows("starts")[-1] == "9:00 patient#2 starts ward"


def test_the_first_free_of_a_list_is_chosen_and_else_its_first() -> None:
    told = tell(
        """
[referrals.patient]
at = ["1 h", "2 h", "3 h"]
starts_at = { first_free = ["b", "a"] }
[resources.one]
capacity = 1
[resources.two]
capacity = 1
[activities.a]
resource = "one"
duration = "9 h"
[activities.b]
resource = "two"
duration = "9 h"
"""
    )

    assert told.rows("arrives") == [
        "1:00 patient#1 arrives b",
        "2:00 patient#2 arrives a",
        "3:00 patient#3 arrives b",
    ]


def test_the_shortest_queue_of_a_list_is_chosen_and_the_first_of_equals() -> None:
    told = tell(
        """
[referrals.patient]
at = ["1 h", "2 h", "3 h", "4 h"]
starts_at = { shortest_queue = ["b", "a"] }
[resources.one]
capacity = 1
[resources.two]
capacity = 1
[activities.a]
resource = "one"
duration = "9 h"
[activities.b]
resource = "two"
duration = "9 h"
"""
    )

    assert [row.split()[-1] for row in told.rows("arrives")] == ["b", "b", "a", "a"]


def test_a_batch_comes_one_after_another_at_its_second() -> None:
    told = tell(
        """
[referrals.patient]
at = ["1 h"]
batch = 4
starts_at = "desk"
[resources.clerk]
capacity = 2
room = 1
[activities.desk]
resource = "clerk"
duration = "1 h"
"""
    )

    assert told.rows("starts", "refused") == [
        "1:00 patient#1 starts desk",
        "1:00 patient#2 starts desk",
        "1:00 patient#4 refused desk",
        "2:00 patient#3 starts desk",
    ]
