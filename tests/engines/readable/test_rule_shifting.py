"""Places are moved to where they are most needed, after notice, down to what each must keep."""

import pytest
from telling import Told, span, tell

from simulator.engines.records import AVAILABLE_AREA

WARDS = """
[resources.beds_a]
capacity = 10
[resources.beds_b]
capacity = CAPACITY_B
[resources.beds_c]
capacity = 10
[referrals.ill]
at = TIMES
starts_at = "ward_b"
[activities.ward_a]
resource = "beds_a"
duration = "1 h"
[activities.ward_b]
resource = "beds_b"
duration = "30 days"
[activities.ward_c]
resource = "beds_c"
duration = "1 h"
[referrals.other]
at = ["1 h"]
starts_at = { ward_a = 0.5, ward_c = 0.5 }
[timetables.office]
every_day = ["08:00-20:00"]
[interventions.collaborative]
starts = "0 h"
ENDS
[[interventions.collaborative.effects]]
moves = { from = ["beds_a", "beds_b", "beds_c"], to = "longest queue", every = "1 day", RULE }
"""
DAYS = span("6 days")


def wards(rule: str, *, patients: int = 9, capacity: str = "1", ends: str = "") -> str:
    """Give three wards of which one is short, that move places under some rule."""
    times = "[" + ", ".join(['"2 h"'] * patients) + "]"
    text = WARDS.replace("RULE", rule).replace("TIMES", times).replace("CAPACITY_B", capacity)
    return text.replace("ENDS", ends)


def beds(told: Told, name: str) -> list[float]:
    """Give the mean places of each day."""
    return [area / 86_400 for area in told.resource(name, AVAILABLE_AREA)]


def test_places_go_where_most_wait_from_those_who_need_them_least() -> None:
    told = tell(wards("places = 2, floor = 0.5"), on=["collaborative"], window=DAYS)

    assert beds(told, "beds_b") == [1, 3, 5, 7, 9, 9]
    assert beds(told, "beds_a") == [10, 8, 6, 5, 5, 5]
    assert beds(told, "beds_c") == [10, 10, 10, 9, 7, 7]


def test_no_member_goes_below_its_floor() -> None:
    told = tell(wards("places = 9, floor = 0.8", patients=99), on=["collaborative"], window=DAYS)

    assert beds(told, "beds_a")[-1] == beds(told, "beds_c")[-1] == 8
    assert beds(told, "beds_b") == [1, 5, 5, 5, 5, 5]


def test_places_are_moved_after_notice() -> None:
    rule = 'places = 2, floor = 0.8, notice = "12 h"'

    told = tell(wards(rule, patients=3), on=["collaborative"], window=DAYS)

    assert beds(told, "beds_b")[:3] == [1, 2, 3]


def test_all_places_go_back_when_the_intervention_ends() -> None:
    told = tell(
        wards('places = 2, floor = 0.5, notice = "12 h"', ends='ends = "3 days"'),
        on=["collaborative"],
        window=DAYS,
    )

    assert [beds(told, f"beds_{ward}")[3:] for ward in "abc"] == [[10] * 3, [1] * 3, [10] * 3]


def test_a_closed_resource_stays_closed_whatever_is_moved_there() -> None:
    office = '{ number = 2, timetable = "office" }'

    told = tell(wards("places = 2, floor = 0.8", capacity=office), on=["collaborative"], window=DAYS)

    assert beds(told, "beds_b")[:2] == [1, 2]


def test_nobody_is_thrown_out_of_a_place_that_is_moved_away() -> None:
    model = (
        wards("places = 4, floor = 0", patients=12)
        .replace('duration = "1 h"', 'duration = "30 days"')
        .replace('at = ["1 h"]', 'at = ["1 h", "1 h", "1 h", "1 h", "1 h", "1 h", "1 h", "1 h", "1 h"]')
    )

    told = tell(model, on=["collaborative"], window=DAYS)

    assert len(told.rows("leaves")) == 0


@pytest.mark.parametrize("towards", ["longest wait", "greatest harm"])
def test_waits_may_say_where_places_are_needed(towards: str) -> None:
    model = wards("places = 1, floor = 0.9", patients=2).replace("longest queue", towards)

    assert beds(tell(model, on=["collaborative"], window=DAYS), "beds_b")[:2] == [1, 2]


def test_harm_counts_only_what_is_waited_beyond() -> None:
    model = wards('places = 1, floor = 0.9, beyond = "3 days"', patients=2)

    told = tell(model.replace("longest queue", "greatest harm"), on=["collaborative"], window=DAYS)

    assert beds(told, "beds_b")[:5] == [1, 1, 1, 1, 2]


UNLIKE = """
[resources]
beds_a = { capacity = 1 }
beds_b = { capacity = 1 }
beds_c = { capacity = 9 }
[referrals.few]
at = ["2 h", "2 h", "2 h"]
starts_at = "ward_a"
[referrals.many]
at = ["2 h", "2 h", "2 h", "2 h", "2 h", "2 h"]
starts_at = "ward_b"
[activities]
ward_a = { resource = "beds_a", duration = "30 days" }
ward_b = { resource = "beds_b", duration = "30 days" }
[interventions.collaborative]
starts = "0 h"
[[interventions.collaborative.effects]]
[interventions.collaborative.effects.moves]
from = ["beds_a", "beds_b", "beds_c"]
to = "greatest harm"
places = 2
every = "1 day"
floor = 0.5
"""
HARM = """
[harms.waiting_HERE]
setting = "list"
dose = { waiting_for = ["ward_HERE"] }
expected_deaths = "RATE per year"
"""


def harm(ward: str, rate: float) -> str:
    """Say what a year of waiting for a ward does."""
    return HARM.replace("HERE", ward).replace("RATE", str(rate))


@pytest.mark.parametrize(
    ("harms", "first"),
    [
        ("", "beds_b"),  # five wait there, two for the other
        (harm("a", 0), "beds_b"),
        (harm("a", 0.1), "beds_a"),
        (harm("a", 0.1) + harm("b", 0.03), "beds_a"),  # 2 x 0.1 against 5 x 0.03
        (harm("a", 0.1) + harm("b", 0.05), "beds_b"),
    ],
)
def test_the_greatest_harm_is_what_the_harms_say_of_waiting_and_time_where_they_say_nothing(
    harms: str, first: str
) -> None:
    told = tell(UNLIKE + harms, on=["collaborative"], window=span("3 days"))

    other = {"beds_a": "beds_b", "beds_b": "beds_a"}[first]
    assert beds(told, first)[1] == 3
    assert beds(told, other)[1] == 1


OF_SOME = 'dose = { waiting_for = ["ward_a", "ward_b"], of = { groups = ["NAME"] } }'


@pytest.mark.parametrize(("who", "first"), [("few", "beds_a"), ("many", "beds_b"), ("away", "beds_b")])
def test_a_harm_of_some_groups_counts_the_waits_of_these_alone(who: str, first: str) -> None:
    only = harm("a", 0.1).replace('dose = { waiting_for = ["ward_a"] }', OF_SOME.replace("NAME", who))
    away = (
        '[referrals.away]\nat = ["2 h"]\nstarts_at = "elsewhere"\n[activities.elsewhere]\nduration = "1 h"\n'
    )

    told = tell(UNLIKE + away + only, on=["collaborative"], window=span("3 days"))

    assert beds(told, first)[1] == (1 if who == "away" else 3)  # it harms nobody who waits: nothing moves
