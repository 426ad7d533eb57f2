"""The order of what happens at one second: phases, numbers, and the list of what is on offer."""

import random

import pytest
from telling import compiled, span, tell

from simulator.engines import records
from simulator.engines.readable.agenda import (
    CALENDAR,
    CAPACITY,
    COUNTS,
    ENDS,
    LIFE,
    NEEDS,
    PATIENCE,
    Agenda,
)
from simulator.errors import SelfCheckFailed

ONE_DESK = """
[resources.desk]
capacity = 1
[activities.service]
resource = "desk"
"""
FOUR_ADULTS = """
[segments.adults]
people = 4
becomes = { dead = "0.1 per year", frail = "0.1 per year" }
[segments.frail]
people = 0
[needs.fall]
rate = "2 per year"
starts_at = "rest"
[activities.rest]
duration = "2 h"
"""


def test_the_phases_of_a_second_stand_in_the_order_of_the_specification() -> None:
    assert list(range(7)) == [COUNTS, CALENDAR, CAPACITY, ENDS, PATIENCE, LIFE, NEEDS]


def test_the_next_event_is_the_least_second_phase_and_number_whatever_the_order_of_adding() -> None:
    happened: list[tuple[int, int, int]] = []
    agenda = Agenda(lambda: None)
    events = [(second, phase, number) for second in (0, 5, 9) for phase in range(7) for number in (0, 1, 40)]
    for event in random.Random(1).sample(events, len(events)):
        agenda.add(event[0], phase=event[1], number=event[2], act=lambda event=event: happened.append(event))

    agenda.run_until(10)

    assert happened == events


def test_an_event_just_created_for_this_second_comes_before_a_later_phase_of_it() -> None:
    happened: list[str] = []
    agenda = Agenda(lambda: happened.append("|"))

    def ends() -> None:
        happened.append("an end")
        agenda.add(1, phase=ENDS, number=2, act=lambda: happened.append("another end"))

    agenda.add(1, phase=NEEDS, number=0, act=lambda: happened.append("a need"))
    agenda.add(1, phase=ENDS, number=7, act=ends)

    agenda.run_until(2)

    assert happened == ["an end", "|", "another end", "|", "a need", "|", "|"]


def test_nothing_may_be_put_on_the_agenda_for_a_second_that_is_over() -> None:
    agenda = Agenda(lambda: None)
    agenda.add(5, phase=NEEDS, number=0, act=lambda: agenda.add(4, phase=ENDS, number=0, act=lambda: None))

    with pytest.raises(SelfCheckFailed, match="At second 5"):
        agenda.run_until(10)


def test_a_period_closes_before_what_happens_at_its_last_second() -> None:
    told = tell(
        '[referrals.call]\nat = ["23 h", "24 h"]\nstarts_at = "talk"\n[activities.talk]\nduration = "1 h"\n',
        window=span("2 days"),
    )

    arrivals = told.run.activities.values[:, records.ARRIVALS].tolist()

    assert list(zip(told.run.activities.period.tolist(), arrivals, strict=True)) == [(0, 1), (1, 1)]


def test_an_intervention_starts_before_capacity_changes() -> None:
    told = tell(
        """
[referrals.call]
at = ["1 h"]
starts_at = "service"
[timetables.late]
every_day = ["08:00-18:00"]
[resources.desk]
capacity = { number = 1, timetable = "late" }
[activities.service]
resource = "desk"
duration = "1 h"
[interventions.slow]
starts = "8 h"
[[interventions.slow.effects]]
times = "activities.service.duration"
value = 3
""",
        on=["slow"],
    )

    assert told.rows("starts", "ready") == ["8:00 call#1 starts service", "11:00 call#1 ready service"]


def test_capacity_changes_before_activities_end() -> None:
    told = tell(
        ONE_DESK.replace("capacity = 1", 'capacity = [["0 days", 1], ["4 h", 2]]')
        + 'duration = "3 h"\n[referrals.call]\nat = ["1 h", "2 h"]\nstarts_at = "service"\n'
    )

    assert told.rows("starts", "ready")[1:3] == ["4:00 call#2 starts service", "4:00 call#1 ready service"]


def test_activities_end_before_turnarounds_end() -> None:
    told = tell(
        ONE_DESK
        + """
duration = "1 h"
turnaround = "1 h"
[activities.talk]
duration = "90 min"
[referrals.call]
at = ["1 h", "90 min"]
starts_at = "service"
[referrals.ring]
at = ["90 min"]
starts_at = "talk"
"""
    )

    at_three = [row for row in told.rows("starts", "ready") if row.startswith("3:00")]

    assert at_three == ["3:00 ring#3 ready talk", "3:00 call#2 starts service"]


def test_turnarounds_of_one_case_end_in_the_order_of_resources() -> None:
    model = """
[resources.z_room]
capacity = 1
[resources.a_room]
capacity = 1
[activities.first]
resource = "z_room"
duration = "1 h"
turnaround = "2 h"
routes = "second"
[activities.second]
resource = "a_room"
duration = "1 h"
turnaround = "1 h"
[activities.third]
resource = "z_room"
duration = "1 h"
[referrals.call]
at = ["1 h"]
starts_at = "first"
[referrals.late]
at = ["3 h"]
starts_at = "second"
[referrals.later]
at = ["3 h"]
starts_at = "third"
"""
    # Both rooms are turned round at 4:00, the one that was left first being second by name.
    assert tell(model).rows("starts")[2:] == ["4:00 late#2 starts second", "4:00 later#3 starts third"]


def test_turnarounds_of_several_cases_end_in_the_order_of_case_numbers() -> None:
    rooms = "".join(
        f"""
[resources.{name}_room]
capacity = 1
[activities.{name}]
resource = "{name}_room"
duration = "1 h"
turnaround = "1 h"
[referrals.{call}]
at = ["1 h", "2 h"]
starts_at = "{name}"
"""
        for name, call in (("a", "second"), ("z", "first"))
    )

    assert tell(rooms).rows("starts")[2:] == ["3:00 first#3 starts z", "3:00 second#4 starts a"]


def test_activities_end_in_the_order_of_case_numbers() -> None:
    told = tell(
        """
[referrals.call]
at = ["1 h", "2 h", "3 h"]
starts_at = "talk"
[activities.talk]
duration = { in_order = ["3 h", "2 h", "1 h"] }
"""
    )

    assert told.rows("ready") == [f"4:00 call#{number} ready talk" for number in (1, 2, 3)]


def test_a_place_that_falls_free_at_the_last_second_of_patience_is_in_time() -> None:
    told = tell(
        ONE_DESK
        + 'duration = "3 h"\npatience = "2 h"\n[referrals.call]\nat = ["1 h", "2 h"]\nstarts_at = "service"\n'
    )

    assert told.rows("starts", "gave_up") == ["1:00 call#1 starts service", "4:00 call#2 starts service"]


def test_patience_ends_before_life_does() -> None:
    told = tell(
        FOUR_ADULTS
        + ONE_DESK
        + 'duration = "9 h"\npatience = "2 h"\n[needs.ask]\nrate = "1 per year"\nstarts_at = "service"\n',
        needs=[("1 h", "ask", 0), ("2 h", "ask", 1)],
        life=[("4 h", "dead", 1)],
    )

    assert told.rows("gave_up", "died", "death") == [
        "4:00 ask#2 gave_up service",
        "4:00 person 1 death adults",
    ]


def test_death_comes_before_a_change_of_segment_and_both_before_needs() -> None:
    told = tell(
        FOUR_ADULTS,
        needs=[("4 h", "fall", 0), ("4 h", "fall", 1)],
        life=[("4 h", "frail", 0), ("4 h", "dead", 0), ("4 h", "frail", 1)],
    )

    assert told.rows("death", "becomes", "opened") == [
        "4:00 person 0 death adults",
        "4:00 person 1 becomes frail",
        "4:00 fall#1 opened",
    ]


def test_needs_and_referrals_of_one_second_come_by_name_then_person() -> None:
    model = (
        FOUR_ADULTS
        + """
[needs.ache]
rate = "2 per year"
starts_at = "rest"
[referrals.call]
at = ["4 h"]
starts_at = "rest"
"""
    )

    told = tell(model, needs=[("4 h", "fall", 2), ("4 h", "ache", 3), ("4 h", "fall", 1), ("4 h", "ache", 0)])

    assert [(row, person) for row, person in zip(told.rows("opened"), _persons(told), strict=True)] == [
        ("4:00 ache#1 opened", 0),
        ("4:00 ache#2 opened", 3),
        ("4:00 call#3 opened", -1),
        ("4:00 fall#4 opened", 1),
        ("4:00 fall#5 opened", 2),
    ]


def _persons(told) -> list[int]:  # type: ignore[no-untyped-def]
    log = told.run.log
    return log.person[log.what == 0].tolist()


def test_what_a_need_sets_off_at_its_own_second_is_over_before_the_next_need() -> None:
    told = tell(
        """
[referrals.a]
at = ["1 h"]
starts_at = "glance"
[referrals.b]
at = ["1 h"]
starts_at = "glance"
[activities.glance]
duration = "0 min"
"""
    )

    assert told.rows("opened", "exits") == [
        "1:00 a#1 opened",
        "1:00 a#1 exits",
        "1:00 b#2 opened",
        "1:00 b#2 exits",
    ]


TWO_KINDS_OF_BED = """
[segments.adults]
people = 6
becomes = { dead = "0.1 per year" }
[resources.apple]
capacity = 1
[resources.zebra]
capacity = 2
[activities.in_apple]
resource = "apple"
duration = "20 h"
[activities.in_zebra]
resource = "zebra"
duration = "20 h"
[needs.apples]
rate = "1 per year"
starts_at = "in_apple"
one_at_a_time = false
[needs.zebras]
rate = "1 per year"
starts_at = "in_zebra"
one_at_a_time = false
"""


def test_what_one_event_frees_is_offered_in_the_order_of_freeing_each_until_nobody_may_start() -> None:
    told = tell(
        TWO_KINDS_OF_BED,
        needs=[
            ("1 h", "zebras", 0),
            ("2 h", "apples", 0),
            ("3 h", "zebras", 0),
            ("4 h", "apples", 1),
            ("5 h", "zebras", 2),
            ("6 h", "zebras", 3),
        ],
        life=[("9 h", "dead", 0)],
    )

    assert [row for row in told.rows("starts") if row.startswith("9:00")] == [
        "9:00 zebras#5 starts in_zebra",
        "9:00 zebras#6 starts in_zebra",
        "9:00 apples#4 starts in_apple",
    ]


def test_a_start_that_lets_go_of_a_kept_place_puts_that_resource_on_offer() -> None:
    told = tell(
        """
[referrals.patient]
at = ["1 h", "2 h", "3 h"]
starts_at = "ae"
[resources.beds]
capacity = 1
[resources.cubicles]
capacity = 1
[activities.ae]
resource = "cubicles"
duration = "1 h"
keeps_place_until_next = "starts"
routes = "ward"
[activities.ward]
resource = "beds"
duration = "5 h"
"""
    )

    assert [row for row in told.rows("leaves", "starts") if row.startswith("7:00")] == [
        "7:00 patient#1 leaves ward",
        "7:00 patient#2 leaves ae",
        "7:00 patient#2 starts ward",
        "7:00 patient#3 starts ae",
    ]


def test_the_file_of_a_model_compiles_to_names_in_order() -> None:
    assert compiled(TWO_KINDS_OF_BED).names.resources == ("apple", "zebra")
