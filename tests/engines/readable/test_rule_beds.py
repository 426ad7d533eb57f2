"""One person, one bed: needs, waiting, interruption and death."""

import pytest
from telling import span, tell

from simulator.engines import records

WARD = """
[segments.adults]
people = 4
becomes = { dead = "0.1 per year", frail = "0.1 per year" }
[segments.frail]
people = 0
[needs.fall]
rate = "2 per year"
starts_at = "ward"
one_at_a_time = false
[resources.beds]
capacity = 4
[activities.ward]
resource = "beds"
duration = "4 h"
resident = true
"""
PLACE = (
    WARD
    + """
[needs.minor]
rate = "2 per year"
starts_at = "clinic"
one_at_a_time = false
[resources.rooms]
capacity = 1
[activities.clinic]
resource = "rooms"
duration = "1 h"
ends_on_admission = false
"""
)


def test_a_person_in_a_resident_activity_has_no_new_needs() -> None:
    told = tell(
        PLACE, needs=[("1 h", "fall", 0), ("2 h", "minor", 0), ("2 h", "minor", 1), ("6 h", "minor", 0)]
    )

    assert told.rows("opened") == ["1:00 fall#1 opened", "2:00 minor#2 opened", "6:00 minor#3 opened"]


def test_a_person_who_waits_where_waiting_is_residence_has_no_new_needs() -> None:
    queue = PLACE.replace("capacity = 4", "capacity = 1").replace(
        "resident = true", "resident = true\nqueue_is_resident = true"
    )
    needs = [("1 h", "fall", 0), ("2 h", "fall", 1), ("3 h", "minor", 1)]

    assert len(tell(queue, needs=needs).rows("opened")) == 2
    assert len(tell(PLACE.replace("capacity = 4", "capacity = 1"), needs=needs).rows("opened")) == 3


@pytest.mark.parametrize(
    ("one_at_a_time", "opened"), [("true", ["1:00", "4:00"]), ("false", ["1:00", "2:00", "4:00"])]
)
def test_a_need_that_is_one_at_a_time_has_none_while_its_case_is_open(
    one_at_a_time: str, opened: list[str]
) -> None:
    needs = [("1 h", "minor", 0), ("2 h", "minor", 0), ("4 h", "minor", 0)]
    model = PLACE.replace('duration = "1 h"', 'duration = "2 h"').replace(
        'starts_at = "clinic"\none_at_a_time = false',
        f'starts_at = "clinic"\none_at_a_time = {one_at_a_time}',
    )

    assert [row.split()[0] for row in tell(model, needs=needs).rows("opened")] == opened


IN_BED_WHILE_WAITING = [
    ("1 h", "minor", 1),
    ("80 min", "minor", 0),
    ("90 min", "fall", 0),
    ("100 min", "minor", 2),
]


def test_a_waiting_case_whose_person_is_in_a_bed_is_passed_over_and_offered_again_at_discharge() -> None:
    told = tell(PLACE, needs=IN_BED_WHILE_WAITING)

    assert told.rows("starts") == [
        "1:00 minor#1 starts clinic",
        "1:30 fall#3 starts ward",
        "2:00 minor#4 starts clinic",
        "5:30 minor#2 starts clinic",
    ]


def test_one_that_is_passed_over_keeps_its_place_in_the_queue() -> None:
    told = tell(PLACE, needs=[*IN_BED_WHILE_WAITING, ("5 h", "minor", 1), ("310 min", "minor", 2)])

    assert told.rows("starts")[3:] == [
        "5:00 minor#5 starts clinic",
        "6:00 minor#2 starts clinic",
        "7:00 minor#6 starts clinic",
    ]


def test_what_may_be_done_in_bed_starts_though_the_person_is_resident_elsewhere() -> None:
    told = tell(PLACE + "also_in_bed = true\n", needs=IN_BED_WHILE_WAITING)

    assert told.rows("starts")[2:] == ["2:00 minor#2 starts clinic", "3:00 minor#4 starts clinic"]


def test_even_what_needs_no_resource_waits_until_its_person_is_home() -> None:
    told = tell(
        PLACE + 'routes = "visit"\n[activities.visit]\nduration = "10 min"\n',
        needs=[("1 h", "minor", 0), ("90 min", "fall", 0)],
    )

    assert told.rows("starts") == [
        "1:00 minor#1 starts clinic",
        "1:30 fall#2 starts ward",
        "5:30 minor#1 starts visit",
    ]


HOME_CARE = (
    WARD
    + """
[needs.minor]
rate = "2 per year"
starts_at = "home_care"
one_at_a_time = false
[resources.packages]
capacity = 1
[activities.home_care]
resource = "packages"
duration = "20 h"
interrupted_to = "review"
turnaround = "30 min"
[activities.review]
duration = "10 min"
"""
)
HOME_CARE_ALONE = HOME_CARE[: HOME_CARE.index("[activities.review]")]


def test_home_care_ends_on_admission_by_its_own_route() -> None:
    told = tell(HOME_CARE, needs=[("1 h", "minor", 0), ("2 h", "fall", 0), ("90 min", "minor", 1)])

    assert told.rows("starts", "interrupted", "leaves", "arrives")[3:12] == [
        "2:00 fall#3 arrives ward",
        "2:00 fall#3 starts ward",
        "2:00 minor#1 interrupted home_care",
        "2:00 minor#1 leaves home_care",
        "2:00 minor#1 arrives review",
        "2:30 minor#2 starts home_care",
        "6:00 fall#3 leaves ward",
        "6:00 minor#1 starts review",
        "6:10 minor#1 leaves review",
    ]
    assert told.activity("home_care", records.INTERRUPTED) == 1


def test_the_end_of_a_stay_that_was_cut_short_is_forgotten() -> None:
    told = tell(
        HOME_CARE.replace('duration = "10 min"', 'duration = "16 h"'),
        needs=[("1 h", "minor", 0), ("2 h", "fall", 0)],
    )

    assert told.rows("starts", "ready")[2:] == [
        "6:00 fall#2 ready ward",
        "6:00 minor#1 starts review",
        "22:00 minor#1 ready review",
    ]


def test_what_does_not_end_on_admission_goes_on() -> None:
    told = tell(
        HOME_CARE_ALONE.replace('interrupted_to = "review"', "ends_on_admission = false").replace(
            '"20 h"', '"3 h"'
        ),
        needs=[("1 h", "minor", 0), ("2 h", "fall", 0)],
    )

    assert told.rows("leaves") == ["4:00 minor#1 leaves home_care", "6:00 fall#2 leaves ward"]


def test_a_person_moving_from_one_bed_to_the_next_is_not_discharged_between() -> None:
    model = (
        PLACE
        + """
[activities.rehabilitation]
resource = "beds"
duration = "2 h"
resident = true
"""
    )
    told = tell(
        model.replace("resident = true\n", 'resident = true\nroutes = "rehabilitation"\n', 1),
        needs=[("1 h", "minor", 1), ("80 min", "minor", 0), ("90 min", "fall", 0)],
    )

    assert told.rows("starts")[-2:] == ["5:30 fall#3 starts rehabilitation", "7:30 minor#2 starts clinic"]


def test_death_ends_every_open_case_and_frees_what_it_held_that_second_with_turnaround() -> None:
    told = tell(
        HOME_CARE,
        needs=[("1 h", "minor", 0), ("2 h", "minor", 1), ("3 h", "minor", 0)],
        life=[("4 h", "dead", 0)],
    )

    assert told.rows("starts", "death", "died", "leaves", "interrupted") == [
        "1:00 minor#1 starts home_care",
        "4:00 person 0 death adults",
        "4:00 minor#1 leaves home_care",
        "4:00 minor#1 died",
        "4:00 minor#3 died",
        "4:30 minor#2 starts home_care",
    ]


WITHIN = (
    WARD
    + """
[needs.minor]
rate = "2 per year"
starts_at = "home_care"
[activities.home_care]
resource = "carers"
duration = "1 h"
routes = "assessment"
interrupted_to = "review"
[resources.carers]
capacity = 1
[activities.assessment]
holds = "previous"
duration = "4 h"
interrupted_to = "call"
[activities.review]
duration = "1 h"
also_in_bed = true
[activities.call]
duration = "1 h"
also_in_bed = true
"""
)


def test_admission_interrupts_the_stay_of_the_place_not_what_is_done_within_it() -> None:
    told = tell(WITHIN, needs=[("1 h", "minor", 0), ("3 h", "fall", 0)])

    assert told.rows("starts", "interrupted")[1:] == [
        "2:00 minor#1 starts assessment",
        "3:00 fall#2 starts ward",
        "3:00 minor#1 interrupted home_care",
        "3:00 minor#1 starts review",
    ]


QUEUES = WARD + "".join(
    f"""
[needs.{name}]
rate = "2 per year"
starts_at = "{name}_care"
[activities.{name}_care]
duration = "3 h"
ends_on_admission = false
routes = "{name}_ae"
[resources.{name}_cubicles]
capacity = [["0 h", 0], ["{opens} h", 1]]
[activities.{name}_ae]
resource = "{name}_cubicles"
duration = "1 h"
resident = true
queue_is_resident = true
"""
    for name, opens in (("first", 10), ("second", 9))
)


def test_one_who_is_discharged_into_two_queues_that_are_residence_is_in_the_first() -> None:
    told = tell(QUEUES, needs=[("1 h", "first", 0), ("1 h", "second", 0), ("2 h", "fall", 0)])

    assert told.rows("starts")[2:] == [
        "2:00 fall#3 starts ward",
        "10:00 first#1 starts first_ae",
        "11:00 second#2 starts second_ae",
    ]


def test_the_dead_need_nothing() -> None:
    told = tell(PLACE, needs=[("5 h", "fall", 0)], life=[("4 h", "dead", 0)])

    assert told.rows("opened") == []


def test_hazards_do_nothing_inside_a_resident_activity() -> None:
    told = tell(
        PLACE, needs=[("1 h", "fall", 0)], life=[("2 h", "dead", 0), ("3 h", "frail", 0), ("6 h", "frail", 0)]
    )

    assert told.rows("death", "becomes") == ["6:00 person 0 becomes frail"]


def test_dying_by_route_ends_the_other_cases_without_a_route() -> None:
    told = tell(
        HOME_CARE_ALONE.replace(
            "resident = true\n", 'resident = true\nqueue_is_resident = true\nroutes = "died"\n', 1
        )
        .replace("capacity = 4", "capacity = 1")
        .replace('interrupted_to = "review"', 'interrupted_to = "ward"'),
        needs=[("1 h", "minor", 0), ("2 h", "fall", 0)],
    )

    assert told.rows("exits", "death", "died", "interrupted", "starts") == [
        "1:00 minor#1 starts home_care",
        "2:00 fall#2 starts ward",
        "2:00 minor#1 interrupted home_care",
        "6:00 fall#2 exits",
        "6:00 person 0 death adults",
        "6:00 minor#1 died",
    ]
    assert told.run.people.deaths_in_care.sum() == 1
    assert told.run.people.transitions.sum() == 0


def test_an_interruption_that_ends_in_death_ends_the_stay_that_began() -> None:
    told = tell(
        HOME_CARE_ALONE.replace('interrupted_to = "review"', 'interrupted_to = "died"'),
        needs=[("1 h", "minor", 0), ("2 h", "fall", 0)],
    )

    assert told.rows("exits", "death", "died", "leaves") == [
        "2:00 minor#1 leaves home_care",
        "2:00 minor#1 exits",
        "2:00 person 0 death adults",
        "2:00 fall#2 leaves ward",
        "2:00 fall#2 died",
    ]


def test_a_place_kept_by_one_who_is_in_bed_elsewhere_is_used_when_the_person_is_home_again() -> None:
    told = tell(
        PLACE + 'keeps_place_until_next = "starts"\nroutes = "second_half"\n'
        '[activities.second_half]\nresource = "rooms"\nduration = "1 h"\n',
        needs=[("1 h", "minor", 0), ("90 min", "fall", 0)],
    )

    assert told.rows("starts")[-1] == "5:30 minor#1 starts second_half"


def test_a_person_changes_segment_while_waiting_and_is_served_as_what_they_are_then() -> None:
    told = tell(
        PLACE.replace('duration = "1 h"', 'duration = { frail = "3 h", otherwise = "1 h" }'),
        needs=[("1 h", "minor", 1), ("80 min", "minor", 0)],
        life=[("90 min", "frail", 0)],
    )

    assert told.rows("ready") == ["2:00 minor#1 ready clinic", "5:00 minor#2 ready clinic"]


def test_a_route_changes_the_class_of_a_case_and_the_segment_of_its_person() -> None:
    told = tell(
        PLACE.replace(
            "resident = true\n",
            'resident = true\nroutes = { to = "clinic", as = "later", becomes = "frail" }\n',
        ),
        needs=[("1 h", "fall", 0)],
    )

    assert told.rows("starts", "becomes") == [
        "1:00 fall#1 starts ward",
        "5:00 person 0 becomes frail",
        "5:00 later#1 starts clinic",
    ]


def test_nobody_is_in_two_beds_though_two_needs_of_one_second_ask_for_them() -> None:
    told = tell(
        WARD + '[needs.minor]\nrate = "2 per year"\nstarts_at = "ward"\n',
        needs=[("1 h", "fall", 0), ("1 h", "minor", 0)],
    )

    assert told.rows("opened", "starts") == ["1:00 fall#1 opened", "1:00 fall#1 starts ward"]


def test_person_seconds_of_people_end_with_death() -> None:
    told = tell(PLACE, needs=[], life=[("6 h", "dead", 0)], window=span("12 h", period="6 h"))

    assert told.run.people.person_seconds.sum(axis=(1, 2)).tolist() == [4 * 6 * 3600, 3 * 6 * 3600]
    assert told.run.people.at_close.sum(axis=1).tolist() == [4, 3]
