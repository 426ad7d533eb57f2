"""Rates as arrays, and how many layers of candidates they ask for."""

from fractions import Fraction

import numpy as np
import pytest
from compiler.models import PEOPLE, TWO

from simulator.compiler.layers import layers_of
from simulator.compiler.program import ABSENT

# One a day.
RATE = 365.25
TWICE = """
[interventions.storm]
starts = "1 week"
ramp = { linear = "2 weeks" }
[[interventions.storm.effects]]
times = "needs.illness.rate"
value = 3
"""


def test_layers_reach_up_to_the_bound_and_no_further() -> None:
    bounds = np.array([0.0, 0.01, 0.5, 0.51, 1.0, 2.0, 2.01, 8.0])

    assert layers_of(bounds).tolist() == [0, 1, 1, 2, 2, 3, 4, 5]


def test_layers_and_bounds_are_those_of_the_present_segment_and_the_heaviest_locality(compile_text) -> None:
    needs = compile_text(PEOPLE).needs

    # Care home 1.5 a year, twice in the east; the frail 0.4 and the well 0.1, likewise.
    assert needs.bound[0].tolist() == pytest.approx([3.0, 0.8, 0.2])
    assert needs.layers[0].tolist() == [4, 2, 1]


def test_a_route_that_changes_the_segment_widens_what_routes_can_reach(compile_text) -> None:
    text = PEOPLE.replace("exit = 0.7", 'exit = { share = 0.7, becomes = "frail" }')
    here, there = (compile_text(PEOPLE).names.segments.index(name) for name in ("well", "frail"))

    assert not compile_text(PEOPLE).people.route_reach[here, there]
    assert compile_text(text).people.route_reach[here, there]


def test_an_intervention_that_raises_a_rate_adds_layers_and_changes_no_other_number(compile_text) -> None:
    off, on = compile_text(PEOPLE + TWICE), compile_text(PEOPLE + TWICE, on=["storm"])

    assert on.needs.layers[0].tolist() == [6, 4, 2]
    assert on.needs.bound[0].tolist() == pytest.approx([9.0, 2.4, 0.6])
    assert np.array_equal(on.needs.rate, off.needs.rate)


def test_a_ramp_that_stays_low_keeps_the_bound_low(compile_text) -> None:
    text = PEOPLE + TWICE.replace('"2 weeks"', '"100 weeks"')

    program = compile_text(text, on=["storm"])

    assert 3.0 < program.needs.bound[0, 0] < 3.3


def test_what_is_added_for_some_segments_raises_only_them(compile_text) -> None:
    text = PEOPLE.replace('becomes = { frail = "0.02 per year" }\n', "") + TWICE.replace(
        "value = 3", 'value = 3\nfor = ["frail"]'
    )

    program = compile_text(text, on=["storm"])

    bound = dict(zip(program.names.segments, program.needs.bound[0].tolist(), strict=True))
    assert bound["care_home"] == pytest.approx(3.0)
    assert bound["well"] == pytest.approx(0.2)
    assert bound["frail"] == pytest.approx(2.4)


def test_hazards_are_a_year_with_death_in_the_last_column(compile_text) -> None:
    people = compile_text(PEOPLE).people

    assert people.hazard.tolist() == [
        pytest.approx([0, 0, 0, 0.4]),
        pytest.approx([0.1, 0, 0, 0.2]),
        pytest.approx([0, 0.02, 0, 0]),
    ]
    assert people.hazard_bound[2].tolist() == pytest.approx([0, 0.02, 0, 0])
    assert people.joiners.tolist() == pytest.approx([0, 0, 90])


def test_a_referral_s_layers_and_bound_reach_its_highest_rate_a_year(compile_text) -> None:
    text = TWO + TWICE.replace("needs.illness.rate", "referrals.stroke.rate").replace("3", "2")
    off, on = compile_text(text).referrals, compile_text(text, on=["storm"]).referrals

    assert off.rate[0] == on.rate[0] == pytest.approx(RATE)
    assert (off.bound[0], on.bound[0]) == (pytest.approx(RATE), pytest.approx(2 * RATE))
    assert 2.0 ** (off.layers[0] - 2) >= RATE > 2.0 ** (off.layers[0] - 3)
    assert on.layers[0] == off.layers[0] + 1


def test_what_is_added_to_a_referral_is_a_rate_a_year_of_the_population_s_share(compile_text) -> None:
    added = TWICE.replace('times = "needs.illness.rate"', 'plus = "referrals.stroke.rate"')

    program = compile_text(TWO + added.replace("3", '"1 per 2 days"'), on=["storm"], share=Fraction(1, 2))

    assert program.effects.value[0].tolist() == pytest.approx([365.25 / 4])
    assert program.referrals.bound[0] == pytest.approx(RATE / 2 + 365.25 / 4)


def test_one_at_a_time_is_the_rule_where_a_first_activity_can_queue(compile_text) -> None:
    unlimited = PEOPLE.replace("capacity = 8", 'capacity = "unlimited"')

    assert compile_text(PEOPLE).needs.one_at_a_time.tolist() == [True]
    assert compile_text(unlimited).needs.one_at_a_time.tolist() == [False]


def test_a_need_is_of_its_own_class_and_starts_where_the_file_says(compile_text) -> None:
    program = compile_text(PEOPLE)

    choice = program.needs.choice[0, 0]
    entry = program.routes.first[choice]
    assert program.routes.target[entry] == program.names.activities.index("ae")
    assert program.routes.klass[entry] == ABSENT
    assert program.needs.klass.tolist() == [program.names.classes.index("illness")]
