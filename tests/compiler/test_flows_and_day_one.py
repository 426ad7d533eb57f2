"""Flows in balance, the load they make, and who is there on day one."""

import numpy as np
import pytest
from compiler.models import DAY, PEOPLE, TWO

from simulator.compiler.expectations import arrivals_a_day, expected_deaths, expected_load, mean_capacity
from simulator.compiler.flows import baseline_flows
from simulator.compiler.program import ABSENT, STEADY
from simulator.errors import CompileError
from simulator.units import SECONDS_A_YEAR

BACK = TWO.replace('duration = "8 days"', 'duration = "8 days"\nroutes = { acute = 0.4, exit = 0.6 }')


def test_visits_solve_the_traffic_equations(compile_text) -> None:
    program = compile_text(BACK)

    visits = baseline_flows(program).visits.sum(axis=1) * DAY

    # x = 1 + 0.4 y, y = 0.25 x.
    assert visits.tolist() == pytest.approx([1 / 0.9, 0.25 / 0.9])


def test_load_is_visits_times_stay(compile_text) -> None:
    program = compile_text(BACK)

    assert expected_load(program).tolist() == pytest.approx([4 / 0.9])
    assert mean_capacity(program).tolist() == [10.0]


def test_load_counts_turning_round_and_what_is_done_in_the_place_held(compile_text) -> None:
    text = TWO.replace('duration = "4 days"', 'duration = "4 days"\nturnaround = "6 hours"').replace(
        'duration = "8 days"', 'duration = "8 days"\nholds = "previous"'
    )

    assert expected_load(compile_text(text)).tolist() == pytest.approx([4 + 0.25 + 0.25 * 8])


def test_load_takes_the_stay_of_each_route_where_they_differ(compile_text) -> None:
    text = TWO.replace(
        'duration = "4 days"', 'duration = "4 days"\nduration_by_route = { rehab = "12 days" }'
    )

    assert expected_load(compile_text(text)).tolist() == pytest.approx([0.75 * 4 + 0.25 * 12])


def test_who_dies_at_home_goes_nowhere_after(compile_text) -> None:
    text = PEOPLE.replace("routes = { ward = 0.3, exit = 0.7 }", 'routes = "care"')
    text += '[activities.care]\nduration = "365.25 days"\nroutes = "ward"\n'

    visits = baseline_flows(compile_text(text)).visits

    # Activities ae, care, ward; segments care_home, frail, well. The frail die at 0.2 a year.
    assert visits[2].tolist()[1:3] == pytest.approx([visits[1, 1] / 1.2, visits[1, 2]])


def test_a_closed_resource_counts_as_nought(compile_text) -> None:
    text = TWO.replace("capacity = 10", 'capacity = { number = 10, timetable = "half" }')
    text += '[timetables.half]\nevery_day = ["00:00-12:00"]'

    assert mean_capacity(compile_text(text)).tolist() == pytest.approx([5.0])


def test_demand_above_capacity_is_flagged_and_compiled(check) -> None:
    found = check(TWO.replace("capacity = 10", "capacity = 3"))

    assert found.program.rows > 0
    assert [note.path for note in found.notes] == ["resources.beds.capacity"]
    assert "4 places asked for, above the mean of 3" in found.notes[0].text


def test_enough_capacity_is_not_flagged(check) -> None:
    assert check(TWO).notes == ()


def test_needs_are_counted_by_people_and_locality(compile_text) -> None:
    arrivals = arrivals_a_day(compile_text(PEOPLE))

    yearly = (9000 * 0.1 + 1000 * 0.4) * (0.3 * 2 + 0.7)
    assert arrivals["illness"] * SECONDS_A_YEAR / DAY == pytest.approx(yearly)


def test_deaths_are_told_apart_by_hazard_and_by_route(compile_text) -> None:
    deaths = expected_deaths(compile_text(PEOPLE))

    of_frail = 1000 * 0.4 * 1.3 * 0.3 * 0.1
    assert deaths.inside == pytest.approx(of_frail, rel=1e-6)
    assert 195 < deaths.outside < 200


def test_who_is_there_comes_from_the_groups_in_proportion(compile_text) -> None:
    text = PEOPLE.replace('duration = "5 days"', 'duration = { frail = "10 days", otherwise = "5 days" }')
    text = text.replace(
        "resident = true\nroutes = { frail", "resident = true\npresent_at_start = 12\nroutes = { frail"
    )

    program = compile_text(text)

    ward = program.names.activities.index("ward")
    shares = np.diff(program.day_one.group_cumulative[ward], prepend=0)
    frail, well = program.names.segments.index("frail"), program.names.segments.index("well")
    assert program.day_one.present[ward] == 12
    assert shares[frail] / shares[well] == pytest.approx(400 * 10 / (900 * 5))


def test_steady_is_drawn_with_the_mean_of_the_flows(compile_text) -> None:
    text = TWO.replace('resource = "beds"', 'resource = "beds"\npresent_at_start = "steady"')

    day_one = compile_text(text).day_one

    assert day_one.present.tolist() == [STEADY, 0]
    assert day_one.present_mean.tolist() == pytest.approx([4.0, 2.0])


def test_what_remains_of_a_constant_stay_is_half_of_it_on_average(compile_text) -> None:
    text = TWO.replace('resource = "beds"', 'resource = "beds"\npresent_at_start = 5')

    program = compile_text(text)

    law = program.day_one.remaining_law
    assert program.laws.mean[law[0, 0]] == pytest.approx(2 * DAY)
    assert law[1].tolist() == [ABSENT]


def test_what_remains_is_a_mixture_where_the_route_is_drawn_on_entry(compile_text) -> None:
    text = TWO.replace(
        'resource = "beds"',
        'resource = "beds"\npresent_at_start = 5\nduration_by_route = { rehab = "12 days" }',
    )

    program = compile_text(text)

    # E[S²] ÷ 2E[S] with S = 4 days by three quarters, 12 by one.
    remaining = (0.75 * 16 + 0.25 * 144) / (2 * 6)
    assert program.activities.route_first.tolist() == [True, False]
    assert program.laws.mean[program.day_one.remaining_law[0, 0]] == pytest.approx(remaining * DAY, rel=1e-3)


def test_those_who_wait_at_the_start_have_waited_by_their_own_law(compile_text) -> None:
    text = TWO.replace(
        'resource = "beds"',
        'resource = "beds"\nwaiting_at_start = { number = 9, waited = { expon = { mean = "3 weeks" } } }',
    )

    program = compile_text(text)

    assert program.day_one.waiting.tolist() == [9, 0]
    assert program.laws.mean[program.day_one.waited_law[0]] == pytest.approx(21 * DAY)


def test_there_may_be_people_on_day_one_whom_no_need_follows(compile_text) -> None:
    text = TWO.replace('"1 per day"', '"0 per day"').replace(
        'resource = "beds"', 'resource = "beds"\npresent_at_start = 5'
    )

    program = compile_text(text)

    assert program.day_one.group_cumulative[0, -1] == 1.0
    assert (program.activities.row[0] >= 0).any()


def test_people_of_day_one_where_nobody_can_come_are_a_located_fault(compile_text) -> None:
    closing = """
[resources.old_beds]
capacity = 5
[activities.old_ward]
resource = "old_beds"
duration = { expon = { mean = "9 days" } }
present_at_start = 3
"""

    with pytest.raises(CompileError, match=r"old_ward\.present_at_start: nothing says of what class"):
        compile_text(TWO + closing)
