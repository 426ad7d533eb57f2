"""Diversions and step-downs: cases sent another way if a place is free there and then."""

import pytest
from telling import Told, compiled, span, tell

AE = """
[segments.adults]
people = 400
[needs.fall]
rate = "2 per year"
starts_at = "ae"
[resources.virtual_beds]
capacity = BEDS
[activities.ae]
duration = "1 h"
routes = { ward = SHARE, exit = REST }
[activities.ward]
duration = "10 h"
[activities.virtual_ward]
resource = "virtual_beds"
duration = "20 h"
[interventions.vw]
starts = START
[[interventions.vw.effects]]
"""
FALLS = [("1 h", "fall", 0), ("2 h", "fall", 1), ("3 h", "fall", 2)]


def ae(effect: str, *, beds: int = 1, ward: float = 1.0, start: str = "0 h") -> str:
    """Give an A&E before a ward, with an intervention."""
    text = AE.replace("BEDS", str(beds)).replace("SHARE", str(ward)).replace("REST", str(round(1 - ward, 6)))
    return text.replace("START", f'"{start}"') + effect


def ways(told: Told) -> dict[int, str]:
    """Give where each case goes last."""
    return {int(row.split("#")[1].split()[0]): row.split()[-1] for row in told.rows("arrives")}


DIVERTS = 'diverts = { at = "ae", from = "ward", to = "virtual_ward", share = 1 }\nfor = "everyone"\n'


def test_a_case_is_diverted_only_if_a_place_is_free_there_and_then() -> None:
    told = tell(ae(DIVERTS), needs=FALLS, on=["vw"])

    assert told.rows("starts") == [
        "1:00 fall#1 starts ae",
        "2:00 fall#1 starts virtual_ward",
        "2:00 fall#2 starts ae",
        "3:00 fall#2 starts ward",
        "3:00 fall#3 starts ae",
        "4:00 fall#3 starts ward",
    ]
    assert told.run.enrolments.offered.sum() == 3
    assert told.run.enrolments.moved.sum() == 1
    assert told.run.needs.displaced.sum() == 1


def test_nobody_is_diverted_before_the_intervention_starts() -> None:
    told = tell(ae(DIVERTS, beds=9, start="150 min"), needs=FALLS, on=["vw"])

    assert ways(told) == {1: "ward", 2: "virtual_ward", 3: "virtual_ward"}


def many(number: int) -> list[tuple[str, str, int]]:
    """Give a fall a minute, of a person each."""
    return [(f"{minute} min", "fall", minute) for minute in range(number)]


def test_a_share_is_diverted_and_everybody_else_goes_as_before() -> None:
    model = ae(DIVERTS.replace("share = 1", "share = 0.3"), beds=400, ward=0.5)
    before, after = (ways(tell(model, needs=many(400), on=on)) for on in ([], ["vw"]))

    moved = {case for case in before if before[case] != after[case]}
    chose = {case for case in before if before[case] == "ward"}

    assert moved < chose
    assert {after[case] for case in moved} == {"virtual_ward"}
    assert 0.2 < len(moved) / len(chose) < 0.4


def test_substitution_says_which_of_those_taken_would_have_gone_there() -> None:
    effect = DIVERTS.replace("share = 1", "share = 0.6") + "substitution = 0.75\n"
    model = ae(effect, beds=400, ward=0.5)
    before, after = (ways(tell(model, needs=many(400), on=on)) for on in ([], ["vw"]))

    moved = [before[case] for case in before if before[case] != after[case]]

    assert moved.count("ward") / len(moved) == pytest.approx(0.75, abs=0.12)
    assert set(moved) == {"ward", "ae"}


def test_a_ramp_scales_the_share_diverted_by_the_same_draw() -> None:
    half = ae(DIVERTS, beds=400).replace(
        'starts = "0 h"\n', 'starts = "0 h"\nramp = [["0 years", 0.5], ["1 year", 0.5]]\n'
    )
    full = ae(DIVERTS.replace("share = 1", "share = 0.9"), beds=400)
    some, most = (
        {case for case, way in ways(tell(model, needs=many(300), on=["vw"])).items() if way == "virtual_ward"}
        for model in (half, full)
    )

    assert some < most
    assert 110 < len(some) < 190


STEPS_DOWN = 'step_down = { from = "ward", to = "virtual_ward", last = "4 h", share = 1 }\nfor = "everyone"\n'


def test_the_last_of_a_stay_that_leads_home_is_spent_elsewhere_if_a_place_is_free_then() -> None:
    told = tell(ae(STEPS_DOWN), needs=FALLS, on=["vw"])

    assert [row for row in told.rows("starts", "leaves") if not row.endswith(" ae")] == [
        "2:00 fall#1 starts ward",
        "3:00 fall#2 starts ward",
        "4:00 fall#3 starts ward",
        "8:00 fall#1 leaves ward",
        "8:00 fall#1 starts virtual_ward",
        "12:00 fall#1 leaves virtual_ward",
        "13:00 fall#2 leaves ward",
        "14:00 fall#3 leaves ward",
    ]


def test_one_that_steps_down_leaves_when_it_would_have_left() -> None:
    told = tell(ae(STEPS_DOWN, beds=9), needs=FALLS, on=["vw"])

    assert told.rows("exits") == [f"{hour}:00 fall#{hour - 11} exits" for hour in (12, 13, 14)]
    assert sum("virtual_ward" in row for row in told.rows("starts")) == 3


def test_a_stay_that_leads_elsewhere_does_not_step_down() -> None:
    model = ae(STEPS_DOWN, beds=9).replace(
        'duration = "10 h"\n',
        'duration = "10 h"\nroutes = "home_care"\n[activities.home_care]\nduration = "1 h"\n',
    )

    told = tell(model, needs=FALLS, on=["vw"])

    assert not any("virtual_ward" in row for row in told.rows("starts"))
    assert told.run.enrolments.offered.sum() == 0


def test_a_stay_no_longer_than_the_last_of_it_does_not_step_down() -> None:
    told = tell(ae(STEPS_DOWN.replace("4 h", "10 h"), beds=9), needs=FALLS, on=["vw"])

    assert not any("virtual_ward" in row for row in told.rows("starts"))


INTERRUPTED = """
[segments.adults]
people = 1
[needs.fall]
rate = "2 per year"
starts_at = "ward"
[needs.frailty]
rate = "2 per year"
starts_at = "home_care"
[resources.calls]
capacity = [["0 days", 0], ["4 h", 1]]
[activities.ward]
duration = "20 h"
resident = true
[activities.home_care]
duration = "5 h"
interrupted_to = "call"
[activities.call]
resource = "calls"
duration = "2 h"
also_in_bed = true
[activities.letter]
duration = "1 h"
also_in_bed = true
[interventions.vw]
""" + "".join(
    f"""[[interventions.vw.effects]]
step_down = {{ from = "{place}", to = "letter", last = "2 h", share = 1 }}
for = "everyone"
"""
    for place in ("home_care", "call")
)


def test_a_stay_that_begins_when_the_one_before_would_have_stepped_down_does_not() -> None:
    told = tell(INTERRUPTED, needs=[("1 h", "frailty", 0), ("2 h", "fall", 0)], on=["vw"])

    assert told.rows("starts", "leaves")[3:5] == ["4:00 frailty#1 starts call", "6:00 frailty#1 leaves call"]


def test_the_last_of_a_stay_is_a_second_at_least() -> None:
    assert compiled(ae(STEPS_DOWN.replace("4 h", "0.2 s")), on=["vw"]).moves.last_seconds.tolist() == [1]


def test_a_place_in_a_bed_freed_by_stepping_down_is_offered_at_once() -> None:
    model = ae(STEPS_DOWN, beds=9).replace(
        "[activities.ward]\n", '[resources.beds]\ncapacity = 1\n[activities.ward]\nresource = "beds"\n'
    )

    told = tell(model, needs=FALLS[:2], on=["vw"], window=span("2 days"))

    assert [row for row in told.rows("starts") if row.endswith("ward")] == [
        "2:00 fall#1 starts ward",
        "8:00 fall#1 starts virtual_ward",
        "8:00 fall#2 starts ward",
        "14:00 fall#2 starts virtual_ward",
    ]
