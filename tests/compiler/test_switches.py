"""Interventions: weekly strengths, effects, moves, and that what is off leaves no trace."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from compiler.models import DAY, PEOPLE, TWO, window

from simulator.compiler.program import (
    ABSENT,
    FOR_ENROLLED,
    FOR_EVERYONE,
    FOR_SEGMENTS,
    ON_DURATION,
    ON_HAZARD,
    ON_NEED_RATE,
    ON_ROUTE_SHARE,
    PLUS,
    TIMES,
)
from simulator.compiler.weeks import at_points, linear, logistic, week_seconds

SCHEME = """
[interventions.scheme]
starts = "1 week"
"""
VISITS = """
[interventions.visits]
starts = 2025-04-07
uptake = 0.8
places = 25
enrolments = "6 per week"
eligible = { segments = ["frail"], localities = ["east"] }
cost = { set_up = "£250", place_year = "£47k", enrolment = "£180" }
adds = [{ need = "illness", rate = "12 per year", for = "enrolled" }]
[[interventions.visits.effects]]
times = "needs.illness.rate"
by_year = { 1 = 1.03, 3 = 0.98, 5 = 0.95 }
[[interventions.visits.effects]]
plus = "activities.ward.duration"
value = "-12 hours"
for = "everyone"
[[interventions.visits.effects]]
times = "segments.frail.becomes.dead"
value = 0.9
for = ["frail"]
[[interventions.visits.effects]]
times = "activities.ae.routes.ward"
value = 0.8
"""


def test_weeks_begin_at_the_start_and_then_on_mondays() -> None:
    span = window(horizon_days=21)

    assert week_seconds(span, 0) == [0, 6 * DAY, 13 * DAY, 20 * DAY]
    assert week_seconds(span, 6 * DAY) == [6 * DAY, 13 * DAY, 20 * DAY]


def test_the_monday_is_that_of_the_calendar_whatever_the_warm_up() -> None:
    span = window(warm_up_days=10, horizon_days=7, starts=date(2025, 4, 7))

    assert week_seconds(span, 10 * DAY) == [10 * DAY]
    assert week_seconds(span, 4 * DAY) == [4 * DAY, 10 * DAY]


def test_a_logistic_ramp_goes_from_nought_to_one_through_a_half() -> None:
    assert logistic(Fraction(0), Fraction(100)) == 0
    assert logistic(Fraction(50), Fraction(100)) == pytest.approx(0.5)
    assert logistic(Fraction(100), Fraction(100)) == 1
    assert logistic(Fraction(25), Fraction(100)) == pytest.approx((0.091319 - 0.009999) / 0.980002, rel=1e-3)


def test_a_linear_ramp_is_held_at_one_and_points_are_held_outside() -> None:
    points = [(Fraction(10), 0.2), (Fraction(20), 0.6)]

    assert [linear(Fraction(time), Fraction(10)) for time in (0, 5, 10, 15)] == [0, 0.5, 1, 1]
    assert [at_points(points, Fraction(time)) for time in (0, 10, 15, 20, 99)] == pytest.approx(
        [0.2, 0.2, 0.4, 0.6, 0.6]
    )


def test_strength_is_ramp_times_what_is_left_of_it_read_each_week(compile_text) -> None:
    text = TWO + SCHEME + 'ramp = { linear = "20 days" }\nfades = [["13 days", 0], ["20 days", 1]]'

    program = compile_text(text, on=["scheme"], horizon_days=35)

    # It begins on Tuesday 8 April; Mondays follow after 6, 13, 20 and 27 days.
    assert program.interventions.strength[0].tolist() == pytest.approx([0, 0.3, 0.65, 0, 0])
    assert program.interventions.first_second.tolist() == [7 * DAY]


def test_values_by_year_are_those_at_the_end_of_each_year(compile_text) -> None:
    program = compile_text(PEOPLE + VISITS, on=["visits"], horizon_days=6 * 366)

    value, weeks = program.effects.value[0], program.effects.value.shape[1]
    assert value[0] == value[51] == 1.03
    assert value[round(2 * 365.25 / 7)] == pytest.approx(1.005, abs=3e-4)
    assert value[round(4 * 365.25 / 7)] == pytest.approx(0.965, abs=3e-4)
    assert value[weeks - 1] == 0.95


def test_effects_stand_in_order_with_added_needs_after(compile_text) -> None:
    effects = compile_text(PEOPLE + VISITS, on=["visits"]).effects

    assert effects.on.tolist() == [ON_NEED_RATE, ON_DURATION, ON_HAZARD, ON_ROUTE_SHARE, ON_NEED_RATE]
    assert effects.acts.tolist() == [TIMES, PLUS, TIMES, TIMES, PLUS]
    assert effects.whom.tolist() == [FOR_ENROLLED, FOR_EVERYONE, FOR_SEGMENTS, FOR_ENROLLED, FOR_ENROLLED]
    assert effects.full_strength.tolist() == [False, False, False, False, True]
    assert effects.value[:, 0].tolist() == pytest.approx([1.03, -12 * 3600, 0.9, 0.8, 12.0])
    assert len(set(effects.hash.tolist())) == 5


def test_an_effect_on_a_hazard_or_share_names_where_it_leads(compile_text) -> None:
    program = compile_text(PEOPLE + VISITS, on=["visits"])

    effects, names = program.effects, program.names
    assert effects.target[2] == names.segments.index("frail")
    assert effects.second_target[2] == len(names.segments)
    assert names.routes[effects.second_target[3]] == "ward"
    assert names.routes[effects.instead[3]] == "exit"
    assert effects.segment[2].tolist() == [False, True, False]


def test_enrolment_is_for_whom_and_as_many_as_the_file_says(compile_text) -> None:
    table = compile_text(PEOPLE + VISITS, on=["visits"]).interventions

    assert table.enrols.tolist() == [True]
    assert table.uptake.tolist() == [pytest.approx([0.4, 0.8])]
    assert (table.places[0], table.weekly_numerator[0], table.weekly_denominator[0]) == (25, 6, 1)
    assert table.eligible_segment.tolist() == [[False, True, False]]
    assert table.eligible_locality.tolist() == [[True, False]]
    assert table.by_lot.tolist() == [True]
    assert (table.set_up_pence[0], table.place_year_pence[0], table.enrolment_pence[0]) == (
        25_000,
        4_700_000,
        18_000,
    )


DIVERTS = """
[activities.ward_at_home]
duration = "6 days"
[interventions.virtual_ward]
[[interventions.virtual_ward.effects]]
diverts = { at = "ae", from = "ward", to = "ward_at_home", share = 0.1 }
substitution = 0.4
[[interventions.virtual_ward.effects]]
step_down = { from = "ward", to = "ward_at_home", last = "2.5 days", share = 0.06 }
"""


def test_a_diversion_takes_from_those_going_home_what_substitution_leaves(compile_text) -> None:
    program = compile_text(PEOPLE + DIVERTS, on=["virtual_ward"])

    moves, names = program.moves, program.names.activities
    assert moves.share[0].tolist() == pytest.approx([0.1] * 4)
    # 0.1 × 0.3 ÷ 0.7 × 0.6 ÷ 0.4: of all moved, 0.4 would have gone to the ward.
    assert moves.home_share[0].tolist() == pytest.approx([0.1 * 0.3 / 0.7 * 1.5] * 4)
    moved_from_ward, moved_from_home = 0.3 * moves.share[0, 0], 0.7 * moves.home_share[0, 0]
    assert moved_from_ward / (moved_from_ward + moved_from_home) == pytest.approx(0.4)
    assert moves.last_seconds.tolist() == [0, 216_000]
    assert moves.away_from.tolist() == [names.index("ward"), ABSENT]


def test_cases_can_come_where_only_an_intervention_takes_them(compile_text) -> None:
    off, on = compile_text(PEOPLE + DIVERTS), compile_text(PEOPLE + DIVERTS, on=["virtual_ward"])

    at_home = on.names.activities.index("ward_at_home")
    assert (off.activities.row[at_home] < 0).all()
    assert (on.activities.row[at_home] >= 0).any()


def test_what_is_off_leaves_no_trace(compile_text) -> None:
    with_tables = compile_text(PEOPLE + VISITS)

    assert with_tables.fingerprint == compile_text(PEOPLE).fingerprint


def test_the_order_in_which_switches_are_named_makes_no_difference(compile_text) -> None:
    text = PEOPLE + VISITS + SCHEME

    one = compile_text(text, on=["visits", "scheme"])

    assert one.names.interventions == ("scheme", "visits")
    assert one.fingerprint == compile_text(text, on=["scheme", "visits"]).fingerprint
    assert one.fingerprint != compile_text(text, on=["scheme"]).fingerprint


def test_an_effect_on_a_share_adds_a_route_of_nought_where_a_group_has_none(compile_text) -> None:
    text = (
        PEOPLE
        + SCHEME
        + '[[interventions.scheme.effects]]\ntimes = "activities.ward.routes.died"\nvalue = 0.5'
    )

    program = compile_text(text, on=["scheme"])

    ward, well = program.names.activities.index("ward"), program.names.segments.index("well")
    choice = program.activities.choice[ward, well]
    first, last = program.routes.first[choice : choice + 2]
    assert [program.names.routes[name] for name in program.routes.name[first:last]] == ["died", "exit"]
    assert program.routes.cumulative[first:last].tolist() == [0.0, 1.0]
    assert np.all(np.diff(program.routes.cumulative[first:last]) >= 0)


OUT_OF_REACH = PEOPLE + DIVERTS.replace("substitution = 0.4", "substitution = 0.04")


def test_a_substitution_that_cannot_be_reached_is_noted(check) -> None:
    (note,) = check(OUT_OF_REACH, on=["virtual_ward"]).notes

    # Of all in A&E, 0.03 are taken from the ward's; with all 0.7 who go home 0.73: 4.1% are the ward's.
    assert note.path == "interventions.virtual_ward.effects.0.substitution"
    assert note.text == (
        "0.04 cannot be reached, as too few go home: all who do are offered it, and of those taken 0.0411 "
        "would have gone to 'ward' ('illness' of 'care_home', 'illness' of 'frail', 'illness' of 'well')."
    )


def test_a_substitution_out_of_reach_is_noted_for_those_whom_it_is_for(check) -> None:
    text = OUT_OF_REACH.replace(
        "routes = { ward = 0.3, exit = 0.7 }",
        "routes = { frail = { ward = 1 }, well = { ward = 0.3, exit = 0.7 }, otherwise = { exit = 1 } }",
    )

    notes = check(text, on=["virtual_ward"]).notes

    assert [note.text.partition("of those taken ")[2] for note in notes] == [
        "1 would have gone to 'ward' ('illness' of 'frail').",
        "0.0411 would have gone to 'ward' ('illness' of 'well').",
    ]


def test_a_substitution_that_is_reached_is_not_noted(check) -> None:
    assert check(PEOPLE + DIVERTS, on=["virtual_ward"]).notes == ()


def test_a_share_of_the_population_pays_that_share_of_setting_up(compile_text) -> None:
    table = compile_text(PEOPLE + VISITS, on=["visits"], share=Fraction(1, 10)).interventions

    assert (table.set_up_pence[0], table.place_year_pence[0]) == (2_500, 4_700_000)


def test_a_cost_that_nobody_pays_is_noted(check) -> None:
    led = (
        PEOPLE
        + VISITS.replace("uptake", 'lead = "city"\nuptake')
        + '[organisations.city]\nsector = "acute"\n'
    )

    (note,) = check(PEOPLE + VISITS, on=["visits"]).notes

    assert note.path == "interventions.visits.lead"
    assert "in the sum of all, and in no organisation's costs" in note.text
    assert check(led, on=["visits"]).notes == ()


def test_places_of_a_scheme_that_enrols_nobody_are_noted_to_cost_nothing(check) -> None:
    text = (
        TWO + SCHEME + 'lead = "city"\ncost = { place_year = "£9" }\n[organisations.city]\nsector = "acute"\n'
    )

    assert [note.path for note in check(text, on=["scheme"]).notes] == [
        "interventions.scheme.cost.place_year"
    ]
