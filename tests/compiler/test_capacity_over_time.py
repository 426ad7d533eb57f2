"""Steps, timetables, added places and effects become one list of changes of capacity."""

from fractions import Fraction

from compiler.models import DAY, TWO

from simulator.compiler.program import NO_LIMIT
from simulator.compiler.timeline import Capacity, Change, levels

HOUR = 3600


def changes(program) -> list[tuple[int, int]]:
    """List the changes of the beds, the capacity at the start first."""
    resources = program.resources
    later = zip(resources.change_second.tolist(), resources.change_capacity.tolist(), strict=True)
    return [(0, int(resources.capacity[0])), *later]


def with_capacity(capacity: str, more: str = "") -> str:
    """Give the model of two activities with another capacity."""
    return TWO.replace("capacity = 10", f"capacity = {capacity}") + more


def test_steps_count_from_the_first_day_and_the_first_holds_before_it(compile_text) -> None:
    text = with_capacity('[["0 days", 130], ["9 days", 138]]')

    assert changes(compile_text(text, warm_up_days=7)) == [(0, 130), (16 * DAY, 138)]


def test_a_timetable_opens_and_closes_on_the_days_of_the_calendar(compile_text) -> None:
    office = '[timetables.office]\nweekdays = ["08:00-18:30"]'
    text = with_capacity('{ number = 22, timetable = "office" }', office)

    found = changes(compile_text(text, horizon_days=7))

    opens, closes = 8 * HOUR, 18 * HOUR + 1800
    open_days = (0, 1, 2, 3, 6)  # from Tuesday; Saturday and Sunday closed
    expected = [(0, 0)]
    for day in open_days:
        expected += [(day * DAY + opens, 22), (day * DAY + closes, 0)]
    assert found == expected


def test_part_of_a_capacity_may_be_open_at_night(compile_text) -> None:
    hours = '[timetables.hours]\nevery_day = [["00:00-08:00", 0.5], "08:00-24:00"]'
    text = with_capacity('{ number = 10, timetable = "hours" }', hours)

    found = changes(compile_text(text, horizon_days=2))

    assert found == [(0, 5), (8 * HOUR, 10), (DAY, 5), (DAY + 8 * HOUR, 10)]


def test_an_intervention_adds_places_at_full_strength_while_it_runs(compile_text) -> None:
    scheme = """
[interventions.scheme]
starts = "7 days"
ends = "14 days"
ramp = { linear = "1 year" }
adds = [{ resource = "beds", capacity = 4 }]
"""

    assert changes(compile_text(TWO + scheme, on=["scheme"])) == [(0, 10), (7 * DAY, 14), (14 * DAY, 10)]


def test_an_effect_on_capacity_grows_with_the_ramp_in_whole_places(compile_text) -> None:
    scheme = """
[interventions.scheme]
ramp = { linear = "20 days" }
[[interventions.scheme.effects]]
times = "resources.beds.capacity"
value = 1.5
"""

    # Strength 0, 0.3, 0.65, 1 from Tuesday on: 10, 11.5, 13.25, 15.
    assert changes(compile_text(TWO + scheme, on=["scheme"])) == [
        (0, 10),
        (6 * DAY, 11),
        (13 * DAY, 13),
        (20 * DAY, 15),
    ]


def test_factors_come_before_additions_and_nothing_falls_below_nought() -> None:
    double = Change(is_factor=True, seconds=(10,), by=(2.0,), last=30)
    less = Change(is_factor=False, seconds=(20,), by=(-25.0,), last=30)
    beds = Capacity(steps=((0, Fraction(10)),), changes=(less, double))

    assert levels(beds, end_second=40, population_share=Fraction(1)) == [(0, 10), (10, 20), (20, 0), (30, 10)]


def test_what_is_unlimited_stays_so() -> None:
    more = Change(is_factor=False, seconds=(10,), by=(5.0,), last=30)

    found = levels(Capacity(steps=((0, None),), changes=(more,)), end_second=40, population_share=Fraction(1))

    assert found == [(0, NO_LIMIT)]


def test_a_reserve_keeps_places_free_from_those_it_is_against(compile_text) -> None:
    text = TWO.replace(
        "capacity = 10", 'capacity = 10\nroom = 3\nreserved = { places = 2, against = ["stroke"] }'
    )

    program = compile_text(text)

    assert program.resources.free_needed.tolist() == [[2]]
    assert program.resources.room.tolist() == [3]


def test_what_is_added_to_a_share_of_a_place_is_at_least_one_more() -> None:
    added = Change(is_factor=False, seconds=(100,), by=(25.0,), last=10_000)
    beds = Capacity(steps=((0, Fraction(61)),), changes=(added,))

    assert levels(beds, end_second=200, population_share=Fraction(1, 50)) == [(0, 2), (100, 3)]
    assert levels(beds, end_second=200, population_share=Fraction(1)) == [(0, 61), (100, 86)]
