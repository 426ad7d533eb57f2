"""Clocks, counts, instants and prices as rows; keeping, alternatives and routes of activities."""

import pytest
from compiler.models import DAY, PEOPLE

from simulator.compiler.program import (
    ABSENT,
    AT_ARRIVAL,
    AT_END,
    AT_LEAVE,
    AT_NEED,
    LEAVES_AT_ONCE,
    TO_ACTIVITY,
    TO_DIED,
    TO_EXIT,
    TO_FIRST_FREE,
    UNTIL_ROOM,
    UNTIL_STARTS,
)

MORE = """
[clocks.four_hour]
starts = "ae.arrival"
stops = ["ae.leave", "ward.end"]
targets = ["4 hours", "12 hours"]
[clocks.all]
starts = "need"
stops = "ward.end"
[counts.midnight]
of = ["resource.cubicles", "activity.ward"]
at = "00:00"
[counts.noon]
of = "activity.ae"
at = "12:00"
[instants]
at = ["2 days", "10 days", "10 days"]
[organisations.city]
[organisations.council]
"""


def test_clocks_keep_their_points_and_targets(compile_text) -> None:
    program = compile_text(PEOPLE + MORE)

    clocks, ae, ward = program.clocks, *map(program.names.activities.index, ("ae", "ward"))
    assert program.names.clocks == ("all", "four_hour")
    assert clocks.start_point.tolist() == [AT_NEED, AT_ARRIVAL]
    assert clocks.start_activity.tolist() == [ABSENT, ae]
    assert clocks.stop_first.tolist() == [0, 1, 3]
    assert clocks.stop_point.tolist() == [AT_END, AT_LEAVE, AT_END]
    assert clocks.stop_activity.tolist() == [ward, ae, ward]
    assert clocks.target_first.tolist() == [0, 0, 2]
    assert clocks.target_seconds.tolist() == [4 * 3600, 12 * 3600]


def test_counts_and_instants_are_by_second(compile_text) -> None:
    counts = compile_text(PEOPLE + MORE).counts

    assert counts.second_of_day.tolist() == [0, DAY // 2]
    assert (counts.resource_first.tolist(), counts.resource.tolist()) == ([0, 1, 1], [0])
    assert (counts.activity_first.tolist(), counts.activity.tolist()) == ([0, 1, 2], [1, 0])
    assert counts.instant_second.tolist() == [2 * DAY, 10 * DAY]


def test_a_count_of_a_resource_in_each_place_is_of_all_of_them(compile_text) -> None:
    text = (PEOPLE + MORE).replace("capacity = 8", 'capacity = 8\neach = "locality"')

    assert compile_text(text).counts.resource.tolist() == [0, 1]


def test_the_owner_pays_unless_the_activity_says_who(compile_text) -> None:
    text = (PEOPLE + MORE).replace("capacity = 8", 'capacity = 8\nowner = "city"')
    text = text.replace(
        'duration = "5 days"',
        'duration = "5 days"\ncost = { day = { frail = "£80", otherwise = "£60" }, payer = "council" }',
    )
    text = text.replace("[activities.ae]", '[activities.ae]\ncost = { contact = "£45" }')

    program = compile_text(text)

    ae, ward = map(program.names.activities.index, ("ae", "ward"))
    frail, well = map(program.names.segments.index, ("frail", "well"))
    assert program.prices.payer[ae].tolist() == [0, ABSENT]
    assert program.prices.payer[ward].tolist() == [1, 1]
    assert program.prices.contact[ae, 0] == 4_500
    assert program.prices.day[ward, [frail, well]].tolist() == [8_000, 6_000]


ONWARD = """
[referrals.fall]
rate = "1 per day"
starts_at = { first_free = ["one", "two"] }
[resources.beds]
capacity = 4
[activities.one]
resource = "beds"
duration = "1 day"
if_full = ["two"]
keeps_place_until_next = { three = "has_room", otherwise = "starts" }
routes = { long = { to = "two", share = 0.2, as = "slow" }, three = 0.3, died = 0.1, exit = 0.4 }
[activities.two]
resource = "beds"
duration = "1 day"
[activities.three]
resource = "beds"
duration = { fall = "1 day", slow = "2 days" }
priority = { fall = 2, otherwise = 5 }
"""


def test_entries_stand_in_order_of_route_name_with_running_shares(compile_text) -> None:
    program = compile_text(ONWARD)

    routes, names = program.routes, program.names
    choice = program.activities.choice[names.activities.index("one"), names.classes.index("fall")]
    rows = slice(routes.first[choice], routes.first[choice + 1])
    assert [names.routes[name] for name in routes.name[rows]] == ["died", "exit", "long", "three"]
    assert routes.kind[rows].tolist() == [TO_DIED, TO_EXIT, TO_ACTIVITY, TO_ACTIVITY]
    assert routes.cumulative[rows].tolist() == pytest.approx([0.1, 0.5, 0.7, 1.0])
    assert routes.klass[rows].tolist() == [-1, -1, names.classes.index("slow"), -1]
    assert routes.cumulative[rows][-1] == 1.0


def test_the_first_free_of_several_is_a_list_in_the_order_written(compile_text) -> None:
    program = compile_text(ONWARD.replace('["one", "two"] }', '["two", "one"] }'))

    entry = program.routes.first[program.referrals.choice[0]]
    assert program.routes.kind[entry] == TO_FIRST_FREE
    assert [program.names.activities[place] for place in program.routes.list_activity] == ["two", "one"]


def test_keeping_is_judged_by_the_next_activity(compile_text) -> None:
    program = compile_text(ONWARD)

    one, two, three = map(program.names.activities.index, ("one", "two", "three"))
    assert program.activities.keeps[one, two] == UNTIL_STARTS
    assert program.activities.keeps[one, three] == UNTIL_ROOM
    assert program.activities.keeps[two].tolist() == [LEAVES_AT_ONCE] * 3
    assert program.activities.alternative.tolist() == [two]


def test_priority_is_by_class_and_rows_are_only_for_cases_that_can_come(compile_text) -> None:
    program = compile_text(ONWARD)

    three, slow = program.names.activities.index("three"), program.names.classes.index("slow")
    assert program.activities.priority[three].tolist() == [2, 5]
    assert program.activities.row[three, slow] == ABSENT
    assert program.rows == len(program.activities.row[program.activities.row >= 0]) * 2


def test_a_case_may_come_in_a_segment_that_its_person_entered_meanwhile(compile_text) -> None:
    only_well = PEOPLE.replace(
        'frail = "0.4 per year", care_home = "1.5 per year"', 'otherwise = "0 per year"'
    )

    program = compile_text(only_well)

    assert program.needs.rate[0].tolist() == pytest.approx([0, 0, 0.1])
    assert (program.activities.row[:, :3] >= 0).all()  # the well grow frail and move to a care home
