"""Enrolment: who, when, in what order, for how long."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
from telling import SaidDemand, Told, span, tell

CLUB = """
[localities.east]
share = 0.5
[localities.west]
share = 0.5
[segments.adults]
people = PEOPLE
becomes = { dead = "0.1 per year" }
[needs.fall]
rate = "2 per year"
starts_at = "rest"
one_at_a_time = false
[activities.rest]
duration = "1 h"
[interventions.club]
"""
FOUR_WEEKS = span("4 weeks")
YEAR_BEFORE = span("14 weeks", warm_up="52 weeks")
FIFTH_QUARTER_BEFORE = span("1 week", warm_up="65 weeks")


def club(rules: str, *, people: int = 6) -> str:
    """Give a place with a club of these rules."""
    return CLUB.replace("PEOPLE", str(people)) + rules


def enrolled(told: Told) -> set[int]:
    """Give everybody who was ever enrolled."""
    return set(told.run.enrolments.person.tolist())


def times(rows: list[str]) -> list[str]:
    """Give the times of some rows."""
    return [row.split()[0] for row in rows]


def test_as_many_are_enrolled_on_a_monday_as_there_are_places() -> None:
    told = tell(club("places = 2\n"), needs=[], on=["club"], window=FOUR_WEEKS)

    assert times(told.rows("enrolled")) == ["0:00", "0:00"]


def test_as_many_are_enrolled_a_week_as_enrolments_allow() -> None:
    told = tell(club('places = 3\nenrolments = "1 per week"\n'), needs=[], on=["club"], window=FOUR_WEEKS)

    assert times(told.rows("enrolled")) == ["0:00", "168:00", "336:00"]


def test_part_of_a_person_is_carried_from_week_to_week() -> None:
    told = tell(club('enrolments = "0.4 per week"\n'), needs=[], on=["club"], window=span("8 weeks"))

    # 0.4, 0.8, 1.2, 1.6, 2.0, 2.4, 2.8, 3.2: a whole one more at the third, fifth and eighth Monday.
    assert times(told.rows("enrolled")) == ["336:00", "672:00", "1176:00"]


def test_a_small_share_of_the_population_enrols_as_small_a_share() -> None:
    window = replace(span("20 weeks"), population_share=Fraction(1, 10))

    told = tell(club('enrolments = "3 per week"\n', people=200), needs=[], on=["club"], window=window)

    assert len(enrolled(told)) == 6


def test_what_a_week_allows_and_nobody_uses_is_not_carried_over() -> None:
    model = club('enrolments = "1.5 per week"\neligible = { segments = ["frail"] }\n')
    grown_frail = [(f"{15 + person} days", "frail", person) for person in range(6)]
    model = (
        model.replace("becomes = {", 'becomes = { frail = "0.1 per year",') + "[segments.frail]\npeople = 0\n"
    )

    told = tell(model, needs=[], life=grown_frail, on=["club"], window=FOUR_WEEKS)

    assert times(told.rows("enrolled")) == ["504:00", "504:00"]


def test_nobody_is_enrolled_before_the_first_monday_after_the_start() -> None:
    told = tell(club('places = 1\nstarts = "1 day"\n'), needs=[], on=["club"], window=FOUR_WEEKS)

    assert times(told.rows("enrolled")) == ["168:00"]


def test_a_stay_in_the_scheme_ends_and_its_place_is_filled_the_next_monday() -> None:
    told = tell(club('places = 1\nstays = "10 days"\n', people=1), needs=[], on=["club"], window=FOUR_WEEKS)

    assert told.rows("enrolled", "left_enrolment") == [
        "0:00 person 0 enrolled club",
        "240:00 person 0 left_enrolment club",
        "336:00 person 0 enrolled club",
        "576:00 person 0 left_enrolment club",
    ]
    assert told.run.enrolments.nth.tolist() == [0, 1]
    assert told.run.enrolments.enrolled_area.sum() == 20 * 86_400


def test_a_stay_that_ends_on_a_monday_leaves_its_place_to_that_monday() -> None:
    told = tell(
        club('places = 1\nstays = "7 days"\n', people=1), needs=[], on=["club"], window=span("15 days")
    )

    assert times(told.rows("enrolled", "left_enrolment")) == ["0:00", "168:00", "168:00", "336:00", "336:00"]


def test_death_ends_an_enrolment_and_leaves_the_place() -> None:
    told = tell(
        club("places = 1\n", people=1), needs=[], life=[("30 h", "dead", 0)], on=["club"], window=FOUR_WEEKS
    )

    assert told.rows() == [
        "0:00 person 0 enrolled club",
        "30:00 person 0 death adults",
        "30:00 person 0 left_enrolment club",
    ]


def test_the_end_of_an_intervention_ends_all_its_enrolments() -> None:
    told = tell(club('places = 2\nends = "9 days"\n'), needs=[], on=["club"], window=FOUR_WEEKS)

    assert times(told.rows("left_enrolment")) == ["216:00", "216:00"]
    assert len(told.rows("enrolled")) == 2


def test_uptake_is_one_draw_for_life() -> None:
    told = tell(club("uptake = 0.3\n", people=300), needs=[], on=["club"], window=FOUR_WEEKS)

    assert set(times(told.rows("enrolled"))) == {"0:00"}
    assert 60 <= len(enrolled(told)) <= 120


def test_who_takes_up_does_not_depend_on_when_they_are_asked() -> None:
    early, late = (
        enrolled(
            tell(
                club(f'uptake = 0.3\nstarts = "{starts}"\n', people=300),
                needs=[],
                on=["club"],
                window=FOUR_WEEKS,
            )
        )
        for starts in ("0 s", "2 weeks")
    )

    assert early == late


def test_who_takes_up_at_a_low_uptake_takes_up_at_a_higher_one() -> None:
    low, high = (
        enrolled(tell(club(f"uptake = {share}\n", people=300), needs=[], on=["club"], window=span("1 day")))
        for share in (0.3, 0.6)
    )

    assert low < high


def test_uptake_differs_by_locality() -> None:
    model = club("uptake = 1\n", people=100).replace(
        "[localities.west]\nshare = 0.5", "[localities.west]\nshare = 0.5\nuptake_times = 0"
    )

    told = tell(model, needs=[], on=["club"], window=span("1 day"))

    east = told.program.names.localities.index("east")
    demand = SaidDemand(told.program, needs=[])
    lives_in = told.program.people.home_locality[demand.home]
    assert enrolled(told) == set(np.flatnonzero(lives_in == east).tolist())


def test_only_the_eligible_are_enrolled() -> None:
    model = club('uptake = 1\neligible = { segments = ["frail"] }\n') + "[segments.frail]\npeople = 3\n"

    told = tell(model, needs=[], on=["club"], window=span("1 day"))

    assert enrolled(told) == {6, 7, 8}


USE = 'uptake = 1\neligible = { recent_use = { needs = ["fall"], at_least = 2, within = "4 quarters" } }\n'


def test_those_with_the_most_recent_use_are_enrolled_first() -> None:
    falls = [("5 weeks", "fall", 1), ("6 weeks", "fall", 1), ("7 weeks", "fall", 2)]
    falls += [(f"{week} weeks", "fall", 4) for week in (15, 16, 17)]

    for places, expected in ((1, {4}), (2, {1, 4}), (3, {1, 4})):
        told = tell(club(f"places = {places}\n" + USE), needs=falls, on=["club"], window=YEAR_BEFORE)
        assert enrolled(told) == expected


def test_by_lot_the_most_recent_use_is_no_advantage() -> None:
    falls = [(f"{week} weeks", "fall", 0) for week in range(2, 12)]
    falls += [(f"{week} weeks", "fall", person) for person in range(1, 6) for week in (5, 6)]

    told = tell(club('places = 1\norder = "lot"\n' + USE), needs=falls, on=["club"], window=YEAR_BEFORE)

    assert len(enrolled(told)) == 1
    assert enrolled(told) != {0}


def test_recent_use_is_read_over_the_last_complete_quarters_counted_from_starts() -> None:
    falls = [("8735 h", "fall", 0), ("51 weeks", "fall", 0), ("8735 h", "fall", 1), ("8737 h", "fall", 1)]

    told = tell(club(USE), needs=falls, on=["club"], window=YEAR_BEFORE)

    assert told.rows("enrolled") == [
        "8736:00 person 0 enrolled club",
        "10920:00 person 1 enrolled club",
    ]


def test_use_before_the_last_four_quarters_is_forgotten() -> None:
    falls = [
        ("12 weeks", "fall", 0),
        ("64 weeks", "fall", 0),
        ("14 weeks", "fall", 1),
        ("64 weeks", "fall", 1),
    ]

    told = tell(club(USE), needs=falls, on=["club"], window=FIFTH_QUARTER_BEFORE)

    assert enrolled(told) == {1}


def test_use_by_quarter_and_person_is_kept_for_naive_and_true() -> None:
    falls = [("1 week", "fall", 0), ("14 weeks", "fall", 0), ("53 weeks", "fall", 2)]

    told = tell(club(USE), needs=falls, on=["club"], window=YEAR_BEFORE)

    use = told.run.people.use
    assert told.run.people.use_need.tolist() == [0]
    assert [tuple(place) for place in np.argwhere(use).tolist()] == [(0, 0, 0), (0, 1, 0), (0, 4, 2)]
